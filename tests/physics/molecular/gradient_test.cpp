// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "molecular/model/mesh.h"
#include "molecular/reference/force_field.h"
#include "physics/molecular/systems.h"

/// The reference's forces are the slope of its energy, term by term, and its virial is the slope with respect
/// to stretching the box with all that is in it.
///
/// The slope is measured by central differences D(h) = (E(x + h) - E(x - h)) / 2h at h, h/2 and h/4, freed of
/// their errors of order h^2 and h^4 (Richardson): what remains is h^6 f^(7) / 7! times about 1/64 from the
/// nodes' spacing. With h = 4e-4 nm and energies that change by a factor e within l = 0.01 nm at the sharpest
/// (a Lennard-Jones wall: f^(7) = f' / l^6) that is (0.04)^6 / (64 * 5040) = 1e-14 of the force. Rounding:
/// E is known to u |terms| with u = 2^-53 and |terms| up to 1e3 kJ/mol here, so D(h/4) is uncertain by
/// 1e3 u / 1e-4 = 1e-9 kJ/mol/nm, amplified less than twice by the extrapolation. Forces here are 10 to 1e4
/// kJ/mol/nm. Asked for: 1e-9 of the largest force of the term, plus 2e-9 kJ/mol/nm.
///
/// The extrapolation needs energies that are smooth over a step of h. Splines of the mesh have third
/// derivatives that jump at mesh points, pairs jump at the cut-off, and the integrals of the Born radii have
/// second derivatives that jump where two balls touch: the systems are made so that none is crossed.
namespace aula::test {
namespace {

using namespace molecular;

constexpr double kStep = 4e-4;
constexpr double kRelative = 1e-9, kAbsolute = 2e-9;

double slope(const std::function<double(double)>& energy, double h) {
  const auto central = [&](double step) { return (energy(step) - energy(-step)) / (2 * step); };
  const double one = central(h), two = central(h / 2), four = central(h / 4);
  const double better = (4 * two - one) / 3, best = (4 * four - two) / 3;
  return (16 * best - better) / 15;
}

struct Case {
  const char* name;
  Term term;
  std::function<void(System&, Settings&, External&)> make;
};

std::ostream& operator<<(std::ostream& out, const Case& one) {
  return out << one.name;
}

/// Six atoms in the shape of a bent chain, off every symmetry.
void chain(System& system) {
  system.topology = bareTopology(6);
  joinMolecule(system.topology);
  system.state.positions = {{0.11, 0.02, 0.03}, {0.25, 0.01, 0.07}, {0.31, 0.14, 0.02},
                            {0.44, 0.13, 0.11}, {0.49, 0.27, 0.16}, {0.63, 0.24, 0.05}};
  system.state.box = rectangularBox(2.2, 2.3, 2.4);
}

/// The middle of the widest gap between distances of pairs from `from` to `to`.
double quietCutoff(const System& system, double from, double to) {
  std::vector<double> distances{from, to};
  const auto& r = system.state.positions;
  for (std::size_t i = 0; i < r.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const double distance = core::length(system.state.box.nearest(r[i] - r[j]));
      if (distance > from && distance < to) distances.push_back(distance);
    }
  std::sort(distances.begin(), distances.end());
  double best = 0, widest = 0;
  for (std::size_t n = 1; n < distances.size(); ++n)
    if (distances[n] - distances[n - 1] > widest) {
      widest = distances[n] - distances[n - 1];
      best = 0.5 * (distances[n] + distances[n - 1]);
    }
  return best;
}

/// Moves atoms that lie within a twentieth of a mesh spacing of a mesh plane.
void leaveMeshPlanes(System& system, std::array<int, 3> mesh) {
  const Box& box = system.state.box;
  for (Vec3& r : system.state.positions) {
    // From c to a: moving along an edge leaves the coordinates of the later ones alone.
    const Vec3 edges[] = {box.a, box.b, box.c};
    for (int axis = 2; axis >= 0; --axis) {
      const double z = r.z / box.c.z, y = (r.y - z * box.c.y) / box.b.y;
      const double x = (r.x - y * box.b.x - z * box.c.x) / box.a.x;
      const double fraction[] = {x, y, z};
      const double at = fraction[axis] * mesh[static_cast<std::size_t>(axis)];
      if (std::abs(at - std::round(at)) < 0.05)
        r = r + (0.1 / mesh[static_cast<std::size_t>(axis)]) * edges[axis];
    }
  }
}

/// 64 charges in a box; a skew one on demand.
void mixture(System& system, Settings& settings, bool isSkew) {
  system.topology = chargedMixture(64);
  system.state.box =
      isSkew ? reducedBox({2.2, 0, 0}, {0.6, 2.1, 0}, {-0.5, 0.7, 2.0}) : rectangularBox(2.0, 2.1, 2.2);
  system.state.positions = jitteredLattice(system.state.box, 4, 0.15, 5);
  for (int n = 0; n + 1 < 64; n += 7) exclude(system.topology, n, n + 1);
  settings.nonbonded.meshSpacing = 0.14;
  leaveMeshPlanes(system, meshSize(settings.nonbonded, system.state.box));
  settings.nonbonded.cutoff = quietCutoff(system, 0.85, 0.95);
  settings.nonbonded.switchStart = quietCutoff(system, 0.65, 0.75);
}

void born(System& system, Settings& settings) {
  system.topology = chargedMixture(12);
  for (int n = 0; n < 12; ++n) {
    system.topology.bornRadii.push_back(0.12 + 0.01 * (n % 6));
    system.topology.bornScales.push_back(0.72 + 0.03 * (n % 4));
  }
  // Two balls touch from outside or inside at distances |s +- rho|, both radii reduced by 0.009 nm.
  const auto isQuiet = [&] {
    for (std::size_t i = 0; i < 12; ++i)
      for (std::size_t j = 0; j < 12; ++j) {
        const double rho = system.topology.bornRadii[i] - 0.009;
        const double s = system.topology.bornScales[j] * (system.topology.bornRadii[j] - 0.009);
        const double r = core::length(system.state.positions[i] - system.state.positions[j]);
        if (i != j && (std::abs(r - s - rho) < 2 * kStep || std::abs(r - std::abs(s - rho)) < 2 * kStep))
          return false;
      }
    return true;
  };
  std::uint64_t seed = 9;
  do {
    system.state.positions = jitteredLattice(rectangularBox(0.5, 0.5, 0.6), 3, 0.2, seed++);
    system.state.positions.resize(12);
  } while (!isQuiet());
  settings.nonbonded.electrostatics = Electrostatics::plain;
  settings.nonbonded.hasGeneralisedBorn = true;
}

std::vector<Case> cases() {
  std::vector<Case> all;
  const auto add = [&](const char* name, Term term, auto make) { all.push_back({name, term, make}); };
  add("bond", Term::bond, [](System& s, Settings&, External&) {
    chain(s);
    s.topology.bonds = {{0, 1, 0.15, 2e5}, {2, 3, 0.14, 3e5}};
  });
  add("angle", Term::angle, [](System& s, Settings&, External&) {
    chain(s);
    s.topology.angles = {{0, 1, 2, 1.9, 400}, {4, 3, 2, 2.1, 500}};
  });
  add("properDihedral", Term::properDihedral, [](System& s, Settings&, External&) {
    chain(s);
    s.topology.properDihedrals = {{0, 1, 2, 3, 0.3, 10, 3}, {1, 2, 3, 4, 3.1, 7, 2}, {5, 4, 3, 2, 0, 8, 1}};
  });
  add("periodicImproper", Term::improperDihedral, [](System& s, Settings&, External&) {
    chain(s);
    s.topology.improperDihedrals = {{0, 2, 1, 3, 3.14159, 40, 2}};
  });
  add("harmonicImproper", Term::improperDihedral, [](System& s, Settings&, External&) {
    chain(s);
    s.topology.harmonicImpropers = {{0, 1, 2, 3, -3.0, 40}, {5, 2, 4, 3, 0.6, 60}};
  });
  add("ryckaertBellemans", Term::ryckaertBellemans, [](System& s, Settings&, External&) {
    chain(s);
    s.topology.ryckaertBellemans = {{0, 1, 2, 3, {9.28, 12.16, -13.12, -3.06, 26.24, -31.5}}};
  });
  add("lennardJones14", Term::lennardJones14, [](System& s, Settings&, External&) {
    chain(s);
    s.topology.pairs14 = {{0, 3, 1e-3, 1e-6, 0}, {1, 4, 2e-3, 3e-6, 0}};
  });
  add("coulomb14", Term::coulomb14, [](System& s, Settings&, External&) {
    chain(s);
    s.topology.pairs14 = {{0, 3, 0, 0, 0.3}, {1, 4, 0, 0, -0.2}};
  });
  for (const auto modifier : {VdwModifier::plain, VdwModifier::potentialShift, VdwModifier::potentialSwitch})
    for (const bool isSkew : {false, true})
      all.push_back({modifier == VdwModifier::plain            ? isSkew ? "ljPlainSkew" : "ljPlain"
                     : modifier == VdwModifier::potentialShift ? isSkew ? "ljShiftSkew" : "ljShift"
                     : isSkew                                  ? "ljSwitchSkew"
                                                               : "ljSwitch",
                     Term::lennardJones, [=](System& s, Settings& settings, External&) {
                       mixture(s, settings, isSkew);
                       std::fill(s.topology.charges.begin(), s.topology.charges.end(), 0.0);
                       settings.nonbonded.vdwModifier = modifier;
                       // Of a plain cut the correction's energy and pressure do not belong together.
                       settings.nonbonded.hasDispersionCorrection = modifier != VdwModifier::plain;
                     }});
  for (const int order : {4, 5})
    for (const bool isSkew : {false, true})
      all.push_back({order == 4 ? isSkew ? "pme4Skew" : "pme4"
                     : isSkew   ? "pme5Skew"
                                : "pme5",
                     Term::coulombReciprocal, [=](System& s, Settings& settings, External&) {
                       mixture(s, settings, isSkew);
                       // Only the mesh: no pair is left in real space but the excluded ones.
                       settings.nonbonded.electrostatics = Electrostatics::particleMeshEwald;
                       settings.nonbonded.meshOrder = order;
                       s.topology.charges[0] += 0.5;  // Not neutral: the background counts.
                       s.topology.pairs.assign(4, {});
                     }});
  add("reactionField", Term::coulombReal, [](System& s, Settings& settings, External&) {
    mixture(s, settings, true);
    s.topology.pairs.assign(4, {});
    settings.nonbonded.electrostatics = Electrostatics::reactionField;
    // So that the force is zero at the cut-off and no pair that crosses it within a step is noticed.
    settings.nonbonded.reactionFieldPermittivity = 0;
  });
  add("plainCoulomb", Term::coulombReal, [](System& s, Settings& settings, External&) {
    mixture(s, settings, false);
    s.topology.pairs.assign(4, {});
    s.state.box = {};
    settings.nonbonded.electrostatics = Electrostatics::plain;
  });
  add("generalisedBorn", Term::generalisedBorn, [](System& s, Settings& settings, External&) {
    born(s, settings);
    s.topology.pairs.assign(4, {});
    for (int i = 0; i < 12; ++i)
      for (int j = 0; j < i; ++j) exclude(s.topology, i, j);
  });
  add("positionRestraint", Term::positionRestraint, [](System& s, Settings&, External&) {
    chain(s);
    s.topology.positionRestraints = {{1, {2.3, 0.1, 0.2}, {1000, 500, 200}},
                                     {4, {0.5, 0.2, 2.5}, {0, 900, 1000}}};
  });
  add("pull", Term::external, [](System& s, Settings&, External& external) {
    chain(s);
    external.pulls = {{{0, 1, 2}, {0.3, 2.2, 0.1}, 1000, 6022}, {{4}, {0.4, 0.3, 2.3}, 800, 6022}};
  });
  add("strongPull", Term::external, [](System& s, Settings&, External& external) {
    chain(s);
    external.pulls = {{{0, 1, 2}, {0.9, 0.7, 0.4}, 1e4, 600}};
  });
  add("field", Term::external, [](System& s, Settings&, External& external) {
    chain(s);
    s.topology.charges = {0.4, -0.3, 0.2, -0.1, 0.5, -0.7};
    s.topology.exclusions = {};
    external.electricField = {0.3, -0.2, 0.5};
    for (int i = 0; i < 6; ++i)
      for (int j = 0; j < i; ++j) exclude(s.topology, i, j);
  });
  return all;
}

class Gradient : public ::testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    settings_ = plainSettings();
    settings_.nonbonded.cutoff = 1.0;
    settings_.nonbonded.electrostatics = Electrostatics::reactionField;
    GetParam().make(system_, settings_, external_);
    validate(system_.topology);
    plan_ = planRigid(system_.topology, settings_.dynamics);
  }
  [[nodiscard]] double energy(const std::vector<Vec3>& positions, const Box& box) const {
    const reference::ForceField field(system_.topology, plan_, settings_.nonbonded, system_.state.box);
    return field.evaluate(positions, box, external_).energies.potential();
  }

  System system_;
  Settings settings_;
  External external_;
  RigidPlan plan_;
};

TEST_P(Gradient, IsTheForce) {
  const reference::ForceField field(system_.topology, plan_, settings_.nonbonded, system_.state.box);
  const reference::Sums sums = field.evaluate(system_.state.positions, system_.state.box, external_);
  EXPECT_NE(sums.energies[GetParam().term], 0);
  double largest = 0;
  for (const Vec3 force : sums.forces) largest = std::max(largest, core::length(force));
  EXPECT_GT(largest, 0.1);
  // Of a box of 64 every seventh atom: each kind of pair is met many times.
  const std::size_t stride = system_.state.positions.size() > 20 ? 7 : 1;
  for (std::size_t atom = 0; atom < system_.state.positions.size(); atom += stride)
    for (int axis = 0; axis < 3; ++axis) {
      const double measured = -slope(
          [&](double by) {
            std::vector<Vec3> positions = system_.state.positions;
            positions[atom][axis] += by;
            return energy(positions, system_.state.box);
          },
          kStep);
      EXPECT_NEAR(sums.forces[atom][axis], measured, kRelative * largest + kAbsolute)
          << "atom " << atom << ", axis " << axis;
    }
}

/// Stretching r -> r + e r_b x_a (all that is in the box, and the box) changes the energy by
/// -sum r_b f_a e = 2 virial_ab e. Only stretches that keep the box's form: b not before a.
using Stretching = Gradient;
TEST_P(Stretching, ChangesTheEnergyByTheVirial) {
  const reference::ForceField field(system_.topology, plan_, settings_.nonbonded, system_.state.box);
  const Energies energies = field.evaluate(system_.state.positions, system_.state.box, external_).energies;
  double largest = 1;
  for (const Vec3 row : energies.virial)
    largest = std::max({largest, std::abs(row.x), std::abs(row.y), std::abs(row.z)});
  for (int a = 0; a < 3; ++a)
    for (int b = a; b < 3; ++b) {
      const double measured = slope(
          [&](double by) {
            const auto stretched = [&](Vec3 r) {
              r[a] += by * r[b];
              return r;
            };
            std::vector<Vec3> positions;
            for (const Vec3 r : system_.state.positions) positions.push_back(stretched(r));
            const Box& box = system_.state.box;
            return energy(positions, {stretched(box.a), stretched(box.b), stretched(box.c)});
          },
          kStep);
      const double found = 2 * energies.virial[static_cast<std::size_t>(a)][b];
      EXPECT_NEAR(found, measured, kRelative * largest + kAbsolute) << "row " << a << ", column " << b;
      EXPECT_NEAR(energies.virial[static_cast<std::size_t>(b)][a],
                  energies.virial[static_cast<std::size_t>(a)][b], 1e-12 * largest);
    }
}

/// What acts from outside has no part in the virial.
std::vector<Case> innerCases() {
  std::vector<Case> all = cases();
  std::erase_if(
      all, [](const Case& one) { return one.term == Term::external || one.term == Term::positionRestraint; });
  return all;
}

INSTANTIATE_TEST_SUITE_P(EveryTerm, Stretching, ::testing::ValuesIn(innerCases()),
                         [](const auto& one) { return std::string(one.param.name); });
INSTANTIATE_TEST_SUITE_P(EveryTerm, Gradient, ::testing::ValuesIn(cases()),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
}  // namespace aula::test
