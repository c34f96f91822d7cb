// SPDX-License-Identifier: Apache-2.0
#include "anatomy/upper_limb/bones_kit.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace aula::anatomy::kit {

namespace {

constexpr double kMm = 1e-3;

/// The two axes turned by degrees, the first towards the second.
void turn(Vec3& first, Vec3& second, double degrees) {
  const double angle = degrees * std::numbers::pi / 180, c = std::cos(angle), s = std::sin(angle);
  const Vec3 a = c * first + s * second, b = c * second - s * first;
  first = a;
  second = b;
}

class SheetForm final : public Solid::Form {
 public:
  SheetForm(const Frame& frame, const Sheet& shape) : frame_(frame), bend_(shape.bend) {
    half_ = shape.thickness / 2;
    const std::size_t n = shape.outline.size();
    std::vector<std::array<double, 2>> outline;
    constexpr int kPieces = 6;
    for (std::size_t i = 0; i < n; ++i)
      for (int j = 0; j < kPieces; ++j) {
        const double t = double(j) / kPieces;
        const auto &p0 = shape.outline[(i + n - 1) % n], &p1 = shape.outline[i],
                   &p2 = shape.outline[(i + 1) % n], &p3 = shape.outline[(i + 2) % n];
        std::array<double, 2> p{};
        // Uniform Catmull-Rom.
        for (std::size_t k = 0; k < 2; ++k)
          p[k] =
              0.5 * (2 * p1[k] + (p2[k] - p0[k]) * t + (2 * p0[k] - 5 * p1[k] + 4 * p2[k] - p3[k]) * t * t +
                     (3 * p1[k] - p0[k] - 3 * p2[k] + p3[k]) * t * t * t);
        outline.push_back(p);
      }
    for (std::size_t i = 0, j = outline.size() - 1; i < outline.size(); j = i++) {
      const auto [x, y] = outline[i];
      const double dx = outline[j][0] - x, dy = outline[j][1] - y;
      edges_.push_back({x, y, dx, dy, 1 / (dx * dx + dy * dy)});
      const double z = height(x, y);
      for (const double side : {-half_, half_}) bounds_.add(frame_(x, y, z + side));
    }
    // Bent sheets rise between the points of their outline.
    bounds_ = bounds_.grown(0.1 * bounds_.diagonal());
  }
  [[nodiscard]] double distance(Vec3 p) const override {
    const Vec3 q = p - frame_.origin;
    const double x = dot(q, frame_.x) / kMm, y = dot(q, frame_.y) / kMm, z = dot(q, frame_.z) / kMm;
    const double slopeX = bend_[1] + 2 * bend_[3] * x + bend_[4] * y,
                 slopeY = bend_[2] + bend_[4] * x + 2 * bend_[5] * y;
    const double rise = std::abs(z - height(x, y)) / std::sqrt(1 + slopeX * slopeX + slopeY * slopeY);
    // Round edges: a circle of half the thickness.
    const double edge = toOutline(x, y) + half_;
    return kMm * (std::hypot(std::max(edge, 0.0), rise) - half_);
  }
  [[nodiscard]] scene::Bounds bounds() const override { return bounds_; }
  [[nodiscard]] double stretch() const override { return 1.3; }

 private:
  [[nodiscard]] double height(double x, double y) const {
    return bend_[0] + bend_[1] * x + bend_[2] * y + bend_[3] * x * x + bend_[4] * x * y + bend_[5] * y * y;
  }
  /// Negative inside (even-odd).
  [[nodiscard]] double toOutline(double x, double y) const {
    double least = std::numeric_limits<double>::infinity();
    bool isInside = false;
    for (const Edge& e : edges_) {
      const double gx = x - e.x, gy = y - e.y;
      const double t = std::clamp((gx * e.dx + gy * e.dy) * e.inverseSquare, 0.0, 1.0);
      const double rx = gx - t * e.dx, ry = gy - t * e.dy;
      least = std::min(least, rx * rx + ry * ry);
      if ((gy < 0) != (gy < e.dy) && (gx * e.dy < e.dx * gy) == (e.dy > 0)) isInside = !isInside;
    }
    return isInside ? -std::sqrt(least) : std::sqrt(least);
  }
  struct Edge {
    double x, y, dx, dy, inverseSquare;
  };
  Frame frame_;
  std::array<double, 6> bend_;
  double half_ = 1;
  std::vector<Edge> edges_;
  scene::Bounds bounds_;
};

class Creased final : public Solid::Form {
 public:
  Creased(Solid block, std::vector<Solid> parts, double depth, double width)
      : block_(std::move(block)), parts_(std::move(parts)), depth_(depth), width_(width) {
    // The furrow's steepest side, times two distances that change by one each.
    stretch_ = block_.stretch() + 3 * depth / width;
    for (const Solid& part : parts_)
      stretch_ = std::max(stretch_, block_.stretch() + 3 * depth / width * part.stretch());
  }
  [[nodiscard]] double distance(Vec3 p) const override {
    const double whole = block_.distance(p);
    double nearest = std::numeric_limits<double>::infinity(), second = nearest;
    for (const Solid& part : parts_) {
      const double d = part.distance(p);
      if (d < nearest)
        second = nearest, nearest = d;
      else
        second = std::min(second, d);
    }
    const double t = std::min((second - nearest) / width_, 1.0);
    return whole + depth_ * (1 - t * t * (3 - 2 * t));
  }
  [[nodiscard]] scene::Bounds bounds() const override { return block_.bounds(); }
  [[nodiscard]] double stretch() const override { return stretch_; }

 private:
  Solid block_;
  std::vector<Solid> parts_;
  double depth_, width_, stretch_ = 1;
};

}  // namespace

Frame Frame::moved(double px, double py, double pz, double aboutX, double aboutY, double aboutZ) const {
  Frame f = *this;
  f.origin = (*this)(px, py, pz);
  turn(f.y, f.z, aboutX);
  turn(f.z, f.x, aboutY);
  turn(f.x, f.y, aboutZ);
  return f;
}

Solid tube(const Frame& frame, const std::vector<Knot>& knots) {
  std::vector<Section> sections;
  for (const Knot& k : knots)
    sections.push_back({frame(k.x, k.y, k.z), kMm * k.a, kMm * k.b, frame.way(k.across), k.exponent});
  return sweep(std::move(sections));
}

Solid chain(const Frame& frame, const std::vector<std::array<double, 4>>& balls, double blend) {
  std::vector<Solid> parts;
  for (std::size_t i = 0; i + 1 < balls.size(); ++i) parts.push_back(cone(frame, balls[i], balls[i + 1]));
  return united(parts, kMm * blend);
}

Solid egg(const Frame& frame, double x, double y, double z, double a, double b, double c) {
  return ellipsoid(frame(x, y, z), kMm * Vec3{a, b, c}, frame.axes());
}

Solid cone(const Frame& frame, const std::array<double, 4>& from, const std::array<double, 4>& to) {
  return roundCone(frame(from[0], from[1], from[2]), frame(to[0], to[1], to[2]), kMm * from[3], kMm * to[3]);
}

Solid add(const Solid& a, const Solid& b, double blend) {
  return united(a, b, kMm * blend);
}
Solid add(const std::vector<Solid>& all, double blend) {
  return united(all, kMm * blend);
}
Solid cut(const Solid& a, const Solid& b, double blend) {
  return without(a, b, kMm * blend);
}

Vec3 onSurface(const Solid& bone, Vec3 p, double height) {
  constexpr double kStep = 1e-5;
  for (int step = 0; step < 12; ++step) {
    const double d = bone.distance(p);
    Vec3 gradient;
    for (int axis = 0; axis < 3; ++axis) {
      Vec3 ahead = p;
      ahead[axis] += kStep;
      gradient[axis] = (bone.distance(ahead) - d) / kStep;
    }
    const double square = dot(gradient, gradient);
    if (!(square > 0.01)) break;
    p = p - ((d - height) / square) * gradient;
  }
  return p;
}

namespace {

/// Balls' centres along the line, each at a height over the surface that goes by the point's own.
Solid trail(const Solid& bone, const Frame& frame, std::vector<Trace> line, double side, double blend) {
  // Ends so deep (or, of a groove, so high) that the blend does not show them.
  line.front().height = line.back().height = -blend;
  constexpr int kPieces = 3;
  std::vector<Section> sections;
  for (std::size_t i = 0; i + 1 < line.size(); ++i)
    for (int j = 0; j < kPieces + (i + 2 == line.size() ? 1 : 0); ++j) {
      const double t = double(j) / kPieces;
      const Trace &a = line[i], &b = line[i + 1];
      const auto mix = [&](double from, double to) { return from + t * (to - from); };
      const double radius = kMm * mix(a.radius, b.radius), height = kMm * mix(a.height, b.height);
      sections.push_back(
          {onSurface(bone, frame(mix(a.x, b.x), mix(a.y, b.y), mix(a.z, b.z)), side * (height - radius)),
           radius, radius, frame.x});
    }
  return sweep(std::move(sections));
}

}  // namespace

Solid ridge(const Solid& bone, const Frame& frame, const std::vector<Trace>& line, double blend) {
  return add(bone, trail(bone, frame, line, 1, blend), blend);
}

Solid groove(const Solid& bone, const Frame& frame, const std::vector<Trace>& line, double blend) {
  return cut(bone, trail(bone, frame, line, -1, blend), blend);
}

Solid creased(const Solid& block, std::vector<Solid> parts, double depth, double width) {
  return Solid(std::make_shared<Creased>(block, std::move(parts), kMm * depth, kMm * width));
}

Solid sheet(const Frame& frame, const Sheet& shape) {
  return Solid(std::make_shared<SheetForm>(frame, shape));
}

}  // namespace aula::anatomy::kit
