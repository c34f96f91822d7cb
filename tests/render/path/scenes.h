// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "render/path/path_tracer.h"
#include "scene/geometry/primitives.h"

namespace aula::render {

/// One device for the program's tests: making one takes longer than a small picture. Validation is on.
std::shared_ptr<Gpu> testGpu();

/// Fails when the validation layers said anything during the test.
class PathTest : public testing::Test {
 protected:
  void SetUp() override;
  void TearDown() override;
  std::shared_ptr<Gpu> gpu = testGpu();

 private:
  std::size_t before_ = 0;
};

scene::Material matt(float red, float green, float blue);
scene::Material white();
scene::MeshView meshView(std::string name, scene::TriangleMesh mesh, const scene::Material& material);
/// Flat: corners of its own for each triangle, no normals.
scene::TriangleMesh faceted(const scene::TriangleMesh& mesh);
scene::ParticlesView ball(std::string name, core::Vec3 centre, double radius,
                          const scene::Material& material);
scene::Camera cameraAt(core::Vec3 eye, core::Vec3 target, double fieldOfView = 40);
scene::Camera flatCamera(core::Vec3 eye, core::Vec3 target, double height);
/// Surroundings alone, radiance 1 from everywhere, no film.
SceneStyle furnaceStyle();
/// One lamp, nothing else.
SceneStyle lampStyle(core::Vec3 towards, double angularDiameter, bool hasShadow);

/// One tracer for all tests, since compiling its shaders takes longest; sized as asked for.
PathTracer& testTracer(const PathTracerOptions& options);
PathTracerOptions pictureOf(int width, int height, std::uint32_t seed = 0);

/// A picture with the standard error of each pixel's mean, from `batches` pictures with seeds of their own.
struct Measured {
  HdrImage mean, error;
  /// Over the three colours of all pixels that are wholly covered, and its standard error.
  double average = 0, averageError = 0;
  int covered = 0;
};
Measured measure(const PathTracerOptions& options, const scene::Frame& frame, const scene::Camera& camera,
                 const SceneStyle& style, int samples, int batches);

}  // namespace aula::render
