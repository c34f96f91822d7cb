// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "desktop/scene/painter.h"

namespace aula::desktop {

/// Draws requests one after the other, with whatever renderer suits them, made when first needed. One thread.
class ScenePainter {
 public:
  ScenePainter();
  ~ScenePainter();
  ScenePainter(const ScenePainter&) = delete;
  ScenePainter& operator=(const ScenePainter&) = delete;

  /// A lost device is replaced and the picture drawn again; lost a second time, the error goes on. Throws
  /// core::Error.
  [[nodiscard]] render::Image paint(const SceneRequest& request);
  /// Of the last picture: pixels shown a side for each computed, and how long it took.
  [[nodiscard]] double ratio() const;
  [[nodiscard]] double milliseconds() const;
  void loseDeviceForTest();
  [[nodiscard]] std::size_t validationCount() const;

 private:
  [[nodiscard]] render::Image paintOnce(const SceneRequest& request);
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace aula::desktop
