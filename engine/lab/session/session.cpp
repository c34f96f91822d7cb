// SPDX-License-Identifier: Apache-2.0
#include "lab/session/session.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cmath>
#include <deque>
#include <mutex>
#include <utility>

#include "core/assert.h"
#include "core/error.h"
#include "core/io/atomic_file.h"
#include "core/io/checkpoint.h"
#include "core/version.h"
#include "lab/session/checkpoint_pair.h"
#include "lab/session/command_log.h"
#include "lab/session/hand.h"
#include "lab/session/memory_budget.h"
#include "lab/session/running_lab.h"

namespace aula::lab {

namespace {

using Clock = std::chrono::steady_clock;

// Checkpoints come often enough that little is lost and seldom enough to cost little.
constexpr double kLongestInterval = 20, kShortestInterval = 2;  // s
constexpr double kCheckpointsARun = 5;
constexpr double kCheckpointCost = 0.05;   // Of the run's time, at most.
constexpr double kStateCheckInterval = 2;  // s
// Chunks get no shorter than this, so that a solver can keep several steps in its caches.
constexpr std::int64_t kShortestChunk = 16;
constexpr double kLongestWait =
    16;  // Unless they take that many times as long as may pass between two looks.

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Keeps a second run out of an output folder. File systems that know no locks are used without.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder) {
    descriptor_ = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
      ::close(descriptor_);
      throw core::inputError("another run is writing to " + folder.string() +
                             "; wait until it ends, or choose another folder with --out");
    }
  }
  ~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int descriptor_ = -1;
};

std::string shortest(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  return {text, end};
}

}  // namespace

struct Session::Implementation {
  Implementation(CheckedLab checkedLab, SessionOptions sessionOptions)
      : checked(std::move(checkedLab)), options(std::move(sessionOptions)) {
    AULA_ASSERT(checked.lab != nullptr && checked.plan != nullptr && checked.measurements != nullptr);
    device = compute::resolveDevice(options.device);
    estimate = checked.plan->estimate(device);
    steps = stepsAskedFor();
    if (estimate.steps > 0)
      estimate.seconds *= static_cast<double>(steps) / static_cast<double>(estimate.steps);
    checkMemory(estimate, findMemoryBudget());

    frames = options.frames >= 0 ? options.frames : lab().run().frames;
    // A lab without a film still has its picture of the end.
    if (options.frames < 0 && frames == 0 && lab().run().hasPictures) frames = 1;
    frames = static_cast<int>(std::min<std::int64_t>(frames, steps));
    for (const Command& command : options.replay) pending.push_back(command);
  }

  [[nodiscard]] const Lab& lab() const { return *checked.lab; }

  [[nodiscard]] std::int64_t stepsAskedFor() const {
    double count = static_cast<double>(estimate.steps);
    // The last step is the one that reaches the time, rounding errors of the division left aside.
    if (options.until > 0) count = std::ceil(options.until / estimate.timeStep * (1 - 1e-12));
    if (options.steps > 0) count = static_cast<double>(options.steps);
    if (!(count >= 1 && count <= 1e15))
      throw core::inputError(
          "a run has 1 to 1e15 steps, but this one would have " + shortest(count) +
          "; set its length with --steps or --until, or in the lab file's section \"run\"");
    return static_cast<std::int64_t>(count);
  }

  [[nodiscard]] Identity identity() const {
    Identity identity{{"program", std::string(core::version()) + ", " + core::buildDescription()},
                      {"lab", lab().id()},
                      {"text of the lab file", lab().sourceText()},
                      {"seed", std::to_string(options.seed)},
                      {"device", compute::deviceName(device.kind)}};
    for (const Knob& knob : lab().knobs()) identity.emplace_back(knob.name, shortest(knob.value) + " (SI)");
    return identity;
  }

  void notice(const std::string& sentence) const {
    if (options.onNotice) options.onNotice(sentence);
  }

  [[nodiscard]] bool writes() const { return !options.output.empty(); }

  // ---- Starting

  void start() {
    if (writes()) {
      core::makeWritableFolder(options.output);
      lock = std::make_unique<FolderLock>(options.output);
      checkpoints = std::make_unique<CheckpointPair>(options.output);
    }
    std::unique_ptr<core::CheckpointReader> reader;
    if (writes() && options.isResuming) {
      reader = checkpoints->open(identity(), [this](const std::string& text) { notice(text); });
      if (reader == nullptr)
        notice("no checkpoint in " + options.output.string() + ": starting from the beginning");
    }
    running = std::make_unique<RunningLab>(checked, device);
    if (reader != nullptr) {
      load(*reader);
    } else if (writes()) {
      checkpoints->remove();
      log = std::make_unique<CommandLog>(options.output / "commands.jsonl", std::vector<Command>{});
    }
  }

  void save(core::CheckpointWriter& writer) const {
    writer.writeValue<std::uint64_t>("commands", applied.size());
    writer.writeValue<double>("wall_seconds", wallBefore + secondsSince(begin));
    running->save(writer);
  }

  void load(core::CheckpointReader& reader) {
    const auto step = reader.readValue<std::int64_t>("step");
    if (step > steps)
      throw core::inputError("cannot resume: the checkpoint stands at step " + std::to_string(step) +
                             ", beyond the end of this run at step " + std::to_string(steps));
    const auto appliedCount = reader.readValue<std::uint64_t>("commands");
    wallBefore = reader.readValue<double>("wall_seconds");
    running->load(reader);
    AULA_ASSERT(running->step() == step);
    isResumed = true;
    firstStep = step;
    notice("resuming at step " + std::to_string(step) + " of " + std::to_string(steps));

    // Commands the broken-off run applied after this checkpoint are applied again, so that the run takes the
    // same way.
    const std::filesystem::path file = options.output / "commands.jsonl";
    std::vector<Command> logged;
    std::error_code ignored;
    if (std::filesystem::exists(file, ignored)) logged = readCommands(file);
    if (logged.size() < appliedCount)
      throw core::Error("cannot resume: " + file.string() + " holds " + std::to_string(logged.size()) +
                        " commands, but the checkpoint was written after " + std::to_string(appliedCount));
    const std::int64_t lastLogged = logged.empty() ? -1 : logged.back().step;
    std::erase_if(pending,
                  [&](const Command& command) { return command.step < step || command.step <= lastLogged; });
    applied.assign(logged.begin(), logged.begin() + static_cast<std::ptrdiff_t>(appliedCount));
    pending.insert(pending.begin(), logged.begin() + static_cast<std::ptrdiff_t>(appliedCount), logged.end());
    loggedAhead = logged.size() - appliedCount;
    log = std::make_unique<CommandLog>(file, logged);
  }

  // ---- Running

  // Frame i of n stands at step ceil((i + 1) steps / n): evenly spread, the last at the end.
  [[nodiscard]] std::int64_t frameStep(int index) const {
    return (steps * (index + 1) + frames - 1) / frames;
  }

  [[nodiscard]] std::int64_t nextStop(std::int64_t step) const {
    std::int64_t stop = running->nextSample(std::min(steps, step + chunk));
    if (options.onFrame && nextFrame < frames) stop = std::min(stop, frameStep(nextFrame));
    if (!pending.empty() && pending.front().step > step) stop = std::min(stop, pending.front().step);
    if (options.checkpointSteps > 0)
      stop = std::min(stop, (step / options.checkpointSteps + 1) * options.checkpointSteps);
    return stop;
  }

  void apply(Command command, bool isLogged) {
    if (const std::string problem = running->apply(command); !problem.empty()) {
      if (isLogged) loggedAhead = 0;
      warnings.push_back(problem);
      return;
    }
    applied.push_back(command);
    if (isLogged) {
      --loggedAhead;
    } else if (log) {
      log->append(command);
    }
  }

  void applyCommands(std::int64_t step) {
    while (!pending.empty() && pending.front().step <= step) {
      const Command command = pending.front();
      pending.pop_front();
      apply(command, loggedAhead > 0);
    }
    std::vector<Command> asked;
    {
      const std::lock_guard guard(mutex);
      asked.swap(posted);
    }
    for (Command& command : asked) {
      command.step = step;
      apply(command, false);
    }
  }

  // Everything that is due when the simulation stands at `step`. A resumed run has done this before its
  // checkpoint.
  void attend(std::int64_t step) {
    running->sample();
    if (options.onFrame)
      for (; nextFrame < frames && frameStep(nextFrame) == step; ++nextFrame)
        options.onFrame(running->publish(options.language), nextFrame, frames);
    if (step < steps) applyCommands(step);
  }

  void checkpoint(std::int64_t step) {
    const auto start = Clock::now();
    running->simulation().checkState();
    lastStateCheck = Clock::now();
    checkpoints->write(step, identity(), [this](core::CheckpointWriter& writer) { save(writer); });
    lastCheckpoint = Clock::now();
    checkpointSeconds = secondsSince(start);
  }

  [[nodiscard]] bool isCheckpointDue(std::int64_t step, double secondsLeft) const {
    if (!writes() || step >= steps) return false;
    if (options.checkpointSteps > 0) return step % options.checkpointSteps == 0;
    double interval = options.checkpointSeconds;
    if (interval < 0) {
      const double total = secondsSince(begin) + secondsLeft;
      interval = std::clamp(total / kCheckpointsARun, kShortestInterval, kLongestInterval);
      interval = std::max(interval, checkpointSeconds / kCheckpointCost);
    }
    return secondsSince(lastCheckpoint) >= interval;
  }

  void run() {
    begin = lastCheckpoint = lastStateCheck = Clock::now();
    std::int64_t step = running->simulation().step();
    const std::int64_t from = step;
    while (nextFrame < frames && isResumed && frameStep(nextFrame) <= step) ++nextFrame;
    if (!isResumed) attend(step);

    while (step < steps) {
      const std::int64_t stop = nextStop(step);
      const auto start = Clock::now();
      running->simulation().advance(stop - step);
      const double seconds = secondsSince(start);
      steppingSeconds += seconds;
      // Double or halve the chunk until it takes about as long as may pass between two looks around.
      if (seconds < 0.5 * options.latency && stop - step == chunk) chunk *= 2;
      if (seconds > options.latency)
        chunk = std::max(seconds > kLongestWait * options.latency ? 1 : kShortestChunk, chunk / 2);
      step = stop;
      attend(step);

      const double done = static_cast<double>(step - from);
      const double secondsLeft = secondsSince(begin) / done * static_cast<double>(steps - step);
      if (secondsSince(lastStateCheck) > kStateCheckInterval) {
        running->simulation().checkState();
        lastStateCheck = Clock::now();
      }
      if (options.onProgress)
        options.onProgress({step, steps, static_cast<double>(step) * running->simulation().timeStep(),
                            secondsSince(begin), secondsLeft, speed(step - from),
                            running->simulation().speedUnit()});
      if (step < steps && options.shouldStop && options.shouldStop()) {
        isStopped = true;
        break;
      }
      if (isCheckpointDue(step, secondsLeft)) checkpoint(step);
    }
    running->simulation().checkState();
    if (isStopped && writes()) checkpoint(step);
    lastStep = step;
  }

  [[nodiscard]] double speed(std::int64_t done) const {
    return steppingSeconds > 0
               ? running->simulation().workPerStep() * static_cast<double>(done) / steppingSeconds
               : 0;
  }

  // ---- Ending

  RunRecord finish() {
    RunRecord record;
    record.lab = checked.lab;
    record.seed = options.seed;
    record.device = device;
    record.deviceName = nameOfDevice(device);
    record.steps = lastStep;
    record.plannedSteps = steps;
    record.isComplete = lastStep == steps;
    record.simulatedTime = static_cast<double>(lastStep) * running->simulation().timeStep();
    record.speed = speed(lastStep - firstStep);
    record.speedUnit = running->simulation().speedUnit();
    record.date = dateNow();
    record.commandLine = options.commandLine;
    record.output = options.output;
    record.data = running->data();
    record.results = running->measure(record.data);

    record.warnings = lab().diagnostics().warnings();
    for (const std::string& warning : running->simulation().warnings()) record.warnings.push_back(warning);
    record.warnings.insert(record.warnings.end(), warnings.begin(), warnings.end());
    for (const MeasurementResult& result : record.results)
      if (!result.problem.empty())
        record.warnings.push_back("measurement " + result.name + ": " + result.problem);
    if (!record.isComplete)
      record.warnings.push_back("stopped at step " + std::to_string(lastStep) + " of " +
                                std::to_string(steps) +
                                "; data and measurements are of the part that was run");
    record.wallSeconds = wallBefore + secondsSince(begin);
    if (writes()) {
      writeData(record);
      for (std::string& file : running->writeFiles(options.output)) record.outputs.push_back(std::move(file));
      if (!applied.empty()) record.outputs.emplace_back("commands.jsonl");
      writeSummary(record);
      if (record.isComplete && !options.keepsCheckpoint) checkpoints->remove();
      if (!record.isComplete)
        notice("stopped at step " + std::to_string(lastStep) + " of " + std::to_string(steps) +
               "; data so far are in " + options.output.string() +
               "; go on with the same command and --resume");
    }
    return record;
  }

  CheckedLab checked;
  SessionOptions options;
  compute::DeviceChoice device;
  Estimate estimate;
  std::int64_t steps = 0;
  int frames = 0, nextFrame = 0;

  std::unique_ptr<FolderLock> lock;
  std::unique_ptr<CheckpointPair> checkpoints;
  std::unique_ptr<CommandLog> log;
  std::unique_ptr<RunningLab> running;

  std::int64_t chunk = 4, firstStep = 0, lastStep = 0;
  bool isResumed = false, isStopped = false;
  Clock::time_point begin, lastCheckpoint, lastStateCheck;
  double wallBefore = 0, steppingSeconds = 0, checkpointSeconds = 0;

  std::deque<Command> pending;  ///< With a step of their own: of a replay, or of the log of a resumed run.
  std::size_t loggedAhead = 0;  ///< That many at the front of `pending` stand in the log already.
  std::vector<Command> applied;
  std::mutex mutex;
  std::vector<Command> posted;  ///< Guarded by `mutex`.
  std::vector<std::string> warnings;
};

Session::Session(CheckedLab lab, SessionOptions options)
    : implementation_(std::make_unique<Implementation>(std::move(lab), std::move(options))) {}

Session::~Session() = default;

const Estimate& Session::estimate() const {
  return implementation_->estimate;
}
std::int64_t Session::steps() const {
  return implementation_->steps;
}
const compute::DeviceChoice& Session::device() const {
  return implementation_->device;
}

RunRecord Session::run() {
  AULA_ASSERT(implementation_->running == nullptr);
  implementation_->start();
  implementation_->run();
  return implementation_->finish();
}

void Session::post(const std::string& knob, double value) {
  if (hand::isHand(knob)) {
    if (!std::isfinite(value)) throw core::inputError(knob + " takes a finite value");
    const std::lock_guard guard(implementation_->mutex);
    implementation_->posted.push_back({0, knob, value});
    return;
  }
  const Knob& found = findKnob(implementation_->lab(), knob);
  if (!found.isLive)
    throw core::inputError(knob + " cannot be changed while the lab runs; set it before, with --set " + knob +
                           "=...");
  checkKnobRange(found, value);
  const std::lock_guard guard(implementation_->mutex);
  implementation_->posted.push_back({0, knob, value});
}

}  // namespace aula::lab
