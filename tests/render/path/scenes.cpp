// SPDX-License-Identifier: Apache-2.0
#include "scenes.h"

#include <cmath>
#include <string>

#include "core/error.h"

namespace aula::render {

std::shared_ptr<Gpu> testGpu() {
  static const std::shared_ptr<Gpu> gpu = [] {
    GpuOptions options;
    options.validation = Validation::on;
    options.device = "llvmpipe";
    return Gpu::make(options);
  }();
  return gpu;
}

void PathTest::SetUp() {
  before_ = gpu->validationMessages().size();
  // Debian 12's own lavapipe traces no rays; that of its backports does. Anything else that goes wrong is a
  // failure.
  try {
    (void)testTracer(pictureOf(8, 8));
  } catch (const core::Error& error) {
    const std::string what = error.what();
    if (what.find("cannot trace rays") == std::string::npos) throw;
    GTEST_SKIP() << what;
  }
}

void PathTest::TearDown() {
  const auto& messages = gpu->validationMessages();
  EXPECT_EQ(messages.size(), before_) << messages.back();
}

scene::Material matt(float red, float green, float blue) {
  scene::Material material;
  material.baseColour = {red, green, blue};
  material.roughness = 1;
  return material;
}

scene::Material white() {
  return matt(1, 1, 1);
}

scene::MeshView meshView(std::string name, scene::TriangleMesh mesh, const scene::Material& material) {
  scene::MeshView view;
  view.name = std::move(name);
  view.mesh = std::make_shared<const scene::TriangleMesh>(std::move(mesh));
  view.material = material;
  return view;
}

scene::TriangleMesh faceted(const scene::TriangleMesh& mesh) {
  scene::TriangleMesh flat = mesh;
  flat.normals.clear();
  return flat;
}

scene::ParticlesView ball(std::string name, core::Vec3 centre, double radius,
                          const scene::Material& material) {
  scene::ParticlesView view;
  view.name = std::move(name);
  view.positions = std::make_shared<const std::vector<scene::Float3>>(1, scene::toFloat3(centre));
  view.radii = std::make_shared<const std::vector<float>>(1, static_cast<float>(radius));
  view.material = material;
  return view;
}

scene::Camera cameraAt(core::Vec3 eye, core::Vec3 target, double fieldOfView) {
  scene::Camera camera;
  camera.eye = eye;
  camera.target = target;
  camera.fieldOfView = fieldOfView;
  return camera;
}

scene::Camera flatCamera(core::Vec3 eye, core::Vec3 target, double height) {
  scene::Camera camera = cameraAt(eye, target);
  camera.isOrthographic = true;
  camera.fieldOfView = 2 * std::atan(0.5 * height / core::length(eye - target)) * 180 / 3.14159265358979;
  return camera;
}

SceneStyle furnaceStyle() {
  SceneStyle style;
  style.lights.clear();
  style.surroundings = Surroundings::uniform;
  style.toneMapping = ToneMapping::none;
  return style;
}

SceneStyle lampStyle(core::Vec3 towards, double angularDiameter, bool hasShadow) {
  SceneStyle style = furnaceStyle();
  style.environment = 0;
  Light lamp;
  lamp.towards = core::normalised(towards);
  lamp.colour = {1, 1, 1};
  lamp.illuminance = 3.14159265358979;
  lamp.followsCamera = false;
  lamp.hasShadow = hasShadow;
  lamp.angularDiameter = angularDiameter;
  style.lights = {lamp};
  return style;
}

PathTracer& testTracer(const PathTracerOptions& options) {
  static PathTracer tracer(testGpu(), options);
  tracer.configure(options);
  return tracer;
}

PathTracerOptions pictureOf(int width, int height, std::uint32_t seed) {
  PathTracerOptions options;
  options.width = width;
  options.height = height;
  options.seed = seed;
  return options;
}

Measured measure(const PathTracerOptions& options, const scene::Frame& frame, const scene::Camera& camera,
                 const SceneStyle& style, int samples, int batches) {
  Measured result;
  std::vector<double> sum, squares;
  for (int batch = 0; batch < batches; ++batch) {
    PathTracerOptions own = options;
    own.seed = options.seed + 977U * static_cast<std::uint32_t>(batch);
    PathTracer& tracer = testTracer(own);
    const std::uint64_t faults = tracer.statistics().faults;
    tracer.setScene(frame, camera, style);
    const HdrImage image = tracer.trace(samples);
    EXPECT_EQ(tracer.statistics().faults, faults);
    if (batch == 0) {
      result.mean = image;
      sum.assign(image.pixels.size(), 0);
      squares = sum;
    }
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
      const auto value = static_cast<double>(image.pixels[i]);
      EXPECT_GE(value, 0);
      sum[i] += value;
      squares[i] += value * value;
    }
  }
  result.error = result.mean;
  const double n = batches;
  double variances = 0;
  for (std::size_t i = 0; i < sum.size(); ++i) {
    const double mean = sum[i] / n;
    const double variance = std::max(0.0, squares[i] / n - mean * mean) * n / (n - 1) / n;
    result.mean.pixels[i] = static_cast<float>(mean);
    result.error.pixels[i] = static_cast<float>(std::sqrt(variance));
    if (i % 4 == 3 || sum[i - i % 4 + 3] < n) continue;
    ++result.covered;
    result.average += mean;
    variances += variance;
  }
  // The three colours of a pixel come from the same paths: their errors add up, not their variances.
  result.average /= result.covered;
  result.averageError = std::sqrt(3 * variances) / result.covered;
  return result;
}

}  // namespace aula::render
