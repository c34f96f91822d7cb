// SPDX-License-Identifier: Apache-2.0
#include "lab/file/lab_parser.h"

#include <algorithm>
#include <numbers>

#include "core/error.h"
#include "core/text.h"

namespace aula::lab {

namespace {

constexpr std::size_t kMaximumInstruments = 256;
constexpr long long kMaximumSteps = 1'000'000'000'000;

}  // namespace

bool isPlainName(const std::string& name) {
  const auto isRight = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !name.empty() && name.size() <= 64 && name[0] >= 'a' && name[0] <= 'z' &&
         std::all_of(name.begin(), name.end(), isRight);
}

void LabParser::parse(const std::string& json, const std::string& name, const KnobSettings& settings,
                      const KnobValues& turned) {
  auto document = std::make_shared<LabDocument>();
  document->diagnostics = lab_.diagnostics_;
  document->root = parseDocument(json, name, *lab_.diagnostics_);
  lab_.document_ = document;
  if (document->root.kind != Value::Kind::object) {
    throw core::inputError(name + ": a lab file is an object {...}; " + describe(document->root) +
                           " stands here");
  }
  const Node root = lab_.root();
  // A file of a later format may mean anything by its keys: one message, no guesses.
  const Value* version = document->root.find("aula");
  if (version != nullptr && version->isWhole && version->whole > Lab::kFormatVersion) {
    throw core::inputError(name + ": aula: the file has format version " + std::to_string(version->whole) +
                           ", and this program reads version " + std::to_string(Lab::kFormatVersion) +
                           "; a newer Aula is needed");
  }
  // Knobs first: everything else may use them.
  lab_.knobs_ = readKnobs(*document, root, settings, turned);
  readHeader(root);
  lab_.simulationKind_ = root.child("simulation").text("kind");
  if (const auto scene = root.optionalChild("scene")) {
    lab_.isPlate_ = scene->boolean("plate", false);
    if (const auto titles = scene->optionalChild("titles"))
      for (const std::string& view : titles->keys()) lab_.viewTitles_[view] = titles->localText(view);
  }
  if (const auto camera = root.optionalChild("camera")) {
    constexpr double kDegree = std::numbers::pi / 180;
    const double azimuth = camera->quantity("azimuth", "deg", {-2 * std::numbers::pi, 2 * std::numbers::pi}),
                 elevation = camera->quantity("elevation", "deg", {-89.9 * kDegree, 89.9 * kDegree});
    lab_.camera_.emplace(azimuth / kDegree, elevation / kDegree);
  }
  const auto instruments = root.members("instruments");
  for (const auto& [instrument, node] : instruments) checkName(node, instrument, "an instrument");
  if (instruments.size() > kMaximumInstruments) {
    root.errorAt("instruments",
                 std::to_string(instruments.size()) + " instruments; at most 256 are possible");
  }
  readRun(root);
  readMeasurements(root);
  readActivities(root);
}

void LabParser::checkName(const Node& node, const std::string& name, const char* kind) const {
  if (!isPlainName(name)) {
    node.error(
        "this name of " + std::string(kind) +
        " cannot be used; small letters, digits, \"_\" and \"-\" are possible, a letter first, 64 at most");
  }
}

void LabParser::readHeader(const Node& root) {
  if (!root.has("aula")) {
    root.errorAt("aula", "missing; the format's version is needed: \"aula\": 1");
  } else {
    (void)root.integer("aula", 1, Lab::kFormatVersion);
  }
  if (!root.has("title")) {
    root.errorAt("title",
                 "missing; a text is needed, or an object of texts in \"en\", \"zh\", \"fr\", \"es\"");
  }
  lab_.title_ = root.localText("title");
  lab_.summary_ = root.localText("summary");
  lab_.lesson_ = root.text("lesson", "");
  // The name becomes part of a path beside the lab file; it must not lead elsewhere.
  if (!lab_.lesson_.empty() && !isPlainName(lab_.lesson_)) {
    root.errorAt(
        "lesson",
        core::quoted(lab_.lesson_) +
            " is no name of a lesson: small letters, digits, \"_\" and \"-\" are possible; the texts "
            "are NAME.en.md and so on beside the lab file");
  }
}

void LabParser::readRun(const Node& root) {
  const Node run = root.child("run");
  RunSettings& settings = lab_.run_;
  const bool hasSteps = run.has("steps"), hasDuration = run.has("duration");
  if (hasSteps && hasDuration) {
    run.error("both \"steps\" and \"duration\" are given; one of them says how long the run is");
  }
  if (hasSteps) {
    settings.steps = run.integer("steps", 1, kMaximumSteps);
  } else if (hasDuration) {
    settings.duration = run.quantity("duration", "s", kPositive);
  } else if (root.has("run")) {
    run.error("neither \"steps\" nor \"duration\" is given; one of them says how long the run is");
  }
  // A harmless length, so that nothing is said about a run that nobody asked for.
  if (settings.duration > 0 && run.isDoubtful("duration")) {
    settings.duration = 0;
    settings.steps = 1;
  }
  settings.frames = int(run.integer("frames", 0, 100000, 0));
  settings.hasVideo = run.boolean("video", false);
  settings.hasPictures = run.boolean("pictures", true);
  if (settings.hasVideo && settings.frames == 0) {
    run.errorAt("video", "a video needs \"frames\": how many pictures it shall have, for example 120");
  }
  if (run.has("size")) {
    const std::vector<double> size = run.quantities("size", "1", {64, 8192});
    const auto isEven = [](double pixels) { return pixels == 2 * double(int(pixels / 2)); };
    // Video codecs halve the resolution of colour.
    if (size.size() != 2 || !isEven(size[0]) || !isEven(size[1])) {
      run.errorAt("size",
                  "two even whole numbers are needed, [width, height] in pixels, for example [1280, 720]");
    } else {
      settings.width = int(size[0]);
      settings.height = int(size[1]);
    }
  }
  settings.record = run.texts("record");
  // Also those with a mistake: that has been reported, and the name is right.
  std::vector<std::string> known;
  if (const auto instruments = root.optionalChild("instruments")) known = instruments->keys();
  for (std::size_t i = 0; i < settings.record.size(); ++i) {
    const std::string& name = settings.record[i];
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string message = "there is no instrument called " + core::quoted(name, 40);
    if (const auto near = core::nearestWord(name, known)) {
      message += "; did you mean \"" + *near + "\"?";
    } else if (!known.empty() && known.size() <= 12) {
      message += "; there are " + core::listed(known, "and");
    }
    lab_.diagnostics_->error("run.record[" + std::to_string(i) + "]", message);
  }
}

void LabParser::readMeasurements(const Node& root) {
  for (auto& [name, node] : root.members("measurements")) {
    checkName(node, name, "a measurement");
    lab_.measurements_.push_back({name, node});
  }
}

}  // namespace aula::lab
