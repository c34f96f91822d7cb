// SPDX-License-Identifier: Apache-2.0
#include "anatomy/upper_limb/skin_solid.h"

#include <algorithm>
#include <cmath>

namespace aula::anatomy {

namespace {

/// Skin and the fat below it over muscle, and over bare bone, m.
constexpr double kOverMuscle = 0.0035, kOverBone = 0.0055;
/// Hollows between neighbours fill up over this width, m.
constexpr double kBlend = 0.014;
constexpr double kFar = 0.03;

class Lattice final : public Solid::Form {
 public:
  Lattice(const scene::Bounds& box, double spacing) : spacing_(spacing), origin_(box.lower), box_(box) {
    for (int axis = 0; axis < 3; ++axis)
      counts_[std::size_t(axis)] = int(std::ceil(box.size()[axis] / spacing)) + 1;
    values_.assign(std::size_t(counts_[0]) * std::size_t(counts_[1]) * std::size_t(counts_[2]), float(kFar));
  }
  /// value(node, point) for every node.
  template <class Function>
  void fill(const Function& value) {
    std::size_t i = 0;
    for (int z = 0; z < counts_[2]; ++z)
      for (int y = 0; y < counts_[1]; ++y)
        for (int x = 0; x < counts_[0]; ++x) {
          values_[i] = float(value(i, origin_ + spacing_ * Vec3{double(x), double(y), double(z)}));
          ++i;
        }
  }
  /// The nearest of many balls, by nodes; only those within `reach` of one are touched.
  [[nodiscard]] std::vector<float> distancesTo(const std::vector<std::pair<Vec3, double>>& balls,
                                               double reach) const {
    std::vector<float> least(values_.size(), float(kFar));
    for (const auto& [centre, radius] : balls) {
      int from[3], to[3];
      for (int axis = 0; axis < 3; ++axis) {
        const double middle = centre[axis] - origin_[axis];
        from[axis] = std::max(0, int(std::ceil((middle - radius - reach) / spacing_)));
        to[axis] =
            std::min(counts_[std::size_t(axis)] - 1, int(std::floor((middle + radius + reach) / spacing_)));
      }
      for (int z = from[2]; z <= to[2]; ++z)
        for (int y = from[1]; y <= to[1]; ++y)
          for (int x = from[0]; x <= to[0]; ++x) {
            const Vec3 p = origin_ + spacing_ * Vec3{double(x), double(y), double(z)};
            float& value =
                least[std::size_t(x) +
                      std::size_t(counts_[0]) * (std::size_t(y) + std::size_t(counts_[1]) * std::size_t(z))];
            value = std::min(value, float(core::length(p - centre) - radius));
          }
    }
    return least;
  }
  void even() {
    const std::vector<float> before = values_;
    const auto nx = std::size_t(counts_[0]), ny = std::size_t(counts_[1]), nz = std::size_t(counts_[2]);
    for (std::size_t z = 1; z + 1 < nz; ++z)
      for (std::size_t y = 1; y + 1 < ny; ++y)
        for (std::size_t x = 1; x + 1 < nx; ++x) {
          const std::size_t i = x + nx * (y + ny * z);
          values_[i] = 0.4F * before[i] + 0.1F * (before[i - 1] + before[i + 1] + before[i - nx] +
                                                  before[i + nx] + before[i - nx * ny] + before[i + nx * ny]);
        }
  }
  [[nodiscard]] double distance(Vec3 p) const override {
    double w[3];
    std::size_t at[3];
    for (int axis = 0; axis < 3; ++axis) {
      const auto a = std::size_t(axis);
      const double q = std::clamp((p[axis] - origin_[axis]) / spacing_, 0.0, double(counts_[a] - 1) - 1e-9);
      at[a] = std::size_t(q);
      w[a] = q - double(at[a]);
    }
    const auto nx = std::size_t(counts_[0]), ny = std::size_t(counts_[1]);
    double sum = 0;
    for (std::size_t corner = 0; corner < 8; ++corner) {
      const std::size_t dx = corner & 1, dy = corner >> 1 & 1, dz = corner >> 2;
      const double share =
          (dx != 0 ? w[0] : 1 - w[0]) * (dy != 0 ? w[1] : 1 - w[1]) * (dz != 0 ? w[2] : 1 - w[2]);
      sum += share * double(values_[at[0] + dx + nx * (at[1] + dy + ny * (at[2] + dz))]);
    }
    return sum;
  }
  [[nodiscard]] scene::Bounds bounds() const override { return box_.grown(-2 * spacing_); }
  // Blends of distances that are themselves estimates.
  [[nodiscard]] double stretch() const override { return 2; }

 private:
  double spacing_;
  Vec3 origin_;
  scene::Bounds box_;
  std::array<int, 3> counts_{};
  std::vector<float> values_;
};

/// The smaller of two, run together (Quilez's polynomial smooth minimum).
double together(double a, double b) {
  const double h = std::max(kBlend - std::abs(a - b), 0.0) / kBlend;
  return std::min(a, b) - 0.25 * h * h * kBlend;
}

}  // namespace

Solid skinSolid(const UpperLimbMuscles& muscles, double spacing) {
  const Pose rest;
  const UpperLimbMuscles::Forms forms = muscles.formsAt(rest);
  scene::Bounds box;
  for (const MuscleTube& tube : forms.tubes)
    for (int ring = 0; ring < MuscleTube::kRings; ++ring)
      for (int k = 0; k < MuscleTube::kAround; ++k) box.add(tube.point(ring, k));
  // Balls between both faces of the sheet, close enough together to leave no dents.
  std::vector<std::pair<Vec3, double>> balls;
  if (forms.hasSheet) {
    const auto add = [&](Vec3 in, Vec3 out) {
      balls.emplace_back(0.5 * (in + out), 0.5 * core::length(out - in));
    };
    constexpr int kParts = 3;
    for (std::size_t s = 0; s + 1 < std::size_t(MuscleSheet::kStrips); ++s)
      for (std::size_t r = 0; r + 1 < std::size_t(MuscleSheet::kRows); ++r)
        for (int u = 0; u < kParts; ++u)
          for (int v = 0; v < kParts; ++v) {
            const double a = double(u) / kParts, b = double(v) / kParts;
            const auto mixed = [&](const auto& face) {
              return (1 - a) * ((1 - b) * face[s][r] + b * face[s][r + 1]) +
                     a * ((1 - b) * face[s + 1][r] + b * face[s + 1][r + 1]);
            };
            add(mixed(forms.sheet.inner), mixed(forms.sheet.outer));
          }
    for (const auto& ball : balls) box.add(ball.first);
    box = box.grown(0.015);
  }
  const DistanceField& humerus = muscles.bones()[std::size_t(Body::humerus)];
  const DistanceField& forearm = muscles.bones()[std::size_t(Body::forearm)];
  box.add(humerus.bounds());
  box.add(forearm.bounds());
  auto lattice = std::make_shared<Lattice>(box.grown(0.02), spacing);
  std::vector<int> hints(forms.tubes.size(), 0);
  std::vector<scene::Bounds> boxes;
  for (const MuscleTube& tube : forms.tubes) {
    scene::Bounds one;
    for (int ring = 0; ring < MuscleTube::kRings; ++ring)
      for (int k = 0; k < MuscleTube::kAround; ++k) one.add(tube.point(ring, k));
    boxes.push_back(one.grown(kFar));
  }
  const std::vector<float> sheet = lattice->distancesTo(balls, kBlend + kOverMuscle);
  lattice->fill([&](std::size_t node, Vec3 p) {
    double all = std::min(humerus.distance(p), forearm.distance(p)) - kOverBone;
    // The field's reach is where nothing is known; farther is no nearer.
    if (all > DistanceField::kReach - kOverBone - 1e-6) all = kFar;
    for (std::size_t t = 0; t < forms.tubes.size(); ++t) {
      const scene::Bounds& b = boxes[t];
      if (p.x < b.lower.x || p.y < b.lower.y || p.z < b.lower.z || p.x > b.upper.x || p.y > b.upper.y ||
          p.z > b.upper.z)
        continue;
      all = together(all, forms.tubes[t].distance(p, hints[t]) - kOverMuscle);
    }
    return std::clamp(together(all, double(sheet[node]) - kOverMuscle), -kFar, kFar);
  });
  lattice->even();
  lattice->even();
  return Solid(lattice);
}

}  // namespace aula::anatomy
