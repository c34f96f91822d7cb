// SPDX-License-Identifier: Apache-2.0
#include "desktop/scene/scene_painter.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numbers>
#include <utility>

#include "render/gpu.h"
#include "render/renderer.h"
#include "render/temporal/dynamic_resolution.h"

namespace aula::desktop {

using Clock = std::chrono::steady_clock;

namespace {

/// Of a screenshot.
constexpr int kStillSamples = 16;
/// Budgets.
constexpr double kFarBeyond = 3;

/// The camera for a picture narrower than the one it was made for: what was seen stays in sight.
scene::Camera fittedCamera(const SceneRequest& request) {
  scene::Camera camera = request.camera;
  const double aspect = double(request.width) / request.height;
  if (request.cameraAspect > aspect) {
    const double half = std::tan(camera.fieldOfView * std::numbers::pi / 360) * request.cameraAspect / aspect;
    camera.fieldOfView = 2 * std::atan(half) * 180 / std::numbers::pi;
  }
  return camera;
}

render::PictureStyle styleOf(const SceneRequest& request) {
  render::PictureStyle style;
  style.background = request.isDark ? render::Background::dark : render::Background::light;
  style.ground = request.ground;
  style.duration = request.duration;
  style.samples = kStillSamples;
  // Of a space the first thick view is the one whose colours count.
  const scene::VolumeView* values = nullptr;
  for (const scene::View& view : request.frame->views) {
    const auto* volume = std::get_if<scene::VolumeView>(&view);
    if (!volume) continue;
    const bool isThick = std::min({volume->nx, volume->ny, volume->nz}) > 1;
    if (request.isSpace ? isThick || !values
                        : volume->name == request.view || (!values && request.view.empty()))
      values = volume;
    if (request.isSpace && isThick) break;
  }
  if (values)
    style.colourMap =
        values->scale == scene::ColourScale::diverging ? request.divergingMap : request.sequentialMap;
  if (request.isSpace) {
    style.kind = render::PictureKind::space;
    style.viewpoint = fittedCamera(request);
    style.textSize = request.textSize;
  } else {
    style.view = request.view;
  }
  // Axes around molecules without a box would be another box in each picture.
  bool hasParticles = false, hasBox = false;
  for (const scene::View& view : request.frame->views) {
    hasParticles = hasParticles || std::holds_alternative<scene::ParticlesView>(view);
    hasBox = hasBox || (std::holds_alternative<scene::LinesView>(view) && scene::nameOf(view) == "box");
  }
  if (request.isSpace && hasParticles && !hasBox) style.showAxes = false;
  style.showBox = request.hasBox;
  if (!request.hasHeading) style.showTitle = style.showTime = false;
  if (request.isBare) style.showTitle = style.showTime = style.showAxes = style.showColourBar = false;
  return style;
}

}  // namespace

struct ScenePainter::Implementation {
  std::shared_ptr<render::Gpu> gpu;
  std::unique_ptr<render::Renderer> renderer;
  std::size_t validationBefore = 0;  ///< Of devices that are gone.
  render::temporal::DynamicResolution resolution;
  double budget = 0;  ///< That `resolution` holds.
  double ratio = 1, milliseconds = 0;

  void drop() {
    renderer.reset();
    if (gpu) validationBefore += gpu->validationMessages().size();
    gpu.reset();
  }
  [[nodiscard]] double chooseRatio(const SceneRequest& request) {
    if (request.isStill || !request.isSpace) return 1;
    if (request.ratio > 0) return std::clamp(request.ratio, 1.0, 3.0);
    if (request.budget != budget) {
      render::temporal::DynamicResolutionSettings settings;
      settings.budget = request.budget;
      resolution.configure(settings);
      budget = request.budget;
    }
    return resolution.ratio();
  }
};

ScenePainter::ScenePainter() : implementation_(std::make_unique<Implementation>()) {}

ScenePainter::~ScenePainter() {
  implementation_->drop();
}

render::Image ScenePainter::paint(const SceneRequest& request) {
  try {
    return paintOnce(request);
  } catch (const render::DeviceLost&) {
    implementation_->drop();
  }
  return paintOnce(request);
}

render::Image ScenePainter::paintOnce(const SceneRequest& request) {
  Implementation& self = *implementation_;
  if (!self.gpu) self.gpu = render::Gpu::make();
  bool isFirst = false;
  if (!self.renderer || self.renderer->options().width != request.width ||
      self.renderer->options().height != request.height) {
    render::RendererOptions options;
    options.width = request.width;
    options.height = request.height;
    self.renderer.reset();
    self.renderer = std::make_unique<render::Renderer>(self.gpu, options);
    isFirst = true;
  }
  render::PictureStyle style = styleOf(request);
  self.ratio = style.ratio = self.chooseRatio(request);
  scene::Frame titled;
  const scene::Frame* frame = request.frame.get();
  if (!request.title.empty() && request.title != frame->title) {
    titled = *frame;
    titled.title = request.title;
    frame = &titled;
  }
  const Clock::time_point begin = Clock::now();
  render::Image image;
  if (request.isSpace && !request.isStill) {
    self.renderer->draw(*frame, style);
    image = self.renderer->image();
  } else {
    image = self.renderer->render(*frame, style);
  }
  self.milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
  // A first picture makes what all others use.
  if (request.isSpace && !request.isStill && request.ratio == 0 && !isFirst) {
    // The resolution is judged by the median of several pictures. Where each takes seconds nobody waits for
    // so many: far beyond the budget one counts for three.
    const int votes = self.milliseconds > kFarBeyond * request.budget ? 3 : 1;
    for (int i = 0; i < votes; ++i) self.resolution.update(self.milliseconds);
  }
  return image;
}

double ScenePainter::ratio() const {
  return implementation_->ratio;
}

double ScenePainter::milliseconds() const {
  return implementation_->milliseconds;
}

void ScenePainter::loseDeviceForTest() {
  if (implementation_->gpu) implementation_->gpu->loseForTest();
}

std::size_t ScenePainter::validationCount() const {
  return implementation_->validationBefore +
         (implementation_->gpu ? implementation_->gpu->validationMessages().size() : 0);
}

}  // namespace aula::desktop
