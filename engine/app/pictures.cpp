// SPDX-License-Identifier: Apache-2.0
#include "app/pictures.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include "app/frame_store.h"
#include "core/error.h"
#include "core/interrupt.h"
#include "core/io/atomic_file.h"
#include "core/progress.h"
#include "media/video_writer.h"
#include "render/png.h"
#include "render/renderer.h"

namespace aula::app {

namespace fs = std::filesystem;

namespace {
/// A video of a few frames should not be over before it was seen, nor one of many take minutes.
double framesPerSecond(int count) {
  return std::clamp(double(count) / 8.0, 4.0, 30.0);
}

render::RendererOptions rendererOptions(const PictureOptions& wanted) {
  render::RendererOptions options;
  options.width = wanted.width;
  options.height = wanted.height;
  return options;
}
}  // namespace

struct Pictures::Implementation {
  fs::path folder;
  std::string labId;
  PictureOptions options;
  render::Renderer renderer;
  FrameStore store;
  int count = 0;

  Implementation(const OutputFolder& output, const std::string& id, const PictureOptions& wanted)
      : folder(output.path()),
        labId(id),
        options(wanted),
        renderer(rendererOptions(wanted)),
        store(output.path(), wanted.isResuming) {}
};

Pictures::Pictures(const OutputFolder& output, const std::string& labId, const PictureOptions& options)
    : implementation_(std::make_unique<Implementation>(output, labId, options)) {}

Pictures::~Pictures() = default;

void Pictures::add(const scene::Frame& frame, int index, int count) {
  implementation_->count = count;
  implementation_->store.push(frame, index);
}

void Pictures::keep() {
  implementation_->store.flush();
}

void Pictures::discard() {
  implementation_->store.clear();
}

PictureFiles Pictures::finish() {
  Implementation& own = *implementation_;
  own.store.flush();
  PictureFiles files;

  // First pass: the colour limits of the whole run.
  int missing = 0;
  for (int i = 0; i < own.count; ++i) {
    if (const auto frame = own.store.read(i))
      own.renderer.observe(*frame);
    else
      ++missing;
  }
  if (missing > 0)
    files.warnings.push_back(
        std::to_string(missing) + " of " + std::to_string(own.count) +
        " frames were lost when the run was killed; the video shows the one before in their place");

  std::optional<media::VideoWriter> video;
  if (!own.options.video.empty()) {
    media::VideoOptions options;
    options.width = own.options.width;
    options.height = own.options.height;
    options.framesPerSecond = framesPerSecond(own.count);
    options.title = own.options.title;
    video.emplace(own.options.video, options);
  }
  if (own.options.hasSeries) core::makeWritableFolder(own.folder / "frames");

  // Second pass: draw.
  render::PictureStyle style;
  style.duration = own.options.duration;
  style.showBox = !own.options.isPlate;
  style.showTime = own.options.hasTime;
  core::Progress progress("drawing", own.count);
  render::Image image;
  for (int i = 0; i < own.count; ++i) {
    if (core::isInterrupted())
      throw core::Error("stopped while drawing; the data are whole, pictures and video are not there");
    if (!video && !own.options.hasSeries && i + 1 < own.count) continue;
    if (const auto frame = own.store.read(i)) image = own.renderer.render(*frame, style);
    if (image.pixels.empty()) continue;  // Lost before the first one that is there.
    if (video) video->write(image.pixels);
    if (own.options.hasSeries) {
      std::array<char, 32> name{};
      std::snprintf(name.data(), name.size(), "frames/%04d.png", i + 1);
      render::writePng(own.folder / name.data(), image);
      files.all.emplace_back(name.data());
    }
    progress.update(i + 1);
  }
  if (!image.pixels.empty()) {
    files.picture = own.labId + ".png";
    render::writePng(own.folder / files.picture, image);
    files.all.insert(files.all.begin(), files.picture);
  }
  if (video) {
    video->finish();
    // A video elsewhere is named as it lies.
    const fs::path relative =
        fs::weakly_canonical(own.options.video).lexically_relative(fs::weakly_canonical(own.folder));
    files.video =
        !relative.empty() && relative.native()[0] != '.' ? relative.string() : own.options.video.string();
    files.all.push_back(files.video);
  }
  own.store.clear();
  return files;
}

}  // namespace aula::app
