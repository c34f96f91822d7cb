// SPDX-License-Identifier: Apache-2.0
#include "anatomy/airways/lobes.h"

#include <algorithm>
#include <cmath>

namespace aula::anatomy {

namespace {

/// Half the width of a fissure as it is drawn, m: the lobes' meshes must not touch.
constexpr double kHalfFissure = 0.0005;

// Where the fissures cross the middle of the lungs' height, m: found by bisection so that the lobes' volumes
// have the published shares (tests/unit/anatomy_airways holds them to it).
constexpr double kObliqueRight = -0.02875, kObliqueLeft = -0.03290, kHorizontal = -0.02963;
// Half the width of each lung's chest wall, m: so that both lungs hold 5.4 L, the right one 53.3 % of it.
constexpr double kHalfWidthRight = 0.0695, kHalfWidthLeft = 0.0599;

/// Largest of two with a rounded edge (Quilez 2013, polynomial): at most blend / 4 above the sharp one.
double smoothMax(double a, double b, double blend) {
  const double h = std::max(blend - std::abs(a - b), 0.0) / blend;
  return std::max(a, b) + 0.25 * h * h * blend;
}

/// A superellipsoid's first-order distance: (norm - 1) / |gradient of the norm|.
double superellipsoid(Vec3 p, Vec3 centre, Vec3 half, double exponent) {
  const Vec3 u = p - centre;
  double sum = 0;
  double powers[3];
  for (int axis = 0; axis < 3; ++axis) {
    const double ratio = std::abs(u[axis]) / half[axis];
    powers[axis] = std::pow(ratio, exponent - 1);
    sum += powers[axis] * ratio;
  }
  if (sum < 1e-12) return -std::min({half.x, half.y, half.z});
  const double norm = std::pow(sum, 1 / exponent);
  double gradient = 0;
  for (int axis = 0; axis < 3; ++axis) {
    const double slope = powers[axis] / half[axis];
    gradient += slope * slope;
  }
  gradient = std::sqrt(gradient) * std::pow(norm, 1 - exponent);
  return (norm - 1) / gradient;
}

double ellipsoidDistance(Vec3 p, Vec3 centre, Vec3 half) {
  return superellipsoid(p, centre, half, 2);
}

/// What lies between the lungs, from outside negative: spine, great vessels, heart.
double mediastinum(Vec3 p) {
  const double spine = std::hypot(p.x, p.y + 0.055) - 0.026;
  const double vessels = ellipsoidDistance({p.x, p.y, 0}, {0, 0.018, 0}, {0.026, 0.044, 1});
  const double middle = std::abs(p.x) - 0.007;
  // The heart lies on its side, two thirds of it left of the middle, its apex forwards.
  const Vec3 h = p - Vec3{-0.015, 0.040, -0.072};
  const Vec3 along = core::normalised(Vec3{-0.72, 0.42, -0.55}),
             across = core::normalised(core::cross(along, {0, 0, 1}));
  const Vec3 third = core::cross(along, across);
  const double heart = ellipsoidDistance({core::dot(h, along), core::dot(h, across), core::dot(h, third)}, {},
                                         {0.058, 0.041, 0.041});
  // The notch that the heart's front leaves in the left lung's edge.
  const double notch = ellipsoidDistance(p, {-0.014, 0.086, -0.080}, {0.044, 0.042, 0.045});
  double d = -smoothMax(-spine, -vessels, 0.02);
  d = -smoothMax(-d, -middle, 0.012);
  d = -smoothMax(-d, -heart, 0.02);
  return -smoothMax(-d, -notch, 0.02);
}

/// Domes of the diaphragm; the right one stands higher, over the liver.
double dome(Side side, Vec3 p) {
  const double s = side == Side::right ? 1 : -1;
  const double top = side == Side::right ? -0.104 : -0.116;
  constexpr double kHeight = 0.105;
  return ellipsoidDistance(p, {s * 0.054, 0.020, top - kHeight}, {0.082, 0.094, kHeight});
}

/// The chest's inside: an egg, wider below, flattened from front to back.
double chest(Side side, Vec3 p) {
  const double s = side == Side::right ? 1 : -1;
  constexpr double kHalfHeight = 0.158, kMiddle = -0.066;
  const Vec3 half{side == Side::right ? kHalfWidthRight : kHalfWidthLeft, 0.0880, kHalfHeight};
  // Narrower towards the apex; the ribs slope forwards and down.
  const double height = (p.z - kMiddle) / kHalfHeight;
  const double narrowing = 1 - 0.20 * std::clamp(height, -0.6, 1.2);
  const double lean = -0.010 * height;
  const Vec3 q{s * p.x / narrowing, (p.y - lean) / narrowing, p.z};
  const Vec3 centre{0.0625 / (1 + 0.10 * height), 0.016, kMiddle};
  return superellipsoid(q, centre, half, 2.35) * std::min(1.0, narrowing);
}

/// Positive on the upper and front side of the oblique fissure.
double oblique(Side side, Vec3 p) {
  const double x = std::abs(p.x) - 0.066;
  // Curved like a propeller: it drops further in front and at the side.
  const double base = side == Side::right ? kObliqueRight : kObliqueLeft;
  const double level = base - 0.92 * p.y - 0.9 * p.y * p.y + 0.10 * x - 2.0 * x * x;
  return (p.z - level) / 1.45;
}

/// Positive above the horizontal fissure.
double horizontal(Vec3 p) {
  const double x = p.x - 0.066;
  return (p.z - (kHorizontal + 0.10 * (p.y - 0.05) - 1.2 * x * x)) / 1.05;
}

double lobeDistance(Lobe lobe, Vec3 p) {
  const Side side = sideOf(lobe);
  double d = lungDistance(side, p);
  const double above = oblique(side, p);
  const auto cut = [&](double other) { d = smoothMax(d, other + kHalfFissure, 0.006); };
  switch (lobe) {
    case Lobe::rightSuperior:
      cut(-above);
      cut(-horizontal(p));
      break;
    case Lobe::rightMiddle:
      cut(-above);
      cut(horizontal(p));
      break;
    case Lobe::rightInferior:
    case Lobe::leftInferior:
      cut(above);
      break;
    case Lobe::leftSuperior:
      cut(-above);
      break;
  }
  return d;
}

scene::Bounds boundsOfLung(Side side) {
  scene::Bounds bounds;
  bounds.lower = {side == Side::right ? 0.0 : -0.175, -0.12, -0.27};
  bounds.upper = {side == Side::right ? 0.175 : 0.0, 0.15, 0.12};
  return bounds;
}

class LungForm final : public Solid::Form {
 public:
  explicit LungForm(Side side) : side_(side) {}
  [[nodiscard]] double distance(Vec3 p) const override { return lungDistance(side_, p); }
  [[nodiscard]] scene::Bounds bounds() const override { return boundsOfLung(side_); }
  [[nodiscard]] double stretch() const override { return 2; }

 private:
  Side side_;
};

class LobeForm final : public Solid::Form {
 public:
  explicit LobeForm(Lobe lobe) : lobe_(lobe) {}
  [[nodiscard]] double distance(Vec3 p) const override { return lobeDistance(lobe_, p); }
  [[nodiscard]] scene::Bounds bounds() const override { return boundsOfLung(sideOf(lobe_)); }
  [[nodiscard]] double stretch() const override { return 2; }

 private:
  Lobe lobe_;
};

class DiaphragmForm final : public Solid::Form {
 public:
  [[nodiscard]] double distance(Vec3 p) const override {
    // Both domes flow into each other below the heart; cut by the chest, a little wider than the lungs.
    const double right = dome(Side::right, p), left = dome(Side::left, p);
    const double domes = -smoothMax(-right, -left, 0.05) + 0.003;
    const double sheet = std::abs(domes + 0.002) - 0.002;
    const double wall = superellipsoid(p, {0, 0.017, -0.135}, {0.136, 0.099, 0.10}, 2.4);
    // It is fixed to the ribs' edge, which climbs towards the front.
    const double edge = (-0.176 + 0.30 * p.y - p.z) / 1.05;
    return smoothMax(smoothMax(sheet, wall, 0.003), edge, 0.003);
  }
  [[nodiscard]] scene::Bounds bounds() const override {
    scene::Bounds bounds;
    bounds.lower = {-0.17, -0.12, -0.28};
    bounds.upper = {0.17, 0.15, -0.08};
    return bounds;
  }
  [[nodiscard]] double stretch() const override { return 2; }
};

constexpr std::array<std::array<const char*, 2>, kLobes> kIds = {
    {{"lobe_right_superior", "lobar_bronchus_right_superior"},
     {"lobe_right_middle", "lobar_bronchus_right_middle"},
     {"lobe_right_inferior", "lobar_bronchus_right_inferior"},
     {"lobe_left_superior", "lobar_bronchus_left_superior"},
     {"lobe_left_inferior", "lobar_bronchus_left_inferior"}}};

}  // namespace

const char* idOf(Lobe lobe) {
  return kIds[static_cast<std::size_t>(lobe)][0];
}
const char* idOfBronchus(Lobe lobe) {
  return kIds[static_cast<std::size_t>(lobe)][1];
}
Side sideOf(Lobe lobe) {
  return lobe == Lobe::leftSuperior || lobe == Lobe::leftInferior ? Side::left : Side::right;
}
double lungDistance(Side side, Vec3 p) {
  // Each lung stays on its side whatever the smooth functions do far away.
  const double d = smoothMax(chest(side, p), -mediastinum(p), 0.014);
  return smoothMax(d, -dome(side, p), 0.012);
}

Solid lungSolid(Side side) {
  return Solid(std::make_shared<const LungForm>(side));
}
Solid lobeSolid(Lobe lobe) {
  return Solid(std::make_shared<const LobeForm>(lobe));
}
Solid diaphragmSolid() {
  return Solid(std::make_shared<const DiaphragmForm>());
}

Lobe lobeAt(Vec3 p) {
  const Side side = p.x >= 0 ? Side::right : Side::left;
  const bool isAbove = oblique(side, p) >= 0;
  if (side == Side::left) return isAbove ? Lobe::leftSuperior : Lobe::leftInferior;
  if (!isAbove) return Lobe::rightInferior;
  return horizontal(p) >= 0 ? Lobe::rightSuperior : Lobe::rightMiddle;
}

}  // namespace aula::anatomy
