// SPDX-License-Identifier: Apache-2.0
#include "upscale/upscale_bench.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/text.h"
#include "render/png.h"
#include "render/quality/image_quality.h"
#include "upscale/resample.h"

namespace aula::bench {
namespace {

using render::Image;
using render::UpscaleMode;

constexpr UpscaleMode kModes[] = {UpscaleMode::native, UpscaleMode::quality, UpscaleMode::balanced,
                                  UpscaleMode::performance, UpscaleMode::ultraPerformance};

/// Gathers what frames are worth.
class Judge {
 public:
  void add(const Image& reference, const Image& test) {
    error_ += render::quality::meanSquaredError(reference, test);
    ssim_ += render::quality::ssim(reference, test);
    flip_ += render::quality::flip(reference, test);
    ++count_;
  }
  [[nodiscard]] Quality quality() const {
    return {render::quality::psnrOf(error_ / count_), ssim_ / count_, flip_ / count_};
  }

 private:
  double error_ = 0, ssim_ = 0, flip_ = 0;
  int count_ = 0;
};

render::SceneRendererOptions rendererOptions(int width, int height, UpscaleMode mode) {
  render::SceneRendererOptions options;
  options.width = width;
  options.height = height;
  options.upscale = mode;
  return options;
}

int drawnSide(int side, UpscaleMode mode) {
  return static_cast<int>(std::lround(side / render::upscaleRatio(mode)));
}

bool isCompared(const UpscaleOptions& options, int frame) {
  return frame >= options.warmUp && (frame - options.warmUp) % options.interval == 0;
}

int lastFrame(const UpscaleOptions& options) {
  return options.warmUp + (options.compared - 1) * options.interval;
}

void keep(const UpscaleOptions& options, const MovingScene& scene, const std::string& what,
          const Image& image) {
  if (!options.pictures.empty())
    render::writePng(options.pictures + "/" + scene.name + "-" + what + ".png", image);
}

UpscaleResult compare(const std::shared_ptr<render::Gpu>& gpu, const MovingScene& scene, UpscaleMode mode,
                      const std::vector<Image>& references, const UpscaleOptions& options) {
  UpscaleResult result;
  result.scene = scene.name;
  result.mode = mode;
  result.drawnWidth = drawnSide(options.width, mode);
  result.drawnHeight = drawnSide(options.height, mode);
  const bool isNative = mode == UpscaleMode::native;
  render::SceneRenderer ours(gpu, rendererOptions(options.width, options.height, mode));
  render::SceneRenderer small(gpu,
                              rendererOptions(result.drawnWidth, result.drawnHeight, UpscaleMode::native));
  Judge judge, bilinear, bicubic;
  std::size_t compared = 0;
  for (int i = 0; i <= lastFrame(options); ++i) {
    const scene::Frame frame = scene.frame(i);
    const scene::Camera camera = scene.camera(i);
    ours.draw(frame, camera, scene.style);
    if (!isNative) small.draw(frame, camera, scene.style);
    if (!isCompared(options, i)) continue;
    const Image& reference = references[compared++];
    const Image picture = ours.image(), low = isNative ? picture : small.image();
    const Image linear = resampled(low, options.width, options.height, Resampling::bilinear),
                cubic = resampled(low, options.width, options.height, Resampling::bicubic);
    judge.add(reference, picture);
    bilinear.add(reference, linear);
    bicubic.add(reference, cubic);
    const render::FrameStatistics& statistics = ours.statistics();
    if (result.passes.empty() || statistics.milliseconds < result.milliseconds) {
      result.milliseconds = statistics.milliseconds;
      result.passes = statistics.passes;
    }
    if (i == lastFrame(options)) {
      keep(options, scene, render::upscaleModeName(mode), picture);
      if (!isNative) keep(options, scene, std::string(render::upscaleModeName(mode)) + "-bicubic", cubic);
    }
  }
  result.ours = judge.quality();
  result.bilinear = bilinear.quality();
  result.bicubic = bicubic.quality();
  return result;
}

}  // namespace

const std::vector<std::string>& upscaleScenes() {
  static const std::vector<std::string> names = {"lines", "atoms", "arm"};
  return names;
}

std::vector<UpscaleResult> compareUpscaling(const std::shared_ptr<render::Gpu>& gpu,
                                            const UpscaleOptions& options,
                                            const std::function<void(const UpscaleResult&)>& said) {
  for (const std::string& name : options.scenes) {
    if (std::find(upscaleScenes().begin(), upscaleScenes().end(), name) == upscaleScenes().end()) {
      throw core::inputError("there is no moving scene " + core::quoted(name) + "; there are " +
                             core::listed(upscaleScenes(), "and"));
    }
  }
  std::vector<UpscaleResult> results;
  for (const MovingScene& scene : {linesScene(), atomsScene(options.atoms), armScene()}) {
    if (!options.scenes.empty() &&
        std::find(options.scenes.begin(), options.scenes.end(), scene.name) == options.scenes.end()) {
      continue;
    }
    std::vector<Image> references;
    {
      render::SceneRenderer still(gpu, rendererOptions(options.width, options.height, UpscaleMode::native));
      for (int i = 0; i <= lastFrame(options); ++i) {
        if (isCompared(options, i)) {
          references.push_back(still.still(scene.frame(i), scene.camera(i), scene.style, options.samples));
        }
      }
    }
    keep(options, scene, "reference", references.back());
    for (const UpscaleMode mode : kModes) {
      if (!options.modes.empty() &&
          std::find(options.modes.begin(), options.modes.end(), mode) == options.modes.end()) {
        continue;
      }
      results.push_back(compare(gpu, scene, mode, references, options));
      said(results.back());
    }
  }
  return results;
}

}  // namespace aula::bench
