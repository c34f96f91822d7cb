// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "render/image.h"
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
  double cameraAspect =
      0;              ///< Of the picture that the camera was made for; in narrower ones as much is seen.
  double ratio = 1;   ///< Of a space: pixels shown a side for each computed, 1 to 3; 0: by the budget.
  double budget = 0;  ///< Milliseconds a picture may take where the ratio is 0.
  bool isDark = false;
  std::optional<std::array<std::uint8_t, 3>> ground;  ///< sRGB; empty: the picture's own.
  double textSize = 0;     ///< Pixels, of numbers on a space's axes; 0: by the picture's size.
  bool hasHeading = true;  ///< Title and time.
  bool hasBox = true;      ///< Edges of the space, with numbers.
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
  double ratio = 1;         ///< That it was drawn with,
  double milliseconds = 0;  ///< and how long that took.
  std::string problem;      ///< Why there is no picture.
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
