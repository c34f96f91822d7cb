// SPDX-License-Identifier: Apache-2.0
#include "anatomy/shape/spine.h"

#include <algorithm>
#include <cmath>

namespace aula::anatomy {

namespace {

/// Semi-axes below this count as this: a point for the eye, and no division by nothing.
constexpr double kThinnest = 1e-6;

/// Cubic Hermite weights of value, slope, value, slope, and their derivatives.
struct Hermite {
  double value[4], slope[4], bend[4];
  explicit Hermite(double s) {
    const double q = s * s, c = q * s;
    value[0] = 2 * c - 3 * q + 1, value[1] = c - 2 * q + s, value[2] = 3 * q - 2 * c, value[3] = c - q;
    slope[0] = 6 * q - 6 * s, slope[1] = 3 * q - 4 * s + 1, slope[2] = 6 * s - 6 * q,
    slope[3] = 3 * q - 2 * s;
    bend[0] = 12 * s - 6, bend[1] = 6 * s - 4, bend[2] = 6 - 12 * s, bend[3] = 6 * s - 2;
  }
};

/// The slope at a knot between two intervals with secants d0, d1 and lengths h0, h1: none at a turning point,
/// else their harmonic mean, which keeps the curve between its knots (Fritsch and Butland 1984, equation 5).
double limitedSlope(double d0, double d1, double h0, double h1) {
  if (d0 * d1 <= 0) return 0;
  const double w0 = 2 * h1 + h0, w1 = h1 + 2 * h0;
  return (w0 + w1) / (w0 / d0 + w1 / d1);
}
double endSlope(double secant, double inner) {
  const double natural = (3 * secant - inner) / 2;
  if (natural * secant <= 0) return 0;
  return std::abs(natural) > 3 * std::abs(secant) ? 3 * secant : natural;
}

}  // namespace

Spine::Spine(std::vector<Section> sections) : sections_(std::move(sections)) {
  const std::size_t n = sections_.size();
  // Centripetal knots: the square root of the chord between sections (Yuksel, Schaefer and Keyser 2011).
  std::vector<double> h;
  for (std::size_t i = 0; i + 1 < n; ++i)
    h.push_back(std::sqrt(length(sections_[i + 1].centre - sections_[i].centre)));

  // Slopes by the knots' parameter: Barry and Goldman's for points, natural at the ends.
  const auto slopesOf = [&](auto value) {
    std::vector<Vec3> secants, slopes(n);
    for (std::size_t i = 0; i + 1 < n; ++i) secants.push_back((value(i + 1) - value(i)) / h[i]);
    for (std::size_t i = 1; i + 1 < n; ++i)
      slopes[i] = secants[i - 1] - (value(i + 1) - value(i - 1)) / (h[i - 1] + h[i]) + secants[i];
    slopes[0] = n > 2 ? 0.5 * (3 * secants[0] - slopes[1]) : secants[0];
    slopes[n - 1] = n > 2 ? 0.5 * (3 * secants[n - 2] - slopes[n - 2]) : secants[0];
    std::vector<std::array<Vec3, 2>> bySpan;
    for (std::size_t i = 0; i + 1 < n; ++i) bySpan.push_back({h[i] * slopes[i], h[i] * slopes[i + 1]});
    return bySpan;
  };
  velocities_ = slopesOf([&](std::size_t i) { return sections_[i].centre; });
  acrossSlopes_ = slopesOf([&](std::size_t i) { return sections_[i].across; });

  axes_.resize(n - 1);
  for (std::size_t which = 0; which < 2; ++which) {
    const auto value = [&](std::size_t i) {
      return std::max(which == 0 ? sections_[i].a : sections_[i].b, kThinnest);
    };
    std::vector<double> secants, slopes(n);
    for (std::size_t i = 0; i + 1 < n; ++i) secants.push_back((value(i + 1) - value(i)) / h[i]);
    for (std::size_t i = 1; i + 1 < n; ++i)
      slopes[i] = limitedSlope(secants[i - 1], secants[i], h[i - 1], h[i]);
    slopes[0] = endSlope(secants[0], n > 2 ? slopes[1] : secants[0]);
    slopes[n - 1] = endSlope(secants[n - 2], n > 2 ? slopes[n - 2] : secants[0]);
    for (std::size_t i = 0; i + 1 < n; ++i)
      axes_[i][which] = {value(i), value(i + 1), h[i] * slopes[i], h[i] * slopes[i + 1]};
  }
}

Spine::Place Spine::place(double u) const {
  const auto span = std::min(std::size_t(std::max(u, 0.0)), spans() - 1);
  const Hermite w(u - double(span));
  const Vec3 p0 = sections_[span].centre, p1 = sections_[span + 1].centre, v0 = velocities_[span][0],
             v1 = velocities_[span][1];
  const auto sum = [&](const double* k) { return k[0] * p0 + k[1] * v0 + k[2] * p1 + k[3] * v1; };
  return {sum(w.value), sum(w.slope), sum(w.bend)};
}

Spine::Cut Spine::cut(double u, const Place& at) const {
  Cut cut;
  cut.span = std::min(std::size_t(std::max(u, 0.0)), spans() - 1);
  const double s = u - double(cut.span);
  cut.share = s * s * (3 - 2 * s);
  const Hermite w(s);
  const double speed = length(at.velocity);
  cut.tangent = speed > 0 ? at.velocity / speed : normalised(sections_[cut.span + 1].centre - at.point);
  const Vec3 wanted = w.value[0] * sections_[cut.span].across + w.value[1] * acrossSlopes_[cut.span][0] +
                      w.value[2] * sections_[cut.span + 1].across + w.value[3] * acrossSlopes_[cut.span][1];
  Vec3 across = wanted - dot(wanted, cut.tangent) * cut.tangent;
  // Across along the curve says nothing: the axis of the lab that is most square to it then.
  if (!(length(across) > 1e-6 * length(wanted))) {
    int best = 0;
    for (int axis = 1; axis < 3; ++axis)
      if (std::abs(cut.tangent[axis]) < std::abs(cut.tangent[best])) best = axis;
    Vec3 unit;
    unit[best] = 1;
    across = unit - cut.tangent[best] * cut.tangent;
  }
  cut.across = normalised(across);
  cut.up = cross(cut.tangent, cut.across);
  const auto valueOf = [&](const Value& v, const double* k) {
    return k[0] * v.from + k[1] * v.slopeFrom + k[2] * v.to + k[3] * v.slopeTo;
  };
  cut.a = std::max(valueOf(axes_[cut.span][0], w.value), kThinnest);
  cut.b = std::max(valueOf(axes_[cut.span][1], w.value), kThinnest);
  if (speed > 0) {
    cut.slopeA = valueOf(axes_[cut.span][0], w.slope) / speed;
    cut.slopeB = valueOf(axes_[cut.span][1], w.slope) / speed;
  }
  return cut;
}

double Spine::refine(Vec3 p, double u) const {
  const double end = double(spans());
  for (int step = 0; step < 8; ++step) {
    const Place at = place(u);
    const Vec3 gap = p - at.point;
    const double speed = dot(at.velocity, at.velocity);
    if (!(speed > 0)) return u;
    // Beyond the curve's centre of curvature the second derivative has the wrong sign: there by the first.
    const double slope = std::max(speed - dot(gap, at.acceleration), 0.1 * speed);
    const double next = std::clamp(u + std::clamp(dot(gap, at.velocity) / slope, -0.25, 0.25), 0.0, end);
    const bool isDone = std::abs(next - u) * std::sqrt(speed) < 1e-8;
    u = next;
    if (isDone) break;
  }
  return u;
}

}  // namespace aula::anatomy
