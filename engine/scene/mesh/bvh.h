// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "scene/float3.h"
#include "scene/mesh/triangle_mesh.h"
#include "scene/ray.h"

namespace aula::scene {

/// A box of floats, each rounded outwards.
struct FloatBox {
  std::array<float, 3> lower{kFar, kFar, kFar}, upper{-kFar, -kFar, -kFar};
  static constexpr float kFar = std::numeric_limits<float>::infinity();

  void add(Float3 p) { add({{p.x, p.y, p.z}, {p.x, p.y, p.z}}); }
  void add(const FloatBox& other) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      lower[axis] = std::min(lower[axis], other.lower[axis]);
      upper[axis] = std::max(upper[axis], other.upper[axis]);
    }
  }
};

/// A tree of boxes over boxes: binned by surface area (Wald 2007, "On fast Construction of SAH-based Bounding
/// Volume Hierarchies"), sixteen bins an axis, leaves of at most four; 32 bytes a node, both children side by
/// side. Equal input gives an equal tree.
class Bvh {
 public:
  struct Node {
    FloatBox box;
    std::uint32_t first =
        0;  ///< A leaf's first place in order(); else the left child, the right one follows.
    std::uint32_t count = 0;  ///< Of a leaf; 0: not a leaf.
  };
  static_assert(sizeof(Node) == 32);

  /// Boxes must be finite. At most 2^31 of them.
  explicit Bvh(const std::vector<FloatBox>& boxes);
  Bvh() = default;

  [[nodiscard]] const std::vector<Node>& nodes() const {
    return nodes_;
  }  ///< The root first; empty: nothing.
  [[nodiscard]] const std::vector<std::uint32_t>& order() const { return order_; }

  /// Calls test(index, farthest) for whatever may be hit before `farthest`, near boxes first; test returns
  /// the new `farthest`. Distances are in lengths of the ray's direction.
  template <class Test>
  double traverse(const Ray& ray, double nearest, double farthest, const Test& test) const {
    if (nodes_.empty()) return farthest;
    const core::Vec3 inverse{1 / ray.direction.x, 1 / ray.direction.y, 1 / ray.direction.z};
    // Where the ray enters a box; infinity: it does not, or too late. A hair of slack for rounding (Ize
    // 2013).
    const auto entry = [&](const FloatBox& box) {
      double from = nearest, to = farthest;
      for (int axis = 0; axis < 3; ++axis) {
        const auto a = std::size_t(axis);
        double t0 = (double(box.lower[a]) - ray.origin[axis]) * inverse[axis],
               t1 = (double(box.upper[a]) - ray.origin[axis]) * inverse[axis];
        // Along a face of the box: 0 times infinity. It counts as inside.
        if (t0 != t0) t0 = -std::numeric_limits<double>::infinity();
        if (t1 != t1) t1 = std::numeric_limits<double>::infinity();
        if (t0 > t1) std::swap(t0, t1);
        from = std::max(from, t0);
        to = std::min(to, t1 * (1 + 4e-16));
      }
      return from <= to ? from : std::numeric_limits<double>::infinity();
    };
    constexpr double kNever = std::numeric_limits<double>::infinity();
    std::array<std::uint32_t, 128> stack{};
    std::size_t depth = 0;
    if (entry(nodes_[0].box) == kNever) return farthest;
    stack[depth++] = 0;
    while (depth > 0) {
      const Node& node = nodes_[stack[--depth]];
      if (node.count > 0) {
        for (std::uint32_t i = 0; i < node.count; ++i) farthest = test(order_[node.first + i], farthest);
        continue;
      }
      const double left = entry(nodes_[node.first].box), right = entry(nodes_[node.first + 1].box);
      const bool isLeftNearer = left <= right;
      const double near = isLeftNearer ? left : right, far = isLeftNearer ? right : left;
      if (far != kNever) stack[depth++] = node.first + (isLeftNearer ? 1 : 0);
      if (near != kNever) stack[depth++] = node.first + (isLeftNearer ? 0 : 1);
    }
    return farthest;
  }

 private:
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> order_;
};

/// One box a triangle. Such a tree stores triangle numbers.
[[nodiscard]] Bvh makeBvh(const TriangleMesh& mesh);

/// Distance along the ray (in lengths of its direction) to the triangle, from either side; negative: none.
/// Möller and Trumbore 1997.
[[nodiscard]] double hitTriangle(const Ray& ray, core::Vec3 a, core::Vec3 b, core::Vec3 c);

}  // namespace aula::scene
