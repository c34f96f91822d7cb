// SPDX-License-Identifier: Apache-2.0
#include "anatomy/airways/breathing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "physics/anatomy_airways/lungs.h"
#include "support/tolerance.h"

namespace aula::tests {
namespace {

using namespace anatomy;
using test::isNear;

constexpr double kUnit = kWaterCentimetre / kLitre;  ///< Pa s/m^3: 1 cmH2O s/L

/// At rest, then pushed a little way out of rest by a pressure of the muscles that stays away: what the lungs
/// do by themselves.
BreathingSettings still() {
  BreathingSettings settings;
  settings.pattern.effort = 0;
  return settings;
}

TEST(Breathing, RestsWhereLungsAndChestPullAlike) {
  Breathing breathing(coarseTree(), still());
  const double rest = breathing.relaxedVolume();
  // The functional residual capacity of an adult: about 3 L, half of the total.
  EXPECT_NEAR(rest, 3.05e-3, 0.25e-3);
  for (int i = 0; i < 300; ++i) breathing.advance(0.01);
  // Halvings of the pressure to rounding: nothing moves.
  EXPECT_NEAR(breathing.volume(), rest, 1e-9 * rest);
  EXPECT_NEAR(breathing.flow(), 0, 1e-9);
  EXPECT_NEAR(breathing.pleuralPressure(), kChestWall.pressure(rest), 1e-6);
}

TEST(Breathing, FlowIsConservedAtEveryBranching) {
  BreathingSettings settings;
  settings.pattern.isForced = true;
  settings.pattern.forcedStart = 1;
  settings.pattern.forcedInspiration = 1;
  settings.pattern.forcedExpiration = 2;
  settings.opening[static_cast<std::size_t>(NamedBranch::rightInferior)] = 0;
  Breathing breathing(usualTree(), settings);
  const BronchialTree& tree = breathing.tree();
  double worst = 0;
  for (int i = 0; i < 130; ++i) {
    const std::vector<double> before = breathing.acinusVolumes();
    breathing.advance(0.02);
    const auto& flows = breathing.branchFlows();
    double largest = 0;
    for (const double q : flows) largest = std::max(largest, std::abs(q));
    for (std::size_t b = 0; b < tree.size(); ++b) {
      if (tree.isTerminal(b)) continue;
      const auto c = static_cast<std::size_t>(tree.firstChild[b]);
      worst = std::max(worst, std::abs(flows[b] - flows[c] - flows[c + 1]) / largest);
    }
    // Each acinus takes what its bronchiole brings, the lungs what the trachea brings.
    double gained = 0;
    for (std::size_t k = 0; k < before.size(); ++k) gained += breathing.acinusVolumes()[k] - before[k];
    ASSERT_NEAR(gained, 0.02 * flows[0], 1e-10 * breathing.volume());
  }
  EXPECT_LT(worst, 1e-10);
}

TEST(Breathing, PressureFallsAlongEveryBranchByItsResistance) {
  // What the sweep found is checked against the equations: pressures built up from each acinus agree at
  // forks.
  Breathing breathing(coarseTree(), {});
  for (int i = 0; i < 60; ++i) breathing.advance(0.01);
  const BronchialTree& tree = breathing.tree();
  const Sigmoid lung = kHealthyLung;
  // branchResistance() is that of the flows now; the step used those before it. After one tiny step both
  // agree.
  for (int i = 0; i < 20; ++i) breathing.advance(1e-7);
  const auto& flows = breathing.branchFlows();
  std::vector<double> top(tree.size());
  double mean = 0;
  for (std::size_t i = 0; i < tree.terminals.size(); ++i)
    mean += tree.share[static_cast<std::size_t>(tree.terminals[i])] * -tree.acinus[i].z;
  std::vector<std::size_t> acinusOf(tree.size());
  for (std::size_t i = 0; i < tree.terminals.size(); ++i)
    acinusOf[static_cast<std::size_t>(tree.terminals[i])] = i;
  double worst = 0;
  for (std::size_t b = tree.size(); b-- > 0;) {
    double below = 0;
    if (tree.isTerminal(b)) {
      const std::size_t i = acinusOf[b];
      below = breathing.settings().pleuralGradient * (-tree.acinus[i].z - mean) +
              lung.pressure(breathing.acinusVolumes()[i] / tree.share[b]);
    } else {
      const auto c = static_cast<std::size_t>(tree.firstChild[b]);
      below = top[c];
      worst = std::max(worst, std::abs(top[c] - top[c + 1]));
    }
    top[b] = below + breathing.branchResistance(b) * flows[b];
  }
  // The linearised springs differ from the curve by the square of a 1e-7 s step; calibres and Pedley's factor
  // follow the flow within it: well below a ten-thousandth of some hundred pascals.
  EXPECT_LT(worst, 1e-2);
  EXPECT_NEAR(top[0] + breathing.pleuralPressure(),
              -(kMouthLinear + kMouthQuadratic * std::abs(flows[0])) * flows[0], 1e-2);
}

// One compartment that is let go: V - V0 falls as exp(-t / (R C)), 1 / C = lung + chest. Slow flow, so that R
// is constant; small, so that C is.
TEST(Breathing, OneCompartmentEmptiesWithItsTimeConstant) {
  auto tree = twoCompartments(0.004, 0.5);
  BreathingSettings settings = still();
  settings.pleuralGradient = 0;
  Breathing breathing(tree, settings);
  const double rest = breathing.relaxedVolume();
  Breathing::State state = breathing.state();
  for (double& volume : state.acini) volume *= 1 + 1e-5;
  breathing.setState(state);
  double resistance = kMouthLinear + settings.wallResistance + breathing.branchResistance(0);
  resistance += 0.5 * breathing.branchResistance(1);
  const double elastance = kHealthyLung.elastance(rest) + kChestWall.elastance(rest);
  const double tau = resistance / elastance;
  const double h = tau / 2000;
  for (int i = 0; i < 2000; ++i) breathing.advance(h);
  // Backward Euler over n steps of tau: (1 + 1/n)^-n is off exp(-1) by 1/(2 n): 2.5e-4; the rest is the
  // springs' curvature over 1e-5 of the volume.
  EXPECT_TRUE(isNear((breathing.volume() - rest) / (rest * 1e-5), std::exp(-1.0), {.relative = 1e-3}));
}

// Two compartments of unequal share behind equal bronchi: their difference relaxes with a time constant of
// its own (Otis and others 1956). With the airway opening held by a stiff chest ... the mode in which air
// swings between them does not pass the trachea: tau = 2 R_bronchus / (E1 + E2) for flows q and -q.
TEST(Breathing, TwoCompartmentsSwingAirBetweenThem) {
  auto tree = twoCompartments(0.003, 0.5);
  BreathingSettings settings = still();
  settings.pleuralGradient = 0;
  Breathing breathing(tree, settings);
  const double rest = breathing.relaxedVolume();
  Breathing::State state = breathing.state();
  state.acini[0] *= 1 + 1e-5;
  state.acini[1] *= 1 - 1e-5;
  breathing.setState(state);
  const double each = 2 * kHealthyLung.elastance(rest);  // Half of the lungs is twice as stiff.
  const double tau = breathing.branchResistance(1) / each;
  for (int i = 0; i < 2000; ++i) breathing.advance(tau / 2000);
  const auto& acini = breathing.acinusVolumes();
  EXPECT_TRUE(isNear((acini[0] - acini[1]) / (rest * 1e-5), std::exp(-1.0), {.relative = 1e-3}));
  // And nothing leaves: the mouth sees none of it.
  EXPECT_NEAR(breathing.volume(), rest, 1e-9 * rest);
}

TEST(Breathing, PoiseuilleAndPedleyByHand) {
  // 1.9e-5 Pa s, 10 cm long, 1 cm wide: 128 mu l / (pi d^4) = 7741.4 Pa s/m^3.
  EXPECT_TRUE(isNear(poiseuille(0.01, 0.1), 7741.4, {.relative = 1e-4}));
  // 1 L/s: Re d / l = 4 rho q / (pi mu l) = 763.9; Z = 1.85 / (4 sqrt 2) sqrt(763.9) = 9.039.
  EXPECT_TRUE(isNear(pedley(1e-3, 0.1), 9.039, {.relative = 1e-3}));
  EXPECT_EQ(pedley(1e-9, 0.1), 1);
}

// Weibel's symmetric tree: the network's answer is the hand sum of R_z / 2^z. At rest the calibres are those
// of the present recoil, so both use them: with generations' own A(P).
TEST(Breathing, WeibelsTreeHasTheHandSumsResistance) {
  constexpr int kLast = 10;
  auto tree = symmetricTree(kLast);
  BreathingSettings settings = still();
  settings.pleuralGradient = 0;
  const Breathing breathing(tree, settings);
  const double drawn = kHealthyLung.pressure(kDrawnGas);
  const double recoil = kHealthyLung.pressure(breathing.relaxedVolume());
  for (const double flow : {1e-6, 0.5e-3, 1e-3}) {
    const std::vector<double> found = breathing.resistanceByGeneration(flow);
    double sum = 0;
    for (int z = 0; z <= kLast; ++z) {
      const TubeLaw& law = tubeLaw(z);
      const double area = law.area(drawn) / law.area(recoil), number = std::ldexp(1.0, z);
      const double byHand = 128 * kAirViscosity * law.length / (core::kPi * std::pow(law.diameter, 4)) *
                            area * area *
                            std::max(1.0, 1.85 / (4 * std::sqrt(2.0)) *
                                              std::sqrt(4 * kAirDensity * flow / number /
                                                        (core::kPi * kAirViscosity * law.length))) /
                            number;
      EXPECT_TRUE(isNear(found[static_cast<std::size_t>(z)], byHand, {.relative = 1e-12})) << z;
      sum += byHand;
    }
    // Pedley and others 1970 find 0.4 to 0.6 cmH2O s/L for all of Weibel's lower airways at 0.5 to 1 L/s at
    // 75 % of capacity; here the lungs are smaller and a little narrower.
    if (flow > 1e-4) {
      EXPECT_GT(sum, 0.3 * kUnit);
      EXPECT_LT(sum, 1.0 * kUnit);
    }
  }
}

TEST(Breathing, WorkIsAccountedFor) {
  BreathingSettings settings;
  settings.pattern.isForced = true;
  settings.pattern.forcedStart = 4;
  settings.pattern.forcedExpiration = 3;
  // What backward Euler loses per step is half of the elastance times (h q)^2: it falls with h.
  double before = 0;
  for (const double h : {0.01, 0.005, 0.0025}) {
    Breathing breathing(coarseTree(), settings);
    while (breathing.time() < 9.5) breathing.advance(h);
    const WorkOfBreathing w = breathing.work();
    const double lost = w.airways + w.mouth + w.choke + w.wall;
    const double error = std::abs(w.muscle - lost - w.lung - w.chest - w.gravity);
    EXPECT_GT(w.muscle, 5);
    EXPECT_LT(error, 0.01 * w.muscle * (h / 0.01) * 1.3) << h;
    if (before > 0) {
      EXPECT_NEAR(before / error, 2, 0.5) << h;
    }
    before = error;
    // Nothing gains by friction.
    for (const double loss : {w.airways, w.mouth, w.choke, w.wall}) EXPECT_GE(loss, 0);
  }
}

TEST(Breathing, ConvergesWithTheFirstOrderInTime) {
  const auto volumeAt = [](double h) {
    Breathing breathing(coarseTree(), {});
    const auto steps = std::llround(1.2 / h);
    for (std::int64_t i = 0; i < steps; ++i) breathing.advance(h);
    return breathing.volume();
  };
  const double a = volumeAt(0.02), b = volumeAt(0.01), c = volumeAt(0.005), d = volumeAt(0.0025);
  EXPECT_NEAR(std::log2((a - b) / (b - c)), 1, 0.15);
  EXPECT_NEAR(std::log2((b - c) / (c - d)), 1, 0.15);
}

TEST(Breathing, StaysStableAtAnyStep) {
  BreathingSettings settings = narrowed(0.4);
  settings.fibrosis = 1;
  settings.pattern.isForced = true;
  settings.pattern.forcedStart = 2;
  for (const double h : {0.001, 0.1, 1.0}) {
    Breathing breathing(coarseTree(), settings);
    while (breathing.time() < 20) {
      breathing.advance(h);
      ASSERT_GT(breathing.volume(), 0.3e-3) << h;
      ASSERT_LT(breathing.volume(), 9e-3) << h;
      ASSERT_LT(std::abs(breathing.flow()), 20e-3) << h;
    }
  }
}

// Standing, the lower lung is hung from the upper: it starts smaller and takes more of a quiet breath, about
// twice as much for its volume at the bottom as at the top (Kaneko and others 1966).
TEST(Breathing, LowerLobesGetMoreOfAQuietBreath) {
  Breathing breathing(coarseTree(), {});
  while (breathing.time() < 8) breathing.advance(0.01);
  std::array<double, kLobes> before{}, gained{};
  for (const Lobe lobe : kAllLobes) before[static_cast<std::size_t>(lobe)] = breathing.lobeVolume(lobe);
  while (breathing.time() < 9.6) breathing.advance(0.01);
  for (const Lobe lobe : kAllLobes) {
    const auto i = static_cast<std::size_t>(lobe);
    gained[i] = (breathing.lobeVolume(lobe) - before[i]) / before[i];
  }
  EXPECT_GT(gained[2] / gained[0], 1.4);
  EXPECT_LT(gained[2] / gained[0], 3.5);
  EXPECT_GT(gained[4] / gained[3], 1.3);
}

TEST(Breathing, ABlockedBronchusTakesItsLobeOnly) {
  BreathingSettings settings;
  settings.opening[static_cast<std::size_t>(NamedBranch::rightInferior)] = 0;
  Breathing breathing(coarseTree(), settings);
  const double blocked = breathing.lobeVolume(Lobe::rightInferior);
  double moved = 0, largest = 0;
  while (breathing.time() < 8) {
    breathing.advance(0.01);
    moved = std::max(moved, std::abs(breathing.lobeVolume(Lobe::rightInferior) - blocked));
    largest = std::max(largest, std::abs(breathing.lobeFlow(Lobe::leftInferior)));
  }
  // A thousand times narrower: 1e12 times the resistance.
  EXPECT_LT(moved, 1e-6 * blocked);
  EXPECT_GT(largest, 0.05e-3);
}

TEST(Breathing, GoesOnFromAStateWithTheSameBits) {
  BreathingSettings settings = narrowed(0.8);
  settings.pattern.isForced = true;
  settings.pattern.forcedStart = 0.5;
  Breathing whole(coarseTree(), settings), resumed(coarseTree(), settings);
  for (int i = 0; i < 100; ++i) whole.advance(0.01);
  resumed.setState(whole.state());
  for (int i = 0; i < 400; ++i) whole.advance(0.01), resumed.advance(0.01);
  EXPECT_EQ(whole.volume(), resumed.volume());
  EXPECT_EQ(whole.flow(), resumed.flow());
  EXPECT_EQ(whole.acinusVolumes(), resumed.acinusVolumes());
  EXPECT_EQ(whole.work().muscle, resumed.work().muscle);
  EXPECT_EQ(whole.work().lung, resumed.work().lung);
}

TEST(Springs, PressureElastanceAndEnergyAgree) {
  for (const Sigmoid& spring :
       {kHealthyLung, kChestWall, lungState(1, 0).sigmoid(), lungState(0, 1).sigmoid()})
    for (const double x : {0.00002, 0.05, 0.3, 0.5, 0.8, 0.97, 0.99995}) {
      const double v = spring.a + x * spring.b, h = 1e-7 * spring.b;
      // Central differences, h^2 of the third derivative against values of the logarithm's steep ends.
      EXPECT_TRUE(isNear((spring.pressure(v + h) - spring.pressure(v - h)) / (2 * h), spring.elastance(v),
                         {.relative = 1e-5}))
          << x;
      EXPECT_TRUE(isNear((spring.energy(v + h) - spring.energy(v - h)) / (2 * h), spring.pressure(v),
                         {.absolute = 0.05, .relative = 1e-4}))
          << x;
      if (x > 1e-3 && x < 0.999) {
        EXPECT_TRUE(isNear(spring.volume(spring.pressure(v)), v, {.relative = 1e-9})) << x;
      }
    }
}

}  // namespace
}  // namespace aula::tests
