// SPDX-License-Identifier: Apache-2.0
#include "golden.h"
#include "render/png.h"
#include "scene/geometry/primitives.h"
#include "scenes.h"

namespace aula::render {
namespace {

TEST_F(SceneTest, AStillLife) {
  SceneRenderer renderer(testGpu(), plain(384, 216));
  const scene::Frame frame = stillLife();
  const Image image = renderer.still(frame, cameraFor(frame, -70, 22), {}, 8);
  EXPECT_TRUE(matchesGolden("scene-still-life", image, {6, 0.2}));
}

}  // namespace
}  // namespace aula::render
