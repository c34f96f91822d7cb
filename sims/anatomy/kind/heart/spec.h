// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "anatomy/heart/body/conduction.h"
#include "anatomy/heart/model/solver.h"
#include "lab/lab.h"

/// What a lab file says of the heart, read and checked.
namespace aula::anatomy::heart {

/// Current into a part of the muscle, at set times and when a knob asks for it.
struct StimulusSpec {
  std::string name;
  enum class Where { ball, half, everywhere } where = Where::ball;
  Vec3 at;                  ///< m: the ball's middle; a point of the plane that bounds the half.
  Vec3 normal{1, 0, 0};     ///< Of the half, into it.
  double radius = 0.005;    ///< m
  double strength = 100;    ///< V/s: how fast the potential rises where nothing else acts.
  double duration = 0.002;  ///< s
  bool isTimed = false;     ///< Otherwise only the trigger sets it off.
  double start = 0;         ///< s
  int count = 1;            ///< Times, every
  double interval = 0;      ///< s
  double trigger = 0;       ///< Rising through one half: now.
};

struct SceneSpec {
  bool hasVessels = true, hasConduction = true, hasElectrodes = false;
  bool hasLabels = true, hasInnerLabels = false;  ///< Of what is seen from outside; of what is within.
  double detail = 0.0018;  ///< m, of surfaces
};

enum class InstrumentKind { ecg, qrs, activation, potential, rate };
struct InstrumentSpec {
  std::string name;
  InstrumentKind kind = InstrumentKind::ecg;
  std::int64_t interval = 1;  ///< Steps
  Vec3 at;                    ///< m: potential, rate
  double threshold = 0.05;    ///< qrs
  std::string signature;      ///< All of it, to compare.
};

struct HeartSpec {
  std::shared_ptr<const lab::Lab> lab;
  Settings settings;
  double spacing = 0.001;  ///< m
  double duration = 1;     ///< Times each node's action potential lasts
  double rate = 0;         ///< Hz, of beats; 0: none
  double firstBeat = 0;    ///< s
  unsigned blocked = 0;    ///< Bits 1 << Trunk
  std::vector<StimulusSpec> stimuli;
  std::vector<InstrumentSpec> instruments;
  SceneSpec scene;
  std::int64_t steps = 0;

  [[nodiscard]] double timeStep() const { return settings.timeStep; }
};

/// Reads the sections; null when something is wrong, which is then in the lab's diagnostics. Says nothing of
/// live knobs.
[[nodiscard]] std::shared_ptr<HeartSpec> readSpec(const lab::Lab& lab);
/// Reports every live knob that the simulation could not follow over its range; sets `spec.lab`.
void checkLiveKnobs(const lab::Lab& lab, HeartSpec& spec);
/// The lab with knobs turned since. Throws core::Error (input).
[[nodiscard]] std::shared_ptr<const HeartSpec> readTurned(const HeartSpec& first,
                                                          const lab::KnobValues& turned);
/// What cannot change while running, in words.
[[nodiscard]] std::vector<std::string> refusedChanges(const HeartSpec& before, const HeartSpec& after);

}  // namespace aula::anatomy::heart
