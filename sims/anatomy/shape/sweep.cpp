// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "anatomy/shape/ellipse.h"
#include "anatomy/shape/solid.h"
#include "anatomy/shape/spine.h"
#include "core/error.h"

namespace aula::anatomy {

namespace {

constexpr int kPieces = 8;    ///< Chords for each span of the curve, where the search for the foot begins.
constexpr int kCorners = 48;  ///< Chords of a quarter of a superellipse.

using Quarter = std::array<std::array<double, 2>, kCorners + 1>;

/// A quarter of |x|^n + |y|^n = 1.
Quarter quarterOf(double exponent) {
  Quarter quarter;
  for (std::size_t i = 0; i <= kCorners; ++i) {
    const double angle = double(i) * std::acos(0.0) / kCorners;
    quarter[i] = {std::pow(std::max(std::cos(angle), 0.0), 2 / exponent),
                  std::pow(std::sin(angle), 2 / exponent)};
  }
  quarter[0] = {1, 0};
  quarter[kCorners] = {0, 1};
  return quarter;
}

struct Chord {
  Vec3 from, way;
  double inverseSquare;
};

struct Curve {
  explicit Curve(std::vector<Section> sections) : spine(std::move(sections)) {
    for (const Section& section : spine.sections()) quarters.push_back(quarterOf(section.exponent));
    for (std::size_t i = 0; i < spine.spans() * kPieces; ++i) {
      const Vec3 from = spine.place(double(i) / kPieces).point,
                 way = spine.place(double(i + 1) / kPieces).point - from;
      const double square = dot(way, way);
      chords.push_back({from, way, square > 0 ? 1 / square : 0});
    }
    for (const Section& section : spine.sections()) isEllipse = isEllipse && section.exponent == 2;
  }
  Spine spine;
  std::vector<Quarter> quarters;  ///< Of each section.
  std::vector<Chord> chords;
  bool isEllipse = true;  ///< Everywhere.
};

/// Nearest point of a chord, from 0 to 1 along it, and its squared distance.
inline std::pair<double, double> toChord(const Chord& chord, Vec3 p) {
  const Vec3 gap = p - chord.from;
  const double t = std::clamp(dot(gap, chord.way) * chord.inverseSquare, 0.0, 1.0);
  const Vec3 rest = gap - t * chord.way;
  return {t, dot(rest, rest)};
}

/// The distance in the plane of a section. Between sections of different exponents the outlines are mixed.
double superellipseDistance(const Curve& curve, const Spine::Cut& cut, double x, double y) {
  const Quarter &from = curve.quarters[cut.span], &to = curve.quarters[cut.span + 1];
  x = std::abs(x), y = std::abs(y);
  const auto corner = [&](std::size_t i) {
    return std::array<double, 2>{cut.a * (from[i][0] + cut.share * (to[i][0] - from[i][0])),
                                 cut.b * (from[i][1] + cut.share * (to[i][1] - from[i][1]))};
  };
  double least = std::numeric_limits<double>::infinity(), side = 1;
  std::array<double, 2> a = corner(0);
  for (std::size_t i = 0; i < kCorners; ++i) {
    const std::array<double, 2> b = corner(i + 1);
    const double dx = b[0] - a[0], dy = b[1] - a[1], gx = x - a[0], gy = y - a[1];
    const double square = dx * dx + dy * dy;
    const double t = square > 0 ? std::clamp((gx * dx + gy * dy) / square, 0.0, 1.0) : 0;
    const double d = (gx - t * dx) * (gx - t * dx) + (gy - t * dy) * (gy - t * dy);
    if (d < least) {
      least = d;
      side = dx * gy - dy * gx;
    }
    a = b;
  }
  // The outline runs counter-clockwise: what lies on its left is inside.
  return side > 0 ? -std::sqrt(least) : std::sqrt(least);
}

class Sweep final : public Solid::Form {
 public:
  explicit Sweep(std::vector<Section> sections)
      : curve_(std::make_shared<Curve>(std::move(sections))), last_(curve_->chords.size()) {
    const Spine& spine = curve_->spine;
    const int steps = int(spine.spans()) * 2 * kPieces;
    Vec3 before;
    double slope = 0;
    for (int i = 0; i <= steps; ++i) {
      const double u = double(i) / (2 * kPieces);
      const Spine::Place at = spine.place(u);
      const Spine::Cut cut = spine.cut(u, at);
      Vec3 extent;
      const double cap = i == 0 || i == steps ? std::min(cut.a, cut.b) : 0;
      for (int axis = 0; axis < 3; ++axis) {
        // A superellipse lies within its box, an ellipse touches hypot.
        const double x = std::abs(cut.a * cut.across[axis]), y = std::abs(cut.b * cut.up[axis]);
        extent[axis] = (curve_->isEllipse ? std::hypot(x, y) : x + y) + cap * std::abs(cut.tangent[axis]);
      }
      bounds_.add(at.point - extent);
      bounds_.add(at.point + extent);

      // How fast the distance may change on the way along: the sides' slope and the section's twist, both
      // faster on the inner side of a bend.
      const double speed = length(at.velocity), radius = std::max(cut.a, cut.b);
      if (!(speed > 0)) continue;
      const double bend = length(cross(at.velocity, at.acceleration)) / (speed * speed * speed);
      const double twist =
          i > 0 ? length(cross(before, cut.across)) * 2 * kPieces / speed * std::abs(cut.a - cut.b) : 0;
      before = cut.across;
      slope = std::max(slope, (std::max(std::abs(cut.slopeA), std::abs(cut.slopeB)) + twist) /
                                  (1 - std::min(bend * radius, 0.6)));
    }
    // Between the samples the sides may stand out a little.
    bounds_ = bounds_.grown(0.01 * bounds_.diagonal());
    stretch_ = std::min(std::hypot(1, slope), 3.0);
  }

  [[nodiscard]] double distance(Vec3 p) const override {
    double least = std::numeric_limits<double>::infinity(), u = 0;
    for (std::size_t i = first_; i < last_; ++i) {
      const auto [t, d] = toChord(curve_->chords[i], p);
      if (d < least) {
        least = d;
        u = (double(i) + t) / kPieces;
      }
    }
    const Spine& spine = curve_->spine;
    u = spine.refine(p, u);
    const Spine::Place at = spine.place(u);
    const Spine::Cut cut = spine.cut(u, at);
    const Vec3 gap = p - at.point;
    const double x = dot(gap, cut.across), y = dot(gap, cut.up), beyond = dot(gap, cut.tangent);
    double d = 0;
    if (!curve_->isEllipse)
      d = superellipseDistance(*curve_, cut, x, y);
    else if (std::abs(cut.a - cut.b) <= 1e-9 * cut.a)
      d = std::sqrt(x * x + y * y) - cut.a;
    else
      d = ellipseDistance<2>({x, y}, {cut.a, cut.b});
    // Sides that are not along the curve are nearer than they seem in the section.
    const double nx = x / cut.a, ny = y / cut.b, norm = nx * nx + ny * ny;
    const double slope = norm > 0 ? (cut.slopeA * nx * nx + cut.slopeB * ny * ny) / norm : 0;
    d /= std::hypot(1, slope);
    // Ends are round: a ball's worth of the smaller semi-axis.
    const bool isBehind = u <= 0 && beyond < 0, isBefore = u >= double(spine.spans()) && beyond > 0;
    if (!isBehind && !isBefore) return d;
    const double cap = std::min(cut.a, cut.b);
    return std::hypot(std::max(d + cap, 0.0), beyond) - cap;
  }
  [[nodiscard]] scene::Bounds bounds() const override { return bounds_; }
  [[nodiscard]] double stretch() const override { return stretch_; }
  [[nodiscard]] std::shared_ptr<const Form> within(const scene::Bounds& box) const override {
    // Chords that are not the nearest anywhere in the box need no look.
    const double radius = box.diagonal() / 2;
    std::vector<double> distances;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = first_; i < last_; ++i) {
      distances.push_back(std::sqrt(toChord(curve_->chords[i], box.centre()).second));
      least = std::min(least, distances.back());
    }
    std::size_t first = last_, last = first_;
    for (std::size_t i = first_; i < last_; ++i) {
      if (distances[i - first_] > least + 2 * radius) continue;
      first = std::min(first, i);
      last = i + 1;
    }
    if (first == first_ && last == last_) return nullptr;
    auto less = std::make_shared<Sweep>(*this);
    less->first_ = first;
    less->last_ = last;
    return less;
  }

 private:
  std::shared_ptr<const Curve> curve_;
  std::size_t first_ = 0, last_ = 0;  ///< Chords that matter.
  scene::Bounds bounds_;
  double stretch_ = 1;
};

}  // namespace

Solid sweep(std::vector<Section> sections) {
  const auto refuse = [](const std::string& why) {
    return core::inputError("A sweep cannot be made: " + why);
  };
  if (sections.size() < 2)
    throw refuse("it has " + std::to_string(sections.size()) + " sections; two or more are needed.");
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const Section& s = sections[i];
    if (!(s.a >= 0 && s.b >= 0 && s.exponent >= 1) || !std::isfinite(s.a + s.b + s.exponent))
      throw refuse("section " + std::to_string(i) + " has semi-axes " + std::to_string(s.a) + " and " +
                   std::to_string(s.b) + " m and exponent " + std::to_string(s.exponent) +
                   "; semi-axes must not be negative, the exponent at least 1.");
    if (i > 0 && !(length(s.centre - sections[i - 1].centre) > 1e-9))
      throw refuse("sections " + std::to_string(i - 1) + " and " + std::to_string(i) + " lie at one place.");
  }
  return Solid(std::make_shared<Sweep>(std::move(sections)));
}

}  // namespace aula::anatomy
