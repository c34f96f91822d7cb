// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "anatomy/shape/solid.h"

/// What the bones' shapes are written with: millimetres in frames of their own, since that is how bones are
/// measured and drawn.
namespace aula::anatomy::kit {

/// A place with axes, unit and square to each other; its coordinates are millimetres.
struct Frame {
  Vec3 origin, x{1, 0, 0}, y{0, 1, 0}, z{0, 0, 1};  ///< m

  [[nodiscard]] Vec3 operator()(double px, double py, double pz) const {
    return origin + 1e-3 * (px * x + py * y + pz * z);
  }
  [[nodiscard]] Vec3 way(Vec3 v) const { return v.x * x + v.y * y + v.z * z; }
  [[nodiscard]] scene::Transform axes() const { return {x, y, z, {}}; }
  /// Moved by millimetres and turned: about its own x, then y, then z, degrees.
  [[nodiscard]] Frame moved(double px, double py, double pz, double aboutX = 0, double aboutY = 0,
                            double aboutZ = 0) const;
};

/// The region's frame.
inline const Frame kBody{};

/// A section of a tube: centre, semi-axes along `across` and square to it, all in mm and the frame's axes.
struct Knot {
  double x, y, z, a, b;
  Vec3 across{1, 0, 0};
  double exponent = 2;
};
[[nodiscard]] Solid tube(const Frame& frame, const std::vector<Knot>& knots);

/// A chain of balls with common tangents: x, y, z, radius.
[[nodiscard]] Solid chain(const Frame& frame, const std::vector<std::array<double, 4>>& balls,
                          double blend = 0);

/// Lengths in mm.
[[nodiscard]] Solid egg(const Frame& frame, double x, double y, double z, double a, double b, double c);
[[nodiscard]] Solid cone(const Frame& frame, const std::array<double, 4>& from,
                         const std::array<double, 4>& to);
[[nodiscard]] Solid add(const Solid& a, const Solid& b, double blend);
[[nodiscard]] Solid add(const std::vector<Solid>& all, double blend);
[[nodiscard]] Solid cut(const Solid& a, const Solid& b, double blend);

/// A point of a line on a bone: near the surface (mm, in the frame's axes), how far a ridge stands out there
/// or a groove goes in (mm; negative: hidden), and how round it is.
struct Trace {
  double x, y, z, height, radius;
};
/// A ridge or a groove that keeps to a bone's surface, as muscles and tendons leave them.
[[nodiscard]] Solid ridge(const Solid& bone, const Frame& frame, const std::vector<Trace>& line,
                          double blend);
[[nodiscard]] Solid groove(const Solid& bone, const Frame& frame, const std::vector<Trace>& line,
                           double blend);
/// The point of a bone's surface that a point nearby leads to; m.
[[nodiscard]] Vec3 onSurface(const Solid& bone, Vec3 p, double height = 0);

/// A block with furrows where two of its parts are equally far away: bones packed together, each a cushion.
/// Depth and width in mm.
[[nodiscard]] Solid creased(const Solid& block, std::vector<Solid> parts, double depth, double width);

/// A thin sheet of bone: an outline in the frame's x-y plane (a closed smooth curve through the points), bent
/// along z, with round edges.
struct Sheet {
  std::vector<std::array<double, 2>> outline;  ///< mm, counter-clockwise or clockwise
  double thickness = 3;                        ///< mm
  /// z = bend[0] + bend[1] x + bend[2] y + bend[3] x² + bend[4] x y + bend[5] y², mm.
  std::array<double, 6> bend{};
};
[[nodiscard]] Solid sheet(const Frame& frame, const Sheet& shape);

}  // namespace aula::anatomy::kit
