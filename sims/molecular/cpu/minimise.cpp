// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <deque>

#include "core/error.h"
#include "molecular/cpu/cpu_engine.h"

namespace aula::molecular::cpu {

/// Steepest descent with a step that grows and shrinks until forces are moderate, then L-BFGS (Nocedal and
/// Wright 2006, algorithm 7.4) on the constrained surface: forces are projected on what constraints leave
/// free, trial positions are brought back to the constrained lengths, and what history holds is what the
/// positions really did.
class Minimiser {
 public:
  explicit Minimiser(CpuEngine& engine) : e_(engine), size_(engine.particles_.x.size()) {}

  double run(double wanted, std::int64_t steps);

 private:
  struct Point {
    std::vector<float> x, rest, force;
    double energy = 0, largest = 0;
  };
  struct Pair {
    std::vector<float> s, y;
    double inverse;
  };

  void evaluate(Point& point);
  /// Moves by `scale` times the direction from where `from` is; false where nothing sensible comes out.
  bool place(const Point& from, const std::vector<float>& direction, double scale);
  [[nodiscard]] double longest(const std::vector<float>& direction) const;
  [[nodiscard]] double product(const std::vector<float>& a, const std::vector<float>& b) const;
  void directionOf(const Point& at, std::vector<float>& direction);
  void remember(const Point& from, const Point& to);

  CpuEngine& e_;
  std::size_t size_;
  std::deque<Pair> history_;
};

void Minimiser::evaluate(Point& point) {
  Particles& p = e_.particles_;
  Energies energies;
  e_.addAllForces(e_.step_, p.f, &energies);
  // The force along what is free: as a velocity f/m, without what stretches constraints.
  for (std::size_t n = 0; n < size_; ++n) p.next[n] = p.f[n] * p.inverseMass[n];
  e_.projectVelocities(p.next);
  point.x = p.x;
  point.rest = p.rest;
  point.force.resize(size_);
  point.largest = 0;
  for (std::size_t n = 0; n < size_; ++n) point.force[n] = p.next[n] * p.mass[n];
  point.largest = std::sqrt(static_cast<double>(e_.kernels_->largestMove(0, p.atoms, point.force.data())));
  point.energy = energies.potential();
}

double Minimiser::longest(const std::vector<float>& direction) const {
  return std::sqrt(static_cast<double>(e_.kernels_->largestMove(0, e_.particles_.atoms, direction.data())));
}

double Minimiser::product(const std::vector<float>& a, const std::vector<float>& b) const {
  double sum = 0;
  for (std::size_t n = 0; n < size_; ++n) sum += static_cast<double>(a[n]) * static_cast<double>(b[n]);
  return sum;
}

bool Minimiser::place(const Point& from, const std::vector<float>& direction, double scale) {
  Particles& p = e_.particles_;
  p.x = from.x;
  p.rest = from.rest;
  for (std::size_t n = 0; n < size_; ++n) {
    const float move = static_cast<float>(scale) * direction[n];
    p.move[n] = std::isfinite(move) ? move : 0.0F;
  }
  std::fill(p.next.begin(), p.next.end(), 0.0F);
  const PlacesView places = e_.placesView();
  for (int part = 0; part < e_.threads_; ++part)
    e_.constraints_.moves(part, places, p.move.data(), p.next.data(), 0.0F, nullptr);
  if (!(longest(p.move) < 0.2)) return false;
  e_.kernels_->commit(0, static_cast<std::int64_t>(size_), p.move.data(), p.x.data(), p.rest.data());
  return true;
}

void Minimiser::directionOf(const Point& at, std::vector<float>& direction) {
  // The two loops; `direction` is minus the gradient times the inverse Hessian's estimate.
  direction = at.force;
  std::vector<double> alpha(history_.size());
  for (std::size_t n = history_.size(); n-- > 0;) {
    const Pair& pair = history_[n];
    alpha[n] = pair.inverse * product(pair.s, direction);
    for (std::size_t k = 0; k < size_; ++k) direction[k] -= static_cast<float>(alpha[n]) * pair.y[k];
  }
  const Pair& last = history_.back();
  const auto scale = static_cast<float>(1 / (last.inverse * product(last.y, last.y)));
  for (float& d : direction) d *= scale;
  for (std::size_t n = 0; n < history_.size(); ++n) {
    const Pair& pair = history_[n];
    const double beta = pair.inverse * product(pair.y, direction);
    for (std::size_t k = 0; k < size_; ++k) direction[k] += static_cast<float>(alpha[n] - beta) * pair.s[k];
  }
}

void Minimiser::remember(const Point& from, const Point& to) {
  constexpr std::size_t kHistory = 8;
  Pair pair{std::vector<float>(size_), std::vector<float>(size_), 0};
  for (std::size_t n = 0; n < size_; ++n) {
    pair.s[n] = (to.x[n] - from.x[n]) + (to.rest[n] - from.rest[n]);
    pair.y[n] = from.force[n] - to.force[n];
  }
  const double sy = product(pair.s, pair.y);
  // Only what curves upwards says something of a minimum.
  if (!(sy > 1e-8 * std::sqrt(product(pair.s, pair.s) * product(pair.y, pair.y)))) return;
  pair.inverse = 1 / sy;
  history_.push_back(std::move(pair));
  if (history_.size() > kHistory) history_.pop_front();
}

double Minimiser::run(double wanted, std::int64_t steps) {
  // Above this force (kJ/mol/nm) the surface is too rough for a model of its curvature.
  constexpr double kRough = 2e4;
  constexpr double kLongest = 0.05;  // nm a step
  Point best, trial;
  // Constraints may be broken at first: a move of nothing mends them.
  best.x = e_.particles_.x;
  best.rest = e_.particles_.rest;
  if (!place(best, std::vector<float>(size_, 0.0F), 0)) {
    e_.particles_.x = best.x;
    e_.particles_.rest = best.rest;
  }
  evaluate(best);
  double reach = 0.01;  // nm, of steepest descent
  std::vector<float> direction;
  for (std::int64_t n = 0; n < steps && !(best.largest < wanted) && reach > 1e-7; ++n) {
    const bool isFar = !std::isfinite(best.energy) || !(best.largest < kRough);
    if (isFar) history_.clear();
    double scale = 0;
    const bool hasModel = !history_.empty();
    if (hasModel) {
      directionOf(best, direction);
      scale = 1;
      const double far = longest(direction);
      if (!(product(direction, best.force) > 0) || !std::isfinite(far)) {
        history_.clear();
        continue;
      }
      if (far > kLongest) scale = kLongest / far;
    } else {
      direction = best.force;
      // Where forces are no numbers (atoms that lie on each other) each atom goes its own bounded way.
      for (std::size_t k = 0; k < size_; ++k)
        direction[k] = std::isfinite(direction[k]) ? std::clamp(direction[k], -1e12F, 1e12F) : 1e3F;
      scale = reach / std::max(longest(direction), 1e-30);
    }
    const bool isPlaced = place(best, direction, scale);
    if (isPlaced) evaluate(trial);
    // A sum of energies in single precision is good to about 1e-7 of the largest share; what looks like less
    // than that uphill is none.
    const double noise = 1e-7 * std::abs(best.energy);
    if (isPlaced && std::isfinite(trial.energy) &&
        (!std::isfinite(best.energy) ||
         trial.energy < best.energy + (trial.largest < best.largest ? noise : 0))) {
      if (!isFar && std::isfinite(best.largest)) remember(best, trial);
      std::swap(best, trial);
      if (!hasModel) reach = std::min(1.2 * reach, kLongest);
    } else if (hasModel) {
      history_.clear();
      reach = std::min(reach, 0.5 * scale * longest(direction));
      reach = std::max(reach, 1e-6);
    } else {
      reach *= 0.5;
    }
  }
  e_.particles_.x = best.x;
  e_.particles_.rest = best.rest;
  return best.largest;
}

double CpuEngine::minimise(double force, std::int64_t steps) {
  if (!(force >= 0)) throw core::inputError("the force to minimise to must be 0 kJ/mol/nm or more");
  Minimiser minimiser(*this);
  const double largest = minimiser.run(force, steps);
  if (nonbonded_) nonbonded_->invalidate();
  hasForces_ = false;
  mendedInARow_ = 0;
  return largest;
}

}  // namespace aula::molecular::cpu
