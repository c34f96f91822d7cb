// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "scene/mesh/triangle_mesh.h"

/// Shapes as triangles: closed (once welded) unless said otherwise, facing outwards, unit normals (those of
/// the true surface where it is smooth, split at edges). Corners lie on the true surface, so areas and
/// volumes converge from below with the square of the segments' size. Lengths in metres; a length that must
/// be positive and is not, or too few segments, is an assertion.
namespace aula::scene {

/// Texture coordinates 0 to 1 over each face.
[[nodiscard]] TriangleMesh makeBox(core::Vec3 lower, core::Vec3 upper);
/// In rings around z; texture coordinates by longitude and latitude. segments >= 3, rings >= 2.
[[nodiscard]] TriangleMesh makeSphere(double radius, int segments = 32, int rings = 16);
/// An icosahedron with each triangle split in four `subdivisions` times (0 to 8): nearly even triangles.
[[nodiscard]] TriangleMesh makeIcosphere(double radius, int subdivisions = 3);
/// From the middle of one end to the middle of the other.
[[nodiscard]] TriangleMesh makeCylinder(core::Vec3 from, core::Vec3 to, double radius, int segments = 32);
/// Radius at `from`, nothing at `tip`.
[[nodiscard]] TriangleMesh makeCone(core::Vec3 from, core::Vec3 tip, double radius, int segments = 32);
/// From the origin along +z to `length`; the head is as long as it is wide, at most half the arrow.
[[nodiscard]] TriangleMesh makeArrow(double length, double shaftRadius, double headRadius, int segments = 16);
/// A cylinder between the two points with half a ball at each end; equal points: a ball.
[[nodiscard]] TriangleMesh makeCapsule(core::Vec3 from, core::Vec3 to, double radius, int segments = 32);
/// Around z in the plane z = 0. segments go around the hole, sides around the tube; 3 or more of each.
[[nodiscard]] TriangleMesh makeTorus(double radius, double tubeRadius, int segments = 48, int sides = 24);
/// Not closed: corner + s u + t v, cut into columns x rows, facing cross(u, v).
[[nodiscard]] TriangleMesh makeGrid(core::Vec3 corner, core::Vec3 u, core::Vec3 v, int columns = 1,
                                    int rows = 1);
/// A round tube along a polyline of two points or more, mitred at its bends, with flat ends; `isLoop`: the
/// last point joins the first (which is not repeated). Equal neighbours count once.
[[nodiscard]] TriangleMesh makeTube(const std::vector<core::Vec3>& points, double radius, int segments = 12,
                                    bool isLoop = false);

/// Two meshes as one. Arrays that only one of them has are left out.
[[nodiscard]] TriangleMesh joined(const TriangleMesh& a, const TriangleMesh& b);
/// Positions moved, normals turned, triangles turned round where the transform mirrors.
[[nodiscard]] TriangleMesh transformed(const TriangleMesh& mesh, const Transform& transform);

}  // namespace aula::scene
