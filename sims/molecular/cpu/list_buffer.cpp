// SPDX-License-Identifier: Apache-2.0
#include "molecular/cpu/list_buffer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <tuple>
#include <vector>

#include "molecular/cpu/ewald_fit.h"
#include "molecular/cpu/pair_kernels.h"
#include "molecular/model/constants.h"
#include "molecular/model/rigid.h"

namespace aula::molecular::cpu {

namespace {

/// Atoms that are alike.
struct Kind {
  int type = 0;
  double charge = 0, mass = 0;
  double partnerMass = 0, distance = 0;  ///< Of the atom it is kept at a distance from; 0: free.
  double share = 0;                      ///< Of all atoms.

  /// Variance along a line after `time` ps at k T, nm^2.
  [[nodiscard]] double spread(double kT, double time) const {
    const double free = kT * time * time / mass;
    if (partnerMass == 0) return free;
    const double d2 = distance * distance;
    return kT * time * time / (mass + partnerMass) + 2.0 / 3.0 * d2 * (1 - std::exp(-free / d2));
  }
};

std::vector<Kind> kindsOf(const Topology& topology, const Settings& settings) {
  const RigidPlan rigid = planRigid(topology, settings.dynamics);
  const auto count = static_cast<std::size_t>(topology.atomCount());
  std::vector<double> partner(count, 0), distance(count, 0);
  const auto keep = [&](int a, int b, double length) {
    const auto i = static_cast<std::size_t>(a), j = static_cast<std::size_t>(b);
    const std::size_t light = rigid.masses[i] < rigid.masses[j] ? i : j, heavy = light == i ? j : i;
    // Only what is much lighter turns about its partner.
    if (3 * rigid.masses[light] < rigid.masses[heavy])
      partner[light] = rigid.masses[heavy], distance[light] = length;
  };
  for (const Constraint& constraint : rigid.constraints) keep(constraint.i, constraint.j, constraint.length);
  for (const Settle& settle : topology.settles) {
    keep(settle.oxygen, settle.hydrogen1, settle.distanceOH);
    keep(settle.oxygen, settle.hydrogen2, settle.distanceOH);
  }
  std::map<std::tuple<int, int, int, int>, Kind> kinds;
  for (std::size_t n = 0; n < count; ++n) {
    Kind& kind = kinds[{topology.types[n], static_cast<int>(std::lround(10 * topology.charges[n])),
                        static_cast<int>(std::lround(rigid.masses[n])), partner[n] > 0 ? 1 : 0}];
    kind.type = topology.types[n];
    kind.charge += topology.charges[n];
    kind.mass += rigid.masses[n];
    kind.partnerMass += partner[n];
    kind.distance += distance[n];
    kind.share += 1;
  }
  std::vector<Kind> list;
  for (auto& [key, kind] : kinds) {
    kind.charge /= kind.share, kind.mass /= kind.share;
    kind.partnerMass /= kind.share, kind.distance /= kind.share;
    kind.share /= static_cast<double>(count);
    list.push_back(kind);
  }
  return list;
}

/// First and second derivative at the cut-off of Coulomb for unit charges, of 1/r^6 and of 1/r^12.
struct EdgeDerivatives {
  double coulomb[2]{}, dispersion[2]{}, repulsion[2]{};
};
EdgeDerivatives derivativesAt(const NonbondedSettings& settings) {
  const double c = settings.cutoff;
  EdgeDerivatives edge;
  if (settings.vdwModifier != VdwModifier::potentialSwitch) {
    edge.dispersion[0] = -6 / std::pow(c, 7), edge.dispersion[1] = 42 / std::pow(c, 8);
    edge.repulsion[0] = -12 / std::pow(c, 13), edge.repulsion[1] = 156 / std::pow(c, 14);
  } else {
    // A switched potential ends with both derivatives zero, as 10 V(c) ((c - r)/w)^3: in its place one of
    // constant second derivative, that a twentieth of a nanometre inside the cut-off, where few of the pairs
    // get that a list has missed.
    const double width = settings.cutoff - settings.switchStart, depth = std::min(0.05, width);
    const double bend = 60 * depth / (width * width * width);
    edge.dispersion[1] = bend / std::pow(c, 6), edge.repulsion[1] = bend / std::pow(c, 12);
  }
  if (settings.electrostatics == Electrostatics::particleMeshEwald) {
    const double beta = ewaldCoefficient(c, settings.ewaldTolerance), x = beta * c;
    const double gauss = 2 * beta * std::numbers::inv_sqrtpi * std::exp(-x * x), rest = std::erfc(x);
    edge.coulomb[0] = -kCoulomb * (rest / (c * c) + gauss / c);
    edge.coulomb[1] = kCoulomb * (2 * rest / (c * c * c) + gauss * (2 / (c * c) + 2 * beta * beta));
  } else if (settings.electrostatics == Electrostatics::reactionField) {
    const double epsilon = settings.reactionFieldPermittivity;
    const double k = (epsilon == 0 ? 0.5 : (epsilon - 1) / (2 * epsilon + 1)) / (c * c * c);
    edge.coulomb[0] = kCoulomb * (-1 / (c * c) + 2 * k * c);
    edge.coulomb[1] = kCoulomb * (2 / (c * c * c) + 2 * k);
  }
  return edge;
}

/// m(h) of the header at h = step, 2 step, ... up to 2 a, where it is 1.
class MissingShare {
 public:
  static constexpr int kSteps = 48;
  explicit MissingShare(double density) : step_(2 * std::cbrt(kCluster / density) / kSteps) {
    // The chance of being ahead by no more than w has a jump of 1/4 at 0 and the density 1 - w^3.
    const auto ahead = [](double w) {
      return w <= 0 ? (w < 0 ? 0.0 : 0.25) : w >= 1 ? 1.0 : (1 - w * w * w * w) / 4 + w;
    };
    for (int n = 0; n < kSteps; ++n) {
      const double h = (n + 0.5) * 2 / kSteps;
      constexpr int kParts = 64;
      double sum = 0.25 * ahead(h);
      for (int k = 0; k < kParts; ++k) {
        const double w = (k + 0.5) / kParts;
        sum += (1 - w * w * w) / kParts * ahead(h - w);
      }
      share_[static_cast<std::size_t>(n)] = std::min(sum, 1.0);
    }
  }
  [[nodiscard]] double step() const { return step_; }
  [[nodiscard]] double at(int n) const { return share_[static_cast<std::size_t>(n)]; }

 private:
  double step_;
  std::array<double, kSteps> share_{};
};

/// <(x - b)+> and <(x - b)+^2> of a Gaussian of variance s^2.
struct PositiveParts {
  double first, second;
  PositiveParts(double b, double s) {
    const double gauss = s * std::exp(-b * b / (2 * s * s)) / std::sqrt(2 * std::numbers::pi);
    const double outside = 0.5 * std::erfc(b / (std::numbers::sqrt2 * s));
    first = gauss - b * outside;
    second = (s * s + b * b) * outside - b * gauss;
  }
};

class DriftEstimate {
 public:
  DriftEstimate(const Topology& topology, const Settings& settings, const Box& box)
      : density_(box.isPeriodic() ? topology.atomCount() / box.volume() : kWaterAtoms), missing_(density_) {
    cutoff_ = settings.nonbonded.cutoff;
    kT_ = kBoltzmann * std::max(settings.dynamics.temperature, 0.0);
    // Kinds that move alike share their integral: sums of the sizes of V' and V''.
    const std::vector<Kind> kinds = kindsOf(topology, settings);
    const EdgeDerivatives edge = derivativesAt(settings.nonbonded);
    std::map<std::tuple<int, int>, Pair> pairs;
    const auto motion = [](const Kind& kind) {
      return static_cast<int>(std::lround(kind.mass)) * 2 + (kind.partnerMass > 0 ? 1 : 0);
    };
    for (const Kind& i : kinds)
      for (const Kind& j : kinds) {
        if (motion(i) > motion(j)) continue;
        Pair& pair = pairs[{motion(i), motion(j)}];
        pair.i = i, pair.j = j;
        const LennardJones& lj = topology.pair(i.type, j.type);
        const auto derivative = [&](int order) {
          return std::abs(i.charge * j.charge * edge.coulomb[order] + lj.c12 * edge.repulsion[order] -
                          lj.c6 * edge.dispersion[order]);
        };
        const double share = i.share * j.share * (motion(i) == motion(j) ? 0.5 : 1.0);
        pair.first += share * derivative(0), pair.second += share * derivative(1);
      }
    for (const auto& [key, pair] : pairs) pairs_.push_back(pair);
  }

  /// kJ/mol/ps an atom, by a list of this reach that lives for `time` ps.
  [[nodiscard]] double drift(double buffer, double time) const {
    double sum = 0;
    const double radius = cutoff_ + buffer;
    for (const Pair& pair : pairs_) {
      const double s = std::sqrt(pair.i.spread(kT_, time) + pair.j.spread(kT_, time));
      if (!(s > 0)) continue;
      for (int n = 0; n < MissingShare::kSteps; ++n) {
        const double b = buffer + (n + 0.5) * missing_.step();
        if (b > 8 * s) break;
        const PositiveParts parts(b, s);
        sum +=
            missing_.at(n) * missing_.step() * (pair.first * parts.first + 0.5 * pair.second * parts.second);
      }
    }
    return 4 * std::numbers::pi * radius * radius * density_ * sum / time;
  }

  /// The least buffer that keeps to it.
  [[nodiscard]] double buffer(double tolerance, double time) const {
    double low = 0, high = cutoff_;
    if (drift(0, time) <= tolerance) return 0;
    for (int n = 0; n < 16; ++n) {
      const double middle = 0.5 * (low + high);
      (drift(middle, time) > tolerance ? low : high) = middle;
    }
    return high;
  }
  [[nodiscard]] double density() const { return density_; }

 private:
  /// In vacuum the density of water.
  static constexpr double kWaterAtoms = 100;
  struct Pair {
    Kind i, j;                     ///< How they move.
    double first = 0, second = 0;  ///< Sums of |V'| and |V''|, kJ/mol/nm and so on.
  };
  std::vector<Pair> pairs_;
  double cutoff_ = 0, kT_ = 0, density_ = 0;
  MissingShare missing_;
};

}  // namespace

ListPlan planLists(const Topology& topology, const Settings& settings, const Box& box) {
  ListPlan plan;
  if (settings.nonbonded.electrostatics == Electrostatics::plain) {
    plan.outerRadius = plan.innerRadius = std::numeric_limits<double>::infinity();
    plan.outerLife = plan.innerLife = 1 << 20;
    return plan;
  }
  const double step = std::max(settings.dynamics.timeStep, 1e-6);
  const DriftEstimate estimate(topology, settings, box);
  // Half of what is allowed for each of the two lists.
  const double tolerance = 0.5 * settings.nonbonded.bufferTolerance, cutoff = settings.nonbonded.cutoff;
  // Pairs of clusters go with the volume of the list's reach and half a cluster; measured times a pair of the
  // list, in units of the kernel's: a fifth for pruning, two for searching.
  constexpr double kPrune = 0.2, kSearch = 2.0;
  const double half = 0.5 * std::cbrt(kCluster / estimate.density());
  const auto size = [&](double buffer) { return std::pow((cutoff + buffer + half) / (cutoff + half), 3); };
  const auto lives = [&](std::initializer_list<double> times) {
    std::vector<int> steps;
    for (const double time : times) steps.push_back(std::max(static_cast<int>(std::lround(time / step)), 1));
    return steps;
  };
  double best = std::numeric_limits<double>::max();
  for (const int innerLife : lives({0.004, 0.006, 0.008, 0.010, 0.012, 0.016, 0.020, 0.024})) {
    const double inner = estimate.buffer(tolerance, innerLife * step);
    for (const int outerLife : lives({0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.10})) {
      const double outer = std::max(estimate.buffer(tolerance, outerLife * step), inner);
      const double cost = size(inner) + size(outer) * (kPrune / innerLife + kSearch / outerLife);
      if (cost >= best) continue;
      best = cost;
      plan = {cutoff + outer, cutoff + inner, outerLife, innerLife};
    }
  }
  return plan;
}

}  // namespace aula::molecular::cpu
