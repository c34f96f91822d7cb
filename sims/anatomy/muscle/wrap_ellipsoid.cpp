// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <string>

#include "anatomy/muscle/wrap.h"
#include "core/error.h"

namespace aula::anatomy {
namespace {

/// x^2/p^2 + y^2/p^2 + z^2/q^2 = 1 in its own frame, z along the axis.
struct Ellipsoid {
  double p, q;

  [[nodiscard]] Vec3 toBall(Vec3 v) const { return {v.x / p, v.y / p, v.z / q}; }
  [[nodiscard]] Vec3 fromBall(Vec3 v) const { return {v.x * p, v.y * p, v.z * q}; }
  [[nodiscard]] Vec3 gradient(Vec3 v) const { return {v.x / (p * p), v.y / (p * p), v.z / (q * q)}; }
  /// A geodesic bends along the normal only, by as much as keeps it on the surface.
  [[nodiscard]] Vec3 bend(Vec3 place, Vec3 tangent) const {
    const Vec3 g = gradient(place);
    return -(dot(tangent, gradient(tangent)) / dot(g, g)) * g;
  }
};

struct Geodesic {
  Vec3 place, tangent;
};

// A step turns a string by arc / (48 times the least radius of curvature), 0.1 over a long arc of a slender
// body: the fourth-order error stays below 1e-7 m.
constexpr int kSteps = 48;

/// One classical Runge-Kutta step of place' = tangent, tangent' = bend.
Geodesic advanced(const Ellipsoid& body, const Geodesic& g, double h) {
  const Vec3 a1 = body.bend(g.place, g.tangent);
  const Vec3 v2 = g.tangent + h / 2 * a1, a2 = body.bend(g.place + h / 2 * g.tangent, v2);
  const Vec3 v3 = g.tangent + h / 2 * a2, a3 = body.bend(g.place + h / 2 * v2, v3);
  const Vec3 v4 = g.tangent + h * a3, a4 = body.bend(g.place + h * v3, v4);
  return {g.place + h / 6 * (g.tangent + 2 * v2 + 2 * v3 + v4),
          g.tangent + h / 6 * (a1 + 2 * a2 + 2 * a3 + a4)};
}

/// The rim that a point sees is, in the frame where the ellipsoid is a unit ball, a circle: touching is kept
/// by that change of frame.
struct Rim {
  Vec3 centre, u, v;  // of the circle, in the ball's frame; u and v have its radius

  Rim(Vec3 eye) {
    const double square = dot(eye, eye), radius = std::sqrt(std::max(0.0, 1 - 1 / square));
    const Vec3 k = core::normalised(eye), least = std::abs(k.x) < 0.6 ? Vec3{1, 0, 0} : Vec3{0, 1, 0};
    centre = eye / square;
    u = radius * core::normalised(cross(k, least));
    v = cross(k, u);
  }
  [[nodiscard]] Vec3 at(double angle) const { return centre + std::cos(angle) * u + std::sin(angle) * v; }
};

struct Miss {
  double up, aside;  // m: how far the last tangent passes from the goal, along and across the normal
};

class Shot {
 public:
  Shot(const Ellipsoid& body, Vec3 from, Vec3 to)
      : body_(body), from_(from), to_(to), rim_(body.toBall(from)) {}

  [[nodiscard]] Geodesic start(double angle) const {
    const Vec3 place = body_.fromBall(rim_.at(angle));
    return {place, core::normalised(place - from_)};
  }
  [[nodiscard]] Geodesic end(double angle, double arc) const {
    Geodesic g = start(angle);
    for (int n = 0; n < kSteps; ++n) g = advanced(body_, g, arc / kSteps);
    return g;
  }
  [[nodiscard]] Miss miss(double angle, double arc) const {
    const Geodesic g = end(angle, arc);
    const Vec3 normal = core::normalised(body_.gradient(g.place)), rest = to_ - g.place;
    return {dot(rest, normal), dot(rest, cross(g.tangent, normal))};
  }
  [[nodiscard]] const Rim& rim() const { return rim_; }

 private:
  Ellipsoid body_;
  Vec3 from_, to_;
  Rim rim_;
};

}  // namespace

Wrapped wrapOverEllipsoid(const WrapSurface& surface, Vec3 from, Vec3 to, ArcPoints points) {
  const Vec3 k = core::normalised(surface.axis), least = std::abs(k.x) < 0.6 ? Vec3{1, 0, 0} : Vec3{0, 1, 0};
  const Vec3 i = core::normalised(cross(k, least)), j = cross(k, i);
  const auto inward = [&](Vec3 v) { return Vec3{dot(v, i), dot(v, j), dot(v, k)}; };
  const auto outward = [&](Vec3 v) { return v.x * i + v.y * j + v.z * k; };
  const Ellipsoid body{surface.radius, surface.length / 2};
  const Vec3 a = inward(from - surface.centre), b = inward(to - surface.centre);

  // First guess: the ball's arc in the frame where the ellipsoid is a unit ball.
  WrapSurface ball;
  ball.kind = WrapSurface::Kind::ellipsoid;
  ball.radius = 1;
  ball.length = 2;
  ball.side = body.toBall(inward(surface.side));
  const Wrapped guess = wrapOver(ball, body.toBall(a), body.toBall(b), ArcPoints::drawn);
  if (!guess.touches) return {};
  const Shot shot(body, a, b);
  const Vec3 onRim = guess.enter - shot.rim().centre;
  double angle = std::atan2(dot(onRim, shot.rim().v), dot(onRim, shot.rim().u)), arc = 0;
  for (std::size_t n = 1; n < guess.points.size(); ++n)
    arc += core::length(body.fromBall(guess.points[n] - guess.points[n - 1]));

  // Newton's method on (angle, arc), derivatives by central differences.
  const double size = std::max(body.p, body.q), goal = 1e-11 * size;
  Miss miss = shot.miss(angle, arc);
  for (int round = 0; std::hypot(miss.up, miss.aside) > goal; ++round) {
    if (round == 40)
      throw core::Error("a muscle's path over an ellipsoid (radius " + std::to_string(surface.radius) +
                        " m, length " + std::to_string(surface.length) +
                        " m) was not found: an end lies too near its surface");
    const double h = 1e-5, hs = 1e-5 * size;
    const Miss pa = shot.miss(angle + h, arc), ma = shot.miss(angle - h, arc);
    const Miss ps = shot.miss(angle, arc + hs), ms = shot.miss(angle, arc - hs);
    const double a11 = (pa.up - ma.up) / (2 * h), a21 = (pa.aside - ma.aside) / (2 * h);
    const double a12 = (ps.up - ms.up) / (2 * hs), a22 = (ps.aside - ms.aside) / (2 * hs);
    const double det = a11 * a22 - a12 * a21;
    const double da = -(miss.up * a22 - a12 * miss.aside) / det,
                 ds = -(a11 * miss.aside - a21 * miss.up) / det;
    // Shorter steps until the miss shrinks.
    double part = std::min(1.0, 0.5 / std::max(std::abs(da), std::abs(ds) / size));
    Miss next = shot.miss(angle + part * da, arc + part * ds);
    const double before = std::hypot(miss.up, miss.aside);
    while (!(std::hypot(next.up, next.aside) < before) && part > 1e-6) {
      part /= 2;
      next = shot.miss(angle + part * da, arc + part * ds);
    }
    angle += part * da;
    arc += part * ds;
    miss = next;
    if (part <= 1e-6 && before < 1e-9 * size) break;  // rounding
  }
  if (arc <= 0) return {};

  Geodesic g = shot.start(angle);
  Wrapped way;
  way.touches = true;
  way.arc = arc;
  way.enter = surface.centre + outward(g.place);
  way.before = outward(g.tangent);
  if (points == ArcPoints::drawn) way.points.push_back(way.enter);
  for (int n = 0; n < kSteps; ++n) {
    g = advanced(body, g, arc / kSteps);
    if (points == ArcPoints::drawn && n % 2 == 1) way.points.push_back(surface.centre + outward(g.place));
  }
  way.leave = surface.centre + outward(g.place);
  way.after = outward(core::normalised(g.tangent));
  return way;
}

}  // namespace aula::anatomy
