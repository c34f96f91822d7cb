// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "render/scene_renderer.h"

namespace aula::render {

/// One software device with validation for all tests of a program; silence is asked for after each.
[[nodiscard]] const std::shared_ptr<Gpu>& testGpu();

class SceneTest : public testing::Test {
 protected:
  void TearDown() override;
  /// One sample a pixel, no history.
  [[nodiscard]] static SceneRendererOptions plain(int width, int height);
};

/// A picture's or a light's pixel.
struct Pixel {
  double red = 0, green = 0, blue = 0, alpha = 0;
};
[[nodiscard]] Pixel at(const Image& image, int x, int y);     ///< 0 to 255.
[[nodiscard]] Pixel at(const HdrImage& image, int x, int y);  ///< Linear light.

[[nodiscard]] scene::Material matt(scene::Colour colour, float roughness = 0.6F);
[[nodiscard]] scene::MeshView meshView(const std::string& name, scene::TriangleMesh mesh,
                                       const scene::Material& material);
[[nodiscard]] scene::Transform moved(core::Vec3 by);
/// A floor, a ball of plastic, one of gold, one of glazed clay, a block: what shows light.
[[nodiscard]] scene::Frame stillLife();

}  // namespace aula::render
