// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "anatomy/shape/solid.h"
#include "core/error.h"
#include "scene/geometry/cell_cases.h"

namespace aula::anatomy {

namespace {

using FormPtr = std::shared_ptr<const Solid::Form>;

constexpr int kSide = 8;             ///< Nodes a block owns along each axis.
constexpr int kWide = kSide + 1;     ///< With the first layer of the next blocks.
constexpr double kClearance = 0.02;  ///< Share of an edge that points keep from its ends: no needles.
constexpr std::uint32_t kNone = 0xFFFFFFFFU;

/// What a block knows. A lattice node belongs to one block only, so that every cell that has it for a corner
/// sees the same value, even where a form does not keep its word.
struct Block {
  std::array<int, 3> place{};
  FormPtr form;  ///< All that matters in and around it.
  std::vector<double> values;
  std::vector<Vec3> positions, normals;                 ///< On the edges it owns; others read them.
  std::vector<Vec3> middles, middleNormals;             ///< In its cells, numbered after those.
  std::array<std::vector<std::uint32_t>, 3> along;      ///< By node, into positions.
  std::vector<std::array<std::uint32_t, 2>> triangles;  ///< Block, point in it.
  std::uint32_t offset = 0;
};

class Polygoniser {
 public:
  Polygoniser(const Solid& solid, double spacing) : spacing_(spacing) {
    const scene::Bounds bounds = solid.bounds().grown(2 * spacing);
    origin_ = bounds.lower;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const double nodes = bounds.size()[int(axis)] / spacing + 2;
      if (!(nodes < 1e6)) throw core::inputError(tooFine(spacing));
      count_[axis] = int(nodes) / kSide + 1;
    }
    const double all = double(count_[0]) * count_[1] * count_[2];
    if (all > 1e8) throw core::inputError(tooFine(spacing));
    owners_.assign(std::size_t(all), kOutside);
    find(solid.form(), {0, 0, 0}, count_);
  }

  scene::TriangleMesh make() {
    evaluateAll();
    if (blocks_.empty())
      throw core::inputError("A solid has no inside at a spacing of " + std::to_string(spacing_) +
                             " m: it is empty, or thinner than that everywhere.");
    const auto n = std::ptrdiff_t(blocks_.size());
#pragma omp parallel for schedule(dynamic)
    for (std::ptrdiff_t i = 0; i < n; ++i) addPoints(blocks_[std::size_t(i)]);
#pragma omp parallel for schedule(dynamic)
    for (std::ptrdiff_t i = 0; i < n; ++i) addTriangles(std::uint32_t(i));
    return joined();
  }

 private:
  static constexpr std::int32_t kOutside = -1, kInside = -2;
  using Node = std::array<int, 3>;

  static std::string tooFine(double spacing) {
    return "A solid's surface cannot be made of triangles " + std::to_string(spacing) +
           " m wide: the lattice would have too many nodes, or the spacing is not positive.";
  }

  [[nodiscard]] Vec3 at(const Node& node) const {
    return origin_ + spacing_ * Vec3{double(node[0]), double(node[1]), double(node[2])};
  }
  [[nodiscard]] std::int32_t& owner(const Node& block) {
    return owners_[(std::size_t(block[2]) * std::size_t(count_[1]) + std::size_t(block[1])) *
                       std::size_t(count_[0]) +
                   std::size_t(block[0])];
  }
  [[nodiscard]] bool isBlock(const Node& b) const {
    return b[0] >= 0 && b[1] >= 0 && b[2] >= 0 && b[0] < count_[0] && b[1] < count_[1] && b[2] < count_[2];
  }

  /// Halves the region until it is empty, full or a block that the surface may pass.
  void find(const FormPtr& form, const Node& from, const Node& to) {
    const Node first{from[0] * kSide, from[1] * kSide, from[2] * kSide},
        last{to[0] * kSide, to[1] * kSide, to[2] * kSide};
    // With room for the cells that reach in, and the steps of gradients.
    scene::Bounds region;
    region.add(at(first));
    region.add(at(last));
    region = region.grown(spacing_);
    FormPtr less;
    const double d = form->prune(region, less);
    if (std::abs(d) > form->stretch() * region.diagonal() / 2) {
      if (d > 0) return;
      for (int k = from[2]; k < to[2]; ++k)
        for (int j = from[1]; j < to[1]; ++j)
          for (int i = from[0]; i < to[0]; ++i) owner({i, j, k}) = kInside;
      return;
    }
    if (!less) less = form;
    std::size_t longest = 0;
    for (std::size_t axis = 1; axis < 3; ++axis)
      if (to[axis] - from[axis] > to[longest] - from[longest]) longest = axis;
    if (to[longest] - from[longest] == 1) {
      addBlock(from, less);
      return;
    }
    Node middleTo = to, middleFrom = from;
    middleTo[longest] = middleFrom[longest] = (from[longest] + to[longest]) / 2;
    find(less, from, middleTo);
    find(less, middleFrom, to);
  }

  void addBlock(const Node& place, const FormPtr& form) {
    owner(place) = std::int32_t(blocks_.size());
    blocks_.push_back({});
    blocks_.back().place = place;
    blocks_.back().form = form;
  }

  /// Values at all nodes of blocks; where the surface leaves a block for one that was passed over, that one
  /// too.
  void evaluateAll() {
    std::size_t done = 0;
    while (done < blocks_.size()) {
      const auto from = std::ptrdiff_t(done), to = std::ptrdiff_t(blocks_.size());
#pragma omp parallel for schedule(dynamic)
      for (std::ptrdiff_t i = from; i < to; ++i) evaluate(blocks_[std::size_t(i)]);
      done = std::size_t(to);
      for (std::ptrdiff_t i = from; i < to; ++i) spread(std::size_t(i));
    }
  }

  void evaluate(Block& block) const {
    block.values.assign(kSide * kSide * kSide, 0);
    evaluate(block, {0, 0, 0}, kSide);
  }

  /// Values of a cube of nodes. Far from the surface one value stands for all: only its sign matters there.
  void evaluate(Block& block, const Node& from, int side) const {
    const Node node{block.place[0] * kSide + from[0], block.place[1] * kSide + from[1],
                    block.place[2] * kSide + from[2]};
    if (side == 1) {
      block.values[local(from)] = block.form->distance(at(node));
      return;
    }
    const double half = 0.5 * (side - 1) * spacing_;
    const double middle = block.form->distance(at(node) + Vec3{half, half, half});
    // With the edges that lead on to the next nodes.
    const bool isFar = std::abs(middle) > block.form->stretch() * std::sqrt(3.0) * (half + spacing_);
    const int step = isFar ? 1 : side / 2;
    for (int k = 0; k < side; k += step)
      for (int j = 0; j < side; j += step)
        for (int i = 0; i < side; i += step) {
          const Node part{from[0] + i, from[1] + j, from[2] + k};
          if (isFar)
            block.values[local(part)] = middle;
          else
            evaluate(block, part, step);
        }
  }

  /// Neighbours share cells across faces, edges and corners.
  void spread(std::size_t index) {
    for (int dz = -1; dz <= 1; ++dz)
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) {
          const Node way{dx, dy, dz};
          Node next = blocks_[index].place;
          for (std::size_t axis = 0; axis < 3; ++axis) next[axis] += way[axis];
          if (!isBlock(next) || owner(next) >= 0) continue;
          if (isCrossedTowards(blocks_[index], way, owner(next) == kInside))
            addBlock(next, FormPtr(blocks_[index].form));
        }
  }

  /// Whether a node on that side of a block is not as a neighbour there is throughout.
  static bool isCrossedTowards(const Block& block, const Node& way, bool isInside) {
    Node from{}, to{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      from[axis] = way[axis] > 0 ? kSide - 1 : 0;
      to[axis] = way[axis] < 0 ? 0 : kSide - 1;
    }
    for (int k = from[2]; k <= to[2]; ++k)
      for (int j = from[1]; j <= to[1]; ++j)
        for (int i = from[0]; i <= to[0]; ++i)
          if ((block.values[local({i, j, k})] < 0) != isInside) return true;
    return false;
  }

  static std::size_t local(const Node& node) {
    return std::size_t((node[2] * kSide + node[1]) * kSide + node[0]);
  }
  struct Home {
    std::int32_t block;
    std::size_t node;
  };
  /// Where a node of the whole lattice is kept.
  [[nodiscard]] Home home(const Node& node) const {
    const Node block{node[0] / kSide, node[1] / kSide, node[2] / kSide};
    if (!isBlock(block)) return {kOutside, 0};
    const std::int32_t state = const_cast<Polygoniser*>(this)->owner(block);
    return {state, local({node[0] % kSide, node[1] % kSide, node[2] % kSide})};
  }
  [[nodiscard]] double valueAt(const Node& node) const {
    const Home h = home(node);
    if (h.block >= 0) return blocks_[std::size_t(h.block)].values[h.node];
    return h.block == kInside ? -spacing_ : spacing_;
  }

  /// Where the surface crosses an edge: regula falsi with Illinois' weights (Dowell and Jarratt 1971).
  [[nodiscard]] double crossing(const Solid::Form& form, Vec3 from, int axis, double a, double b) const {
    double low = 0, high = 1;
    double t = a / (a - b);
    int kept = 0;
    for (int step = 0; step < 12 && high - low > 1e-3; ++step) {
      t = (low * b - high * a) / (b - a);
      Vec3 p = from;
      p[axis] += t * spacing_;
      const double d = form.distance(p);
      if (std::abs(d) < 1e-3 * spacing_) break;
      if ((d < 0) == (a < 0)) {
        low = t, a = d;
        if (kept == 1) b /= 2;
        kept = 1;
      } else {
        high = t, b = d;
        if (kept == -1) a /= 2;
        kept = -1;
      }
    }
    return std::clamp(t, kClearance, 1 - kClearance);
  }

  /// By four differences towards a tetrahedron's corners.
  [[nodiscard]] Vec3 normalAt(const Solid::Form& form, Vec3 p, Vec3 otherwise) const {
    const double h = 0.05 * spacing_;
    Vec3 sum;
    for (const Vec3 way : {Vec3{1, -1, -1}, Vec3{-1, -1, 1}, Vec3{-1, 1, -1}, Vec3{1, 1, 1}})
      sum = sum + form.distance(p + h * way) * way;
    const double size = length(sum);
    return size > 1e-6 * h ? sum / size : otherwise;
  }

  /// Points on the edges that begin at a block's own nodes.
  void addPoints(Block& block) const {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      block.along[axis].assign(kSide * kSide * kSide, kNone);
      for (int k = 0; k < kSide; ++k)
        for (int j = 0; j < kSide; ++j)
          for (int i = 0; i < kSide; ++i) {
            const Node node{block.place[0] * kSide + i, block.place[1] * kSide + j,
                            block.place[2] * kSide + k};
            Node end = node;
            ++end[axis];
            const double a = block.values[local({i, j, k})], b = valueAt(end);
            if ((a < 0) == (b < 0)) continue;
            Vec3 p = at(node);
            p[int(axis)] += spacing_ * crossing(*block.form, p, int(axis), a, b);
            Vec3 along;
            along[int(axis)] = a < 0 ? 1 : -1;
            block.along[axis][local({i, j, k})] = std::uint32_t(block.positions.size());
            block.positions.push_back(p);
            block.normals.push_back(normalAt(*block.form, p, along));
          }
    }
  }

  void addTriangles(std::uint32_t index) {
    Block& block = blocks_[index];
    std::array<double, kWide * kWide * kWide> values{};
    for (int k = 0; k < kWide; ++k)
      for (int j = 0; j < kWide; ++j)
        for (int i = 0; i < kWide; ++i) {
          const bool isOwn = i < kSide && j < kSide && k < kSide;
          values[std::size_t((k * kWide + j) * kWide + i)] =
              isOwn ? block.values[local({i, j, k})]
                    : valueAt({block.place[0] * kSide + i, block.place[1] * kSide + j,
                               block.place[2] * kSide + k});
        }
    for (int k = 0; k < kSide; ++k)
      for (int j = 0; j < kSide; ++j)
        for (int i = 0; i < kSide; ++i) {
          unsigned inside = 0;
          for (unsigned c = 0; c < 8; ++c)
            if (values[std::size_t(((k + int(c >> 2U)) * kWide + j + int(c >> 1U & 1U)) * kWide + i +
                                   int(c & 1U))] < 0)
              inside |= 1U << c;
          if (inside != 0 && inside != 255)
            addCell(index,
                    {block.place[0] * kSide + i, block.place[1] * kSide + j, block.place[2] * kSide + k},
                    scene::cellCases()[inside]);
        }
  }

  [[nodiscard]] std::array<std::uint32_t, 2> pointOn(const Node& cell, std::uint8_t e) const {
    const scene::CellEdge& edge = scene::cellEdges()[e];
    const Home h =
        home({cell[0] + (edge.corner & 1), cell[1] + (edge.corner >> 1 & 1), cell[2] + (edge.corner >> 2)});
    const std::uint32_t point =
        h.block < 0 ? kNone : blocks_[std::size_t(h.block)].along[std::size_t(edge.axis)][h.node];
    if (point == kNone)
      throw core::Error("A solid's distance grows faster than it promises; its surface has a hole.");
    return {std::uint32_t(h.block), point};
  }

  /// The cell whose lowest corner is one of the block's nodes.
  void addCell(std::uint32_t index, const Node& cell, const scene::CellCase& found) {
    Block& block = blocks_[index];
    std::array<std::uint32_t, 2> centre{index, kNone};
    if (!found.aroundCentre.empty()) {
      Vec3 p, normal;
      for (const std::uint8_t e : found.aroundCentre) {
        const auto [owner, point] = pointOn(cell, e);
        p = p + blocks_[owner].positions[point] / double(found.aroundCentre.size());
        normal = normal + blocks_[owner].normals[point];
      }
      normal = length(normal) > 0 ? normalised(normal) : Vec3{0, 0, 1};
      // Onto the surface, but not so far that the triangles around it could fold.
      const double step = std::clamp(block.form->distance(p), -0.2 * spacing_, 0.2 * spacing_);
      p = p - step * normal;
      centre[1] = std::uint32_t(block.positions.size() + block.middles.size());
      block.middles.push_back(p);
      block.middleNormals.push_back(normalAt(*block.form, p, normal));
    }
    for (const std::uint8_t e : found.triangles)
      block.triangles.push_back(e == scene::kCentre ? centre : pointOn(cell, e));
  }

  scene::TriangleMesh joined() {
    scene::TriangleMesh mesh;
    std::size_t points = 0, corners = 0;
    for (Block& block : blocks_) {
      block.offset = std::uint32_t(points);
      points += block.positions.size() + block.middles.size();
      corners += block.triangles.size();
    }
    if (corners == 0)
      throw core::inputError("A solid has no inside at a spacing of " + std::to_string(spacing_) +
                             " m: it is empty, or thinner than that everywhere.");
    mesh.positions.reserve(points);
    mesh.normals.reserve(points);
    mesh.triangles.reserve(corners);
    for (const Block& block : blocks_) {
      for (const auto* all : {&block.positions, &block.middles})
        for (const Vec3& p : *all) mesh.positions.push_back(scene::toFloat3(p));
      for (const auto* all : {&block.normals, &block.middleNormals})
        for (const Vec3& n : *all) mesh.normals.push_back(scene::toFloat3(n));
      for (const auto& [owner, point] : block.triangles)
        mesh.triangles.push_back(blocks_[owner].offset + point);
    }
    return mesh;
  }

  double spacing_;
  Vec3 origin_;
  Node count_{};
  std::vector<std::int32_t> owners_;  ///< Of each place for a block: its number, kOutside or kInside.
  std::vector<Block> blocks_;
};

}  // namespace

scene::TriangleMesh polygonise(const Solid& solid, const PolygoniseOptions& options) {
  if (!(options.spacing > 0) || solid.bounds().isEmpty())
    throw core::inputError(
        "A solid cannot be made of triangles " + std::to_string(options.spacing) +
        " m wide: " + (solid.bounds().isEmpty() ? "it is empty." : "the spacing must be positive."));
  return Polygoniser(solid, options.spacing).make();
}

}  // namespace aula::anatomy
