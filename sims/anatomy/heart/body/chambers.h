// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/heart/body/measures.h"

/// The two ventricles as signed distances: negative inside, zero exactly on the surface, elsewhere close to
/// the distance. All of `p` in the body's frame, m. Any thread.
namespace aula::anatomy::heart::chambers {

[[nodiscard]] double leftEndocardium(Vec3 p);  ///< The whole ellipsoid, beyond the base too.
[[nodiscard]] double leftEpicardium(Vec3 p);   ///< Likewise.
/// What the right ventricle's free wall and its outflow enclose, the left ventricle not taken away, open
/// above.
[[nodiscard]] double rightCavity(Vec3 p);
[[nodiscard]] double leftWall(Vec3 p);   ///< Septum included.
[[nodiscard]] double rightWall(Vec3 p);  ///< Free wall and outflow; a millimetre of it within the left one.
[[nodiscard]] double wall(Vec3 p);       ///< Both.
[[nodiscard]] double septum(Vec3 p);     ///< The part of leftWall that both ventricles share.
/// Outside of both muscles: the epicardium as one surface, cut at the base.
[[nodiscard]] double epicardium(Vec3 p);

/// On which side of the muscle a point without muscle lies.
enum class Side { leftCavity, rightCavity, outside, base };
[[nodiscard]] Side sideOf(Vec3 p);

/// Where the outflow of the right ventricle ends, and which way it points.
[[nodiscard]] Vec3 pulmonaryValve();
[[nodiscard]] Vec3 pulmonaryAxis();
/// In the plane of the left ventricle's base and in that of the right one's.
[[nodiscard]] Vec3 mitralValve();
[[nodiscard]] Vec3 aorticValve();
[[nodiscard]] Vec3 tricuspidValve();

/// A point of the left endocardium: `angle` about the long axis from the septum to the upper side, `height` m
/// above the widest place.
[[nodiscard]] Vec3 onLeftEndocardium(double angle, double height);
/// The same on the septum's right side (on the left epicardium).
[[nodiscard]] Vec3 onRightSeptum(double angle, double height);

/// The nearest point where `distance` is zero, by Newton's steps along its gradient.
[[nodiscard]] Vec3 projected(double (*distance)(Vec3), Vec3 p);
[[nodiscard]] Vec3 gradient(double (*distance)(Vec3), Vec3 p);
/// The right ventricle's endocardium, septum and free wall.
[[nodiscard]] double rightEndocardium(Vec3 p);

/// Smooth minimum (Quilez 2013, quadratic): as min(a, b), rounded where both are within `k` of each other.
[[nodiscard]] double blended(double a, double b, double k);
/// First-order distance to an ellipsoid at the origin (Quilez 2008).
[[nodiscard]] double ellipsoidDistance(Vec3 local, Vec3 semiAxes);
[[nodiscard]] double roundConeDistance(Vec3 p, Vec3 from, Vec3 to, double radiusFrom, double radiusTo);

}  // namespace aula::anatomy::heart::chambers
