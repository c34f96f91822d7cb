// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "scene/bounds.h"
#include "scene/mesh/triangle_mesh.h"

/// Solids by signed distance: small formulas that are blended into bones, lobes and chambers. Lengths in
/// metres.
namespace aula::anatomy {

using core::Vec3;

/// A solid. A value: copying shares. Immutable; any thread.
class Solid {
 public:
  /// How a solid is computed. distance() is negative inside; its size never exceeds the true distance to the
  /// surface by more than a factor `stretch()` (1 for exact ones), nor does it change faster than that along
  /// any way near it; its zero is the surface, and it is smooth across the surface except where edges are
  /// wanted.
  class Form {
   public:
    virtual ~Form() = default;
    [[nodiscard]] virtual double distance(Vec3 p) const = 0;
    [[nodiscard]] virtual scene::Bounds bounds() const = 0;  ///< Of the inside; finite.
    [[nodiscard]] virtual double stretch() const { return 1; }
    /// A form with the same distances in a box, of which what only matters elsewhere is left out; null: this
    /// one.
    [[nodiscard]] virtual std::shared_ptr<const Form> within(const scene::Bounds& /*box*/) const {
      return nullptr;
    }
    /// within() into `less`, and the distance of the box's centre: for forms made of others, which learn both
    /// in one pass.
    virtual double prune(const scene::Bounds& box, std::shared_ptr<const Form>& less) const {
      less = within(box);
      return distance(box.centre());
    }
  };
  explicit Solid(std::shared_ptr<const Form> form) : form_(std::move(form)) {}
  [[nodiscard]] double distance(Vec3 p) const { return form_->distance(p); }
  [[nodiscard]] scene::Bounds bounds() const { return form_->bounds(); }
  [[nodiscard]] double stretch() const { return form_->stretch(); }
  [[nodiscard]] const std::shared_ptr<const Form>& form() const { return form_; }

 private:
  std::shared_ptr<const Form> form_;
};

[[nodiscard]] Solid ball(Vec3 centre, double radius);
/// Semi-axes along x, y, z of `frame` (columns unit and square to each other), or of the lab.
[[nodiscard]] Solid ellipsoid(Vec3 centre, Vec3 semiAxes, const scene::Transform& frame = {});
/// A cone between two balls with a common tangent.
[[nodiscard]] Solid roundCone(Vec3 from, Vec3 to, double radiusFrom, double radiusTo);
/// Half sizes along the frame's axes, edges rounded.
[[nodiscard]] Solid roundBox(Vec3 centre, Vec3 half, double rounding, const scene::Transform& frame = {});
/// A disc's rim and faces: cylinder between two points, edges rounded.
[[nodiscard]] Solid roundCylinder(Vec3 from, Vec3 to, double radius, double rounding);
[[nodiscard]] Solid torus(Vec3 centre, Vec3 axis, double radius, double tubeRadius);

/// A cross-section of a sweep: an ellipse square to the curve.
struct Section {
  Vec3 centre;
  double a = 0, b = 0;   ///< Semi-axes along `across` and square to it, m. 0 at an end: it tapers to a point.
  Vec3 across{1, 0, 0};  ///< Made square to the curve.
  double exponent = 2;   ///< Of a superellipse: 2 ellipse, 4 nearly a box.
};
/// Along a smooth curve (centripetal Catmull-Rom) through two sections or more; ends round.
[[nodiscard]] Solid sweep(std::vector<Section> sections);

/// `blend`: m within which the surfaces flow into each other; 0: a sharp edge.
[[nodiscard]] Solid united(const Solid& a, const Solid& b, double blend = 0);
[[nodiscard]] Solid united(const std::vector<Solid>& all, double blend = 0);
[[nodiscard]] Solid without(const Solid& a, const Solid& b, double blend = 0);
[[nodiscard]] Solid common(const Solid& a, const Solid& b, double blend = 0);
/// Grown (or, negative, shrunk) by a distance.
[[nodiscard]] Solid grown(const Solid& a, double by);
/// Moved and turned; `place` is rigid or a mirror.
[[nodiscard]] Solid placed(const Solid& a, const scene::Transform& place);
/// Those points of `a` with dot(normal, p) <= offset.
[[nodiscard]] Solid below(const Solid& a, Vec3 normal, double offset, double blend = 0);

struct PolygoniseOptions {
  double spacing = 0.002;  ///< m, of the lattice; triangles are about as large.
};
/// The surface as triangles: closed, two-manifold, facing outwards, points on the surface (to a hundredth of
/// the spacing where it is smooth), unit normals from the distance's gradient. Empty space is passed over.
/// The same input gives the same output. Throws core::Error (input) when there is no inside at that spacing.
[[nodiscard]] scene::TriangleMesh polygonise(const Solid& solid, const PolygoniseOptions& options = {});

/// Pairs of triangles of one mesh that cross each other by more than `tolerance` (m), those that share a
/// corner not counted; stops at `most`.
[[nodiscard]] std::size_t crossings(const scene::TriangleMesh& mesh, double tolerance,
                                    std::size_t most = 100);

}  // namespace aula::anatomy
