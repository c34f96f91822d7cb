// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compute/device.h"
#include "lab/record/measurement.h"
#include "lab/session/checked_lab.h"
#include "lab/session/simulation.h"
#include "scene/view/view.h"

namespace aula::compute {
class SharedArrayPool;
}

namespace aula::lab {

struct LiveOptions {
  compute::DeviceChoice device;
  std::uint64_t seed = 0;
  std::string language = "en";  ///< Of frame titles.
  double framesPerSecond = 60;  ///< At most so many frames are published a second.
  /// Seconds of computing between two looks at commands and pauses; one step where a step takes longer.
  double latency = 1.0 / 60;
  std::size_t historyBytes = std::size_t{1} << 30;  ///< For checkpoints in memory; see LiveSession::goTo.
  double historySeconds =
      0.5;  ///< Wall time between checkpoints, at least; they take 5 % of the time at most.
  std::int64_t historySteps = 0;  ///< Above 0: a checkpoint every so many steps instead (tests).
  /// Where views may put arrays that a graphics device reads without a copy; null: in ordinary memory. Must
  /// outlive the session.
  compute::SharedArrayPool* sharedArrays = nullptr;
  std::string commandLine;  ///< For the provenance of recordings.
};

enum class LiveState {
  preparing,  ///< Memory is taken and the simulation built.
  running,
  paused,
  finished,  ///< Paused at the length the lab file asks for; run() goes on beyond it.
  failed     ///< Of no more use but to look at, until restart(): see LiveStatus::message.
};

/// A knob as it stands.
struct LiveKnob {
  double value = 0;    ///< SI, acting now.
  double pending = 0;  ///< SI; differs from `value` where a knob that is not live waits for a restart.
  bool isLive = false;
};

/// A place in the run that goTo() reaches soon.
struct LivePlace {
  std::int64_t step = 0;
  double time = 0;  ///< s
};

/// A sentence for people, numbered so that a window shows each once.
struct LiveNotice {
  std::uint64_t number = 0;
  std::string text;
};

struct LiveStatus {
  LiveState state = LiveState::preparing;
  std::string message;  ///< Why it failed; empty otherwise.
  std::int64_t step = 0;
  std::int64_t steps = 0;       ///< Where the run will be `finished`: the lab's length after the last change.
  std::int64_t goingTo = -1;    ///< While goTo() or step() is under way: where to.
  double time = 0;              ///< Simulated, s.
  double timeStep = 0;          ///< s
  double speedFactor = 0;       ///< As asked for by setSpeed; infinite: as fast as possible.
  double secondsPerSecond = 0;  ///< Simulated seconds a wall second, of late; 0 while paused.
  double stepsPerSecond = 0;    ///< Of late; 0 while paused.
  double speed = 0;             ///< In `speedUnit`, of late: "Mcell/s".
  std::string speedUnit;
  double bytes = 0;              ///< The simulation and its instruments, estimated.
  double historyBytes = 0;       ///< Checkpoints held now.
  compute::DeviceChoice device;  ///< Resolved, once prepared.
  std::map<std::string, LiveKnob> knobs;
  std::vector<std::string> pendingRestart;  ///< Knobs that wait for restart(), in the lab's order.
  bool hasHands = false;                    ///< Particles can be pulled: session/hand.h.
  std::vector<std::string> warnings;  ///< Of the simulation and the lab: approximations left, and the like.
  std::vector<LiveNotice> notices;    ///< The newest few: what was left out, restarted, written.
  std::vector<LivePlace> history;     ///< By rising step; the beginning is always among them.
  std::filesystem::path recording;    ///< Folder; empty: none under way.
};

/// Instruments' data and measurements at one moment: a snapshot, immutable.
struct LiveSeries {
  std::uint64_t number = 0;  ///< Of the request that it answers.
  std::int64_t step = 0;
  double time = 0;                         ///< s
  InstrumentData data;                     ///< By instrument, in the lab file's order.
  std::vector<MeasurementResult> results;  ///< With what is expected for the knobs as they stand.
};

/// One lab running for somebody who watches and touches it: owns a thread on which the simulation is built,
/// stepped and changed, as Session does for a run without a window.
///
/// Every function may be called from any thread and returns at once: what it asks for is done by the
/// simulation's thread at its next stop, at most `latency` seconds or one step later. No lock is held while
/// the simulation computes. What goes wrong on that thread ends in state `failed`, the last frame stays.
///
/// Begins paused at step 0, with a frame of it. The numbers do not depend on when frames, snapshots, pauses
/// or checkpoints were taken: the commands and their steps alone decide them.
class LiveSession {
 public:
  /// Builds on its own thread: state `preparing`. `registry` makes the lab's plan anew for restart(); it must
  /// outlive the session.
  LiveSession(CheckedLab lab, const Registry& registry, LiveOptions options);
  ~LiveSession();  ///< Ends the thread: waits for the step that is under way.
  LiveSession(const LiveSession&) = delete;
  LiveSession& operator=(const LiveSession&) = delete;

  /// As given; after a restart that turned knobs, the lab they were turned in.
  [[nodiscard]] std::shared_ptr<const Lab> lab() const;

  /// What can be named in it; never null.
  [[nodiscard]] std::shared_ptr<const Catalogue> catalogue() const;

  // ---- Time

  void run();
  void pause();
  /// Goes `count` steps (1 or more) and pauses.
  void step(std::int64_t count = 1);
  /// Simulated seconds a second of the wall; infinity (the default): as fast as possible. Above 0.
  void setSpeed(double factor);
  static constexpr double kFullSpeed = std::numeric_limits<double>::infinity();
  /// Goes back to the nearest checkpoint before `step` and steps forward to it, with the same bits as the
  /// first time, then pauses; beyond what has been run it simply runs there. It is the moment of arriving at
  /// `step`: commands applied at it or later are forgotten, history forks there. Negative: 0.
  void goTo(std::int64_t step);
  /// Builds the simulation anew, paused at step 0, with the knobs as they stand and those that waited for
  /// it. History and the commands so far are forgotten, a recording ends. The way out of `failed`.
  void restart();

  // ---- Knobs

  /// Turns a knob; SI. A live one acts at the next stop, at once while paused; another one waits for
  /// restart(). Throws core::Error (input) for an unknown knob or a value out of its range.
  void post(const std::string& knob, double value);

  // ---- Looking

  /// The newest frame; null until there is one. Frames are immutable.
  [[nodiscard]] std::shared_ptr<const scene::Frame> latestFrame() const;
  /// Grows with each frame published: a window whose number has not changed need not draw.
  [[nodiscard]] std::uint64_t frameNumber() const;
  [[nodiscard]] LiveStatus status() const;

  /// Asks for a snapshot of the instruments' data; answers with its number. Several that are asked for before
  /// the next stop are one.
  std::uint64_t requestSeries();
  /// The newest snapshot; null until there is one.
  [[nodiscard]] std::shared_ptr<const LiveSeries> latestSeries() const;

  // ---- Recording

  /// From now on every command, and those since the beginning, stand in `folder`/commands.jsonl: with it
  /// `aula run LAB --replay commands.jsonl` repeats what was done to the bit. Makes the folder.
  void startRecording(const std::filesystem::path& folder);
  /// Writes data.h5, data.xdmf and summary.json of the run so far; a notice says where. Nothing without a
  /// recording.
  void stopRecording();

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace aula::lab
