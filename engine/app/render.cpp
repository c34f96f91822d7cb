// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>

#include "app/command.h"
#include "app/frame_store.h"
#include "app/labs_folder.h"
#include "app/language.h"
#include "app/render_options.h"
#include "app/still.h"
#include "app/tile_store.h"
#include "core/error.h"
#include "core/interrupt.h"
#include "core/io/atomic_file.h"
#include "core/log.h"
#include "core/progress.h"
#include "core/text.h"
#include "core/units/quantity.h"
#include "core/version.h"
#include "lab/session/session.h"
#include "media/video_writer.h"
#include "render/colour/colour_map.h"
#include "render/exr.h"
#include "render/renderer.h"

namespace aula::app {

namespace fs = std::filesystem;

namespace {

enum class Output { png, exr, mp4 };

Output outputOf(const fs::path& path, bool isVideo) {
  const std::string ending = path.extension().string();
  const std::string name = core::quoted(path.string(), 200);
  if (ending == ".mp4") return Output::mp4;
  if (isVideo) throw core::inputError("--video: --out " + name + " must end in .mp4");
  if (ending == ".png") return Output::png;
  if (ending == ".exr") {
    if (!render::canWriteExr())
      throw core::Error(
          "this build knows no OpenEXR pictures: install libopenexr-dev and build it anew, or write a PNG");
    return Output::exr;
  }
  throw core::inputError("--out " + name + " must end in .png, .exr or .mp4");
}

/// Everything that is settled before the first step is computed.
struct Job {
  RenderOptions options;
  Output output = Output::png;
  RenderKind kind = RenderKind::automatic;
  int width = 0, height = 0;
  std::optional<CameraWords> camera;  ///< None: as the lab wants it.
  std::shared_ptr<const lab::Lab> lab;
  fs::path parts;  ///< Beside the picture, while it is made.
  int firstFrame = 1, lastFrame = 1, frameCount = 1;
  double timeStep = 0, duration = 0;
  std::string commandLine;

  [[nodiscard]] bool isVideo() const { return output == Output::mp4; }
};

bool isThick(const scene::VolumeView& view) {
  return view.nx > 1 && view.ny > 1 && view.nz > 1;
}

/// A copy with what the options say of its views.
scene::Frame chosenViews(scene::Frame frame, const RenderOptions& options) {
  std::vector<std::string> names;
  bool isThere = options.view.empty();
  const auto isValues = [](const scene::View& view) {
    return std::holds_alternative<scene::VolumeView>(view) || std::holds_alternative<scene::SliceView>(view);
  };
  for (const scene::View& view : frame.views) {
    if (!isValues(view)) continue;
    names.push_back(scene::nameOf(view));
    isThere = isThere || names.back() == options.view;
  }
  if (!isThere)
    throw core::inputError("--view " + core::quoted(options.view) + " is not in the picture; " +
                           (names.empty() ? "this lab shows no volumes and no slices"
                                          : "there is " + core::listed(names, "and")));
  if (!options.view.empty())
    std::erase_if(frame.views, [&](const scene::View& view) {
      return isValues(view) && scene::nameOf(view) != options.view;
    });
  for (scene::View& view : frame.views) {
    if (options.colourMap.empty()) break;
    if (auto* volume = std::get_if<scene::VolumeView>(&view)) volume->colourMap = options.colourMap;
    if (auto* slice = std::get_if<scene::SliceView>(&view)) slice->volume.colourMap = options.colourMap;
    if (auto* surface = std::get_if<scene::IsoSurfaceView>(&view))
      surface->volume.colourMap = options.colourMap;
  }
  return frame;
}

/// A plane where there is one to show and nothing that stands up, as Renderer decides.
RenderKind kindFor(const scene::Frame& frame, RenderKind wanted) {
  if (wanted != RenderKind::automatic) return wanted;
  for (const scene::View& view : frame.views) {
    if (const auto* volume = std::get_if<scene::VolumeView>(&view))
      return isThick(*volume) ? RenderKind::scene : RenderKind::plane;
  }
  return RenderKind::scene;
}

render::SceneStyle sceneStyle(const RenderOptions& options) {
  render::SceneStyle style;
  style.exposure = options.exposure;
  style.volumeDensity = options.opacity;
  if (options.isDark) {
    style.background = {0.006F, 0.007F, 0.009F};
    style.divergingMap = "ember";
    style.sequentialMap = "dusk";
  }
  if (options.isTransparent) style.backgroundOpacity = 0;
  return style;
}

render::PictureStyle pictureStyle(const Job& job, RenderKind kind) {
  render::PictureStyle style;
  style.background = job.options.isDark ? render::Background::dark : render::Background::light;
  style.kind = kind == RenderKind::plane ? render::PictureKind::plane : render::PictureKind::space;
  style.view = job.options.view;
  style.colourMap = job.options.colourMap;
  if (job.camera) {
    style.camera.emplace();
    style.camera->azimuth = job.camera->azimuth;
    style.camera->elevation = job.camera->elevation;
    style.camera->fieldOfView = job.camera->fieldOfView;
  }
  style.isCutAway = job.options.isCutAway;
  style.opacity = job.options.opacity;
  style.duration = job.duration;
  return style;
}

bool shouldStop() {
  return core::isInterrupted();
}

std::string resumeHint(const Job& job) {
  const bool isThere = job.commandLine.find("--resume") != std::string::npos;
  return "To go on: " + job.commandLine + (isThere ? "" : " --resume");
}

/// What decides every bit of a still.
PictureSettings settingsOf(const Job& job, const lab::Session& session) {
  const RenderOptions& o = job.options;
  PictureSettings settings = {
      {"lab", job.lab->sourceText()},
      {"--size", std::to_string(job.width) + "x" + std::to_string(job.height)},
      {"--spp", std::to_string(o.samples)},
      {"--tile", std::to_string(o.tile)},
      {"--camera", job.camera ? core::formatIn(job.camera->azimuth, "1", 12) + "," +
                                    core::formatIn(job.camera->elevation, "1", 12) + "," +
                                    core::formatIn(job.camera->fieldOfView, "1", 12)
                              : ""},
      {"--kind", o.kind},
      {"--view", o.view},
      {"--colour-map", o.colourMap},
      {"--opacity", core::formatIn(o.opacity, "1", 12)},
      {"--exposure", core::formatIn(o.exposure, "1", 12)},
      {"--seed", std::to_string(o.seed)},
      {"flags", std::string(o.isDark ? "dark " : "") + (o.isTransparent ? "transparent " : "") +
                    (o.isCutAway ? "cut-away " : "")},
      {"moment", std::to_string(session.steps())},
      {"--lang", o.language},
      {"--device", compute::deviceName(session.device().kind)},
      {"version", core::version()}};
  for (const lab::Knob& knob : job.lab->knobs())
    settings["--set " + knob.name] = core::formatIn(knob.value, "1", 17);
  return settings;
}

std::map<std::string, std::string> remarksOf(const Job& job, const scene::Frame& frame) {
  return {{"title", frame.title},
          {"lab", job.lab->id()},
          {"time", core::formatIn(frame.time, "s", 9) + " s"},
          {"step", std::to_string(frame.step)},
          {"samples", std::to_string(job.options.samples)},
          {"software", std::string("Aula ") + core::version()}};
}

/// Runs the lab and keeps the frames that are wanted. False: the user stopped it.
bool compute(const Job& job, lab::SessionOptions wanted, lab::CheckedLab checked, FrameStore& store) {
  std::optional<core::Progress> progress;
  int kept = 0;
  wanted.onProgress = [&](const lab::Progress& now) {
    if (!progress) progress.emplace("computing", double(now.steps));
    progress->update(double(now.step),
                     now.speed > 0 ? core::formatIn(now.speed, "1", 3) + " " + now.speedUnit : "");
  };
  wanted.onFrame = [&](const scene::Frame& frame, int index, int) {
    if (index + 1 < job.firstFrame || index + 1 > job.lastFrame) return;
    store.push(frame, index);
    ++kept;
  };
  // Frames after the last one wanted need not be computed.
  wanted.shouldStop = [&] { return core::isInterrupted() || kept == job.lastFrame - job.firstFrame + 1; };
  lab::Session session(std::move(checked), wanted);
  (void)session.run();
  store.flush();
  return !core::isInterrupted();
}

/// More samples of the live picture's kind change nothing that can be seen.
constexpr int kMostRasterSamples = 64;

/// Draws scenes: by the path tracer, or as the live picture.
class ScenePainter {
 public:
  explicit ScenePainter(const Job& job)
      : job_(job), style_(sceneStyle(job.options)), gpu_(render::Gpu::make()) {
    const std::string reason = render::PathTracer::whyNot(*gpu_);
    const bool isPath = job.options.isPath || (!job.options.isRaster && reason.empty());
    if (isPath) {
      render::PathTracerOptions options;
      options.width = job.width;
      options.height = job.height;
      options.seed = static_cast<std::uint32_t>(job.options.seed);
      options.isCutAway = job.options.isCutAway;
      tracer_ = std::make_unique<render::PathTracer>(gpu_, options);
      return;
    }
    if (!job.options.isRaster) core::log::warning(reason + "; drawn as the live picture instead");
    if (job.options.isCutAway)
      throw core::inputError("--cut-away is for traced pictures and figures; leave out --raster");
    if (job.options.samples > kMostRasterSamples)
      core::log::info("a live picture gains nothing from more than " + std::to_string(kMostRasterSamples) +
                      " samples; so many are taken");
    render::SceneRendererOptions options;
    options.width = job.width;
    options.height = job.height;
    options.antialiasing = render::Antialiasing::none;
    raster_ = std::make_unique<render::SceneRenderer>(gpu_, options);
  }

  [[nodiscard]] const render::SceneStyle& style() const { return style_; }
  [[nodiscard]] render::PathTracer* tracer() const { return tracer_.get(); }
  void observe(const scene::Frame& frame) {
    if (tracer_) tracer_->observe(frame);
  }
  [[nodiscard]] scene::Camera cameraOn(const scene::Frame& frame) const {
    if (!job_.camera) return render::cameraFor(frame);
    return render::cameraFor(frame, job_.camera->azimuth, job_.camera->elevation, job_.camera->fieldOfView);
  }
  void setScene(const scene::Frame& frame) { tracer_->setScene(frame, cameraOn(frame), style_); }
  /// The last image() of a live picture before it was developed.
  [[nodiscard]] render::HdrImage radiance() { return raster_->radiance(); }
  /// A whole frame in memory; nothing when the user stops it.
  std::optional<render::Image> image(const scene::Frame& frame) {
    if (raster_)
      return raster_->still(frame, cameraOn(frame), style_,
                            std::min(job_.options.samples, kMostRasterSamples));
    setScene(frame);
    render::HdrImage light;
    if (!traceFrame(*tracer_, job_.options.samples, job_.options.tile, shouldStop, light))
      return std::nullopt;
    return render::develop(light, style_);
  }

 private:
  const Job& job_;
  render::SceneStyle style_;
  std::shared_ptr<render::Gpu> gpu_;
  std::unique_ptr<render::PathTracer> tracer_;
  std::unique_ptr<render::SceneRenderer> raster_;
};

int drawStill(const Job& job, const scene::Frame& frame, RenderKind kind, const TileStore& store) {
  const PictureFormat format = job.output == Output::exr ? PictureFormat::exr : PictureFormat::png;
  const auto remarks = remarksOf(job, frame);
  if (kind != RenderKind::scene) {
    render::RendererOptions options;
    options.width = job.width;
    options.height = job.height;
    render::Renderer renderer(options);
    writePicture(job.options.output, format, renderer.render(frame, pictureStyle(job, kind)), remarks);
    return 0;
  }
  ScenePainter painter(job);
  if (painter.tracer() == nullptr) {
    const auto image = painter.image(frame);
    if (format == PictureFormat::exr)
      render::writeExr(job.options.output, painter.radiance(), render::ExrNumbers::half, remarks);
    else
      writePicture(job.options.output, format, *image, remarks);
    return 0;
  }
  painter.setScene(frame);
  const bool isDone =
      traceStill(*painter.tracer(), job.options.samples, job.options.tile, store, shouldStop, [&] {
        return openPicture(job.options.output, format, job.width, job.height, painter.style(), remarks);
      });
  if (!isDone) {
    core::log::warning("stopped while tracing; what is done is kept in " + store.folder().string() + ". " +
                       resumeHint(job));
    return 1;
  }
  const render::PathStatistics& s = painter.tracer()->statistics();
  if (s.seconds > 0)
    core::log::info(formatCount(static_cast<double>(s.rays)) + " rays for " +
                    formatCount(static_cast<double>(s.samples)) + " samples in " +
                    core::formatDuration(s.seconds) + ": " +
                    core::formatIn(static_cast<double>(s.rays) / s.seconds / 1e6, "1", 3) + " Mray/s");
  return 0;
}

int drawVideo(const Job& job, const FrameStore& store, RenderKind kind) {
  media::VideoOptions video;
  video.width = job.width;
  video.height = job.height;
  const int count = job.lastFrame - job.firstFrame + 1;
  video.framesPerSecond = std::clamp(double(count) / 8.0, 4.0, 30.0);
  video.title = job.lab->title().in(job.options.language);
  media::VideoWriter writer(job.options.output, video);
  std::optional<ScenePainter> painter;
  std::optional<render::Renderer> renderer;
  if (kind == RenderKind::scene) {
    painter.emplace(job);
  } else {
    render::RendererOptions options;
    options.width = job.width;
    options.height = job.height;
    renderer.emplace(options);
  }
  const auto frameAt = [&](int number) {
    auto frame = store.read(number - 1);
    if (!frame) throw core::Error("frame " + std::to_string(number) + " was lost from " + job.parts.string());
    return chosenViews(std::move(*frame), job.options);
  };
  // Colours that suit all frames, as in the videos of `aula run`.
  for (int number = job.firstFrame; number <= job.lastFrame; ++number) {
    const scene::Frame frame = frameAt(number);
    if (painter) painter->observe(frame);
    if (renderer) renderer->observe(frame);
  }
  core::Progress progress("drawing", count);
  for (int number = job.firstFrame; number <= job.lastFrame; ++number) {
    const scene::Frame frame = frameAt(number);
    std::optional<render::Image> image;
    if (painter)
      image = painter->image(frame);
    else
      image = renderer->render(frame, pictureStyle(job, kind));
    if (!image || core::isInterrupted()) {
      core::log::warning("stopped while drawing; there is no video");
      return 1;
    }
    writer.write(image->pixels);
    progress.update(number - job.firstFrame + 1);
  }
  writer.finish();
  return 0;
}

Job settle(const RenderOptions& given, const Program& program) {
  Job job;
  job.options = given;
  job.commandLine = program.commandLine;
  RenderOptions& options = job.options;
  if (options.isPath && options.isRaster)
    throw core::inputError("--path-trace and --raster exclude each other");
  if (options.step > 0 && !options.time.empty())
    throw core::inputError("--step and --time both say when; give one of them");
  job.kind = parseRenderKind(options.kind);
  if (!options.camera.empty()) job.camera = parseCamera(options.camera);
  if (!options.size.empty()) std::tie(job.width, job.height) = parseRenderSize(options.size);
  if (!options.colourMap.empty()) (void)render::ColourMap::named(options.colourMap);
  if (options.isTransparent && options.isDark)
    throw core::inputError("--transparent and --dark exclude each other");
  options.language = parseLanguage(options.language);
  if (!options.output.empty()) job.output = outputOf(options.output, options.isVideo);
  return job;
}

void settleFiles(Job& job) {
  RenderOptions& options = job.options;
  if (options.output.empty()) options.output = job.lab->id() + (options.isVideo ? ".mp4" : ".png");
  job.output = outputOf(options.output, options.isVideo);
  if (fs::is_directory(options.output))
    throw core::inputError("--out " + core::quoted(options.output.string(), 200) +
                           " is a folder; name a file in it");
  if (const auto parent = options.output.parent_path(); !parent.empty() && !fs::is_directory(parent))
    throw core::inputError("--out: there is no folder " + core::quoted(parent.string(), 200) +
                           "; make it first");
  if (!options.frames.empty() && !job.isVideo())
    throw core::inputError("--frames is for videos; let --out end in .mp4");
  if (job.isVideo() && options.isResuming)
    throw core::inputError("--resume is for pictures; a video that was stopped begins anew");
  if (job.isVideo()) {
    std::string remarks;
    bool isUsable = false;
    for (const media::EncoderReport& encoder : media::findVideoEncoders()) {
      isUsable = isUsable || encoder.isUsable;
      remarks += (remarks.empty() ? "" : "; ") + encoder.name + ": " + encoder.remark;
    }
    if (!isUsable)
      throw core::Error("no video can be written: " +
                        (remarks.empty() ? "this build has no encoder" : remarks));
  }
  job.parts = options.output.string() + ".parts";
  if (job.width == 0) {
    job.width = job.lab->run().width;
    job.height = job.lab->run().height;
  }
}

int renderLab(const RenderOptions& given, const Program& program) {
  if (given.isQuiet) core::log::setLevel(core::log::Level::warning);
  Job job = settle(given, program);
  lab::SessionOptions wanted;
  wanted.device = job.options.device.resolve();
  wanted.steps = job.options.step;
  wanted.seed = job.options.seed;
  wanted.language = job.options.language;
  if (!job.options.time.empty()) {
    try {
      wanted.until = core::parseQuantity(job.options.time, "s");
    } catch (const core::Error& error) {
      throw core::inputError(std::string("--time: ") + error.what());
    }
    if (!(wanted.until > 0))
      throw core::inputError("--time " + core::quoted(job.options.time) + " must be more than 0");
  }
  const fs::path file = resolveLab(job.options.lab);
  auto checked = lab::checkLab(lab::Lab::read(file, parseSettings(job.options.settings)), program.registry);
  job.lab = checked.lab;
  for (const std::string& warning : job.lab->diagnostics().warnings()) core::log::warning(warning);
  settleFiles(job);
  if (job.isVideo()) {
    job.frameCount = job.lab->run().frames > 0 ? job.lab->run().frames : 100;
    std::tie(job.firstFrame, job.lastFrame) = parseFrames(job.options.frames, job.frameCount);
  }
  wanted.frames = job.frameCount;

  // How long the run is, and on which device: a picture that is gone on with must be of the same.
  PictureSettings settings;
  {
    const lab::Session plan(
        lab::checkLab(lab::Lab::read(file, parseSettings(job.options.settings)), program.registry), wanted);
    settings = settingsOf(job, plan);
    job.duration = double(plan.steps()) * plan.estimate().timeStep;
  }
  const TileStore store(job.parts, settings, job.options.isResuming);
  int code = 1;
  try {
    FrameStore frames(job.parts, store.isResumed());
    std::optional<scene::Frame> frame;
    if (store.isResumed()) frame = frames.read(job.lastFrame - 1);
    if (!frame && !compute(job, wanted, std::move(checked), frames)) {
      core::log::warning("stopped while computing; nothing was drawn");
      frames.clear();
      store.clear();
      return 1;
    }
    if (!frame) frame = frames.read(job.lastFrame - 1);
    if (!frame) throw core::Error("the frame to be drawn was lost from " + job.parts.string());
    const scene::Frame shown = chosenViews(std::move(*frame), job.options);
    const RenderKind kind = kindFor(shown, job.kind);
    if (kind != RenderKind::scene && job.options.isPath)
      throw core::inputError("--path-trace is for scenes; this picture is a " +
                             std::string(kind == RenderKind::plane ? "plane" : "figure") +
                             ": add --kind scene");
    if (kind != RenderKind::scene && job.options.isTransparent)
      throw core::inputError("--transparent is for scenes; add --kind scene");
    code = job.isVideo() ? drawVideo(job, frames, kind) : drawStill(job, shown, kind, store);
    if (code == 0 || job.isVideo()) frames.clear();
  } catch (const core::Error& error) {
    // A disk that is full can be helped and the tiles gone on with; a wrong word leaves nothing.
    if (error.exitCode() == 2 || job.isVideo()) store.clear();
    throw;
  }
  if (code == 0 || job.isVideo()) store.clear();
  if (code == 0) core::log::info("written: " + job.options.output.string());
  return code;
}

}  // namespace

void addRender(CLI::App& parser, Program& program) {
  CLI::App* command =
      parser.add_subcommand("render", "Draw a lab's picture at any size and quality, or a video");
  auto options = std::make_shared<RenderOptions>();
  options->addTo(*command);
  setExamples(
      *command,
      "aula render double-slit --size 7680x4320 --out slit.png\n"
      "aula render dipole-radiation --kind scene --camera -40,30 --spp 256 --out dipole.png\n"
      "aula render dipole-radiation --kind scene --size 7680x4320 --spp 512 --out large.exr\n"
      "aula render dipole-radiation --kind scene --size 7680x4320 --spp 512 --out large.exr --resume\n"
      "aula render cavity --time \"20 ns\" --dark --set width=\"30 cm\"\n"
      "aula render cavity --frames 1:60 --out cavity.mp4");
  command->callback(
      [&program, options] { program.action = [&program, options] { return renderLab(*options, program); }; });
}

}  // namespace aula::app
