// SPDX-License-Identifier: Apache-2.0
#include "app/still.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/io/atomic_file.h"
#include "core/progress.h"
#include "core/text.h"
#include "core/units/quantity.h"
#include "render/exr.h"
#include "render/png.h"

namespace aula::app {

namespace fs = std::filesystem;
using render::PictureTile;

namespace {

/// A tile that takes longer is also kept on its way.
constexpr double kKeepSeconds = 20;
/// Samples asked for at once; the tracer divides them further as the device needs.
constexpr int kPortion = 64;

class PngPicture final : public PictureRows {
 public:
  PngPicture(const fs::path& path, int width, int height, const render::SceneStyle& style,
             const std::map<std::string, std::string>& remarks)
      : style_(style), rows_(path, width, height, style.backgroundOpacity < 1, keywords(remarks)) {}
  void write(std::span<const float> light) override {
    pixels_.resize(light.size());
    render::develop(light, style_, pixels_);
    rows_.write(pixels_);
  }
  void finish() override { rows_.finish(); }

 private:
  /// PNG's own words begin with a capital.
  static std::map<std::string, std::string> keywords(const std::map<std::string, std::string>& remarks) {
    std::map<std::string, std::string> words;
    for (const auto& [name, text] : remarks) {
      std::string word = name;
      if (!word.empty() && word[0] >= 'a' && word[0] <= 'z') word[0] = static_cast<char>(word[0] - 'a' + 'A');
      words[word] = text;
    }
    return words;
  }
  render::SceneStyle style_;
  render::PngRows rows_;
  std::vector<std::uint8_t> pixels_;
};

class ExrPicture final : public PictureRows {
 public:
  ExrPicture(const fs::path& path, int width, int height, const std::map<std::string, std::string>& remarks)
      : rows_(path, {width, height, render::ExrNumbers::half, remarks}) {}
  void write(std::span<const float> light) override { rows_.write(light); }
  void finish() override { rows_.finish(); }

 private:
  render::ExrRows rows_;
};

/// A picture cut into tiles, row by row.
class Tiling {
 public:
  Tiling(int width, int height, int side)
      : width_(width),
        height_(height),
        side_(side),
        columns_((width + side - 1) / side),
        rows_((height + side - 1) / side) {}
  [[nodiscard]] int count() const { return columns_ * rows_; }
  [[nodiscard]] int columns() const { return columns_; }
  [[nodiscard]] int rows() const { return rows_; }
  [[nodiscard]] PictureTile tile(int index) const {
    const int left = index % columns_ * side_, top = index / columns_ * side_;
    return {left, top, std::min(side_, width_ - left), std::min(side_, height_ - top)};
  }

 private:
  int width_, height_, side_, columns_, rows_;
};

std::size_t floatsOf(const PictureTile& tile) {
  return std::size_t{4} * static_cast<std::size_t>(tile.width) * static_cast<std::size_t>(tile.height);
}

double pixelsOf(const PictureTile& tile) {
  return static_cast<double>(tile.width) * tile.height;
}

std::string rate(const render::PathStatistics& statistics) {
  return statistics.seconds > 0
             ? core::formatIn(static_cast<double>(statistics.rays) / statistics.seconds / 1e6, "1", 3) +
                   " Mray/s"
             : std::string();
}

void copyTile(const PictureTile& tile, std::span<const float> sums, float scale, int width, int top,
              std::span<float> into) {
  for (int y = 0; y < tile.height; ++y) {
    const float* from = &sums[static_cast<std::size_t>(4 * y) * static_cast<std::size_t>(tile.width)];
    float* to = &into[4 * (static_cast<std::size_t>(tile.top - top + y) * static_cast<std::size_t>(width) +
                           static_cast<std::size_t>(tile.left))];
    for (int i = 0; i < 4 * tile.width; ++i) to[i] = from[i] * scale;
  }
}

}  // namespace

std::unique_ptr<PictureRows> openPicture(const fs::path& path, PictureFormat format, int width, int height,
                                         const render::SceneStyle& style,
                                         const std::map<std::string, std::string>& remarks) {
  if (format == PictureFormat::exr) return std::make_unique<ExrPicture>(path, width, height, remarks);
  return std::make_unique<PngPicture>(path, width, height, style, remarks);
}

void writePicture(const fs::path& path, PictureFormat format, const render::Image& image,
                  const std::map<std::string, std::string>& remarks) {
  if (format == PictureFormat::png) {
    render::writePng(path, image);
    return;
  }
  render::ExrRows rows(path, {image.width, image.height, render::ExrNumbers::half, remarks});
  const auto linear = [](std::uint8_t byte) {
    const double v = byte / 255.0;
    return static_cast<float>(v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4));
  };
  const std::size_t row = std::size_t{4} * static_cast<std::size_t>(image.width);
  std::vector<float> light(row);
  for (std::size_t begin = 0; begin < image.pixels.size(); begin += row) {
    for (std::size_t i = 0; i < row; i += 4) {
      const float alpha = static_cast<float>(image.pixels[begin + i + 3]) / 255;
      for (std::size_t c = 0; c < 3; ++c) light[i + c] = linear(image.pixels[begin + i + c]) * alpha;
      light[i + 3] = alpha;
    }
    rows.write(light);
  }
  rows.finish();
}

bool traceStill(render::PathTracer& tracer, int samples, int tileSide, const TileStore& store,
                const std::function<bool()>& shouldStop,
                const std::function<std::unique_ptr<PictureRows>()>& open) {
  const int width = tracer.options().width, height = tracer.options().height;
  const Tiling tiling(width, height, tileSide);
  // What an earlier start has done is not to be done again, nor counted in the estimate.
  std::vector<int> done(static_cast<std::size_t>(tiling.count()), 0);
  double total = 0;
  for (int i = 0; i < tiling.count(); ++i) {
    const PictureTile tile = tiling.tile(i);
    if (store.isResumed()) {
      if (const auto kept = store.read(i, floatsOf(tile))) done[static_cast<std::size_t>(i)] = kept->samples;
    }
    total += pixelsOf(tile) * (samples - done[static_cast<std::size_t>(i)]);
  }
  {
    core::Progress progress("tracing", std::max(total, 1.0));
    double traced = 0;
    for (int i = 0; i < tiling.count(); ++i) {
      if (done[static_cast<std::size_t>(i)] >= samples) continue;
      const PictureTile tile = tiling.tile(i);
      TileStore::Tile kept;
      if (done[static_cast<std::size_t>(i)] > 0)
        kept = store.read(i, floatsOf(tile)).value_or(TileStore::Tile{});
      if (kept.sums.empty()) kept.sums.assign(floatsOf(tile), 0.0F);
      auto last = std::chrono::steady_clock::now();
      while (kept.samples < samples) {
        const int now = tracer.accumulate(tile, kept.samples, std::min(kPortion, samples - kept.samples),
                                          kept.sums, shouldStop);
        kept.samples += now;
        traced += pixelsOf(tile) * now;
        progress.update(traced, rate(tracer.statistics()));
        if (shouldStop()) break;
        if (std::chrono::duration<double>(std::chrono::steady_clock::now() - last).count() > kKeepSeconds) {
          store.write(i, kept);
          last = std::chrono::steady_clock::now();
        }
      }
      store.write(i, kept);
      if (shouldStop()) return false;
    }
  }
  core::Progress progress("writing", tiling.rows());
  const auto picture = open();
  std::vector<float> band;
  for (int row = 0; row < tiling.rows(); ++row) {
    const PictureTile first = tiling.tile(row * tiling.columns());
    band.assign(std::size_t{4} * static_cast<std::size_t>(width) * static_cast<std::size_t>(first.height),
                0.0F);
    for (int column = 0; column < tiling.columns(); ++column) {
      const int index = row * tiling.columns() + column;
      const PictureTile tile = tiling.tile(index);
      const auto kept = store.read(index, floatsOf(tile));
      if (!kept || kept->samples < samples)
        throw core::Error("A tile of the picture was lost from " + store.folder().string() +
                          "; --resume computes it again.");
      copyTile(tile, kept->sums, 1.0F / static_cast<float>(samples), width, first.top, band);
    }
    picture->write(band);
    progress.update(row + 1);
    if (shouldStop()) return false;
  }
  picture->finish();
  return true;
}

bool traceFrame(render::PathTracer& tracer, int samples, int tileSide,
                const std::function<bool()>& shouldStop, render::HdrImage& image) {
  image.width = tracer.options().width;
  image.height = tracer.options().height;
  image.pixels.resize(std::size_t{4} * static_cast<std::size_t>(image.width) *
                      static_cast<std::size_t>(image.height));
  const Tiling tiling(image.width, image.height, tileSide);
  std::vector<float> sums;
  for (int i = 0; i < tiling.count(); ++i) {
    const PictureTile tile = tiling.tile(i);
    sums.assign(floatsOf(tile), 0.0F);
    if (tracer.accumulate(tile, 0, samples, sums, shouldStop) < samples) return false;
    copyTile(tile, sums, 1.0F / static_cast<float>(samples), image.width, 0, image.pixels);
  }
  return true;
}

}  // namespace aula::app
