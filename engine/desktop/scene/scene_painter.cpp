// SPDX-License-Identifier: Apache-2.0
#include "desktop/scene/scene_painter.h"

#include <utility>

#include "render/gpu.h"
#include "render/renderer.h"
#include "render/scene_renderer.h"

namespace aula::desktop {
namespace {

/// Of a screenshot.
constexpr int kStillSamples = 16;

render::SceneStyle styleOf(const SceneRequest& request) {
  render::SceneStyle style;
  style.background =
      request.isDark ? scene::Colour{0.07F, 0.086F, 0.11F} : scene::Colour{0.965F, 0.97F, 0.98F};
  style.sequentialMap = request.sequentialMap;
  style.divergingMap = request.divergingMap;
  return style;
}

}  // namespace

struct ScenePainter::Implementation {
  std::shared_ptr<render::Gpu> gpu;
  std::unique_ptr<render::Renderer> planes;
  std::unique_ptr<render::SceneRenderer> spaces;
  std::size_t validationBefore = 0;  ///< Of devices that are gone.

  void drop() {
    planes.reset();
    spaces.reset();
    if (gpu) validationBefore += gpu->validationMessages().size();
    gpu.reset();
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

render::Image ScenePainter::paintSpace(const SceneRequest& request) {
  Implementation& self = *implementation_;
  render::SceneRendererOptions options;
  options.width = request.width;
  options.height = request.height;
  options.upscale = request.isStill ? render::UpscaleMode::native : request.upscale;
  if (!self.spaces) {
    self.spaces = std::make_unique<render::SceneRenderer>(self.gpu, options);
  } else if (const render::SceneRendererOptions& now = self.spaces->options();
             now.width != options.width || now.height != options.height || now.upscale != options.upscale) {
    self.spaces->configure(options);
  }
  const render::SceneStyle style = styleOf(request);
  if (request.isStill) return self.spaces->still(*request.frame, request.camera, style, kStillSamples);
  self.spaces->draw(*request.frame, request.camera, style);
  return self.spaces->image();
}

render::Image ScenePainter::paintOnce(const SceneRequest& request) {
  Implementation& self = *implementation_;
  if (!self.gpu) self.gpu = render::Gpu::make();
  if (request.isSpace) return paintSpace(request);
  if (!self.planes || self.planes->options().width != request.width ||
      self.planes->options().height != request.height) {
    render::RendererOptions options;
    options.width = request.width;
    options.height = request.height;
    self.planes.reset();
    self.planes = std::make_unique<render::Renderer>(self.gpu, options);
  }
  render::PictureStyle style;
  style.background = request.isDark ? render::Background::dark : render::Background::light;
  style.view = request.view;
  style.duration = request.duration;
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

void ScenePainter::loseDeviceForTest() {
  if (implementation_->gpu) implementation_->gpu->loseForTest();
}

std::size_t ScenePainter::validationCount() const {
  return implementation_->validationBefore +
         (implementation_->gpu ? implementation_->gpu->validationMessages().size() : 0);
}

}  // namespace aula::desktop
