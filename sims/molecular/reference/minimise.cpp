// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <deque>

#include "core/error.h"
#include "molecular/reference/reference_engine.h"

/// Downhill, by steepest descent while forces are wild, then by L-BFGS (Nocedal and Wright 2006, algorithm
/// 7.4). Coordinates are weighted with the square root of the mass, u = sqrt(m) x: in these, taking out what
/// would stretch a constraint (as from velocities) is an orthogonal projection, so that both methods walk on
/// the surface that constraints leave. After each move the lengths are restored.
namespace aula::molecular::reference {

namespace {

constexpr double kWildForce = 1000;    ///< kJ/mol/nm; above it steepest descent.
constexpr double kLongestMove = 0.02;  ///< nm, of any atom in a move.
constexpr std::size_t kMemory = 8;     ///< Pairs of L-BFGS.

using Vectors = std::vector<Vec3>;

double product(const Vectors& a, const Vectors& b) {
  double sum = 0;
  for (std::size_t n = 0; n < a.size(); ++n) sum += dot(a[n], b[n]);
  return sum;
}

struct Correction {
  Vectors s, y;  ///< Change of u and of the gradient.
};

/// The direction -H g from the last corrections, by the two-loop recursion.
Vectors quasiNewton(const Vectors& gradient, const std::deque<Correction>& memory) {
  Vectors q = gradient;
  std::vector<double> alphas;
  for (auto pair = memory.rbegin(); pair != memory.rend(); ++pair) {
    const double alpha = product(pair->s, q) / product(pair->y, pair->s);
    alphas.push_back(alpha);
    for (std::size_t n = 0; n < q.size(); ++n) q[n] = q[n] - alpha * pair->y[n];
  }
  const Correction& last = memory.back();
  const double scale = product(last.s, last.y) / product(last.y, last.y);
  for (Vec3& value : q) value = scale * value;
  for (const Correction& pair : memory) {
    const double beta = product(pair.y, q) / product(pair.y, pair.s);
    const double alpha = alphas.back();
    alphas.pop_back();
    for (std::size_t n = 0; n < q.size(); ++n) q[n] = q[n] + (alpha - beta) * pair.s[n];
  }
  for (Vec3& value : q) value = -value;
  return q;
}

}  // namespace

double ReferenceEngine::minimise(double force, std::int64_t steps) {
  const auto weight = [&](std::size_t n) { return std::sqrt(plan_.masses[n]); };
  // Of any vector in u what does not stretch a constraint: as velocities, u / sqrt(m).
  const auto projected = [&](Vectors u) {
    if (constraints_.isEmpty()) return u;
    for (std::size_t n = 0; n < count(); ++n) u[n] = u[n] / weight(n);
    constraints_.constrainVelocities(positions_, u, box_);
    for (std::size_t n = 0; n < count(); ++n) u[n] = weight(n) * u[n];
    return u;
  };
  const auto gradientHere = [&] {
    Vectors gradient = sums().forces;
    for (std::size_t n = 0; n < count(); ++n) gradient[n] = gradient[n] / -weight(n);
    return projected(std::move(gradient));
  };
  const auto largestForce = [&](const Vectors& gradient) {
    double largest = 0;
    for (std::size_t n = 0; n < count(); ++n) {
      const double size = weight(n) * core::length(gradient[n]);
      if (!std::isfinite(size))
        throw core::Error("atom " + std::to_string(n + 1) + " (" + topology_.names[n] +
                          ") lies exactly on another: there is no way downhill from there");
      largest = std::max(largest, size);
    }
    return largest;
  };
  const auto longestMove = [&](const Vectors& direction) {
    double longest = 0;
    for (std::size_t n = 0; n < count(); ++n)
      longest = std::max(longest, core::length(direction[n]) / weight(n));
    return longest;
  };
  /// Moves by `length` times the direction; whether that went downhill. If not, everything is as before.
  const auto tryMove = [&](const Vectors& direction, double length, double least) {
    const Vectors before = positions_;
    const double energy = sums().energies.potential();
    for (std::size_t n = 0; n < count(); ++n)
      positions_[n] = positions_[n] + (length / weight(n)) * direction[n];
    forget();
    try {
      constraints_.constrainPositions(before, positions_, box_);
      if (sums().energies.potential() <= energy - least) return true;
    } catch (const core::Error&) {
      // Too long a move for the constraints: a shorter one is tried.
    }
    positions_ = before;
    forget();
    return false;
  };

  Vectors gradient = gradientHere();
  double largest = largestForce(gradient), move = 0.5 * kLongestMove;
  std::deque<Correction> memory;
  for (std::int64_t n = 0; n < steps && largest >= force; ++n) {
    const Vectors before = positions_;
    Vectors direction = gradient;
    for (Vec3& value : direction) value = -value;
    bool isQuasiNewton = false;
    if (largest < kWildForce && !memory.empty()) {
      Vectors better = projected(quasiNewton(gradient, memory));
      isQuasiNewton = product(better, gradient) < 0;
      if (isQuasiNewton) direction = std::move(better);
    }
    const double longest = longestMove(direction);
    if (longest == 0) break;
    double length = isQuasiNewton ? std::min(1.0, kLongestMove / longest) : move / longest;
    const double slope = product(direction, gradient);
    bool isDown = false;
    // Armijo's condition for L-BFGS, simply downhill for steepest descent.
    for (int attempt = 0; attempt < 30 && !isDown; ++attempt, length *= 0.4)
      isDown = tryMove(direction, length, isQuasiNewton ? -1e-4 * length * slope : 0.0);
    length /= 0.4;
    if (!isDown && !isQuasiNewton) break;  // Rounding: no better place can be told.
    if (!isDown) {
      memory.clear();
      continue;
    }
    if (!isQuasiNewton) move = std::min(1.2 * length * longest, kLongestMove);
    const Vectors old = gradient;
    gradient = gradientHere();
    largest = largestForce(gradient);
    Correction pair{Vectors(count()), Vectors(count())};
    for (std::size_t atom = 0; atom < count(); ++atom) {
      pair.s[atom] = weight(atom) * (positions_[atom] - before[atom]);
      pair.y[atom] = gradient[atom] - old[atom];
    }
    if (product(pair.s, pair.y) > 0) memory.push_back(std::move(pair));
    if (memory.size() > kMemory) memory.pop_front();
  }
  return largest;
}

}  // namespace aula::molecular::reference
