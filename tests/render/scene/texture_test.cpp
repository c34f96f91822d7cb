// SPDX-License-Identifier: Apache-2.0
// Pictures on surfaces: colours, normals, metal and roughness.
#include <cmath>
#include <numbers>

#include "golden.h"
#include "scene/geometry/primitives.h"
#include "scenes.h"
#include "textured.h"

namespace aula::render {
namespace {

TEST_F(SceneTest, TilesOfBrassAndClay) {
  SceneRenderer renderer(testGpu(), plain(384, 216));
  scene::Camera camera;
  camera.eye = {-1.4, -5, 2.4};
  camera.target = {0.05, 0, 1.1};
  camera.fieldOfView = 42;
  SceneStyle style;
  style.lights[0].towards = {-0.7, 0.6, 0.8};
  const Image image = renderer.still(tiledRoom(), camera, style, 8);
  EXPECT_TRUE(matchesGolden("scene-tiles", image, {6, 0.2}));
}

/// A sheet seen from the front, u to its right, v downwards; `normal`: of its corners.
scene::MeshView sheet(const scene::Material& material, core::Vec3 normal) {
  scene::TriangleMesh mesh = scene::makeGrid({-1, 0, -1}, {2, 0, 0}, {0, 0, 2});
  mesh.textureCoordinates.clear();
  for (const scene::Float3& p : mesh.positions)
    mesh.textureCoordinates.push_back({(p.x + 1) / 2, (1 - p.z) / 2});
  mesh.normals.assign(mesh.positions.size(), scene::toFloat3(core::normalised(normal)));
  return meshView("sheet", mesh, material);
}

// A normal map that leans everywhere by the same is lit as a sheet whose own normals lean so: to the right
// with red, to the top with green, and not the other way.
TEST_F(SceneTest, NormalMapsLeanAsTheirPictureSays) {
  SceneRenderer renderer(testGpu(), plain(32, 32));
  scene::Camera camera;
  camera.eye = {0, -5, 0};
  camera.isOrthographic = true;
  camera.fieldOfView = 2 * std::atan(1.5 / 10) * 180 / std::numbers::pi;
  SceneStyle style;
  style.hasAmbientOcclusion = style.hasShadows = false;
  style.environment = 0;
  style.lights.resize(1);
  style.lights[0].towards = {0.9, 0.6, 1};
  const auto light = [&](const scene::Material& material, core::Vec3 normal) {
    scene::Frame frame;
    frame.views.emplace_back(sheet(material, normal));
    renderer.draw(frame, camera, style);
    return at(renderer.radiance(), 16, 16).green;
  };
  scene::Material flat = leaning(0, 0);
  flat.normalTexture = nullptr;
  const double upright = light(flat, {0, -1, 0});
  for (const auto& [right, top] : {std::pair{0.5, 0.0}, {-0.5, 0.0}, {0.0, 0.5}, {0.0, -0.5}, {0.3, 0.4}}) {
    const double mapped = light(leaning(right, top), {0, -1, 0}), own = light(flat, {right, -1, top});
    // Eight bits a component: 0.4 % of a slope of a half; the colours' half precision.
    EXPECT_NEAR(mapped, own, 0.01 * own) << right << ", " << top;
    EXPECT_GT(std::abs(own / upright - 1), 0.04) << "it would not be seen";
  }
}

}  // namespace
}  // namespace aula::render
