// SPDX-License-Identifier: Apache-2.0
#include <omp.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

#include "anatomy/tissue/cpu/cpu_solver.h"
#include "anatomy/tissue/model/descent.h"
#include "anatomy/tissue/model/validate.h"

/// A step: every thread runs the same code on its share of tetrahedra and points and meets the others at
/// barriers; numbers that steer it are sums that each thread adds up itself, in the same order.
namespace aula::anatomy::tissue::cpu {

class CpuSolver::Team {
 public:
  struct Gate {
    std::atomic<int> waiting{0}, turn{0};
  };
  Team(const Fields& fields, Gate& gate)
      : gate_(&gate), thread_(omp_get_thread_num()), threads_(omp_get_num_threads()) {
    chunks = (fields.points + kChunk - 1) / kChunk;
    share(fields.groups, firstGroup, lastGroup);
    share(chunks, firstChunk, lastChunk);
  }
  int firstGroup = 0, lastGroup = 0, firstChunk = 0, lastChunk = 0, chunks = 0;

  [[nodiscard]] bool isFirst() const { return thread_ == 0; }
  /// Waits for the others. A thread that waits long lets others run: on a machine that is shared with other
  /// programs the one waited for may have been put aside.
  void meet() const {
    if (threads_ == 1) return;
    const int turn = gate_->turn.load(std::memory_order_relaxed);
    if (gate_->waiting.fetch_add(1, std::memory_order_acq_rel) == threads_ - 1) {
      gate_->waiting.store(0, std::memory_order_relaxed);
      gate_->turn.store(turn + 1, std::memory_order_release);
      return;
    }
    for (int spins = 0; gate_->turn.load(std::memory_order_acquire) == turn; ++spins)
      if (spins > 4000) std::this_thread::yield();
  }
  /// Of the sums' number n; not before meet().
  [[nodiscard]] double sum(const Fields& fields, int n) const {
    double sum = 0;
    for (int chunk = 0; chunk < chunks; ++chunk) sum += fields.sums[4 * chunk + n];
    return sum;
  }
  /// The largest; not a number where one is none.
  [[nodiscard]] double largest(const Fields& fields, int n) const {
    double largest = 0;
    for (int chunk = 0; chunk < chunks; ++chunk) {
      const double value = fields.sums[4 * chunk + n];
      if (value > largest || !(value == value)) largest = value;
    }
    return largest;
  }

 private:
  void share(int count, int& first, int& last) const {
    first = static_cast<int>(static_cast<std::int64_t>(count) * thread_ / threads_);
    last = static_cast<int>(static_cast<std::int64_t>(count) * (thread_ + 1) / threads_);
  }
  Gate* gate_;
  int thread_, threads_;
};

void CpuSolver::advance(std::int64_t steps) {
  for (std::int64_t n = 0; n < steps; ++n) {
    beginStep();
    Team::Gate gate;
#pragma omp parallel num_threads(threads_)
    minimise(Team(fields_, gate));
    endStep();
  }
}

void CpuSolver::beginStep() {
  const double h = settings_.timeStep, g = length(settings_.gravity);
  const Vec3 down = g > 0 ? settings_.gravity / g : Vec3{};
  // A body that nothing holds goes on and falls as one.
  const bool isLoose = body_.held.empty() && body_.guided.empty();
  Vec3 mean;
  double mass = 0;
  for (std::size_t n = 0; n < layout_.pointOf.size(); ++n) {
    const float* v = velocities_.data() + 4 * n;
    mean = mean + layout_.masses[n] * Vec3{v[0], v[1], v[2]};
    mass += layout_.masses[n];
  }
  mean = isLoose ? mean / mass : Vec3{};
  for (std::size_t n = 0; n < layout_.pointOf.size(); ++n) {
    // Others fall on as they fell in the last step, between not at all and freely (Chen et al. 2024,
    // section 3.7).
    const double fall = h * h * (isLoose ? g : std::clamp(static_cast<double>(fall_[n]), 0.0, g));
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const std::size_t at = 4 * n + axis;
      const double v = velocities_[at], common = mean[static_cast<int>(axis)];
      aim_[at] = static_cast<float>(h * v + h * h * settings_.gravity[static_cast<int>(axis)]);
      move_[at] = layout_.isHeld[n] ? targets_[at] - start_[at]
                                    : static_cast<float>(h * (common + kCarried * (v - common)) +
                                                         fall * down[static_cast<int>(axis)]);
      change_[at] = 0;
    }
  }
}

void CpuSolver::endStep() {
  const double h = settings_.timeStep, g = length(settings_.gravity);
  const Vec3 down = g > 0 ? settings_.gravity / g : Vec3{};
  ++step_;
  for (std::size_t n = 0; n < layout_.pointOf.size(); ++n) {
    double fall = 0, size = 0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const std::size_t at = 4 * n + axis;
      const float velocity = static_cast<float>(static_cast<double>(move_[at]) / h);
      fall += static_cast<double>(velocity - velocities_[at]) * down[static_cast<int>(axis)] / h;
      velocities_[at] = velocity;
      start_[at] = place_[at];
      size += static_cast<double>(std::abs(place_[at]));
    }
    fall_[n] = static_cast<float>(fall);
    if (!std::isfinite(size)) reportNotFinite(step_, layout_.pointOf[n], body_.positions[layout_.pointOf[n]]);
  }
}

void CpuSolver::evaluate(const Team& team, const float* along, float reach) const {
  kernels_.displace(fields_, along, reach, team.firstChunk, team.lastChunk);
  team.meet();
  kernels_.dilate(fields_, team.firstGroup, team.lastGroup);
  team.meet();
  kernels_.press(fields_, team.firstChunk, team.lastChunk);
  team.meet();
  kernels_.force(fields_, team.firstGroup, team.lastGroup);
  team.meet();
  kernels_.gatherForces(fields_, team.firstChunk, team.lastChunk);
  team.meet();
}

bool CpuSolver::solve(const Team& team, double forcing, int& used) const {
  kernels_.startSearch(fields_, team.firstChunk, team.lastChunk);
  team.meet();
  double squared = team.sum(fields_, 0);
  const double enough = forcing * forcing * squared;
  for (bool isFirst = true;; isFirst = false) {
    kernels_.multiply(fields_, team.firstGroup, team.lastGroup);
    team.meet();
    kernels_.gatherImage(fields_, team.firstChunk, team.lastChunk);
    team.meet();
    kernels_.pressImage(fields_, team.firstChunk, team.lastChunk);
    team.meet();
    ++used;
    const double curvature = team.sum(fields_, 0);
    if (!(curvature > 0)) {
      // The blocks' own descent where nothing better was found yet.
      if (isFirst) kernels_.advance(fields_, 1, team.firstChunk, team.lastChunk);
      team.meet();
      return false;
    }
    kernels_.advance(fields_, static_cast<float>(squared / curvature), team.firstChunk, team.lastChunk);
    team.meet();
    const double next = team.sum(fields_, 1);
    if (!(next > enough) || used >= settings_.iterations) return true;
    kernels_.turn(fields_, static_cast<float>(next / squared), team.firstChunk, team.lastChunk);
    squared = next;
    team.meet();
  }
}

void CpuSolver::minimise(const Team& team) {
  if (fields_.isDamped) {
    // What damping measures from: the strains and volumes at the beginning.
    kernels_.strain(fields_, team.firstGroup, team.lastGroup);
    for (int n = team.firstChunk * kChunk; n < std::min(team.lastChunk * kChunk, fields_.points); ++n)
      std::copy_n(fields_.start + 4 * n, 4, fields_.place + 4 * n);
    team.meet();
    kernels_.dilate(fields_, team.firstGroup, team.lastGroup);
    team.meet();
    kernels_.noteDilation(fields_, team.firstChunk, team.lastChunk);
    team.meet();
  }
  evaluate(team, nullptr, 0);
  double largest = std::sqrt(team.largest(fields_, 0)), scale = team.largest(fields_, 1);
  int used = 0;
  bool hasBent = false;
  while (used < settings_.iterations && largest > settings_.tolerance * scale) {
    const bool isExact = !hasBent && largest <= kClose * scale;
    kernels_.linearise(fields_, static_cast<float>(isExact ? kExact : kLimited), team.firstGroup,
                       team.lastGroup);
    team.meet();
    kernels_.gatherBlocks(fields_, team.firstChunk, team.lastChunk);
    team.meet();
    if (!solve(team, isExact ? kForcingClose : kForcing, used)) hasBent = true;
    // The slope along the change, from the forces before it.
    kernels_.gatherSlope(fields_, team.firstChunk, team.lastChunk);
    team.meet();
    const double slope = team.sum(fields_, 2);
    if (!(slope > 0)) break;
    float reach = 1, gone = 0;
    for (int cut = 0;; ++cut) {
      evaluate(team, fields_.change, reach - gone);
      gone = reach;
      const double slopeThere = team.sum(fields_, 2);
      if (slopeThere >= -kLargestTurn * slope || cut == kMostCuts) break;
      reach *= static_cast<float>(std::clamp(slope / (slope - slopeThere), 0.1, 0.5));
    }
    largest = std::sqrt(team.largest(fields_, 0));
    scale = team.largest(fields_, 1);
  }
  if (team.isFirst()) {
    residual_ = largest;
    residualScale_ = scale;
  }
}

}  // namespace aula::anatomy::tissue::cpu
