// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "desktop/screen.h"
#include "render/gpu.h"
#include "render/window/presenter.h"

namespace aula::desktop {

/// A window's surface on a graphics device. Keeps what its textures hold, so that a lost device costs a
/// frame: another one is made and everything is put there again.
class WindowScreen : public Screen {
 public:
  WindowScreen(render::window::SurfaceMaker maker, std::vector<std::string> extensions, int width,
               int height);
  ~WindowScreen() override;

  std::uint64_t makeTexture(const render::Image& image) override;
  void updateTexture(std::uint64_t id, const render::Image& image) override;
  void dropTexture(std::uint64_t id) override;
  /// Draws again on a new device when the old one is lost.
  void present(const ImDrawData& data, unsigned ground) override;

  void resize(int width, int height);
  [[nodiscard]] render::Image screenshot();
  [[nodiscard]] const render::DeviceReport& device() const { return gpu_->report(); }
  /// What validation said since the start, of lost devices too.
  [[nodiscard]] std::vector<std::string> validationMessages() const;
  void loseDeviceForTest() { gpu_->loseForTest(); }
  /// How often the device was lost so far.
  [[nodiscard]] int losses() const { return losses_; }
  [[nodiscard]] bool wasShown() const { return wasShown_; }

 private:
  struct Texture {
    render::Image image;
    render::window::TextureId id = render::window::TextureId::none;
  };
  void start();
  void upload(Texture& texture);
  void convert(const ImDrawData& data);
  /// Does the work unless, or until, the device is lost; remembers that it is.
  template <class Work>
  void untilLost(const Work& work);
  render::window::SurfaceMaker maker_;
  std::vector<std::string> extensions_;
  int width_, height_;
  std::map<std::uint64_t, Texture> textures_;
  std::uint64_t last_ = 0;
  std::shared_ptr<render::Gpu> gpu_;
  std::unique_ptr<render::window::Presenter> presenter_;
  render::window::UiPicture picture_;
  std::vector<std::string> validationBefore_;  ///< Of devices that were lost.
  int losses_ = 0;
  bool wasShown_ = false, isLost_ = false;
};

}  // namespace aula::desktop
