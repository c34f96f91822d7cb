// SPDX-License-Identifier: Apache-2.0
#include "support/optics.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/tolerance.h"

/// The closed forms themselves, against printed values and laws they must keep.
namespace aula::test {
namespace {

TEST(Optics, MieSeries) {
  // Bohren and Huffman 1983, appendix A: a sphere of radius 0.525 um, index 1.55, in light of 632.8 nm: x
  // = 5.21282, and both efficiencies 3.10543.
  const MieEfficiencies sphere = mieEfficiencies(5.21282, 1.55);
  EXPECT_TRUE(isNear(sphere.scattering, 3.10543, {.absolute = 1e-4}));
  EXPECT_TRUE(isNear(sphere.extinction, 3.10543, {.absolute = 1e-4}));
  // Small spheres: Rayleigh's law, their eq. 5.8; the next term is of order x^2.
  const double rayleigh = 8.0 / 3 * std::pow(0.01, 4) * std::pow(1.25 / 4.25, 2);
  EXPECT_TRUE(isNear(mieEfficiencies(0.01, 1.5).scattering, rayleigh, {.relative = 1e-3}));
  // Whatever is taken from the beam is scattered or stays.
  const MieEfficiencies lossy = mieEfficiencies(3, {1.5, 0.1});
  EXPECT_GT(lossy.extinction, lossy.scattering);
}

TEST(Optics, SlabConservesPower) {
  for (const double w : {1e14, 3e14, 7e14}) {
    const SlabPowers powers = slabPowers(3.5, 1e-6, w);
    EXPECT_TRUE(isNear(powers.reflected + powers.transmitted, 1, {.absolute = 1e-12}));
  }
}

}  // namespace
}  // namespace aula::test
