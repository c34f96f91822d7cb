// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "anatomy/tissue/model/descent.h"
#include "anatomy/tissue/reference/reference_solver.h"

/// A step's displacements w make
///   sum of m/(2 h^2) |w - h v - h^2 g|^2 + W(x + w)
/// least (implicit Euler). Newton's method; each linear system by conjugate gradients (Steihaug 1983: ended
/// where the curvature is not positive), preconditioned by the 3 x 3 blocks on the diagonal.
namespace aula::anatomy::tissue::reference {

namespace {

double product(const std::vector<Vec3>& a, const std::vector<Vec3>& b) {
  double sum = 0;
  for (std::size_t n = 0; n < a.size(); ++n) sum += dot(a[n], b[n]);
  return sum;
}
Vec3 times3(const Matrix3& m, const Vec3& v) {
  Vec3 result;
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 3; ++j) result[i] += m[std::size_t(i)][std::size_t(j)] * v[j];
  return result;
}
Vec3 column(const Matrix3& m, const Vec3& b) {
  return times3(m, b);
}
Matrix3 inverse(const Matrix3& m) {
  const Matrix3 c = cofactors(m);
  const double d = determinant(m);
  Matrix3 result{};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) result[i][j] = c[j][i] / d;
  return result;
}

}  // namespace

double ReferenceSolver::activationOf(const Element& element) const {
  return activations_.empty() ? 0 : activations_[element.group];
}

Matrix3 ReferenceSolver::deformation(const Element& e, const std::vector<Vec3>& move) const {
  Matrix3 f{};
  for (std::size_t n = 0; n < 4; ++n) {
    const Vec3 x = positions_[e.corners[n]] + move[e.corners[n]];
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) f[std::size_t(i)][std::size_t(j)] += x[i] * e.gradients[n][j];
  }
  return f;
}

std::vector<double> ReferenceSolver::pointRatios(const std::vector<Vec3>& move) const {
  std::vector<double> volumes(positions_.size(), 0);
  for (const Element& e : elements_) {
    const double quarter = e.volume / 4 * determinant(deformation(e, move));
    for (const std::uint32_t corner : e.corners) volumes[corner] += quarter;
  }
  for (std::size_t n = 0; n < volumes.size(); ++n) volumes[n] /= pointVolumes_[n];
  return volumes;
}

double ReferenceSolver::pointPressure(std::size_t point, double ratio, double before) const {
  return pointLambdas_[point] * (ratio - 1) + pointDampings_[point] / settings_.timeStep * (ratio - before);
}

double ReferenceSolver::objective(const std::vector<Vec3>& move) const {
  const double h = settings_.timeStep;
  double sum = 0;
  const std::vector<Vec3> none(positions_.size());
  for (const Element& e : elements_) {
    const Matrix3 f = deformation(e, move);
    sum += e.volume *
           (energy(e.law, f, e.fibre, activationOf(e)) + dampingEnergy(e.law, f, deformation(e, none), h));
  }
  const std::vector<double> ratios = pointRatios(move), before = pointRatios(none);
  for (std::size_t n = 0; n < move.size(); ++n) {
    const double change = ratios[n] - before[n];
    sum += pointVolumes_[n] / 2 *
           (pointLambdas_[n] * (ratios[n] - 1) * (ratios[n] - 1) + pointDampings_[n] / h * change * change);
    const Vec3 late = move[n] - h * velocities_[n] - h * h * settings_.gravity;
    sum += masses_[n] / (2 * h * h) * dot(late, late);
    const Vec3 away = positions_[n] + move[n] - guides_[n];
    sum += guideStiffness_[n] / 2 * dot(away, away);
  }
  return sum;
}

ReferenceSolver::Evaluation ReferenceSolver::evaluate(const std::vector<Vec3>& move) const {
  const double h = settings_.timeStep;
  const std::vector<Vec3> none(positions_.size());
  const std::vector<double> ratios = pointRatios(move), before = pointRatios(none);
  Evaluation result;
  result.forces.assign(move.size(), {});
  std::vector<double> sizes(move.size(), 0);
  const auto add = [&](std::size_t point, const Vec3& force) {
    result.forces[point] = result.forces[point] + force;
    sizes[point] += length(force);
  };
  for (const Element& e : elements_) {
    const Matrix3 f = deformation(e, move), c = cofactors(f);
    Matrix3 p = stress(e.law, f, e.fibre, activationOf(e));
    if (e.law.damping > 0) {
      const Matrix3 damping = dampingStress(e.law, f, deformation(e, none), h);
      for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) p[i][j] += damping[i][j];
    }
    double pressure = 0;
    for (const std::uint32_t corner : e.corners)
      pressure += pointPressure(corner, ratios[corner], before[corner]) / 4;
    for (std::size_t n = 0; n < 4; ++n)
      add(e.corners[n], -e.volume * (column(p, e.gradients[n]) + pressure * column(c, e.gradients[n])));
  }
  for (std::size_t n = 0; n < move.size(); ++n) {
    add(n, (masses_[n] / (h * h)) * (h * velocities_[n] + h * h * settings_.gravity - move[n]));
    add(n, guideStiffness_[n] * (guides_[n] - positions_[n] - move[n]));
    if (isHeld_[n]) {
      result.forces[n] = {};
      continue;
    }
    result.largest = std::max(result.largest, length(result.forces[n]));
    result.scale = std::max(result.scale, sizes[n]);
  }
  return result;
}

ReferenceSolver::Linear ReferenceSolver::linearise(const std::vector<Vec3>& move, double limit) const {
  const double h = settings_.timeStep;
  const std::vector<Vec3> none(positions_.size());
  const std::vector<double> ratios = pointRatios(move), before = pointRatios(none);
  Linear linear;
  std::vector<Matrix3> blocks(move.size(), Matrix3{});
  for (const Element& e : elements_) {
    const Matrix3 f = deformation(e, move), c = cofactors(f);
    Matrix9 t = tangent(e.law, f, e.fibre, activationOf(e));
    if (e.law.damping > 0) {
      const Matrix9 damping = dampingTangent(e.law, f, deformation(e, none), h);
      for (std::size_t i = 0; i < 9; ++i)
        for (std::size_t j = 0; j < 9; ++j) t[i][j] += damping[i][j];
    }
    // The points' pressure on the curvature of the volume: the law's own term with another factor; and that
    // factor limited.
    double pressure = 0, lambda = e.law.pointsLambda;
    for (const std::uint32_t corner : e.corners)
      pressure += pointPressure(corner, ratios[corner], before[corner]) / 4;
    const double own = volumeFactor(e.law, f);
    pressure =
        std::clamp(own + pressure, -limit * safeVolumeFactor(e.law, f), limit * safeVolumeFactor(e.law, f)) -
        own;
    for (std::size_t i = 0; i < 3; ++i)
      for (std::size_t k = 0; k < 3; ++k)
        for (std::size_t j = 0; j < 3; ++j)
          for (std::size_t l = 0; l < 3; ++l) {
            if (i == k || j == l) continue;
            const std::size_t m = 3 - i - k, n = 3 - j - l;
            const double sign = ((k + 3 - i) % 3 == 1 ? 1 : -1) * ((l + 3 - j) % 3 == 1 ? 1 : -1);
            t[3 * i + j][3 * k + l] += pressure * sign * f[m][n];
          }
    Matrix12 stiffness{};
    std::array<Vec3, 4> volumeGradients;
    for (std::size_t p = 0; p < 4; ++p) {
      volumeGradients[p] = e.volume * column(c, e.gradients[p]);
      for (std::size_t q = 0; q < 4; ++q)
        for (std::size_t i = 0; i < 3; ++i)
          for (std::size_t k = 0; k < 3; ++k) {
            double sum = 0;
            for (int j = 0; j < 3; ++j)
              for (int l = 0; l < 3; ++l)
                sum +=
                    e.gradients[p][j] * t[3 * i + std::size_t(j)][3 * k + std::size_t(l)] * e.gradients[q][l];
            stiffness[3 * p + i][3 * q + k] = e.volume * sum;
          }
      Matrix3& block = blocks[e.corners[p]];
      const Vec3 a = column(c, e.gradients[p]);
      const Matrix3 repair =
          blockRepair(e.law, f, e.fibre, activationOf(e), deformation(e, none), h, e.gradients[p]);
      for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t k = 0; k < 3; ++k)
          block[i][k] += stiffness[3 * p + i][3 * p + k] +
                         e.volume * (repair[i][k] + kSharedPart * lambda * a[int(i)] * a[int(k)]);
    }
    linear.stiffness.push_back(stiffness);
    linear.volumeGradients.push_back(volumeGradients);
  }
  for (std::size_t n = 0; n < move.size(); ++n) {
    for (std::size_t i = 0; i < 3; ++i) blocks[n][i][i] += masses_[n] / (h * h) + guideStiffness_[n];
    blocks[n] = isHeld_[n] ? Matrix3{} : inverse(blocks[n]);
  }
  linear.inverseBlocks = std::move(blocks);
  return linear;
}

std::vector<Vec3> ReferenceSolver::times(const Linear& linear, const std::vector<Vec3>& direction) const {
  const double h = settings_.timeStep;
  std::vector<double> pressures(direction.size(), 0);
  for (std::size_t t = 0; t < elements_.size(); ++t) {
    double change = 0;
    for (std::size_t n = 0; n < 4; ++n)
      change += dot(linear.volumeGradients[t][n], direction[elements_[t].corners[n]]) / 4;
    for (const std::uint32_t corner : elements_[t].corners) pressures[corner] += change;
  }
  for (std::size_t n = 0; n < pressures.size(); ++n)
    pressures[n] *= (pointLambdas_[n] + pointDampings_[n] / h) / pointVolumes_[n];
  std::vector<Vec3> result(direction.size());
  for (std::size_t n = 0; n < result.size(); ++n)
    result[n] = (masses_[n] / (h * h) + guideStiffness_[n]) * direction[n];
  for (std::size_t t = 0; t < elements_.size(); ++t) {
    const Element& e = elements_[t];
    double pressure = 0;
    for (const std::uint32_t corner : e.corners) pressure += pressures[corner] / 4;
    for (std::size_t p = 0; p < 4; ++p) {
      Vec3 sum = pressure * linear.volumeGradients[t][p];
      for (std::size_t q = 0; q < 4; ++q)
        for (int i = 0; i < 3; ++i)
          for (int k = 0; k < 3; ++k)
            sum[i] += linear.stiffness[t][3 * p + std::size_t(i)][3 * q + std::size_t(k)] *
                      direction[e.corners[q]][k];
      result[e.corners[p]] = result[e.corners[p]] + sum;
    }
  }
  for (const std::uint32_t point : body_.held) result[point] = {};
  return result;
}

std::vector<Vec3> ReferenceSolver::forces(const std::vector<Vec3>& move) const {
  return evaluate(move).forces;
}

std::vector<Vec3> ReferenceSolver::stiffnessTimes(const std::vector<Vec3>& move,
                                                  const std::vector<Vec3>& direction) const {
  return times(linearise(move, kExact), direction);
}

std::vector<Vec3> ReferenceSolver::minimise(std::vector<Vec3> move) {
  const std::size_t points = move.size();
  Evaluation here = evaluate(move);
  int used = 0;
  bool hasBent = false;  // Along some direction the exact tangent fell.
  while (used < settings_.iterations && here.largest > settings_.tolerance * here.scale) {
    const bool isExact = !hasBent && here.largest <= kClose * here.scale;
    const Linear linear = linearise(move, isExact ? kExact : kLimited);
    const auto preconditioned = [&](const std::vector<Vec3>& v) {
      std::vector<Vec3> result(points);
      for (std::size_t n = 0; n < points; ++n) result[n] = times3(linear.inverseBlocks[n], v[n]);
      return result;
    };
    // Conjugate gradients for stiffness x change = forces.
    std::vector<Vec3> change(points), left = here.forces, z = preconditioned(left), direction = z;
    double squared = product(left, z);
    const double forcing = isExact ? kForcingClose : kForcing, enough = forcing * forcing * squared;
    for (bool isFirst = true; used < settings_.iterations; isFirst = false) {
      const std::vector<Vec3> image = times(linear, direction);
      ++used;
      const double curvature = product(direction, image);
      if (!(curvature > 0)) {
        if (isFirst) change = direction;
        hasBent = true;
        break;
      }
      const double along = squared / curvature;
      for (std::size_t n = 0; n < points; ++n) {
        change[n] = change[n] + along * direction[n];
        left[n] = left[n] - along * image[n];
      }
      z = preconditioned(left);
      const double next = product(left, z);
      if (!(next > enough)) break;
      const double turn = next / squared;
      squared = next;
      for (std::size_t n = 0; n < points; ++n) direction[n] = z[n] + turn * direction[n];
    }
    // As far along the change as the energy still falls, or nearly.
    const double slope = product(here.forces, change);
    if (!(slope > 0)) break;
    double reach = 1;
    for (int cut = 0;; ++cut) {
      std::vector<Vec3> trial = move;
      for (std::size_t n = 0; n < points; ++n) trial[n] = trial[n] + reach * change[n];
      Evaluation there = evaluate(trial);
      const double slopeThere = product(there.forces, change);
      if (slopeThere >= -kLargestTurn * slope || cut == kMostCuts) {
        move = std::move(trial);
        here = std::move(there);
        break;
      }
      reach *= std::clamp(slope / (slope - slopeThere), 0.1, 0.5);
    }
  }
  residual_ = here.largest;
  residualScale_ = here.scale;
  return move;
}

}  // namespace aula::anatomy::tissue::reference
