// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "anatomy/muscle/limb.h"

/// The shortest way of a taut string from one point to another round a smooth body.
namespace aula::anatomy {

/// Where a string lies over a surface. Directions are unit tangents in the string's direction of travel.
struct Wrapped {
  bool touches = false;      ///< False: the string runs straight and the rest is not set.
  double arc = 0;            ///< m, on the surface
  Vec3 enter, leave;         ///< m, the ends of the arc
  Vec3 before, after;        ///< Unit: along the straight pieces that end at `enter` and begin at `leave`.
  std::vector<Vec3> points;  ///< From enter to leave, both among them; empty unless asked for.
};

enum class ArcPoints { none, drawn };

/// `surface` stands in the frame of `from` and `to`, which should lie outside it; one that lies inside is
/// treated as lying on it.
///
/// Of the two ways round, the shorter is taken, or, when the middle of that lies on the other side than
/// `side` says, the longer.
///
/// Cylinder: closed form. Seen along the axis a string is two tangents and an arc; unrolled it is one
/// straight line, hence a helix on the surface. It is taken as endless; `length` is for whoever draws it.
///
/// Ball (`length` = 2 `radius`): closed form, an arc of the great circle in the plane of both points and the
/// centre.
///
/// Ellipsoid of revolution (`length`: its extent along `axis`, `radius`: across): numeric. A geodesic starts
/// at the rim that `from` sees and runs by classical Runge-Kutta steps; the place on the rim and the length
/// of the arc are found by Newton's method so that its last tangent meets `to` (the formulation of Scholz,
/// Sherman, Stavness, Delp, Kecskemethy 2016, Multibody System Dynamics 36, 195). Throws core::Error when it
/// does not converge.
[[nodiscard]] Wrapped wrapOver(const WrapSurface& surface, Vec3 from, Vec3 to, ArcPoints points);

/// How far outside the surface a point lies, m, negative inside: exact for cylinder and ball, to first order
/// for an ellipsoid (its implicit function over the gradient's length).
[[nodiscard]] double distanceOutside(const WrapSurface& surface, Vec3 point);

/// True for an ellipsoid with equal axes, which has the closed form.
[[nodiscard]] bool isBall(const WrapSurface& surface);

/// The numeric case of wrapOver.
[[nodiscard]] Wrapped wrapOverEllipsoid(const WrapSurface& surface, Vec3 from, Vec3 to, ArcPoints points);

}  // namespace aula::anatomy
