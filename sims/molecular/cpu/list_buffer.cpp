// SPDX-License-Identifier: Apache-2.0
#include "molecular/cpu/list_buffer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <tuple>
#include <vector>

#include "molecular/cpu/ewald_fit.h"
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

class DriftEstimate {
 public:
  DriftEstimate(const Topology& topology, const Settings& settings, const Box& box)
      : topology_(topology), kinds_(kindsOf(topology, settings)), edge_(derivativesAt(settings.nonbonded)) {
    cutoff_ = settings.nonbonded.cutoff;
    kT_ = kBoltzmann * std::max(settings.dynamics.temperature, 0.0);
    // In vacuum the density of water.
    constexpr double kWaterAtoms = 100;
    density_ = box.isPeriodic() ? topology.atomCount() / box.volume() : kWaterAtoms;
  }

  /// kJ/mol/ps an atom, by a list of this reach that lives for `time` ps.
  [[nodiscard]] double drift(double buffer, double time) const {
    double sum = 0;
    const double radius = cutoff_ + buffer;
    for (std::size_t a = 0; a < kinds_.size(); ++a)
      for (std::size_t b = a; b < kinds_.size(); ++b) {
        const Kind &i = kinds_[a], &j = kinds_[b];
        const double s2 = i.spread(kT_, time) + j.spread(kT_, time), s = std::sqrt(s2);
        if (!(s > 0) || buffer > 12 * s) continue;
        const double gauss = s * std::exp(-buffer * buffer / (2 * s2)) / std::sqrt(2 * std::numbers::pi);
        const double outside = 0.5 * std::erfc(buffer / (std::numbers::sqrt2 * s));
        const double square = (s2 + buffer * buffer) * outside - buffer * gauss;
        const double cube =
            (2 * s2 + buffer * buffer) * gauss - buffer * (3 * s2 + buffer * buffer) * outside;
        const LennardJones& lj = topology_.pair(i.type, j.type);
        const double charges = i.charge * j.charge;
        const auto derivative = [&](int order) {
          return charges * edge_.coulomb[order] + lj.c12 * edge_.repulsion[order] -
                 lj.c6 * edge_.dispersion[order];
        };
        const double missed = std::abs(-derivative(0) / 2 * square + derivative(1) / 6 * cube);
        sum += (a == b ? 0.5 : 1.0) * i.share * j.share * missed;
      }
    return 4 * std::numbers::pi * radius * radius * density_ * sum / time;
  }

  /// The least buffer that keeps to it.
  [[nodiscard]] double buffer(double tolerance, double time) const {
    double low = 0, high = cutoff_;
    for (int n = 0; n < 20; ++n) {
      const double middle = 0.5 * (low + high);
      (drift(middle, time) > tolerance ? low : high) = middle;
    }
    return high;
  }

 private:
  const Topology& topology_;
  std::vector<Kind> kinds_;
  EdgeDerivatives edge_;
  double cutoff_ = 0, kT_ = 0, density_ = 0;
};

}  // namespace

ListPlan planLists(const Topology& topology, const Settings& settings, const Box& box) {
  ListPlan plan;
  if (settings.nonbonded.electrostatics == Electrostatics::plain) {
    plan.outerRadius = plan.innerRadius = std::numeric_limits<double>::infinity();
    plan.outerLife = plan.innerLife = 1 << 20;
    return plan;
  }
  // Measured best for water and proteins: outer lists live about 0.1 ps, inner ones 16 fs.
  const double step = std::max(settings.dynamics.timeStep, 1e-6);
  plan.outerLife = std::clamp(static_cast<int>(std::lround(0.08 / step)), 10, 100);
  plan.innerLife = std::clamp(static_cast<int>(std::lround(0.016 / step)), 2, 20);
  const DriftEstimate estimate(topology, settings, box);
  // Half of what is allowed for each of the two.
  const double tolerance = 0.5 * settings.nonbonded.bufferTolerance;
  const double inner = estimate.buffer(tolerance, plan.innerLife * step);
  const double outer = estimate.buffer(tolerance, plan.outerLife * step);
  plan.innerRadius = settings.nonbonded.cutoff + inner;
  plan.outerRadius = settings.nonbonded.cutoff + std::max(outer, inner);
  return plan;
}

}  // namespace aula::molecular::cpu
