// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "molecular/model/constants.h"
#include "physics/molecular/engines.h"
#include "physics/molecular/systems.h"

/// Coulomb energies and forces of periodic boxes: crystals whose energy is known, Ewald's sum done plainly,
/// and boxes that describe one and the same arrangement in different ways.
namespace aula::test {
namespace {

using namespace molecular;

constexpr double kPi = 3.14159265358979323846;

/// What single precision can follow: finer the fast engines refuse.
constexpr double kFinestInSingle = 1e-6;

class Coulomb : public EngineTest {
 protected:
  /// Fine enough for eight digits in double.
  [[nodiscard]] Settings fineSettings() const {
    Settings settings = plainSettings();
    settings.nonbonded.cutoff = 0.55;
    settings.nonbonded.ewaldTolerance = either(1e-9, kFinestInSingle);
    settings.nonbonded.meshOrder = 5;
    settings.nonbonded.meshSpacing = 0.02;
    settings.nonbonded.hasDispersionCorrection = false;
    return settings;
  }
};

/// Rock salt, 2 x 2 x 2 of its cubic cells, with an edge of 0.564 nm.
System rockSalt() {
  const double edge = 0.564;
  System system{"NaCl", bareTopology(64), {}};
  system.state.box = rectangularBox(2 * edge, 2 * edge, 2 * edge);
  for (int x = 0; x < 4; ++x)
    for (int y = 0; y < 4; ++y)
      for (int z = 0; z < 4; ++z) {
        system.topology.charges[system.state.positions.size()] = (x + y + z) % 2 == 0 ? 1 : -1;
        system.state.positions.push_back((edge / 2) * Vec3{double(x), double(y), double(z)});
      }
  return system;
}

/// Madelung's constant of rock salt is 1.747564594633182 (OEIS A085469): E = -M k q^2 / r0 for each pair of
/// ions. Ewald's tolerance leaves 1e-9 in real space; the mesh's spacing times beta is 0.16, which to the
/// fifth power is 1e-4, times the splines' 1/5! 1e-6 of the reciprocal energy, itself a tenth of the whole:
/// 1e-7. In single precision the energy is asked for to 1e-5.
TEST_P(Coulomb, RockSaltHasMadelungsConstant) {
  const auto engine = make(rockSalt(), fineSettings());
  const double expected = -1.747564594633182 * kCoulomb / 0.282 * 32;
  EXPECT_NEAR(engine->energies().potential(), expected, either(1e-6, 1e-5) * std::abs(expected));
  // Every ion sits in a centre of symmetry. Pressure of a sum of 1/r terms: p V = E / 3.
  for (const Vec3 force : engine->forces())
    EXPECT_LT(core::length(force), either(1e-4, 1e-2) * kCoulomb / (0.282 * 0.282));
  const Energies energies = engine->energies();
  const double pV = energies.scalarPressure() / kBarPerUnit * rockSalt().state.box.volume();
  EXPECT_NEAR(pV, expected / 3, either(1e-5, 1e-4) * std::abs(expected));
}

struct Answer {
  double energy = 0;
  std::vector<Vec3> forces;
};

/// Root mean square of the difference over that of the expected.
double relativeDifference(const std::vector<Vec3>& found, const std::vector<Vec3>& expected) {
  double off = 0, size = 0;
  for (std::size_t n = 0; n < found.size(); ++n) {
    off += dot(found[n] - expected[n], found[n] - expected[n]);
    size += dot(expected[n], expected[n]);
  }
  return std::sqrt(off / size);
}

/// Ewald's sum (Ewald 1921) in the form of Allen and Tildesley 2017, eq. 6.4, term by term: images in a
/// sphere of cells, waves in a sphere of the reciprocal lattice; another beta than the engines'. Tin-foil
/// boundary, neutral box, excluded pairs without their nearest image.
Answer ewaldSum(const System& system, double beta, int images, int waves) {
  const Box& box = system.state.box;
  const auto& r = system.state.positions;
  const auto& q = system.topology.charges;
  Answer answer{0, std::vector<Vec3>(r.size())};
  const double gaussian = 2 * beta / std::sqrt(kPi);
  for (std::size_t i = 0; i < r.size(); ++i)
    for (std::size_t j = 0; j < r.size(); ++j)
      for (int a = -images; a <= images; ++a)
        for (int b = -images; b <= images; ++b)
          for (int c = -images; c <= images; ++c) {
            const Vec3 d = box.nearest(r[i] - r[j]) + a * box.a + b * box.b + c * box.c;
            const double distance = core::length(d);
            if (distance < 1e-9 || beta * distance > 6.5) continue;
            const double energy = std::erfc(beta * distance) / distance;
            const double slope = energy + gaussian * std::exp(-beta * beta * distance * distance);
            answer.energy += 0.5 * kCoulomb * q[i] * q[j] * energy;
            answer.forces[i] =
                answer.forces[i] + (kCoulomb * q[i] * q[j] * slope / (distance * distance)) * d;
          }
  const Vec3 rows[] = {cross(box.b, box.c) / box.volume(), cross(box.c, box.a) / box.volume(),
                       cross(box.a, box.b) / box.volume()};
  for (int a = -waves; a <= waves; ++a)
    for (int b = -waves; b <= waves; ++b)
      for (int c = -waves; c <= waves; ++c) {
        const Vec3 k = 2 * kPi * (a * rows[0] + b * rows[1] + c * rows[2]);
        const double k2 = dot(k, k);
        if (k2 == 0 || k2 > 4 * beta * beta * 42) continue;  // exp(-42) = 6e-19
        const double weight = 4 * kPi * kCoulomb / box.volume() * std::exp(-k2 / (4 * beta * beta)) / k2;
        double cosines = 0, sines = 0;
        for (std::size_t n = 0; n < r.size(); ++n) {
          cosines += q[n] * std::cos(dot(k, r[n]));
          sines += q[n] * std::sin(dot(k, r[n]));
        }
        answer.energy += 0.5 * weight * (cosines * cosines + sines * sines);
        for (std::size_t n = 0; n < r.size(); ++n) {
          const double phase = dot(k, r[n]);
          answer.forces[n] =
              answer.forces[n] + (weight * q[n] * (std::sin(phase) * cosines - std::cos(phase) * sines)) * k;
        }
      }
  for (const double charge : q) answer.energy -= kCoulomb * beta / std::sqrt(kPi) * charge * charge;
  const Topology& topology = system.topology;
  for (std::size_t i = 0; i < r.size(); ++i)
    for (int n = topology.exclusionStart[i]; n < topology.exclusionStart[i + 1]; ++n) {
      const auto j = static_cast<std::size_t>(topology.exclusions[static_cast<std::size_t>(n)]);
      const Vec3 d = box.nearest(r[i] - r[j]);
      const double distance = core::length(d);
      answer.energy -= 0.5 * kCoulomb * q[i] * q[j] / distance;
      answer.forces[i] = answer.forces[i] - (kCoulomb * q[i] * q[j] / std::pow(distance, 3)) * d;
    }
  return answer;
}

System charges(bool isSkew) {
  System system{"charges", chargedMixture(64), {}};
  system.topology.pairs.assign(4, {});
  system.state.box =
      isSkew ? reducedBox({1.3, 0, 0}, {0.4, 1.25, 0}, {-0.3, 0.5, 1.2}) : rectangularBox(1.2, 1.25, 1.3);
  system.state.positions = jitteredLattice(system.state.box, 4, 0.2, 31);
  for (int n = 0; n + 1 < 64; n += 7) exclude(system.topology, n, n + 1);
  return system;
}

/// The plain sum is exact to 1e-11 (it does not depend on its beta). Engines have what tolerance (1e-7) and
/// mesh leave: spacing times beta is 0.12, to the fifth power 2e-5, times the spline's constant (a tenth for
/// the forces of single charges).
TEST_P(Coulomb, IsEwaldsSum) {
  for (const bool isSkew : {false, true}) {
    const System system = charges(isSkew);
    const Answer expected = ewaldSum(system, 5.0, 1, 14);
    const Answer again = ewaldSum(system, 6.0, 1, 17);
    ASSERT_NEAR(again.energy, expected.energy, 1e-11 * std::abs(expected.energy)) << "the oracle itself";
    Settings settings = fineSettings();
    settings.nonbonded.cutoff = 0.5;
    settings.nonbonded.ewaldTolerance = either(1e-7, kFinestInSingle);
    settings.nonbonded.meshSpacing = 0.016;
    const auto engine = make(system, settings);
    const double found = engine->energies().potential();
    EXPECT_NEAR(found, expected.energy, either(2e-6, 1e-5) * std::abs(expected.energy));
    EXPECT_LT(relativeDifference(engine->forces(), expected.forces), either(5e-6, 3e-5));
  }
}

/// Smooth particle mesh Ewald with splines of order p has errors that fall as the mesh spacing to the power
/// p (Essmann 1995, section IV; the forces', by differentiating splines, with p - 1): halving it must win at
/// least a factor 2^(p - 1).
TEST_P(Coulomb, MeshErrorFallsWithItsOrder) {
  const System system = charges(true);
  Settings settings = fineSettings();
  settings.nonbonded.cutoff = 0.5;
  settings.nonbonded.ewaldTolerance = 1e-5;
  settings.nonbonded.mesh = {64, 64, 64};
  const std::vector<Vec3> exact = make(system, settings)->forces();
  for (const int order : {4, 5}) {
    settings.nonbonded.meshOrder = order;
    settings.nonbonded.mesh = {16, 16, 16};
    const double coarse = relativeDifference(make(system, settings)->forces(), exact);
    settings.nonbonded.mesh = {32, 32, 32};
    const double fine = relativeDifference(make(system, settings)->forces(), exact);
    EXPECT_GT(coarse / fine, std::pow(2, order - 1)) << order << ": " << coarse << " and " << fine;
  }
}

/// Atoms put somewhere else by whole edges of the box are the same atoms: rounding alone, 1e-13 of the sum
/// of the terms' sizes.
TEST_P(Coulomb, ImagesAreTheSame) {
  System system = charges(true);
  Settings settings = fineSettings();
  settings.nonbonded.meshSpacing = 0.08;
  const auto engine = make(system, settings);
  const double before = engine->energies().potential();
  const std::vector<Vec3> forces = engine->forces();
  State state = system.state;
  for (std::size_t n = 0; n < state.positions.size(); ++n) {
    const int a = static_cast<int>(n % 3) - 1, b = static_cast<int>(n % 5) - 2, c = static_cast<int>(n % 2);
    state.positions[n] = state.positions[n] + a * state.box.a + b * state.box.b + c * state.box.c;
  }
  engine->setState(state);
  EXPECT_NEAR(engine->energies().potential(), before, either(1e-11, 1e-5) * std::abs(before));
  const std::vector<Vec3> after = engine->forces();
  for (std::size_t n = 0; n < after.size(); ++n)
    EXPECT_LT(core::length(after[n] - forces[n]), either(1e-9, 1e-3) * 1e3) << n;
}

/// The cell (a, b, (a + b)/2 + c) holds half of what the right-angled cell (a, b, 2 c) holds. Lennard-Jones
/// energies are equal to rounding; Coulomb's to what the differently lying meshes leave (spacing times beta
/// is 0.12: as for Ewald's sum).
TEST_P(Coulomb, SkewBoxIsHalfARightAngledOne) {
  System skew{"skew", chargedMixture(64), {}};
  const Vec3 a{1.3, 0, 0}, b{0, 1.25, 0}, c{0, 0, 1.2};
  const Vec3 raised = 0.5 * (a + b) + c;
  skew.state.box = reducedBox(a, b, raised);
  skew.state.positions = jitteredLattice(skew.state.box, 4, 0.2, 77);
  System right{"right", {}, {}};
  append(right.topology, skew.topology, 2);
  right.state.box = rectangularBox(a.x, b.y, 2 * c.z);
  right.state.positions = skew.state.positions;
  for (const Vec3 r : skew.state.positions) right.state.positions.push_back(r + raised);
  Settings settings = fineSettings();
  // Pairs in real space are the same in both, whatever the tolerance.
  settings.nonbonded.ewaldTolerance = 1e-5;
  settings.nonbonded.meshSpacing = 0.022;
  const Energies one = make(skew, settings)->energies(), two = make(right, settings)->energies();
  const double lennardJones = 2 * one[Term::lennardJones];
  EXPECT_NEAR(two[Term::lennardJones], lennardJones, either(1e-12, 1e-5) * std::abs(lennardJones));
  const double coulomb = 2 * (one[Term::coulombReal] + one[Term::coulombReciprocal]);
  EXPECT_NEAR(two[Term::coulombReal] + two[Term::coulombReciprocal], coulomb,
              either(1e-6, 1e-5) * std::abs(coulomb));
  for (std::size_t row = 0; row < 3; ++row)
    for (int column = 0; column < 3; ++column)
      EXPECT_NEAR(two.virial[row][column], 2 * one.virial[row][column],
                  either(1e-6, 2e-5) * std::abs(coulomb));
}

AULA_EVERY_ENGINE(Coulomb);
AULA_CHECK_TOO(Coulomb);

}  // namespace
}  // namespace aula::test
