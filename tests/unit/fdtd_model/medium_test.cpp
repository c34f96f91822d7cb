// SPDX-License-Identifier: Apache-2.0
#include "fdtd/model/medium.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/fdtd.h"
#include "support/tolerance.h"

namespace aula::fdtd {
namespace {

using core::Vec3;
using test::isNear;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// Inverse permittivities are rounded to float.
constexpr test::Tolerance kFloat{.relative = 6e-8};

fdtd::Setup box(int n) {
  return test::makeSetup(Dimensions::three, {n, n, n}, 1, BoundaryKind::pec);
}

Material dielectric(double permittivity) {
  Material material;
  material.name = "glass";
  material.permittivity = permittivity;
  return material;
}

std::size_t at(const Grid& grid, int component, int i, int j, int k) {
  return (std::size_t(k) * std::size_t(grid.count(component, 1)) + std::size_t(j)) *
             std::size_t(grid.count(component, 0)) +
         std::size_t(i);
}

TEST(Medium, UniformNeedsNoArrays) {
  fdtd::Setup setup = box(20);
  setup.materials[0].permittivity = 4;
  const Medium medium = makeMedium(setup);
  EXPECT_EQ(medium.bytes(), 0);
  EXPECT_EQ(estimateMediumBytes(setup), 0);
  EXPECT_DOUBLE_EQ(medium.background, 0.25);
  // A body of the background's material changes nothing.
  setup.objects.push_back({"ghost", SphereShape{{10, 10, 10}, 4}, 0});
  EXPECT_EQ(makeMedium(setup).bytes(), 0);
}

TEST(Medium, FlatInterfaceAtAnyHeight) {
  // eps = 4 below z = 5.3: E_x and E_y average eps, E_z averages 1/eps (Farjadpour et al. 2006, eq. 1).
  fdtd::Setup setup = box(10);
  setup.materials.push_back(dielectric(4));
  setup.objects.push_back({"floor", BoxShape{{5, 5, 0}, {kInfinity, kInfinity, 10.6}}, 1});
  const Medium medium = makeMedium(setup);
  const Grid& grid = setup.grid;
  EXPECT_TRUE(medium.couplings.empty());
  // E_x at z = 5 spans 4.5 to 5.5: 0.8 of it glass.
  EXPECT_TRUE(isNear(medium.inverseEpsilon[0][at(grid, kEx, 4, 5, 5)], 1 / (0.8 * 4 + 0.2), kFloat));
  EXPECT_TRUE(isNear(medium.inverseEpsilon[1][at(grid, kEy, 4, 5, 5)], 1 / (0.8 * 4 + 0.2), kFloat));
  // E_z at z = 5.5 spans 5 to 6: 0.3 glass.
  EXPECT_TRUE(isNear(medium.inverseEpsilon[2][at(grid, kEz, 4, 5, 5)], 0.3 / 4 + 0.7, kFloat));
  EXPECT_TRUE(isNear(medium.inverseEpsilon[0][at(grid, kEx, 4, 5, 4)], 0.25, kFloat));
  EXPECT_TRUE(isNear(medium.inverseEpsilon[0][at(grid, kEx, 4, 5, 6)], 1, kFloat));
  // In the domain's face the cell ends at the face.
  EXPECT_TRUE(isNear(medium.inverseEpsilon[0][at(grid, kEx, 4, 5, 0)], 0.25, kFloat));
}

TEST(Medium, ObliqueInterfaceIsCoupled) {
  // A plane through nodes at 45 degrees in x and y: half and half, P_xy = 1/2.
  fdtd::Setup setup = box(16);
  setup.materials.push_back(dielectric(3));
  setup.objects.push_back({"half", WedgeShape{{{{-30, -30, 8}, {46, -30, 8}, {-30, 46, 8}}}, kInfinity}, 1});
  const Medium medium = makeMedium(setup);
  ASSERT_FALSE(medium.couplings.empty());
  // x + y < 16 is glass; node (8, 8, 8) lies on the plane.
  const double meanInverse = 0.5 * (1 / 3.0 + 1);
  const double inverseMean = 1 / 2.0;
  bool isFound = false;
  for (const Medium::Coupling& coupling : medium.couplings) {
    EXPECT_TRUE(coupling.i > 0 && coupling.i < 16 && coupling.j > 0 && coupling.j < 16 && coupling.k > 0 &&
                coupling.k < 16);
    EXPECT_NEAR(coupling.i + coupling.j, 16, 1);
    EXPECT_EQ(coupling.xz, 0);
    EXPECT_EQ(coupling.yz, 0);
    if (coupling.i != 8 || coupling.j != 8 || coupling.k != 8) continue;
    isFound = true;
    EXPECT_TRUE(isNear(coupling.xy, 0.5 * (meanInverse - inverseMean), {.relative = 1e-6}));
  }
  EXPECT_TRUE(isFound);
  // E_z at (8, 8): tangential, the mean.
  EXPECT_TRUE(
      isNear(medium.inverseEpsilon[2][at(setup.grid, kEz, 8, 8, 8)], inverseMean, {.relative = 1e-6}));
}

TEST(Medium, CouplingsAreSortedAndOutsideTheLayers) {
  fdtd::Setup setup = test::makeSetup(Dimensions::three, {30, 30, 30}, 1, BoundaryKind::cpml);
  setup.materials.push_back(dielectric(4));
  // Through the layers of 10 on both sides.
  setup.objects.push_back({"rod", CylinderShape{{15, 15, 15}, {1, 2, 3}, 3, kInfinity}, 1});
  const Medium medium = makeMedium(setup);
  ASSERT_FALSE(medium.couplings.empty());
  const Medium::Coupling* before = nullptr;
  for (const Medium::Coupling& c : medium.couplings) {
    for (const int index : {c.i, c.j, c.k}) EXPECT_TRUE(index > 10 && index < 20);
    if (before != nullptr) {
      EXPECT_LT(std::make_tuple(before->k, before->j, before->i), std::make_tuple(c.k, c.j, c.i));
    }
    before = &c;
  }
}

TEST(Medium, VolumeOfASphere) {
  // Averaged over all cells, eps of E_x's tangential points adds up to the sphere's volume; summing 1/xi is
  // exact for neither orientation, so do it where the contrast is small and both means agree to first order.
  fdtd::Setup setup = box(24);
  constexpr double kContrast = 1e-3;
  setup.materials.push_back(dielectric(1 + kContrast));
  setup.objects.push_back({"ball", SphereShape{{12.2, 11.9, 12.4}, 7}, 1});
  const Medium medium = makeMedium(setup);
  for (const auto& values : medium.inverseEpsilon) {
    double volume = 0;
    for (const float value : values) volume += (1.0 - double(value)) / kContrast;
    // First order in the contrast: 1e-3; rounding to float, 6e-8 / 1e-3 a point, averages out.
    EXPECT_TRUE(isNear(volume, 4 * M_PI / 3 * 7 * 7 * 7, {.relative = 3e-3}));
  }
}

TEST(Medium, LaterObjectsCoverEarlierOnes) {
  fdtd::Setup setup = box(12);
  setup.materials.push_back(dielectric(4));
  setup.materials.push_back(dielectric(9));
  setup.objects.push_back({"outer", SphereShape{{6, 6, 6}, 5}, 1});
  setup.objects.push_back({"inner", SphereShape{{6, 6, 6}, 2}, 2});
  EXPECT_EQ(materialAt(setup, {6, 6, 6}), 2);
  EXPECT_EQ(materialAt(setup, {6, 6, 10}), 1);
  EXPECT_EQ(materialAt(setup, {6, 6, 11.5}), 0);
  EXPECT_EQ(materialAt(setup, {6, 6, 11}), 1) << "the surface belongs to the body";
  std::swap(setup.objects[0], setup.objects[1]);
  EXPECT_EQ(materialAt(setup, {6, 6, 6}), 1);
}

TEST(Medium, ConductorsLossAndPolesAreNotAveraged) {
  fdtd::Setup setup = box(12);
  Material metal, lossy, resonant;
  metal.isPerfectConductor = true;
  lossy.permittivity = 4;
  lossy.conductivity = 2;
  resonant.permittivity = 2;
  resonant.poles.push_back({Pole::Kind::drude, 0, 1e15, 1e13, 0});
  setup.materials.insert(setup.materials.end(), {metal, lossy, resonant});
  setup.objects.push_back({"metal", SphereShape{{3.5, 6, 6}, 2}, 1});
  setup.objects.push_back({"lossy", SphereShape{{8.5, 6, 3}, 2}, 2});
  setup.objects.push_back({"resonant", SphereShape{{8.5, 6, 9}, 2}, 3});
  const Medium medium = makeMedium(setup);
  EXPECT_TRUE(medium.couplings.empty());
  for (int component = kEx; component <= kEz; ++component) {
    const IndexBox whole = test::wholeBox(setup.grid, component);
    for (int k = 0; k < whole.upper[2]; ++k)
      for (int j = 0; j < whole.upper[1]; ++j)
        for (int i = 0; i < whole.upper[0]; ++i) {
          const std::size_t p = at(setup.grid, component, i, j, k);
          const int material = materialAt(setup, setup.grid.position(component, i, j, k));
          const float expected[] = {1.F, 0.F, 0.25F, 0.5F};
          ASSERT_EQ(medium.inverseEpsilon[std::size_t(component)][p], expected[material]);
          ASSERT_EQ(medium.conductivity[std::size_t(component)][p], material == 2 ? 2.F : 0.F);
          ASSERT_EQ(medium.dispersion[std::size_t(component)][p], material == 3 ? 3 : 0);
        }
  }
  EXPECT_EQ(medium.bytes(), estimateMediumBytes(setup));
}

TEST(Medium, MagneticMaterial) {
  fdtd::Setup setup = box(10);
  Material ferrite;
  ferrite.permeability = 5;
  ferrite.permittivity = 1;
  setup.materials.push_back(ferrite);
  setup.objects.push_back({"floor", BoxShape{{5, 5, 0}, {kInfinity, kInfinity, 10.6}}, 1});
  const Medium medium = makeMedium(setup);
  EXPECT_TRUE(medium.inverseEpsilon[0].empty());
  // H_z at z = 5 spans 4.5 to 5.5 across the interface; H_x at 5.5 spans 5 to 6 along it.
  EXPECT_TRUE(isNear(medium.inverseMu[2][at(setup.grid, kHz, 4, 4, 5)], 0.8 / 5 + 0.2, kFloat));
  EXPECT_TRUE(isNear(medium.inverseMu[0][at(setup.grid, kHx, 4, 4, 5)], 1 / (0.3 * 5 + 0.7), kFloat));
}

TEST(Medium, TwoDimensionsSeeTheCut) {
  fdtd::Setup setup = test::makeSetup(Dimensions::te, {20, 20, 1}, 1, BoundaryKind::pec);
  setup.grid.origin.z = 3;
  setup.materials.push_back(dielectric(4));
  setup.objects.push_back({"ball", SphereShape{{10, 10, 0}, 5}, 1});  // A disc of radius 4 at z = 3.
  EXPECT_EQ(materialAt(setup, {13.9, 10, 3}), 1);
  EXPECT_EQ(materialAt(setup, {14.1, 10, 3}), 0);
  const Medium medium = makeMedium(setup);
  EXPECT_TRUE(medium.inverseEpsilon[2].empty());
  ASSERT_FALSE(medium.couplings.empty());
  for (const Medium::Coupling& coupling : medium.couplings) {
    EXPECT_EQ(coupling.k, 0);
    EXPECT_EQ(coupling.xz, 0);
    EXPECT_EQ(coupling.yz, 0);
    EXPECT_NEAR(std::hypot(coupling.i - 10, coupling.j - 10), 4, 1);
  }
}

}  // namespace
}  // namespace aula::fdtd
