// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "anatomy/shape/ellipse.h"
#include "anatomy/shape/solid.h"
#include "core/error.h"

namespace aula::anatomy {

namespace {

void requirePositive(double value, const char* what) {
  if (!(value > 0) || !std::isfinite(value))
    throw core::inputError("A solid cannot be made: " + std::string(what) + " is " + std::to_string(value) +
                           " m; it must be positive.");
}

/// A point in a rigid frame's own axes.
Vec3 inFrame(const scene::Transform& frame, Vec3 p) {
  return {dot(frame.x, p), dot(frame.y, p), dot(frame.z, p)};
}

/// Half the extent along each axis of the lab of a box with half sizes along a frame's axes.
Vec3 boxExtent(const scene::Transform& frame, Vec3 half) {
  Vec3 extent;
  for (int axis = 0; axis < 3; ++axis)
    extent[axis] = std::abs(frame.x[axis]) * half.x + std::abs(frame.y[axis]) * half.y +
                   std::abs(frame.z[axis]) * half.z;
  return extent;
}

class Ball final : public Solid::Form {
 public:
  Ball(Vec3 centre, double radius) : centre_(centre), radius_(radius) {}
  [[nodiscard]] double distance(Vec3 p) const override { return length(p - centre_) - radius_; }
  [[nodiscard]] scene::Bounds bounds() const override {
    scene::Bounds b;
    b.add(centre_);
    return b.grown(radius_);
  }

 private:
  Vec3 centre_;
  double radius_;
};

class Ellipsoid final : public Solid::Form {
 public:
  Ellipsoid(Vec3 centre, Vec3 semiAxes, const scene::Transform& frame)
      : centre_(centre), semiAxes_{semiAxes.x, semiAxes.y, semiAxes.z}, frame_(frame) {}
  [[nodiscard]] double distance(Vec3 p) const override {
    const Vec3 q = inFrame(frame_, p - centre_);
    return ellipseDistance<3>({q.x, q.y, q.z}, semiAxes_);
  }
  [[nodiscard]] scene::Bounds bounds() const override {
    Vec3 extent;
    for (int axis = 0; axis < 3; ++axis)
      extent[axis] = std::hypot(frame_.x[axis] * semiAxes_[0], frame_.y[axis] * semiAxes_[1],
                                frame_.z[axis] * semiAxes_[2]);
    return {centre_ - extent, centre_ + extent};
  }

 private:
  Vec3 centre_;
  std::array<double, 3> semiAxes_;
  scene::Transform frame_;
};

/// Quilez 2018, "Distance functions", round cone: in the half plane through the axis the nearest point lies
/// on one of the two circles or on their common tangent.
class RoundCone final : public Solid::Form {
 public:
  RoundCone(Vec3 from, Vec3 to, double radiusFrom, double radiusTo)
      : from_(from), to_(to), radiusFrom_(radiusFrom), radiusTo_(radiusTo) {
    const double span = length(to - from);
    axis_ = (1 / span) * (to - from);
    span_ = span;
    sine_ = (radiusFrom - radiusTo) / span;
    cosine_ = std::sqrt(1 - sine_ * sine_);
  }
  [[nodiscard]] double distance(Vec3 p) const override {
    const Vec3 q = p - from_;
    const double along = dot(q, axis_), across = length(q - along * axis_);
    // The foot on the axis along the tangent's normal.
    const double foot = along - across * sine_ / cosine_;
    if (foot <= 0) return std::hypot(along, across) - radiusFrom_;
    if (foot >= span_) return std::hypot(along - span_, across) - radiusTo_;
    return across * cosine_ + along * sine_ - radiusFrom_;
  }
  [[nodiscard]] scene::Bounds bounds() const override {
    scene::Bounds a, b;
    a.add(from_);
    b.add(to_);
    a = a.grown(radiusFrom_);
    a.add(b.grown(radiusTo_));
    return a;
  }

 private:
  Vec3 from_, to_, axis_;
  double radiusFrom_, radiusTo_, span_ = 0, sine_ = 0, cosine_ = 1;
};

class RoundBox final : public Solid::Form {
 public:
  RoundBox(Vec3 centre, Vec3 half, double rounding, const scene::Transform& frame)
      : centre_(centre), half_(half), rounding_(rounding), frame_(frame) {}
  [[nodiscard]] double distance(Vec3 p) const override {
    const Vec3 q = inFrame(frame_, p - centre_);
    Vec3 outside;
    double inside = -1e300;
    for (int axis = 0; axis < 3; ++axis) {
      const double d = std::abs(q[axis]) - half_[axis] + rounding_;
      outside[axis] = std::max(d, 0.0);
      inside = std::max(inside, d);
    }
    return length(outside) + std::min(inside, 0.0) - rounding_;
  }
  [[nodiscard]] scene::Bounds bounds() const override {
    const Vec3 extent = boxExtent(frame_, half_);
    return {centre_ - extent, centre_ + extent};
  }

 private:
  Vec3 centre_, half_;
  double rounding_;
  scene::Transform frame_;
};

class RoundCylinder final : public Solid::Form {
 public:
  RoundCylinder(Vec3 from, Vec3 to, double radius, double rounding)
      : centre_(0.5 * (from + to)),
        axis_(normalised(to - from)),
        half_(length(to - from) / 2),
        radius_(radius),
        rounding_(rounding) {}
  [[nodiscard]] double distance(Vec3 p) const override {
    const Vec3 q = p - centre_;
    const double along = dot(q, axis_), across = length(q - along * axis_);
    const double a = across - radius_ + rounding_, b = std::abs(along) - half_ + rounding_;
    return std::hypot(std::max(a, 0.0), std::max(b, 0.0)) + std::min(std::max(a, b), 0.0) - rounding_;
  }
  [[nodiscard]] scene::Bounds bounds() const override {
    Vec3 extent;
    for (int axis = 0; axis < 3; ++axis)
      extent[axis] =
          half_ * std::abs(axis_[axis]) + radius_ * std::sqrt(std::max(0.0, 1 - axis_[axis] * axis_[axis]));
    return {centre_ - extent, centre_ + extent};
  }

 private:
  Vec3 centre_, axis_;
  double half_, radius_, rounding_;
};

class Torus final : public Solid::Form {
 public:
  Torus(Vec3 centre, Vec3 axis, double radius, double tubeRadius)
      : centre_(centre), axis_(normalised(axis)), radius_(radius), tubeRadius_(tubeRadius) {}
  [[nodiscard]] double distance(Vec3 p) const override {
    const Vec3 q = p - centre_;
    const double along = dot(q, axis_), across = length(q - along * axis_);
    return std::hypot(across - radius_, along) - tubeRadius_;
  }
  [[nodiscard]] scene::Bounds bounds() const override {
    Vec3 extent;
    for (int axis = 0; axis < 3; ++axis)
      extent[axis] = radius_ * std::sqrt(std::max(0.0, 1 - axis_[axis] * axis_[axis])) + tubeRadius_;
    return {centre_ - extent, centre_ + extent};
  }

 private:
  Vec3 centre_, axis_;
  double radius_, tubeRadius_;
};

}  // namespace

Solid ball(Vec3 centre, double radius) {
  requirePositive(radius, "a ball's radius");
  return Solid(std::make_shared<Ball>(centre, radius));
}

Solid ellipsoid(Vec3 centre, Vec3 semiAxes, const scene::Transform& frame) {
  for (int axis = 0; axis < 3; ++axis) requirePositive(semiAxes[axis], "an ellipsoid's semi-axis");
  return Solid(std::make_shared<Ellipsoid>(centre, semiAxes, frame));
}

Solid roundCone(Vec3 from, Vec3 to, double radiusFrom, double radiusTo) {
  requirePositive(std::max(radiusFrom, radiusTo), "a cone's larger radius");
  // One ball within the other: no tangent touches both.
  if (length(to - from) <= std::abs(radiusFrom - radiusTo))
    return radiusFrom > radiusTo ? ball(from, radiusFrom) : ball(to, radiusTo);
  return Solid(std::make_shared<RoundCone>(from, to, radiusFrom, radiusTo));
}

Solid roundBox(Vec3 centre, Vec3 half, double rounding, const scene::Transform& frame) {
  for (int axis = 0; axis < 3; ++axis) requirePositive(half[axis], "a box's half size");
  const double most = std::min({half.x, half.y, half.z});
  return Solid(std::make_shared<RoundBox>(centre, half, std::clamp(rounding, 0.0, most), frame));
}

Solid roundCylinder(Vec3 from, Vec3 to, double radius, double rounding) {
  requirePositive(radius, "a cylinder's radius");
  requirePositive(length(to - from), "a cylinder's height");
  const double most = std::min(radius, length(to - from) / 2);
  return Solid(std::make_shared<RoundCylinder>(from, to, radius, std::clamp(rounding, 0.0, most)));
}

Solid torus(Vec3 centre, Vec3 axis, double radius, double tubeRadius) {
  requirePositive(radius, "a torus' radius");
  requirePositive(tubeRadius, "a torus' tube radius");
  requirePositive(length(axis), "the length of a torus' axis");
  return Solid(std::make_shared<Torus>(centre, axis, radius, tubeRadius));
}

}  // namespace aula::anatomy
