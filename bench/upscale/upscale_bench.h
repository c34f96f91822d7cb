// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "kernel/row.h"
#include "render/gpu.h"
#include "render/image.h"
#include "render/scene_renderer.h"
#include "upscale/moving_scenes.h"

namespace aula::bench {

/// How far pictures are from the reference, over the frames compared.
struct Quality {
  double psnr = 0;  ///< dB, of the mean squared error over all frames.
  double ssim = 0, flip = 0;
};

/// One scene at one ratio.
struct UpscaleResult {
  std::string scene;
  render::UpscaleMode mode = render::UpscaleMode::native;
  Quality ours;
  Quality bilinear,
      bicubic;  ///< Our native temporal anti-aliasing at the drawn size, enlarged. At ratio 1 that is itself.
  double milliseconds = 0;                            ///< A frame on the device, the best.
  std::vector<render::FrameStatistics::Pass> passes;  ///< Of that frame.
  int drawnWidth = 0, drawnHeight = 0;
};

struct UpscaleOptions {
  int width = 960, height = 540;
  int warmUp = 24;                         ///< Frames drawn before any is compared.
  int compared = 4;                        ///< Frames compared,
  int interval = 5;                        ///< every so many.
  int samples = 64;                        ///< Of the reference.
  std::vector<std::string> scenes;         ///< Empty: all.
  std::vector<render::UpscaleMode> modes;  ///< Empty: all; else native first.
  int atoms = 50000;
  std::string pictures;  ///< A folder where the last compared frame of everything is kept; empty: none.
};

/// Names of upscaleScenes.
[[nodiscard]] const std::vector<std::string>& upscaleScenes();

/// Every scene with every mode, against a reference of `samples` samples a pixel at the full size. `said`
/// hears of each result.
[[nodiscard]] std::vector<UpscaleResult> compareUpscaling(
    const std::shared_ptr<render::Gpu>& gpu, const UpscaleOptions& options,
    const std::function<void(const UpscaleResult&)>& said);

/// As `aula bench` prints them: for each scene and mode PSNR in dB, and milliseconds a frame and a pass.
[[nodiscard]] std::vector<Row> rowsOf(const std::vector<UpscaleResult>& results, const render::Gpu& gpu,
                                      const UpscaleOptions& options);
/// A line for people; and the whole as a Markdown table.
[[nodiscard]] std::string lineOf(const UpscaleResult& result, const UpscaleResult* native);
[[nodiscard]] std::string markdownOf(const std::vector<UpscaleResult>& results, const render::Gpu& gpu,
                                     const UpscaleOptions& options);

}  // namespace aula::bench
