// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "render/scene_renderer.h"
#include "scene/camera/camera.h"
#include "scene/view/view.h"

namespace aula::bench {

/// A scene that moves, wholly determined by the number of the frame (60 a second). These were fixed before
/// the upscaler was tuned and are not changed for its sake.
struct MovingScene {
  std::string name;
  std::function<scene::Frame(int)> frame;
  std::function<scene::Camera(int)> camera;
  render::SceneStyle style;
};

/// "lines": thin lines and text, moving, over a colour-mapped field that moves by itself; the camera drifts.
[[nodiscard]] MovingScene linesScene();
/// "atoms": so many balls that each go their own way; the camera turns.
[[nodiscard]] MovingScene atomsScene(int count = 50000);
/// "arm": an arm-shaped surface (made in code, no anatomy) with skin that is moist and lets light through,
/// turning.
[[nodiscard]] MovingScene armScene();
/// The three of them.
[[nodiscard]] std::vector<MovingScene> movingScenes();

}  // namespace aula::bench
