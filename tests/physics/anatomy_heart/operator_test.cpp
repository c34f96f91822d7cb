// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

#include "anatomy/heart/cpu/kernels.h"
#include "anatomy/heart/model/coupling.h"
#include "anatomy/heart/model/setup.h"
#include "anatomy/heart/reference/conduction.h"
#include "support/heart.h"

/// The monodomain operator: what conservation, symmetry and second order ask of it.
namespace aula::test {
namespace {

using namespace heart;
using Values = std::vector<double>;

/// Wherever a shell, a slab with slanted fibres, holes and scars can lead.
std::vector<Lattice> shapes() {
  const float s = std::sqrt(1.0F / 3);
  return {makeShell(15, 17, 19, 1e-3), makeSlab(9, 8, 7, 1e-3, {s, s, -s}),
          makeSlab(1, 12, 9, 1e-3, {0, 0.8F, 0.6F}), makeSlab(14, 1, 1, 1e-3, {0.6F, 0.8F, 0})};
}

Values noise(const Lattice& lattice, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> between(-1, 1);
  Values values(lattice.size(), 0.0);
  for (std::size_t n = 0; n < values.size(); ++n)
    if (lattice.isTissue[n] != 0) values[n] = between(random);
  return values;
}
double dot(const Values& a, const Values& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

/// The operator by couplings.
Values applied(const Lattice& lattice, const Couplings& couplings, const Values& v) {
  Values rates(v.size(), 0.0);
  for (std::size_t n = 0; n < kForward; ++n) {
    const auto& o = kForwardOffsets[n];
    const std::ptrdiff_t step =
        o[0] + std::ptrdiff_t{lattice.nx} * (o[1] + std::ptrdiff_t{lattice.ny} * o[2]);
    for (std::size_t p = 0; p < v.size(); ++p) {
      if (couplings[n][p] == 0) continue;
      const auto q = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(p) + step);
      const double moved = couplings[n][p] * (v[q] - v[p]);
      rates[p] += moved;
      rates[q] -= moved;
    }
  }
  return rates;
}

/// Two derivations: octant by octant with the surface's gradient solved for, and couplings with closed axes
/// eliminated from the tensor.
TEST(HeartOperator, CouplingsAreTheReferencesOctants) {
  for (const Lattice& lattice : shapes()) {
    const Settings settings;
    const Couplings couplings = makeCouplings(lattice, settings, lattice.conduction);
    const reference::Conduction conduction(lattice, settings, lattice.conduction);
    const Values v = noise(lattice, 1), a = applied(lattice, couplings, v);
    Values b;
    conduction.apply(v, b);
    const double rate = largestRate(lattice, settings, couplings, lattice.conduction);
    for (std::size_t n = 0; n < v.size(); ++n) EXPECT_NEAR(a[n], b[n], 1e-13 * rate);
  }
}

/// x . L y = y . L x, L 1 = 0 and x . L x <= 0, each to rounding: sums of some 10^4 products of up to the
/// largest rate. Row sums and symmetry are what conserves charge; the sign is what makes diffusion calm.
TEST(HeartOperator, IsSymmetricConservativeAndNegative) {
  for (const Lattice& lattice : shapes()) {
    const Settings settings;
    const reference::Conduction conduction(lattice, settings, lattice.conduction);
    const double rate = largestRate(lattice, settings, makeCouplings(lattice, settings, lattice.conduction),
                                    lattice.conduction);
    const double rounding = 1e-15 * rate * static_cast<double>(lattice.size());
    Values out, other;
    const Values ones(lattice.size(), 1.0);
    conduction.apply(ones, out);
    for (const double value : out) EXPECT_NEAR(value, 0, 1e-14 * rate);
    for (unsigned seed = 0; seed < 20; ++seed) {
      const Values x = noise(lattice, seed), y = noise(lattice, seed + 100);
      conduction.apply(x, out);
      conduction.apply(y, other);
      EXPECT_NEAR(dot(y, out), dot(x, other), rounding);
      EXPECT_NEAR(dot(ones, out), 0, rounding);
      EXPECT_LT(dot(x, out), 0);
    }
  }
}

/// The power method finds the largest rate from below; the bound must not lie under it, nor far above.
TEST(HeartOperator, TheBoundOfItsRateHoldsAndIsClose) {
  std::vector<Lattice> lattices = shapes();
  lattices.push_back(makeSlab(12, 12, 12, 1e-3, {1, 0, 0}));
  lattices.push_back(makeShell(31, 31, 35, 1e-3));
  lattices.back().conduction.clear();
  for (const Lattice& lattice : lattices) {
    const Settings settings;
    const Couplings couplings = makeCouplings(lattice, settings, lattice.conduction);
    Values v = noise(lattice, 3);
    double found = 0;
    for (int n = 0; n < 300; ++n) {
      Values next = applied(lattice, couplings, v);
      found = std::sqrt(dot(next, next) / dot(v, v));
      const double scale = 1 / std::sqrt(dot(next, next));
      for (double& value : next) value *= scale;
      v = std::move(next);
    }
    const double bound = largestRate(lattice, settings, couplings, lattice.conduction);
    EXPECT_LE(found, bound * (1 + 1e-12));
    if (lattice.nx > 1 && lattice.ny > 1) {
      EXPECT_GT(found, 0.6 * bound);
    }
  }
}

/// The stencil is exact for squares, so what starts at one node spreads with the covariance 2 D t to
/// rounding, along, across and between, as long as it has not reached the surface.
TEST(HeartOperator, SpreadsAsTheTensorSays) {
  const scene::Float3 f{0.48F, 0.64F, 0.6F};
  const Lattice lattice = makeSlab(27, 27, 27, 1e-3, f);
  const Settings settings;
  const reference::Conduction conduction(lattice, settings, {});
  Values v(lattice.size(), 0.0), rates;
  v[lattice.index(13, 13, 13)] = 1;
  const double dt = 1e-3;
  const int steps = 12;
  for (int n = 0; n < steps; ++n) {
    conduction.apply(v, rates);
    for (std::size_t i = 0; i < v.size(); ++i) v[i] += dt * rates[i];
  }
  double covariance[3][3] = {};
  for (int k = 0; k < 27; ++k)
    for (int j = 0; j < 27; ++j)
      for (int i = 0; i < 27; ++i) {
        const double x[3] = {(i - 13) * 1e-3, (j - 13) * 1e-3, (k - 13) * 1e-3};
        for (int a = 0; a < 3; ++a)
          for (int b = 0; b < 3; ++b) covariance[a][b] += v[lattice.index(i, j, k)] * x[a] * x[b];
      }
  const double fibre[3] = {f.x, f.y, f.z};
  const double capacity = settings.surfaceToVolume * settings.capacitance;
  for (int a = 0; a < 3; ++a)
    for (int b = 0; b < 3; ++b) {
      const double d =
          ((a == b ? settings.across : 0) + (settings.along - settings.across) * fibre[a] * fibre[b]) /
          capacity;
      EXPECT_NEAR(covariance[a][b], 2 * d * dt * steps, 1e-12 * 2e-3);
    }
}

/// Second order: errors of div(D grad V) for a wave fall to a quarter with half the spacing; fibres that
/// turn.
TEST(HeartOperator, IsOfSecondOrder) {
  double errors[2] = {};
  for (int level = 0; level < 2; ++level) {
    const int n = 24 << level;
    const double h = 24e-3 / n;
    Lattice lattice = makeSlab(n, n, 1, h);
    const auto angle = [](double x, double y) { return 0.5 + 30 * x + 20 * y; };
    const auto place = [&](int i) { return (i + 0.5) * h; };
    for (int j = 0; j < n; ++j)
      for (int i = 0; i < n; ++i) {
        const double phi = angle(place(i), place(j));
        lattice.fibres[lattice.index(i, j, 0)] = {static_cast<float>(std::cos(phi)),
                                                  static_cast<float>(std::sin(phi)), 0};
      }
    const Settings settings;
    const reference::Conduction conduction(lattice, settings, {});
    const double kx = 200, ky = 150;
    Values v(lattice.size()), rates;
    for (int j = 0; j < n; ++j)
      for (int i = 0; i < n; ++i) v[lattice.index(i, j, 0)] = std::sin(kx * place(i) + ky * place(j));
    conduction.apply(v, rates);
    const double capacity = settings.surfaceToVolume * settings.capacitance;
    const double across = settings.across / capacity, extra = (settings.along - settings.across) / capacity;
    for (int j = n / 4; j < 3 * n / 4; ++j)
      for (int i = n / 4; i < 3 * n / 4; ++i) {
        // With phase p = k . x: D grad V = D k cos p, its divergence -k D k sin p + (div D) . k cos p.
        const double x = place(i), y = place(j), p = kx * x + ky * y, phi = angle(x, y);
        const double c = std::cos(phi), s = std::sin(phi), along = kx * c + ky * s;
        const double quadratic = across * (kx * kx + ky * ky) + extra * along * along;
        // d(f f^T k)/dx: f' = (-s, c) phi'.
        const double beside = -kx * s + ky * c;
        const double divergence = extra * (30 * (-s * along + c * beside) + 20 * (c * along + s * beside));
        const double exact = -quadratic * std::sin(p) + divergence * std::cos(p);
        errors[level] = std::max(errors[level], std::abs(rates[lattice.index(i, j, 0)] - exact));
      }
  }
  EXPECT_NEAR(std::log2(errors[0] / errors[1]), 2, 0.15);
}

/// What leaves a node arrives at its neighbour, in single precision too: after 200 stages on the vector
/// kernels the sum has changed by rounding alone, sqrt(200 nodes) 2^-24 a stage and node where signs are
/// random.
TEST(HeartOperator, KernelsConserveCharge) {
  const Lattice lattice = makeShell(23, 21, 25, 1e-3);
  const Settings settings;
  const SegmentLayout layout(lattice, cpu::kWidth);
  const Couplings couplings = makeCouplings(lattice, settings, lattice.conduction);
  auto gathered = layout.gather(lattice, couplings);
  const double rate = largestRate(lattice, settings, couplings, lattice.conduction);
  for (auto& values : gathered)
    for (float& value : values) value = static_cast<float>(value * 1.8 / rate);
  std::vector<float> v[2] = {std::vector<float>(layout.places(), 0.0F),
                             std::vector<float>(layout.places(), 0.0F)};
  std::vector<float> activation(layout.places(), -1.0F);
  const Values start = noise(lattice, 9);
  for (std::size_t node = 0; node < start.size(); ++node)
    if (lattice.isTissue[node] != 0)
      v[0][static_cast<std::size_t>(layout.placeOf()[node])] = static_cast<float>(start[node]);
  const auto sumOf = [](const std::vector<float>& values) {
    double sum = 0;
    for (const float value : values) sum += static_cast<double>(value);
    return sum;
  };
  const auto squaresOf = [](const std::vector<float>& values) {
    double sum = 0;
    for (const float value : values) sum += static_cast<double>(value) * static_cast<double>(value);
    return sum;
  };
  for (const char* set : {"baseline", static_cast<const char*>(nullptr)}) {
    std::vector<float> now = v[0], next = v[1];
    const double before = sumOf(now);
    double squares = squaresOf(now);
    for (int n = 0; n < 200; ++n) {
      cpu::DiffusionView diffusion;
      diffusion.segments = layout.segments().data();
      for (std::size_t c = 0; c < kForward; ++c) diffusion.couplings[c] = gathered[c].data();
      cpu::PotentialView potential;
      potential.from = now.data();
      potential.to = next.data();
      potential.activation = activation.data();
      potential.threshold = 10;
      cpu::kernels(set).diffuse(diffusion, potential, 0, static_cast<std::int64_t>(layout.segments().size()));
      now.swap(next);
      // No mode grows.
      const double left = squaresOf(now);
      EXPECT_LE(left, squares * (1 + 1e-6));
      squares = left;
    }
    const auto nodes = static_cast<double>(lattice.tissueCount());
    EXPECT_NEAR(sumOf(now), before, 10 * std::sqrt(200 * nodes) * 0x1p-24);
  }
}

/// P_s(1 + 2 z/(s^2 + s)): one at z = 0, slope one, never beyond one down to the limit of stability.
TEST(HeartOperator, StagesAreLegendresPolynomials) {
  for (int stages = 1; stages <= 12; ++stages) {
    const auto factor = [&](double z) {
      double earlier = 1, now = 1;
      for (int n = 0; n < stages; ++n) {
        const Stage stage = stageOf(n, stages);
        const double next = stage.mu * now + stage.nu * earlier + stage.tau * z * now;
        earlier = now;
        now = next;
      }
      return now;
    };
    const double limit = stages * stages + stages;
    EXPECT_NEAR(factor(0), 1, 1e-14);
    EXPECT_NEAR((factor(1e-6) - factor(-1e-6)) / 2e-6, 1, 1e-8);
    for (double z = 0; z <= limit; z += limit / 997) {
      EXPECT_LE(std::abs(factor(-z)), 1 + 1e-12);
      EXPECT_NEAR(factor(-z), std::legendre(static_cast<unsigned>(stages), std::max(-1.0, 1 - 2 * z / limit)),
                  1e-11);
    }
  }
}

}  // namespace
}  // namespace aula::test
