// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "anatomy/heart/body/leads.h"
#include "physics/anatomy_ecg/eikonal.h"

namespace aula::tests {
namespace {

using namespace anatomy::heart;

constexpr double kPi = 3.14159265358979323846;

/// A bar of muscle along x with square ends, fibres along x.
Ventricles bar(double halfLength, double halfWidth, double spacing) {
  Ventricles muscle;
  Lattice& lattice = muscle.lattice;
  lattice.spacing = spacing;
  lattice.nx = int(std::lround(2 * halfLength / spacing)),
  lattice.ny = int(std::lround(2 * halfWidth / spacing));
  lattice.nz = lattice.ny;
  // Cubes of tissue around their nodes fill the bar exactly.
  lattice.origin = {-halfLength + spacing / 2, -halfWidth + spacing / 2, -halfWidth + spacing / 2};
  muscle.domain = makeDomain(
      lattice, [](Vec3) { return -1.0; }, [](Vec3) { return 2; });
  lattice.fibres.assign(lattice.size(), {1, 0, 0});
  lattice.durations.assign(lattice.size(), 1.0F);
  return muscle;
}

TEST(Leads, AFrontSeenFromAPointIsItsSolidAngle) {
  // A jump of V over one spacing, uniform across the bar: a layer of dipoles. From a point on its axis
  //     phi = sigma_i dV / (4 pi sigma) * Omega,
  // and a square of half width a at distance d fills Omega = 4 asin(a^2 / (a^2 + d^2)).
  const double a = 0.01;
  const Conductor conductor{0.2, 0.15, 0.09};
  // Lattice planes are spacing/2 off the jump; the layer is two spacings thick for central differences.
  for (const double d : {0.02, 0.05, 0.1}) {
    std::vector<double> errors;
    for (const double spacing : {0.001, 0.0005}) {
      const Ventricles muscle = bar(0.005, a, spacing);
      const Leads leads(muscle, {{d, 0, 0}, {-d, 0, 0}}, conductor);
      std::vector<float> potentials(muscle.lattice.size());
      for (std::size_t n = 0; n < potentials.size(); ++n)
        potentials[n] = muscle.positionOf(n).x < 0 ? 0.02F : -0.08F;
      const std::vector<double> phi = leads.at(potentials);
      const double expected = 0.15 * 0.1 / (4 * kPi * 0.2) * 4 * std::asin(a * a / (a * a + d * d));
      // Before the wave positive, behind it negative.
      EXPECT_NEAR(phi[1], -phi[0], 1e-6 * expected);
      errors.push_back(phi[0] / expected - 1);
    }
    // Midpoints of cubes and the layer's thickness: second order, (h / d)^2 times a small number.
    EXPECT_LT(std::abs(errors[0]), 0.5 * (0.001 / 0.02) * (0.001 / 0.02) * 10);
    EXPECT_LT(std::abs(errors[1]), 0.35 * std::abs(errors[0]) + 1e-6);
  }
}

TEST(Leads, AcrossFibresTheOtherConductivityCounts) {
  Ventricles muscle = bar(0.005, 0.01, 0.001);
  const Conductor conductor{0.2, 0.15, 0.09};
  std::vector<float> potentials(muscle.lattice.size());
  for (std::size_t n = 0; n < potentials.size(); ++n)
    potentials[n] = muscle.positionOf(n).x < 0 ? 0.02F : -0.08F;
  const double along = Leads(muscle, {{0.05, 0, 0}}, conductor).at(potentials)[0];
  muscle.lattice.fibres.assign(muscle.lattice.size(), {0, 1, 0});
  const double across = Leads(muscle, {{0.05, 0, 0}}, conductor).at(potentials)[0];
  EXPECT_NEAR(across / along, 0.09 / 0.15, 1e-5);
}

TEST(Leads, MuscleOfOnePotentialIsSilent) {
  const Ventricles muscle = ventricles(0.002);
  const Leads leads(muscle, {electrodes().begin(), electrodes().end()});
  for (std::size_t i = 0; i < leads.points(); ++i) {
    double sum = 0, size = 0;
    for (const float weight : leads.weights(i)) sum += double(weight), size += std::abs(double(weight));
    // Single precision: each weight is right to 6e-8 of itself.
    EXPECT_LT(std::abs(sum), 1e-6 * size) << nameOf(Electrode(i));
  }
  const std::vector<float> depolarised(muscle.lattice.size(), 0.02F);
  for (const double phi : leads.at(depolarised)) EXPECT_EQ(phi, 0);
}

TEST(Leads, AreEinthovensGoldbergersAndWilsons) {
  const std::array<double, 9> at{1.0, 2.5, -0.7, 3, 4, 5, 6, 7, 8};
  const LeadValues leads = leadsFrom(at);
  EXPECT_DOUBLE_EQ(leads[0] + leads[2], leads[1]);        // I + III = II
  EXPECT_NEAR(leads[3] + leads[4] + leads[5], 0, 1e-15);  // aVR + aVL + aVF = 0
  EXPECT_DOUBLE_EQ(leads[0], 1.5);
  EXPECT_DOUBLE_EQ(leads[3], 1.0 - (2.5 - 0.7) / 2);
  EXPECT_NEAR(leads[6], 3 - (1.0 + 2.5 - 0.7) / 3, 1e-15);
}

TEST(Qrs, IsFoundWhereItWasPut) {
  Electrocardiogram beat;
  beat.interval = 0.001;
  for (int i = 0; i < 600; ++i) {
    const double t = i * 1e-3;
    LeadValues values{};
    // A complex from 100 to 190 ms whose slope is even, and a T wave with a twentieth of it.
    if (t > 0.1 && t <= 0.19) values[6] = 1e-3 * (0.045 - std::abs(t - 0.145)) / 0.045;
    values[7] = 0.4e-3 * std::exp(-std::pow((t - 0.4) / 0.05, 2));
    beat.samples.push_back(values);
  }
  const Qrs qrs = findQrs(beat);
  // Smoothing over 5 ms moves each end outwards by less than half of that; samples are 1 ms apart.
  EXPECT_NEAR(qrs.onset, 0.1, 0.004);
  EXPECT_NEAR(qrs.offset, 0.19, 0.004);
  EXPECT_EQ(findQrs({0.001, std::vector<LeadValues>(100)}).duration(), 0);
}

/// The electrocardiogram of a prescribed spread: how the geometry and the tree alone shape it.
Electrocardiogram eikonalEcg(unsigned blocked, int milliseconds) {
  static const Ventricles muscle = ventricles(0.0015);
  static const ConductionSystem system;
  static const Leads leads(muscle, {electrodes().begin(), electrodes().end()});
  const auto arrivals = eikonalArrivals(muscle, entries(system, muscle, blocked, 0.002, 0.001), 0.6, 0.25);
  Electrocardiogram ecg;
  ecg.interval = 0.002;
  for (int ms = 0; ms < milliseconds; ms += 2)
    ecg.samples.push_back(leadsFrom(leads.at(prescribedPotentials(muscle, arrivals, 1e-3 * ms))));
  return ecg;
}

TEST(EikonalEcg, BranchBlocksWidenTheComplexAndTurnItsEnd) {
  const Electrocardiogram healthy = eikonalEcg(0, 240), left = eikonalEcg(1U << unsigned(Trunk::left), 340),
                          right = eikonalEcg(1U << unsigned(Trunk::right), 340);
  const double usual = findQrs(healthy).duration();
  EXPECT_GT(usual, 0.060);
  EXPECT_LT(usual, 0.110);
  EXPECT_GT(findQrs(left).duration(), usual + 0.030);
  const auto mean = [](const Electrocardiogram& ecg, std::size_t lead, int from, int to) {
    double sum = 0;
    for (int ms = from; ms < to; ms += 2) sum += ecg.samples[std::size_t(ms / 2)][lead];
    return sum / (0.5 * (to - from));
  };
  // The late forces: left block to the left and back (V1 down, V6 up), right block to the right and front.
  EXPECT_LT(mean(left, 6, 120, 200), 0);
  EXPECT_GT(mean(left, 11, 120, 180), 0);
  EXPECT_GT(mean(right, 6, 120, 200), 0);
  // V1 of the healthy heart: r, then a deeper S.
  double highest = 0, lowest = 0;
  for (const LeadValues& sample : healthy.samples)
    highest = std::max(highest, sample[6]), lowest = std::min(lowest, sample[6]);
  EXPECT_LT(lowest, -highest);
}

}  // namespace
}  // namespace aula::tests
