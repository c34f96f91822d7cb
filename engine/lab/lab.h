// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "lab/file/node.h"

namespace aula::lab {

/// A quantity a user may set before a run (and some while it runs).
struct Knob {
  std::string name;                               ///< [a-z][a-z0-9_]*
  std::string unit;                               ///< As the lab file writes it: "nm".
  double value = 0;                               ///< SI, after --set.
  double defaultValue = 0, lower = 0, upper = 0;  ///< SI
  LocalText label;
  bool isLive = false;  ///< May be changed while the simulation runs.
};

/// Knobs and what they were turned to, SI.
using KnobValues = std::vector<std::pair<std::string, double>>;

/// A result computed from instruments and compared with what is expected; see measurement.h for its kinds.
struct MeasurementSpec {
  std::string name;
  Node node;
};

/// The "run" section: how long, and what is kept.
struct RunSettings {
  std::int64_t steps = 0;  ///< Exactly one of steps and duration is set by the file; the other is 0.
  double duration = 0;     ///< s of simulated time
  int frames = 0;          ///< Pictures over the run (for the video and the picture series).
  bool hasVideo = false;
  bool hasPictures = true;  ///< A PNG of the last frame.
  int width = 1280, height = 720;
  std::vector<std::string> record;  ///< Instruments whose data go to data.h5; all when empty.
};

/// One of the answers a question offers.
struct Choice {
  std::string id;  ///< [a-z][a-z0-9_-]*, unique in its question
  LocalText text;
  bool isCorrect = false;
};

/// What kind of answer a question wants; see activity/answer_check.h.
enum class AnswerKind {
  none,       ///< It is to be thought about or talked about.
  number,     ///< With a unit.
  choice,     ///< One of `choices`, or several where several are correct.
  structure,  ///< `structure`, by its name or by pointing at it.
  text        ///< Free; kept, not judged.
};

/// A question or step a student does.
struct Activity {
  std::string id;  ///< [a-z][a-z0-9-]*, unique in its lab
  bool isQuestion = false;
  LocalText title, text;
  LocalText hint;  ///< For who is stuck; may be empty.
  AnswerKind answer = AnswerKind::none;
  std::string unit;             ///< Of a number, as the lab file writes it; "1": none.
  std::vector<Choice> choices;  ///< In the file's order.
  std::string structure;        ///< Id in the lab's catalogue: what is asked for.
  bool hasPin = false;  ///< That structure carries a pin and is to be named; otherwise it is to be found.
};

/// A lab file, read and checked for all that does not depend on the kind of simulation. Immutable after load,
/// but for its diagnostics, which simulations' plans add to.
class Lab {
 public:
  /// Reads `file`; `settings` are --set's name=value pairs (value with unit, in the knob's dimension). Throws
  /// core::Error (input) listing every problem found. Files over 4 MiB, nesting over 64 levels and strings
  /// over 64 KiB are refused.
  static std::shared_ptr<const Lab> load(
      const std::filesystem::path& file,
      const std::vector<std::pair<std::string, std::string>>& settings = {});
  /// The same from memory; `name` stands for the file in messages. Used by the fuzzer and tests.
  static std::shared_ptr<const Lab> parse(
      const std::string& json, const std::string& name,
      const std::vector<std::pair<std::string, std::string>>& settings = {});

  /// Like load() and parse(), but what is wrong inside the sections stays in diagnostics(), so that a
  /// simulation's plan can add its findings; only a document that cannot be read at all throws. The caller
  /// must look at the diagnostics before it uses the lab; checkLab (session/checked_lab.h) does.
  static std::shared_ptr<const Lab> read(
      const std::filesystem::path& file,
      const std::vector<std::pair<std::string, std::string>>& settings = {});
  static std::shared_ptr<const Lab> readText(
      const std::string& json, const std::string& name,
      const std::vector<std::pair<std::string, std::string>>& settings = {});

  /// The same file, with the same settings, read again with some knobs turned since: their values are exactly
  /// these. Knobs whose value is an expression of a turned one follow. What is wrong then is in the new lab's
  /// diagnostics(). Some milliseconds.
  [[nodiscard]] std::shared_ptr<const Lab> withKnobs(const KnobValues& turned) const;

  /// Version of the lab-file format this program writes and reads.
  static constexpr int kFormatVersion = 1;

  [[nodiscard]] const std::string& id() const { return id_; }  ///< File name without ".lab.json".
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  [[nodiscard]] const LocalText& title() const { return title_; }
  [[nodiscard]] const LocalText& summary() const { return summary_; }
  /// What views, instruments and objects are called for people, by their names; those without are not there.
  [[nodiscard]] const std::map<std::string, LocalText>& viewTitles() const { return viewTitles_; }
  [[nodiscard]] const std::vector<Knob>& knobs() const { return knobs_; }
  [[nodiscard]] const RunSettings& run() const { return run_; }
  [[nodiscard]] const std::vector<MeasurementSpec>& measurements() const { return measurements_; }
  [[nodiscard]] const std::vector<Activity>& activities() const { return activities_; }
  /// From where the space is first looked at: azimuth and elevation, degrees; none: as the simulation has it.
  [[nodiscard]] const std::optional<std::pair<double, double>>& camera() const { return camera_; }
  /// Pictures without axes, as a printed plate; of what stands still without time too.
  [[nodiscard]] bool isPlate() const { return isPlate_; }
  /// What the lesson's Markdown files are called before ".en.md"; empty when there is none.
  [[nodiscard]] const std::string& lesson() const { return lesson_; }
  [[nodiscard]] const std::string& simulationKind() const { return simulationKind_; }

  [[nodiscard]] Node simulation() const;  ///< Section "simulation".
  [[nodiscard]] Node scene() const;       ///< Section "scene"; an empty object when absent.
  [[nodiscard]] std::vector<std::pair<std::string, Node>> instruments() const;  ///< Section "instruments".

  /// The section "answer" of the activity of that id; nothing when it has none.
  [[nodiscard]] std::optional<Node> answer(const std::string& activity) const;

  [[nodiscard]] Diagnostics& diagnostics() const { return *diagnostics_; }
  /// Reports every key that nothing has read; call it after the simulation's plan has read its sections.
  void reportUnusedKeys() const;
  /// The keys that something has asked for so far, there or not, in each object of the file by its place
  /// ("simulation.objects[2]"; "" is the whole file): what can be read, for comparison with the schema.
  [[nodiscard]] std::map<std::string, std::set<std::string>> askedKeys() const;
  /// SHA-less provenance: the file's text as read, for the recorder.
  [[nodiscard]] const std::string& sourceText() const { return sourceText_; }

 private:
  friend class LabParser;
  Lab() = default;
  [[nodiscard]] Node root() const;
  std::string id_, simulationKind_, sourceText_, lesson_;
  std::filesystem::path file_;
  std::vector<std::pair<std::string, std::string>> settings_;
  KnobValues turned_;
  LocalText title_, summary_;
  std::map<std::string, LocalText> viewTitles_;
  std::optional<std::pair<double, double>> camera_;
  bool isPlate_ = false;
  std::vector<Knob> knobs_;
  RunSettings run_;
  std::vector<MeasurementSpec> measurements_;
  std::vector<Activity> activities_;
  std::shared_ptr<Diagnostics> diagnostics_;
  std::shared_ptr<void> document_;  ///< The parsed JSON and the knobs' scope; kept alive for the nodes.
};

}  // namespace aula::lab
