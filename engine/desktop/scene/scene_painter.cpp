// SPDX-License-Identifier: Apache-2.0
#include "desktop/scene/scene_painter.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/error.h"
#include "core/log.h"
#include "render/renderer.h"

namespace aula::desktop {
namespace {

constexpr double kDegrees = 180 / 3.14159265358979323846;

/// The old renderer sees a space from a direction only.
render::Camera cameraOf(const scene::Camera& camera) {
  render::Camera seen;
  const core::Vec3 d{camera.eye[0] - camera.target[0], camera.eye[1] - camera.target[1], camera.eye[2] - camera.target[2]};
  seen.azimuth = std::atan2(d[1], d[0]) * kDegrees;
  seen.elevation = std::atan2(d[2], std::hypot(d[0], d[1])) * kDegrees;
  seen.fieldOfView = std::clamp(camera.fieldOfView, 5.0, 90.0);
  return seen;
}

}  // namespace

struct ScenePainter::Implementation {
  std::optional<render::Renderer> planes;
  std::size_t validationBefore = 0;  ///< Of renderers that are gone.
};

ScenePainter::ScenePainter() : implementation_(std::make_unique<Implementation>()) {}
ScenePainter::~ScenePainter() = default;

render::Image ScenePainter::paint(const SceneRequest& request) {
  try {
    return paintOnce(request);
  } catch (const render::DeviceLost&) {
    implementation_->planes.reset();
    core::log::warning("the graphics device was lost while a picture was drawn; it is drawn anew");
  }
  return paintOnce(request);
}

render::Image ScenePainter::paintOnce(const SceneRequest& request) {
  Implementation& self = *implementation_;
  if (!self.planes || self.planes->options().width != request.width ||
      self.planes->options().height != request.height) {
    if (self.planes) self.validationBefore += self.planes->validationMessages().size();
    self.planes.reset();
    render::RendererOptions options;
    options.width = request.width;
    options.height = request.height;
    self.planes.emplace(options);
  }
  render::PictureStyle style;
  style.background = request.isDark ? render::Background::dark : render::Background::light;
  style.kind = request.isSpace ? render::PictureKind::space : render::PictureKind::plane;
  style.view = request.isSpace ? "" : request.view;
  style.duration = request.duration;
  if (request.isSpace) style.camera = cameraOf(request.camera);
  for (const scene::View& view : request.frame->views)
    if (const auto* volume = std::get_if<scene::VolumeView>(&view)) {
      if (!style.view.empty() && volume->name != style.view) continue;
      style.colourMap =
          volume->scale == scene::ColourScale::diverging ? request.divergingMap : request.sequentialMap;
      break;
    }
  if (request.isBare) style.showTitle = style.showTime = style.showAxes = style.showColourBar = false;
  if (request.title.empty()) return self.planes->render(*request.frame, style);
  scene::Frame titled = *request.frame;
  titled.title = request.title;
  return self.planes->render(titled, style);
}

void ScenePainter::loseDeviceForTest() {}

std::size_t ScenePainter::validationCount() const {
  return implementation_->validationBefore +
         (implementation_->planes ? implementation_->planes->validationMessages().size() : 0);
}

}  // namespace aula::desktop
