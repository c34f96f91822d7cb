// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/body/ventricles.h"

#include <algorithm>
#include <cmath>

#include "anatomy/heart/body/chambers.h"
#include "anatomy/heart/body/fibres.h"
#include "core/error.h"

namespace aula::anatomy::heart {

namespace {

constexpr int number(chambers::Side side) {
  return static_cast<int>(side);
}
constexpr auto kLeft = static_cast<std::size_t>(chambers::Side::leftCavity);
constexpr auto kRight = static_cast<std::size_t>(chambers::Side::rightCavity);
constexpr auto kOutside = static_cast<std::size_t>(chambers::Side::outside);
constexpr auto kBase = static_cast<std::size_t>(chambers::Side::base);

/// A box of the lattice around the muscle; nodes at whole multiples of the spacing.
Lattice emptyLattice(double spacing) {
  // What the axes' ellipsoids reach, with a margin; the body's frame is turned against them, so all corners.
  const Measures& m = measures();
  const Axes& a = axes();
  const Vec3 lower{-m.leftRadius - m.leftWall, -m.rightWidth - 0.01, -m.leftLength - m.leftWall};
  const Vec3 upper{0.075, 0.065, 0.05};
  Lattice lattice;
  lattice.spacing = spacing;
  int first[3] = {0, 0, 0}, last[3] = {0, 0, 0};
  Vec3 low{1, 1, 1}, high{-1, -1, -1};
  // Walk a coarse grid of the local box and keep what is near muscle.
  constexpr int kSteps = 48;
  for (int i = 0; i <= kSteps; ++i)
    for (int j = 0; j <= kSteps; ++j)
      for (int k = 0; k <= kSteps; ++k) {
        const Vec3 share{double(i) / kSteps, double(j) / kSteps, double(k) / kSteps};
        const Vec3 p =
            a.toBody({lower.x + share.x * (upper.x - lower.x), lower.y + share.y * (upper.y - lower.y),
                      lower.z + share.z * (upper.z - lower.z)});
        if (chambers::wall(p) > 0.003) continue;
        for (int axis = 0; axis < 3; ++axis) {
          low[axis] = std::min(low[axis], p[axis]);
          high[axis] = std::max(high[axis], p[axis]);
        }
      }
  for (int axis = 0; axis < 3; ++axis) {
    first[axis] = static_cast<int>(std::floor((low[axis] - 0.002) / spacing));
    last[axis] = static_cast<int>(std::ceil((high[axis] + 0.002) / spacing));
  }
  lattice.origin = spacing * Vec3{double(first[0]), double(first[1]), double(first[2])};
  lattice.nx = last[0] - first[0] + 1;
  lattice.ny = last[1] - first[1] + 1;
  lattice.nz = last[2] - first[2] + 1;
  return lattice;
}

Wall wallOf(Vec3 p) {
  if (chambers::septum(p) <= 0) return Wall::septum;
  return chambers::leftWall(p) <= 0 ? Wall::leftFree : Wall::right;
}

}  // namespace

Vec3 Ventricles::positionOf(std::size_t n) const {
  const auto nx = std::size_t(lattice.nx), ny = std::size_t(lattice.ny);
  return lattice.origin + lattice.spacing * Vec3{double(n % nx), double(n / nx % ny), double(n / (nx * ny))};
}

std::int64_t Ventricles::nearest(Vec3 p, double reach) const {
  const Vec3 q = (p - lattice.origin) / lattice.spacing;
  const int around = static_cast<int>(std::ceil(reach / lattice.spacing));
  const int middle[3] = {int(std::lround(q.x)), int(std::lround(q.y)), int(std::lround(q.z))};
  std::int64_t best = -1;
  double least = reach * reach * (1 + 1e-12);
  for (int k = std::max(0, middle[2] - around); k <= std::min(lattice.nz - 1, middle[2] + around); ++k)
    for (int j = std::max(0, middle[1] - around); j <= std::min(lattice.ny - 1, middle[1] + around); ++j)
      for (int i = std::max(0, middle[0] - around); i <= std::min(lattice.nx - 1, middle[0] + around); ++i) {
        const std::size_t n = lattice.index(i, j, k);
        if (lattice.isTissue[n] == 0) continue;
        const Vec3 away = positionOf(n) - p;
        if (const double d = dot(away, away); d < least) least = d, best = static_cast<std::int64_t>(n);
      }
  return best;
}

Ventricles ventricles(double spacing, const Repolarisation& repolarisation) {
  if (!(spacing >= 0.2e-3 && spacing <= 3e-3))
    throw core::inputError(
        "a lattice of the ventricles has a spacing from 0.2 mm to 3 mm; the right wall is " +
        std::to_string(measures().rightWall * 1e3) + " mm thick");
  Ventricles all;
  all.lattice = emptyLattice(spacing);
  all.domain = makeDomain(all.lattice, chambers::wall, [](Vec3 p) { return number(chambers::sideOf(p)); });
  const std::size_t count = all.domain.nodes.size();

  // 1 on one surface, 0 on the two others, no flow through the base; the third is what is left to 1.
  Held left, right, base;
  left.sides[kLeft] = 1, left.sides[kRight] = 0, left.sides[kOutside] = 0;
  right.sides[kLeft] = 0, right.sides[kRight] = 1, right.sides[kOutside] = 0;
  // From the apex, a few millimetres wide, to the base.
  base.sides[kBase] = 1;
  const Vec3 apex = axes().toBody({0, 0, -measures().leftLength - measures().leftWall});
  std::vector<double> guess(count);
  for (std::size_t c = 0; c < count; ++c) {
    const Vec3 p = all.position(c);
    guess[c] = std::clamp(1 + dot(p, axes().basal) / (measures().leftLength + measures().leftBase), 0.0, 1.0);
    if (core::length(p - apex) < 0.003 + spacing) base.nodes.emplace_back(static_cast<std::uint32_t>(c), 0.0);
  }
  const std::vector<double> leftShare = solveLaplace(all.domain, left);
  const std::vector<double> rightShare = solveLaplace(all.domain, right);
  const std::vector<double> height = solveLaplace(all.domain, base, std::move(guess));
  const std::vector<Vec3> leftSlope = gradientOf(all.domain, left, leftShare);
  const std::vector<Vec3> rightSlope = gradientOf(all.domain, right, rightShare);
  const std::vector<Vec3> baseSlope = gradientOf(all.domain, base, height);

  all.walls.resize(count);
  all.depth.resize(count);
  all.height.resize(count);
  all.lattice.fibres.assign(all.lattice.size(), {});
  all.lattice.layers.assign(all.lattice.size(), Layer::epicardial);
  all.lattice.durations.assign(all.lattice.size(), 1.0F);
  for (std::size_t c = 0; c < count; ++c) {
    const std::size_t n = all.domain.nodes[c];
    const Vec3 p = all.position(c);
    all.walls[c] = wallOf(p);
    all.height[c] = static_cast<float>(std::clamp(height[c], 0.0, 1.0));
    const double outside = 1 - leftShare[c] - rightShare[c];
    const double depth = all.walls[c] == Wall::septum  ? 1 - leftShare[c]
                         : all.walls[c] == Wall::right ? 1 - rightShare[c]
                                                       : 1 - leftShare[c];
    all.depth[c] = static_cast<float>(std::clamp(depth, 0.0, 1.0));
    all.lattice.fibres[n] =
        scene::toFloat3(fibreDirection({leftShare[c], rightShare[c], outside, leftSlope[c], rightSlope[c],
                                        -(leftSlope[c] + rightSlope[c]), baseSlope[c]}));
    // Both sides of the septum are endocardium.
    const double layer = all.walls[c] == Wall::septum ? std::max(0.0, outside) : all.depth[c];
    all.lattice.layers[n] = layer < 0.3   ? Layer::endocardial
                            : layer < 0.7 ? Layer::middle
                                          : Layer::epicardial;
    all.lattice.durations[n] = static_cast<float>(
        repolarisation.endocardium + (repolarisation.epicardium - repolarisation.endocardium) * layer +
        repolarisation.apexToBase * (height[c] - 0.5));
  }
  return all;
}

}  // namespace aula::anatomy::heart
