// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <string>

#include "upscale/upscale_bench.h"

namespace aula::bench {
namespace {

std::string sizeOf(int width, int height) {
  return std::to_string(width) + "x" + std::to_string(height);
}

const UpscaleResult* nativeOf(const std::vector<UpscaleResult>& results, const std::string& scene) {
  const auto found = std::find_if(results.begin(), results.end(), [&](const UpscaleResult& r) {
    return r.scene == scene && r.mode == render::UpscaleMode::native;
  });
  return found == results.end() ? nullptr : &*found;
}

std::string formatted(const char* format, double value) {
  char text[32];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

}  // namespace

std::string lineOf(const UpscaleResult& result, const UpscaleResult* native) {
  std::string line = result.scene + ", " + render::upscaleModeName(result.mode) + ": " +
                     formatted("%.2f dB", result.ours.psnr);
  if (result.mode != render::UpscaleMode::native) {
    line += formatted(", %+.2f against bilinear", result.ours.psnr - result.bilinear.psnr) +
            formatted(", %+.2f against bicubic", result.ours.psnr - result.bicubic.psnr);
    if (native != nullptr) line += formatted(", %+.2f against native", result.ours.psnr - native->ours.psnr);
  }
  return line + formatted("; SSIM %.4f", result.ours.ssim) + formatted(", FLIP %.4f", result.ours.flip) +
         formatted(", %.0f ms", result.milliseconds);
}

std::vector<Row> rowsOf(const std::vector<UpscaleResult>& results, const render::Gpu& gpu,
                        const UpscaleOptions& options) {
  std::vector<Row> rows;
  for (const UpscaleResult& r : results) {
    Row row;
    row.bench = "upscale";
    row.device = gpu.report().name;
    row.size = sizeOf(r.drawnWidth, r.drawnHeight) + " to " + sizeOf(options.width, options.height);
    const std::string name = r.scene + " " + render::upscaleModeName(r.mode);
    const auto add = [&](const std::string& what, double value, const char* unit, const Quality* quality) {
      row.name = name + what;
      row.unit = unit;
      row.remark = quality == nullptr ? ""
                                      : "SSIM " + formatted("%.5f", quality->ssim) + ", FLIP " +
                                            formatted("%.5f", quality->flip);
      setValues(row, {value});
      rows.push_back(row);
    };
    add("", r.ours.psnr, "dB", &r.ours);
    if (r.mode != render::UpscaleMode::native) {
      add(" bilinear", r.bilinear.psnr, "dB", &r.bilinear);
      add(" bicubic", r.bicubic.psnr, "dB", &r.bicubic);
    }
    add(" frame", r.milliseconds, "ms", nullptr);
    for (const render::FrameStatistics::Pass& pass : r.passes) {
      if (pass.name.rfind("temporal: ", 0) == 0)
        add(" " + pass.name.substr(10), pass.milliseconds, "ms", nullptr);
    }
  }
  return rows;
}

std::string markdownOf(const std::vector<UpscaleResult>& results, const render::Gpu& gpu,
                       const UpscaleOptions& options) {
  std::string text =
      "Pictures of " + sizeOf(options.width, options.height) + " on " + gpu.report().name + " (" +
      gpu.report().driver + "), " + std::to_string(options.compared) + " frames after " +
      std::to_string(options.warmUp) + ", against stills of " + std::to_string(options.samples) +
      " samples a pixel. PSNR in dB, SSIM, FLIP; ms a frame.\n\n"
      "| scene | mode | drawn | ours | bilinear | bicubic | less native | SSIM | FLIP | frame | upscaler |\n"
      "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
  for (const UpscaleResult& r : results) {
    const bool isNative = r.mode == render::UpscaleMode::native;
    const UpscaleResult* native = nativeOf(results, r.scene);
    double own = 0;
    for (const render::FrameStatistics::Pass& pass : r.passes) {
      if (pass.name.rfind("temporal: ", 0) == 0) own += pass.milliseconds;
    }
    text += "| " + r.scene + " | " + render::upscaleModeName(r.mode) + " | " +
            sizeOf(r.drawnWidth, r.drawnHeight) + " | " + formatted("%.2f", r.ours.psnr) + " | " +
            (isNative ? "" : formatted("%.2f", r.bilinear.psnr)) + " | " +
            (isNative ? "" : formatted("%.2f", r.bicubic.psnr)) + " | " +
            (isNative || native == nullptr ? "" : formatted("%+.2f", r.ours.psnr - native->ours.psnr)) +
            " | " + formatted("%.4f", r.ours.ssim) + " | " + formatted("%.4f", r.ours.flip) + " | " +
            formatted("%.0f", r.milliseconds) + " | " + formatted("%.0f", own) + " |\n";
  }
  return text;
}

}  // namespace aula::bench
