// SPDX-License-Identifier: Apache-2.0
#include "scenes.h"

#include "scene/geometry/primitives.h"

namespace aula::render {

const std::shared_ptr<Gpu>& testGpu() {
  static const std::shared_ptr<Gpu> kGpu = [] {
    GpuOptions options;
    options.validation = Validation::on;
    options.device = "llvmpipe";
    return Gpu::make(options);
  }();
  return kGpu;
}

void SceneTest::TearDown() {
  static std::size_t told = 0;
  const auto& messages = testGpu()->validationMessages();
  for (; told < messages.size(); ++told) ADD_FAILURE() << messages[told];
}

SceneRendererOptions SceneTest::plain(int width, int height) {
  SceneRendererOptions options;
  options.width = width;
  options.height = height;
  options.antialiasing = Antialiasing::none;
  return options;
}

Pixel at(const Image& image, int x, int y) {
  const std::uint8_t* p = &image.pixels[static_cast<std::size_t>(4 * (y * image.width + x))];
  return {static_cast<double>(p[0]), static_cast<double>(p[1]), static_cast<double>(p[2]),
          static_cast<double>(p[3])};
}

Pixel at(const HdrImage& image, int x, int y) {
  const float* p = &image.pixels[static_cast<std::size_t>(4 * (y * image.width + x))];
  return {p[0], p[1], p[2], p[3]};
}

scene::Material matt(scene::Colour colour, float roughness) {
  scene::Material material;
  material.baseColour = colour;
  material.roughness = roughness;
  return material;
}

scene::MeshView meshView(const std::string& name, scene::TriangleMesh mesh, const scene::Material& material) {
  scene::MeshView view;
  view.name = name;
  view.mesh = std::make_shared<const scene::TriangleMesh>(std::move(mesh));
  view.material = material;
  return view;
}

scene::Transform moved(core::Vec3 by) {
  scene::Transform transform;
  transform.translation = by;
  return transform;
}

scene::Frame stillLife() {
  scene::Frame frame;
  frame.views.emplace_back(
      meshView("floor", scene::makeBox({-3, -2.2, -0.1}, {3, 2.2, 0}), matt({0.62F, 0.60F, 0.57F}, 0.8F)));
  const auto ball = [&](const std::string& name, core::Vec3 middle, const scene::Material& material) {
    scene::MeshView view = meshView(name, scene::makeSphere(0.6, 64, 32), material);
    view.instances = {moved(middle)};
    frame.views.emplace_back(std::move(view));
  };
  ball("plastic", {-1.7, 0.2, 0.6}, matt({0.55F, 0.08F, 0.07F}, 0.35F));
  scene::Material gold = matt({1.0F, 0.71F, 0.29F}, 0.25F);
  gold.metallic = 1;
  ball("gold", {0, -0.3, 0.6}, gold);
  scene::Material clay = matt({0.06F, 0.22F, 0.45F}, 0.7F);
  clay.clearCoat = 1;
  clay.clearCoatRoughness = 0.08F;
  ball("clay", {1.7, 0.2, 0.6}, clay);
  frame.views.emplace_back(
      meshView("block", scene::makeBox({-0.7, 1.0, 0}, {0.8, 1.6, 1.5}), matt({0.75F, 0.74F, 0.70F}, 0.5F)));
  return frame;
}

}  // namespace aula::render
