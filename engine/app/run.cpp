// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cmath>
#include <iostream>
#include <optional>

#include "app/command.h"
#include "app/device_options.h"
#include "app/labs_folder.h"
#include "app/language.h"
#include "app/output_folder.h"
#include "app/pictures.h"
#include "core/error.h"
#include "core/interrupt.h"
#include "core/io/atomic_file.h"
#include "core/log.h"
#include "core/progress.h"
#include "core/text.h"
#include "core/units/quantity.h"
#include "lab/record/report.h"
#include "lab/session/command_log.h"
#include "lab/session/hand.h"
#include "lab/session/running_lab.h"
#include "lab/session/session.h"
#include "media/video_writer.h"

namespace aula::app {

namespace {

struct Options {
  std::string lab, until, size, language;
  std::filesystem::path output, video, replay;
  std::vector<std::string> settings;
  DeviceOptions device;
  std::int64_t steps = 0;
  std::uint64_t seed = 0;
  int frames = -1;
  bool isResuming = false, isJson = false, isQuiet = false, hasNoPicture = false, hasNoReport = false;
};

/// "1280x720" -> width and height.
std::pair<int, int> parseSize(const std::string& text) {
  int width = 0, height = 0, end = 0;
  if (std::sscanf(text.c_str(), "%5dx%5d%n", &width, &height, &end) != 2 || std::size_t(end) != text.size() ||
      width < 64 || height < 64 || width > 16384 || height > 16384)
    throw core::inputError("--size " + core::quoted(text) +
                           " is not WIDTHxHEIGHT in pixels, 64 to 16384 each, for example 1280x720");
  return {width, height};
}

/// The command line that goes on with this run.
std::string resumeCommand(const std::string& commandLine) {
  return commandLine.find("--resume") == std::string::npos ? commandLine + " --resume" : commandLine;
}

std::string describe(const lab::MeasurementResult& result) {
  if (!result.problem.empty()) return result.name + ": not measured: " + result.problem;
  const std::string unit = result.unit == "1" || result.unit.empty()
                               ? ""
                               : (result.unit == "deg" ? "" : " ") + core::prettyUnit(result.unit);
  const auto list = [&](const std::vector<double>& values) {
    std::string text;
    for (const double value : values) text += (text.empty() ? "" : ", ") + core::formatIn(value, "1", 5);
    return text;
  };
  std::string text = result.name + ": " + list(result.values) + unit;
  if (result.expected) text += ", expected " + list(*result.expected) + unit;
  if (!result.tolerances.empty()) text += " within " + core::formatIn(result.tolerances[0], "1", 3) + unit;
  if (const auto met = result.isMet()) text += *met ? " (met)" : " (NOT met)";
  return text;
}

/// Why no video can be written here; nothing when one can.
std::optional<std::string> missingEncoder() {
  std::string remarks;
  for (const media::EncoderReport& encoder : media::findVideoEncoders()) {
    if (encoder.isUsable) return std::nullopt;
    remarks += (remarks.empty() ? "" : "; ") + encoder.name + ": " + encoder.remark;
  }
  return remarks.empty() ? "this build has no video encoder" : remarks;
}

/// Pictures are asked for unless the lab or the user says no; without a way to draw, the data still matter.
std::unique_ptr<Pictures> makePictures(const Options& options, const lab::Lab& lab,
                                       const lab::Session& session, const OutputFolder& output, int frames,
                                       std::string& reason) {
  if (options.hasNoPicture || frames == 0) return nullptr;
  PictureOptions wanted;
  std::tie(wanted.width, wanted.height) =
      options.size.empty() ? std::pair{lab.run().width, lab.run().height} : parseSize(options.size);
  wanted.hasSeries = options.frames > 0;
  // A video that only the lab asks for is left out where there is no encoder; one the user asks for is an
  // error.
  wanted.video = options.video;
  if (wanted.video.empty() && lab.run().hasVideo) {
    if (const auto problem = missingEncoder())
      core::log::warning(reason = "no video: " + *problem);
    else
      wanted.video = output.path() / (lab.id() + ".mp4");
  }
  wanted.duration = double(session.steps()) * session.estimate().timeStep;
  wanted.isResuming = options.isResuming;
  wanted.isPlate = lab.isPlate();
  // What stands still has no time.
  wanted.hasTime = !lab.isPlate() || session.steps() > 1;
  wanted.title = lab.title().in(options.language);
  const bool isAskedFor = !options.video.empty() || options.frames > 0 || !options.size.empty();
  try {
    return std::make_unique<Pictures>(output, lab.id(), wanted);
  } catch (const core::Error& error) {
    if (isAskedFor) throw;
    reason = std::string("no pictures: ") + error.what();
    core::log::warning(reason);
    return nullptr;
  }
}

/// The lab with the knobs of a recording, whose commands and length go to `wanted`.
std::shared_ptr<const lab::Lab> prepareReplay(const Options& options, const lab::Lab& lab,
                                              lab::SessionOptions& wanted) {
  const lab::CommandHeading heading = lab::readCommandHeading(options.replay);
  const std::string name = core::quoted(options.replay.string(), 200);
  if (!heading.lab.empty() && heading.lab != lab.id())
    throw core::inputError("--replay " + name + " is a recording of the lab " + heading.lab + ", not of " +
                           lab.id());
  if (!heading.knobs.empty() && !options.settings.empty())
    throw core::inputError("--replay " + name +
                           " brings the knobs' values with it; leave --set out to repeat what was recorded");
  for (const auto& knob : heading.knobs) (void)lab::findKnob(lab, knob.first);
  wanted.replay = lab::readCommands(options.replay);
  for (const lab::Command& command : wanted.replay)
    if (!lab::hand::isHand(command.name)) (void)lab::findKnob(lab, command.name);
  if (wanted.steps == 0 && !(wanted.until > 0)) wanted.steps = heading.steps;
  return lab.withKnobs(heading.knobs);
}

int run(Options options, const Program& program) {
  if (options.isQuiet) core::log::setLevel(core::log::Level::warning);
  if (options.steps > 0 && !options.until.empty())
    throw core::inputError("--steps and --until both say how long to run; give one of them");
  if (!options.video.empty() && options.video.extension() != ".mp4")
    throw core::inputError("--video " + core::quoted(options.video.string(), 200) + " must end in .mp4");
  if (const auto parent = options.video.parent_path();
      !parent.empty() && !std::filesystem::is_directory(parent))
    throw core::inputError("--video: there is no folder " + core::quoted(parent.string(), 200) +
                           "; make it first");
  if (const auto problem = options.video.empty() ? std::nullopt : missingEncoder())
    throw core::Error("--video: " + *problem);
  if (!options.size.empty()) (void)parseSize(options.size);
  options.language = parseLanguage(options.language);

  lab::SessionOptions wanted;
  wanted.device = options.device.resolve();
  wanted.steps = options.steps;
  if (!options.until.empty()) {
    try {
      wanted.until = core::parseQuantity(options.until, "s");
    } catch (const core::Error& error) {
      throw core::inputError(std::string("--until: ") + error.what());
    }
    if (!(wanted.until > 0))
      throw core::inputError("--until " + core::quoted(options.until) + " must be more than 0");
  }
  const std::filesystem::path file = resolveLab(options.lab);
  auto read = lab::Lab::read(file, parseSettings(options.settings));
  if (!options.replay.empty()) read = prepareReplay(options, *read, wanted);
  auto checked = lab::checkLab(read, program.registry);
  const std::shared_ptr<const lab::Lab> lab = checked.lab;
  for (const std::string& warning : lab->diagnostics().warnings()) core::log::warning(warning);

  // A picture of the end needs one frame, a video those the lab asks for.
  int frames = options.frames >= 0 ? options.frames : lab->run().frames;
  if (options.frames < 0 && frames == 0 && (lab->run().hasPictures || !options.video.empty()))
    frames = options.video.empty() ? 1 : 100;
  wanted.seed = options.seed;
  wanted.frames = options.hasNoPicture ? 0 : frames;
  wanted.output = options.output.empty() ? std::filesystem::path("out") / lab->id() : options.output;
  wanted.isResuming = options.isResuming;
  wanted.language = options.language;
  wanted.commandLine = program.commandLine;
  wanted.shouldStop = [] { return core::isInterrupted(); };
  wanted.onNotice = [](const std::string& notice) { core::log::info(notice); };

  // The order matters: no result is written before everything asked for is known to be possible.
  std::optional<core::Progress> progress;
  std::unique_ptr<Pictures> pictures;
  wanted.onProgress = [&](const lab::Progress& now) {
    if (!progress) progress.emplace("computing", double(now.steps));
    progress->update(double(now.step),
                     now.speed > 0 ? core::formatIn(now.speed, "1", 3) + " " + now.speedUnit : "");
  };
  wanted.onFrame = [&](const scene::Frame& frame, int index, int count) {
    if (pictures) pictures->add(frame, index, count);
  };
  const std::filesystem::path folder = wanted.output;
  lab::Session session(std::move(checked), wanted);
  const OutputFolder output(folder, lab->id());
  // Also where pictures could be done without: results could not.
  core::makeWritableFolder(folder);
  std::string noPictures;
  pictures = makePictures(options, *lab, session, output, wanted.frames, noPictures);
  const lab::Estimate& estimate = session.estimate();
  core::log::info(lab->title().in(options.language) + ": " + formatCount(estimate.cells) + " " +
                  estimate.measure + ", " + formatCount(double(session.steps())) + " steps on " +
                  compute::deviceName(session.device().kind) + ", about " + formatBytes(estimate.bytes) +
                  " and " + core::formatDuration(estimate.seconds));

  lab::RunRecord record;
  try {
    record = session.run();
  } catch (...) {
    // Without a checkpoint nothing can be resumed, and the frames are of no use.
    if (pictures && !output.hasCheckpoint()) pictures->discard();
    throw;
  }
  progress.reset();
  if (!noPictures.empty()) record.warnings.push_back(noPictures);
  if (!record.isComplete) {
    if (pictures) pictures->keep();
    core::log::warning("stopped at step " + formatCount(double(record.steps)) + " of " +
                       formatCount(double(record.plannedSteps)) + "; what was recorded so far is in " +
                       folder.string() + ". To go on: " + resumeCommand(program.commandLine));
    if (options.isJson) std::cout << lab::summaryText(record) << '\n';
    return 1;
  }

  lab::ReportMedia media;
  if (pictures) {
    const PictureFiles files = pictures->finish();
    media = {files.picture, files.video};
    record.outputs.insert(record.outputs.end(), files.all.begin(), files.all.end());
    record.warnings.insert(record.warnings.end(), files.warnings.begin(), files.warnings.end());
  }
  if (!options.hasNoReport) lab::writeReport(record, media, options.language);
  lab::writeSummary(record);
  output.removeStale(record.outputs);

  for (const lab::MeasurementResult& result : record.results) core::log::info("  " + describe(result));
  for (const std::string& warning : record.warnings) core::log::warning(warning);
  core::log::info("done in " + core::formatDuration(record.wallSeconds) + " at " +
                  core::formatIn(record.speed, "1", 3) + " " + record.speedUnit + "; results in " +
                  folder.string() + (options.hasNoReport ? "" : " (open report.html)"));
  if (options.isJson) std::cout << lab::summaryText(record) << '\n';
  return 0;
}

}  // namespace

void addRun(CLI::App& parser, Program& program) {
  CLI::App* command =
      parser.add_subcommand("run", "Run a lab without a window: data, pictures, a video and a report");
  auto options = std::make_shared<Options>();
  command->add_option("LAB", options->lab, "A lab file, or the name of a lab that comes with Aula")
      ->required();
  command->add_option("--set", options->settings, "Turn a knob: NAME=VALUE with a unit; may be repeated")
      ->type_name("NAME=VALUE")
      ->expected(1)
      ->take_all()
      ->allow_extra_args(false);
  options->device.addTo(*command);
  command->add_option("--steps", options->steps, "Run so many steps instead of the lab's own length")
      ->type_name("N")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1} << 50U));
  command->add_option("--until", options->until, "Run so much simulated time instead, e.g. \"2 ps\"")
      ->type_name("TIME");
  command
      ->add_option("--replay", options->replay,
                   "Repeat what was done in a recorded session: its commands.jsonl")
      ->type_name("FILE");
  command->add_option("--seed", options->seed, "Seed of what is random in the lab (0)")->type_name("N");
  command->add_option("--out", options->output, "Folder for the results (out/ and the lab's name)")
      ->type_name("DIR");
  command->add_flag("--resume", options->isResuming,
                    "Go on where a stopped or killed run in the same folder was");
  command
      ->add_option("--frames", options->frames,
                   "Frames over the run, each also kept as a PNG (else as the lab says); 0: none")
      ->type_name("N")
      ->check(CLI::Range(0, 100000));
  command
      ->add_option("--video", options->video, "Write the video here instead of into the folder; ends in .mp4")
      ->type_name("FILE");
  command->add_option("--size", options->size, "Of pictures and video, in pixels, e.g. 1920x1080")
      ->type_name("WxH");
  command->add_flag("--no-picture", options->hasNoPicture, "No picture and no video");
  command->add_flag("--no-report", options->hasNoReport, "No report.html");
  addLanguageOption(*command, options->language);
  command->add_flag("--json", options->isJson, "Print summary.json on standard output as well");
  command->add_flag("-q,--quiet", options->isQuiet, "Only warnings and errors");
  setExamples(
      *command,
      "aula run double-slit\n"
      "aula run double-slit --set slit_separation=\"5 um\" --set wavelength=\"650 nm\" --out out/red\n"
      "aula run my.lab.json --until \"2 ps\" --threads 2 --json > summary.json\n"
      "aula run double-slit --replay out/monday/commands.jsonl\n"
      "aula run cavity --resume                      after Ctrl-C, a power cut or kill -9\n"
      "aula run dipole-radiation --frames 200 --video dipole.mp4 --size 1920x1080");
  command->callback(
      [&program, options] { program.action = [&program, options] { return run(*options, program); }; });
}

}  // namespace aula::app
