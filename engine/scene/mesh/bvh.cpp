// SPDX-License-Identifier: Apache-2.0
#include "scene/mesh/bvh.h"

#include <cmath>
#include <numeric>

#include "core/assert.h"

namespace aula::scene {

namespace {

constexpr std::size_t kBins = 16;
constexpr std::uint32_t kLeaf = 4;
/// From here on the middle is taken, so that a walk's stack has a bound: 2^31 boxes end 31 levels later.
constexpr int kDeep = 64;

double area(const FloatBox& box) {
  const double x = double(box.upper[0]) - double(box.lower[0]),
               y = double(box.upper[1]) - double(box.lower[1]),
               z = double(box.upper[2]) - double(box.lower[2]);
  return x < 0 ? 0 : x * y + y * z + z * x;
}

float middle(const FloatBox& box, std::size_t axis) {
  return 0.5F * box.lower[axis] + 0.5F * box.upper[axis];
}

struct Part {
  std::uint32_t node, from, to;
  int depth;
};

class Builder {
 public:
  Builder(const std::vector<FloatBox>& boxes, std::vector<std::uint32_t>& order)
      : boxes_(boxes), order_(order) {}

  /// Where to part [from, to), which it rearranges; `from` where a leaf is better.
  std::uint32_t split(const Part& part, const FloatBox& whole) {
    FloatBox middles;
    for (std::uint32_t i = part.from; i < part.to; ++i) {
      const FloatBox& box = boxes_[order_[i]];
      middles.add(Float3{middle(box, 0), middle(box, 1), middle(box, 2)});
    }
    const std::uint32_t count = part.to - part.from;
    double best = area(whole) * count;
    if (count > kLeaf) best = std::numeric_limits<double>::infinity();
    std::size_t bestAxis = 3, bestBin = 0;
    for (std::size_t axis = 0; axis < 3 && part.depth < kDeep; ++axis) {
      const double extent = double(middles.upper[axis]) - double(middles.lower[axis]);
      if (!(extent > 0) || !std::isfinite(kBins / extent)) continue;
      std::array<FloatBox, kBins> bins;
      std::array<std::uint32_t, kBins> counts{};
      for (std::uint32_t i = part.from; i < part.to; ++i) {
        const std::size_t bin = binOf(order_[i], axis, middles, extent);
        bins[bin].add(boxes_[order_[i]]);
        ++counts[bin];
      }
      // Costs of parting before each bin: from the right, then from the left.
      std::array<double, kBins> right{};
      FloatBox box;
      std::uint32_t n = 0;
      for (std::size_t b = kBins; b-- > 1;) {
        box.add(bins[b]);
        n += counts[b];
        right[b] = area(box) * n;
      }
      box = {};
      n = 0;
      for (std::size_t b = 1; b < kBins; ++b) {
        box.add(bins[b - 1]);
        n += counts[b - 1];
        const double cost = area(box) * n + right[b] + area(whole);
        if (n > 0 && n < count && cost < best) {
          best = cost;
          bestAxis = axis;
          bestBin = b;
        }
      }
    }
    const auto begin = order_.begin() + part.from, end = order_.begin() + part.to;
    if (bestAxis < 3) {
      const double extent = double(middles.upper[bestAxis]) - double(middles.lower[bestAxis]);
      // In order, so that equal input gives an equal tree.
      const auto cut = std::stable_partition(
          begin, end, [&](std::uint32_t i) { return binOf(i, bestAxis, middles, extent) < bestBin; });
      return part.from + std::uint32_t(cut - begin);
    }
    return count <= kLeaf ? part.from : part.from + count / 2;
  }

 private:
  [[nodiscard]] std::size_t binOf(std::uint32_t i, std::size_t axis, const FloatBox& middles,
                                  double extent) const {
    const double share = (double(middle(boxes_[i], axis)) - double(middles.lower[axis])) / extent;
    return std::min(std::size_t(share * kBins), kBins - 1);
  }

  const std::vector<FloatBox>& boxes_;
  std::vector<std::uint32_t>& order_;
};

}  // namespace

Bvh::Bvh(const std::vector<FloatBox>& boxes) {
  AULA_ASSERT(boxes.size() < (std::size_t(1) << 31U));
  if (boxes.empty()) return;
  order_.resize(boxes.size());
  std::iota(order_.begin(), order_.end(), 0U);
  nodes_.reserve(boxes.size());
  nodes_.emplace_back();
  Builder builder(boxes, order_);
  std::vector<Part> open{{0, 0, std::uint32_t(boxes.size()), 0}};
  while (!open.empty()) {
    const Part part = open.back();
    open.pop_back();
    FloatBox box;
    for (std::uint32_t i = part.from; i < part.to; ++i) box.add(boxes[order_[i]]);
    nodes_[part.node].box = box;
    const std::uint32_t cut = builder.split(part, box);
    if (cut == part.from) {
      nodes_[part.node].first = part.from;
      nodes_[part.node].count = part.to - part.from;
      continue;
    }
    const auto left = std::uint32_t(nodes_.size());
    nodes_[part.node].first = left;
    nodes_.resize(nodes_.size() + 2);
    open.push_back({left + 1, cut, part.to, part.depth + 1});
    open.push_back({left, part.from, cut, part.depth + 1});
  }
  nodes_.shrink_to_fit();
}

Bvh makeBvh(const TriangleMesh& mesh) {
  std::vector<FloatBox> boxes(mesh.triangleCount());
  for (std::size_t t = 0; t < boxes.size(); ++t)
    for (std::size_t c = 0; c < 3; ++c) boxes[t].add(mesh.positions[mesh.triangles[3 * t + c]]);
  return Bvh(boxes);
}

double hitTriangle(const Ray& ray, core::Vec3 a, core::Vec3 b, core::Vec3 c) {
  const core::Vec3 ab = b - a, ac = c - a;
  const core::Vec3 p = cross(ray.direction, ac);
  const double determinant = dot(ab, p);
  if (determinant == 0) return -1;
  const core::Vec3 from = ray.origin - a;
  const double u = dot(from, p) / determinant;
  if (!(u >= 0 && u <= 1)) return -1;
  const core::Vec3 q = cross(from, ab);
  const double v = dot(ray.direction, q) / determinant;
  if (!(v >= 0 && u + v <= 1)) return -1;
  return dot(ac, q) / determinant;
}

}  // namespace aula::scene
