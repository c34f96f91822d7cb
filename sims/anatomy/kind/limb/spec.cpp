// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/limb/spec.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/text.h"

namespace aula::anatomy::limb {

namespace {

constexpr double kDegree = 0.017453292519943295;
/// The shoulder's range as far as shapes and paths of the model hold, rad.
constexpr double kShoulderFlexion[2] = {-40 * kDegree, 120 * kDegree};
constexpr double kShoulderAbduction[2] = {-5 * kDegree, 90 * kDegree};
constexpr double kShoulderRotation[2] = {-60 * kDegree, 60 * kDegree};
/// Steps that LimbDynamics takes, s.
constexpr double kShortestStep = 1e-4, kLongestStep = 1e-3;
constexpr double kHeaviest = 30;  ///< kg

struct Group {
  const char* word;
  std::vector<const char*> ids;
};

const std::vector<Group>& groups() {
  static const std::vector<Group> all = {
      {"biceps_brachii", {"biceps_brachii_long_head", "biceps_brachii_short_head"}},
      {"triceps_brachii",
       {"triceps_brachii_long_head", "triceps_brachii_lateral_head", "triceps_brachii_medial_head"}},
      {"forearm_extensors",
       {"extensor_carpi_radialis_longus", "extensor_digitorum", "extensor_carpi_ulnaris"}}};
  return all;
}

double degrees(double angle) {
  return angle / kDegree;
}

/// Angles are read as pure numbers; a number without a unit is in radians.
double angleAt(const lab::Node& node, const char* key, const double (&range)[2], double fallback) {
  const double angle = node.quantity(key, "rad", lab::kAnyValue, fallback);
  if (node.isDoubtful(key) || (angle >= range[0] - 1e-9 && angle <= range[1] + 1e-9)) return angle;
  char text[160];
  std::snprintf(text, sizeof text, "is %.4g deg; from %.4g to %.4g deg can be posed", degrees(angle),
                degrees(range[0]), degrees(range[1]));
  node.errorAt(key, text);
  return fallback;
}

void parsePose(const lab::Node& section, LimbSpec& spec) {
  const auto node = section.optionalChild("pose");
  if (!node) return;
  spec.pose.elbowFlexion = angleAt(*node, "elbow_flexion", upperLimb().flexionLimit, 0);
  spec.pose.shoulderFlexion = angleAt(*node, "shoulder_flexion", kShoulderFlexion, 0);
  spec.pose.shoulderAbduction = angleAt(*node, "shoulder_abduction", kShoulderAbduction, 0);
  spec.pose.shoulderRotation = angleAt(*node, "shoulder_rotation", kShoulderRotation, 0);
}

void parseExcitations(const lab::Node& section, LimbSpec& spec) {
  spec.excitations.assign(upperLimb().muscles.size(), 0.0);
  const auto node = section.optionalChild("excitation");
  if (!node) return;
  // Groups first, so that a head may differ from its fellows.
  for (const bool isGroupTurn : {true, false}) {
    for (const std::string& word : node->keys()) {
      const std::vector<std::size_t> called = musclesCalled(word);
      if (called.empty()) {
        if (isGroupTurn) continue;
        const auto nearest = core::nearestWord(word, muscleWords());
        (void)node->quantity(word, "1", {0, 1});
        node->errorAt(word, "is no muscle of this arm" +
                                (nearest ? "; did you mean " + core::quoted(*nearest) + "?"
                                         : "; there are " + core::listed(muscleWords(), "and")));
        continue;
      }
      const MuscleSpec* one = upperLimb().find(word);
      if ((one == nullptr) != isGroupTurn) continue;
      if (one != nullptr && !one->isElbow) {
        (void)node->quantity(word, "1", {0, 1});
        node->errorAt(
            word, "does not cross the elbow, and the shoulder is posed, not moved by muscles; leave it out");
        continue;
      }
      const double value = node->quantity(word, "1", {0, 1});
      for (const std::size_t place : called) spec.excitations[place] = value;
    }
  }
}

}  // namespace

std::vector<std::string> muscleWords() {
  std::vector<std::string> words;
  for (const Group& group : groups()) words.emplace_back(group.word);
  for (const MuscleSpec& muscle : upperLimb().muscles)
    if (muscle.isElbow) words.push_back(muscle.id);
  return words;
}

std::vector<std::size_t> musclesCalled(const std::string& word) {
  const std::vector<MuscleSpec>& muscles = upperLimb().muscles;
  std::vector<std::size_t> places;
  const auto add = [&](const std::string& id) {
    for (std::size_t i = 0; i < muscles.size(); ++i)
      if (muscles[i].id == id) places.push_back(i);
  };
  add(word);
  for (const Group& group : groups())
    if (word == group.word)
      for (const char* id : group.ids) add(id);
  return places;
}

std::shared_ptr<LimbSpec> readSpec(const lab::Lab& lab) {
  const bool hadErrors = lab.diagnostics().hasErrors();
  const lab::Node section = lab.simulation();
  auto spec = std::make_shared<LimbSpec>();
  spec->timeStep =
      section.quantity("time_step", "s", {kShortestStep, kLongestStep * (1 + 1e-9)}, kLongestStep);
  const std::string mode = section.word("mode", {"free", "isometric", "isokinetic"}, "free");
  spec->mode = mode == "isometric" ? Mode::isometric : mode == "isokinetic" ? Mode::isokinetic : Mode::free;
  parsePose(section, *spec);
  if (spec->mode == Mode::isokinetic && !section.has("velocity")) {
    section.errorAt("velocity",
                    "missing; mode \"isokinetic\" needs an angular velocity, for example \"60 deg/s\"");
  } else if (spec->mode == Mode::isokinetic) {
    spec->velocity = section.quantity("velocity", "1/s", {-20, 20});
  } else if (section.has("velocity")) {
    (void)section.quantity("velocity", "1/s");
    section.errorAt("velocity", "is read in mode \"isokinetic\" alone; leave it out or change mode");
  }
  spec->weight = section.quantity("weight", "kg", {0, kHeaviest}, 0.0);
  parseExcitations(section, *spec);

  const lab::RunSettings& run = lab.run();
  const double steps = run.steps > 0 ? double(run.steps) : std::ceil(run.duration / spec->timeStep - 1e-6);
  if (!(steps <= 1e9))
    section.error(
        "the run would take more than 1e9 steps; shorten run.duration or lengthen simulation.time_step");
  spec->steps = static_cast<std::int64_t>(std::clamp(steps, 1.0, 1e9));
  spec->instruments = parseInstruments(lab.instruments(), {spec->timeStep, spec->steps});
  spec->scene = parseScene(lab.scene());
  if (lab.camera()) {
    const double azimuth = lab.camera()->first * kDegree, elevation = lab.camera()->second * kDegree;
    spec->scene.viewer = {std::cos(elevation) * std::cos(azimuth), std::cos(elevation) * std::sin(azimuth),
                          std::sin(elevation)};
  }
  if (hadErrors || lab.diagnostics().hasErrors()) return nullptr;
  return spec;
}

}  // namespace aula::anatomy::limb
