// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "compute/device.h"
#include "lab/record/run_record.h"
#include "lab/session/checked_lab.h"
#include "lab/session/simulation.h"
#include "scene/view/view.h"

namespace aula::lab {

/// Where a run stands; for a progress line.
struct Progress {
  std::int64_t step = 0, steps = 0;
  double time = 0;         ///< Simulated, s.
  double wallSeconds = 0;  ///< Since this process began to step.
  double secondsLeft = 0;  ///< Estimated; 0 until two chunks are done.
  double speed = 0;        ///< In `speedUnit`.
  std::string speedUnit;
};

/// How a session runs. Callbacks are called on the thread of Session::run and may be empty; an exception of
/// theirs ends the run as an error.
struct SessionOptions {
  compute::DeviceChoice device;
  std::int64_t steps = 0;  ///< Above 0: instead of the lab file's length.
  double until = 0;        ///< Above 0: simulated seconds, instead of the lab file's length.
  std::uint64_t seed = 0;
  int frames = -1;  ///< Pictures over the run; below 0: as the lab file says.
  std::filesystem::path
      output;               ///< Folder; made when missing. Empty: nothing is written (tests, benchmarks).
  bool isResuming = false;  ///< From the newest whole checkpoint in `output`; without one, from the start.
  double checkpointSeconds =
      -1;  ///< Wall time between checkpoints; below 0: chosen (2 to 20 s, at most 5 % of the run's time).
  std::int64_t checkpointSteps = 0;  ///< Above 0: every so many steps instead.
  bool keepsCheckpoint = false;      ///< Leave the last checkpoint of a finished run.
  double latency =
      0.5;  ///< Seconds of computing between looks at shouldStop and posted commands (at least 16 steps).
  std::vector<Command> replay;       ///< Applied at their steps; see readCommands.
  std::string language = "en";       ///< Of frame titles.
  std::string commandLine;           ///< For provenance and "how to reproduce".
  std::function<bool()> shouldStop;  ///< Polled; true ends the run cleanly (Ctrl-C).
  std::function<void(const Progress&)> onProgress;
  /// Frame `index` of `count`, the last one at the last step. A resumed run begins at the first frame after
  /// its checkpoint, so whoever makes a video keeps the pictures in the output folder.
  std::function<void(const scene::Frame&, int index, int count)> onFrame;
  std::function<void(const std::string&)> onNotice;  ///< Sentences for people: resumed at step 1200, ...
};

/// One run of one lab: owns the simulation, its clock, instruments, command queue, checkpoints and recorder.
///
/// At each step where something is due the order is: instruments sample, frame, commands, checkpoint. The
/// numbers do not depend on where the run was cut into chunks, resumed or stopped.
class Session {
 public:
  /// Resolves the device and checks the memory needed; allocates no simulation and writes no file. Throws
  /// core::Error (input).
  Session(CheckedLab lab, SessionOptions options);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// For the device chosen and the length asked for.
  [[nodiscard]] const Estimate& estimate() const;
  [[nodiscard]] std::int64_t steps() const;  ///< That the run will have at its end.
  [[nodiscard]] const compute::DeviceChoice& device() const;

  /// Runs to the end or until shouldStop, writes data.h5, data.xdmf and summary.json, and returns what the
  /// report needs. A run that was stopped leaves a checkpoint (RunRecord::isComplete is false) and its data
  /// so far. Call once.
  RunRecord run();

  /// Asks for a change while the run goes on; applied at the next pause, logged with its step in
  /// commands.jsonl. Any thread. Throws core::Error (input) for an unknown knob or a value out of its range.
  void post(const std::string& knob, double value);

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// The commands of a run from its commands.jsonl: give them to SessionOptions::replay and the run repeats bit
/// for bit. A torn last line (the machine stopped) is left out. Throws core::Error naming file and line.
[[nodiscard]] std::vector<Command> readCommands(const std::filesystem::path& file);

}  // namespace aula::lab
