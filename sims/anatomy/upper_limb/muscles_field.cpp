// SPDX-License-Identifier: Apache-2.0
#include "anatomy/upper_limb/muscles_field.h"

#include <algorithm>
#include <cmath>

namespace aula::anatomy {

namespace {

/// How far a point is from a box, 0 inside.
double distanceToBox(const scene::Bounds& box, Vec3 p) {
  Vec3 out;
  for (int axis = 0; axis < 3; ++axis)
    out[axis] = std::max({box.lower[axis] - p[axis], 0.0, p[axis] - box.upper[axis]});
  return core::length(out);
}

}  // namespace

DistanceField::DistanceField(const std::vector<Solid>& solids, double spacing) : spacing_(spacing) {
  scene::Bounds all;
  std::vector<scene::Bounds> boxes;
  for (const Solid& solid : solids) {
    boxes.push_back(solid.bounds());
    all.add(boxes.back());
  }
  if (all.isEmpty()) return;
  bounds_ = all;
  all = all.grown(kReach);
  origin_ = all.lower;
  const auto nodes = [&](double size) { return int(std::ceil(size / spacing)) + 2; };
  nx_ = nodes(all.size().x), ny_ = nodes(all.size().y), nz_ = nodes(all.size().z);
  perSpacing_ = 1 / spacing;
  lastX_ = nx_ - 1, lastY_ = ny_ - 1, lastZ_ = nz_ - 1;
  values_.assign(std::size_t(nx_) * std::size_t(ny_) * std::size_t(nz_), float(kReach));

  // Blocks far from every surface keep the reach; the others are asked node by node.
  constexpr int kBlock = 4;
  const double blockRadius = 0.5 * std::sqrt(3.0) * kBlock * spacing;
  for (std::size_t s = 0; s < solids.size(); ++s) {
#pragma omp parallel for schedule(dynamic)
    for (int kb = 0; kb < nz_; kb += kBlock)
      for (int jb = 0; jb < ny_; jb += kBlock)
        for (int ib = 0; ib < nx_; ib += kBlock) {
          const Vec3 middle =
              origin_ + spacing * Vec3{ib + 0.5 * kBlock, jb + 0.5 * kBlock, kb + 0.5 * kBlock};
          if (distanceToBox(boxes[s], middle) > kReach + blockRadius) continue;
          if (solids[s].distance(middle) > solids[s].stretch() * (kReach + blockRadius)) continue;
          for (int k = kb; k < std::min(nz_, kb + kBlock); ++k)
            for (int j = jb; j < std::min(ny_, jb + kBlock); ++j)
              for (int i = ib; i < std::min(nx_, ib + kBlock); ++i) {
                const Vec3 p = origin_ + spacing * Vec3{double(i), double(j), double(k)};
                float& value =
                    values_[std::size_t(i) +
                            std::size_t(nx_) * (std::size_t(j) + std::size_t(ny_) * std::size_t(k))];
                value = std::min(value, float(solids[s].distance(p)));
              }
        }
  }
}

Vec3 DistanceField::away(Vec3 p) const {
  const double h = spacing_;
  const Vec3 slope{distance(p + Vec3{h, 0, 0}) - distance(p - Vec3{h, 0, 0}),
                   distance(p + Vec3{0, h, 0}) - distance(p - Vec3{0, h, 0}),
                   distance(p + Vec3{0, 0, h}) - distance(p - Vec3{0, 0, h})};
  const double size = core::length(slope);
  return size > 1e-9 ? slope / size : Vec3{};
}

}  // namespace aula::anatomy
