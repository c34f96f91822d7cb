// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "render/image.h"
#include "render/scene_renderer.h"
#include "scene/camera/camera.h"
#include "scene/view/view.h"

namespace aula::desktop {

/// One picture of a scene, as it is asked for.
struct SceneRequest {
  std::shared_ptr<const scene::Frame> frame;
  int width = 1280, height = 720;
  bool isSpace = false;  ///< From `camera`; otherwise the plane `view`, with axes and colour bar.
  std::string view;      ///< Of a plane; empty: the first.
  scene::Camera camera;
  render::UpscaleMode upscale = render::UpscaleMode::native;
  bool isDark = false;
  std::string sequentialMap, divergingMap;  ///< Empty: the usual ones.
  double duration = 0;                      ///< Of the run, s; for the time stamp.
  std::string title;                        ///< Instead of the frame's.
  bool isStill = false;                     ///< Many samples a pixel: a screenshot.
  bool isBare = false;                      ///< The scene alone: no title, axes or colour bar.
  std::uint64_t tag = 0;                    ///< Comes back with the picture.
};

struct ScenePicture {
  render::Image image;
  std::uint64_t tag = 0;
  std::string problem;  ///< Why there is no picture.
};

/// Draws scenes on a thread and a device of its own, so that the window never waits for a picture. The newest
/// request counts; older ones that were not begun are passed over. A lost device is made anew, once a
/// picture.
class PainterThread {
 public:
  /// `onPicture` is called on the painter's thread when there is something to take.
  explicit PainterThread(std::function<void()> onPicture);
  ~PainterThread();  ///< Waits for the picture that is under way.
  PainterThread(const PainterThread&) = delete;
  PainterThread& operator=(const PainterThread&) = delete;

  void ask(SceneRequest request);
  [[nodiscard]] bool isBusy() const;
  /// The newest picture, once; nothing when there is none.
  [[nodiscard]] std::unique_ptr<ScenePicture> take();
  /// How recovery from a lost device is tested.
  void loseDeviceForTest();
  /// What validation said since the start.
  [[nodiscard]] std::size_t validationCount() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace aula::desktop
