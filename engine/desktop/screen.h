// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>

#include "desktop/ui/raster.h"
#include "render/image.h"

struct ImDrawData;

namespace aula::desktop {

/// Where the window's triangles and textures go: a device's swapchain, or memory. One thread.
class Screen {
 public:
  virtual ~Screen() = default;
  /// Never 0.
  virtual std::uint64_t makeTexture(const render::Image& image) = 0;
  /// Of the same size or another.
  virtual void updateTexture(std::uint64_t id, const render::Image& image) = 0;
  virtual void dropTexture(std::uint64_t id) = 0;
  virtual void present(const ImDrawData& data, unsigned ground) = 0;
};

/// Draws into a picture without a device.
class PictureScreen : public Screen {
 public:
  std::uint64_t makeTexture(const render::Image& image) override {
    textures_[++last_] = image;
    return last_;
  }
  void updateTexture(std::uint64_t id, const render::Image& image) override { textures_[id] = image; }
  void dropTexture(std::uint64_t id) override { textures_.erase(id); }
  void present(const ImDrawData& data, unsigned ground) override {
    picture_ = rasterise(data, lookup(), ground);
  }
  [[nodiscard]] const render::Image& picture() const { return picture_; }
  [[nodiscard]] TextureLookup lookup() const {
    return [this](std::uint64_t id) {
      const auto found = textures_.find(id);
      return found == textures_.end() ? nullptr : &found->second;
    };
  }

 private:
  std::map<std::uint64_t, render::Image> textures_;
  std::uint64_t last_ = 0;
  render::Image picture_;
};

}  // namespace aula::desktop
