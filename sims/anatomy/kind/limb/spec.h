// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "anatomy/kind/limb/instrument.h"
#include "anatomy/muscle/limb.h"
#include "lab/lab.h"

namespace aula::anatomy::limb {

/// What the elbow does.
enum class Mode {
  free,       ///< Moves as muscles, gravity and the weight have it.
  isometric,  ///< Is held at an angle.
  isokinetic  ///< Is turned at an even speed, and held at the end of its range.
};

/// What is shown, the lab file's "scene".
struct SceneSpec {
  enum class Colouring { tissue, activation, force };
  Colouring colouring = Colouring::tissue;
  bool hasLabels = true;
  bool hasArrows = true;   ///< Of the muscles' forces.
  double peel = 0;         ///< Layers taken away from outside: 0 none, 1 skin, 2 superficial muscles ...
  double skinOpacity = 0;  ///< 0: no skin.
  std::set<std::string> hidden;  ///< Ids of structures, groups resolved.
  /// Unit, from the scene to the viewer, where the lab says from where it is looked at: labels name what is
  /// seen from there. Null: they name all.
  Vec3 viewer;
};

/// A lab file's arm, checked; shared by the plan and what is built of it. SI.
struct LimbSpec {
  std::shared_ptr<const lab::Lab> lab;
  double timeStep = 0.001;  ///< s
  Mode mode = Mode::free;
  Pose pose;                        ///< The elbow's angle is that of the beginning, or where it is held.
  double velocity = 0;              ///< rad/s, of isokinetic
  double weight = 0;                ///< kg, in the hand
  std::vector<double> excitations;  ///< One a muscle of the limb, 0 to 1
  std::vector<std::unique_ptr<InstrumentPlan>> instruments;
  SceneSpec scene;
  std::int64_t steps = 0;
};

/// Reads the sections that make the simulation. Null when something is wrong, which is then in the lab's
/// diagnostics. Says nothing of live knobs.
[[nodiscard]] std::shared_ptr<LimbSpec> readSpec(const lab::Lab& lab);

/// Problems go to the diagnostics.
[[nodiscard]] SceneSpec parseScene(const lab::Node& node);

/// Ids that a lab file may write where muscles are meant: themselves and their groups.
[[nodiscard]] std::vector<std::string> muscleWords();
/// Places in LimbModel::muscles; empty: nobody is called so.
[[nodiscard]] std::vector<std::size_t> musclesCalled(const std::string& word);

}  // namespace aula::anatomy::limb
