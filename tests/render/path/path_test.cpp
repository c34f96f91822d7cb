// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "golden.h"
#include "render/png.h"
#include "scenes.h"

namespace aula::render {
namespace {

class Path : public PathTest {};

TEST_F(Path, Draws) {
  scene::Frame frame;
  frame.views.emplace_back(meshView("floor", scene::makeGrid({-3, -3, 0}, {6, 0, 0}, {0, 6, 0}), matt(0.6F, 0.6F, 0.6F)));
  scene::Material red = matt(0.8F, 0.1F, 0.08F);
  red.roughness = 0.3F;
  frame.views.emplace_back(ball("ball", {0, 0, 0.6}, 0.6, red));
  scene::Material gold = matt(1, 0.75F, 0.3F);
  gold.metallic = 1;
  gold.roughness = 0.15F;
  frame.views.emplace_back(meshView("torus", scene::transformed(scene::makeTorus(0.5, 0.18), {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1.3, -0.4, 0.18}}), gold));
  for (const RayCore core : {RayCore::queries, RayCore::pipeline}) {
    PathTracerOptions options = pictureOf(320, 180);
    options.core = core;
    PathTracer tracer(gpu, options);
    tracer.setScene(frame, cameraAt({1.5, -5, 2.4}, {0.3, 0, 0.4}, 34));
    const HdrImage image = tracer.trace(32);
    const PathStatistics& s = tracer.statistics();
    std::printf("%d: %.2f s, %.2f Mray/s, %.2f Msample/s\n", int(core), s.seconds, double(s.rays) / s.seconds / 1e6, double(s.samples) / s.seconds / 1e6);
    writePng(core == RayCore::queries ? "/tmp/path-q.png" : "/tmp/path-p.png", develop(image, {}));
  }
}

}  // namespace
}  // namespace aula::render
