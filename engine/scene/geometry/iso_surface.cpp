// SPDX-License-Identifier: Apache-2.0
#include "scene/geometry/iso_surface.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/error.h"
#include "scene/geometry/cell_cases.h"

namespace aula::scene {

namespace {

/// A crossing stays this share of the spacing away from the nodes: where values equal the level the triangles
/// around a node would lose their area. Far below the surface's own error, spacing squared over eight radii.
constexpr double kClearance = 1e-4;

class IsoSurface {
 public:
  IsoSurface(const VolumeView& volume, double level, VolumeBorder border)
      : n_{volume.nx, volume.ny, volume.nz},
        volume_(volume),
        values_(*volume.values),
        level_(level),
        pad_(border == VolumeBorder::closed ? 1 : 0),
        width_(std::size_t(n_[0] + 2 * pad_)),
        layer_(width_ * std::size_t(n_[1] + 2 * pad_)) {
    for (auto& edges : along_) edges.assign(2 * layer_, kNone);
  }

  TriangleMesh make() {
    for (int k = -pad_; k + 1 < n_[2] + pad_; ++k) {
      // Two layers of nodes are known at a time: what belonged to the upper one's predecessor is forgotten.
      for (std::size_t axis = 0; axis < 3; ++axis)
        for (const int layer : axis == 2 ? std::vector<int>{k} : std::vector<int>{k + 1}) {
          const auto from = along_[axis].begin() + std::ptrdiff_t(parity(layer) * layer_);
          std::fill(from, from + std::ptrdiff_t(layer_), kNone);
        }
      for (int j = -pad_; j + 1 < n_[1] + pad_; ++j) addRow(j, k);
    }
    return std::move(mesh_);
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;

  [[nodiscard]] static std::size_t parity(int k) { return std::size_t((k + 2) % 2); }
  [[nodiscard]] bool isNode(int i, int j, int k) const {
    return i >= 0 && j >= 0 && k >= 0 && i < n_[0] && j < n_[1] && k < n_[2];
  }
  [[nodiscard]] double at(int i, int j, int k) const {
    return values_[(std::size_t(k) * std::size_t(n_[1]) + std::size_t(j)) * std::size_t(n_[0]) +
                   std::size_t(i)];
  }
  [[nodiscard]] bool isInside(int i, int j, int k) const { return isNode(i, j, k) && at(i, j, k) >= level_; }

  void addRow(int j, int k) {
    unsigned face = 0;  // The four corners at the cell's upper x are the next cell's at its lower.
    for (int i = -pad_; i < n_[0] + pad_; ++i) {
      unsigned upper = 0;
      for (unsigned c = 0; c < 4; ++c)
        if (isInside(i, j + int(c & 1U), k + int(c >> 1U))) upper |= 2U << (2 * c);
      const unsigned inside = face | upper;
      face = upper >> 1U;
      if (i == -pad_ || inside == 0 || inside == 255) continue;
      addCell({i - 1, j, k}, cellCases()[inside]);
    }
  }

  void addCell(const std::array<int, 3>& node, const CellCase& found) {
    const auto pointOn = [&](std::uint8_t e) {
      const CellEdge& edge = cellEdges()[e];
      return crossing(
          {node[0] + (edge.corner & 1), node[1] + (edge.corner >> 1 & 1), node[2] + (edge.corner >> 2)},
          edge.axis);
    };
    std::uint32_t centre = kNone;
    if (!found.aroundCentre.empty()) {
      core::Vec3 position, normal;
      for (const std::uint8_t e : found.aroundCentre) {
        const std::uint32_t point = pointOn(e);
        position = position + toVec3(mesh_.positions[point]) / double(found.aroundCentre.size());
        normal = normal + toVec3(mesh_.normals[point]);
      }
      centre = std::uint32_t(mesh_.positions.size());
      mesh_.positions.push_back(toFloat3(position));
      mesh_.normals.push_back(toFloat3(length(normal) > 0 ? normalised(normal) : core::Vec3{0, 0, 1}));
    }
    for (const std::uint8_t e : found.triangles)
      mesh_.triangles.push_back(e == kCentre ? centre : pointOn(e));
  }

  /// The point where the surface crosses the edge from `node` along `axis`.
  std::uint32_t crossing(const std::array<int, 3>& node, int axis) {
    std::uint32_t& known =
        along_[std::size_t(axis)]
              [parity(node[2]) * layer_ + std::size_t(node[1] + pad_) * width_ + std::size_t(node[0] + pad_)];
    if (known != kNone) return known;
    std::array<int, 3> end = node;
    ++end[std::size_t(axis)];
    const bool hasStart = isNode(node[0], node[1], node[2]), hasEnd = isNode(end[0], end[1], end[2]);
    double t = 0.5;
    core::Vec3 normal;
    if (hasStart && hasEnd) {
      const double a = at(node[0], node[1], node[2]), b = at(end[0], end[1], end[2]);
      const double exact = (level_ - a) / (b - a);
      if (std::isfinite(exact)) t = std::clamp(exact, kClearance, 1 - kClearance);
      normal = (t - 1) * gradient(node) - t * gradient(end);
      // Values that are equal all around leave only the edge itself to tell the way down.
      if (!(length(normal) > 0) || !std::isfinite(length(normal))) {
        normal = {};
        normal[axis] = a > b ? 1 : -1;
      }
    } else {
      t = hasStart ? kClearance : 1 - kClearance;
      normal[axis] = hasStart ? 1 : -1;
    }
    core::Vec3 position = volume_.origin;
    for (int d = 0; d < 3; ++d)
      position[d] += volume_.spacing[d] * (node[std::size_t(d)] + (d == axis ? t : 0));
    known = std::uint32_t(mesh_.positions.size());
    mesh_.positions.push_back(toFloat3(position));
    mesh_.normals.push_back(toFloat3(normalised(normal)));
    return known;
  }

  /// Central differences, one-sided at the border; 0 along axes where a value is missing.
  [[nodiscard]] core::Vec3 gradient(const std::array<int, 3>& node) const {
    core::Vec3 result;
    for (int axis = 0; axis < 3; ++axis) {
      std::array<int, 3> low = node, high = node;
      low[std::size_t(axis)] = std::max(low[std::size_t(axis)] - 1, 0);
      high[std::size_t(axis)] = std::min(high[std::size_t(axis)] + 1, n_[std::size_t(axis)] - 1);
      const double difference = (at(high[0], high[1], high[2]) - at(low[0], low[1], low[2])) /
                                ((high[std::size_t(axis)] - low[std::size_t(axis)]) * volume_.spacing[axis]);
      if (std::isfinite(difference)) result[axis] = difference;
    }
    return result;
  }

  std::array<int, 3> n_;
  const VolumeView& volume_;
  const std::vector<float>& values_;
  double level_;
  int pad_;  ///< Layers of nodes around the volume that count as below the level.
  std::size_t width_, layer_;
  std::array<std::vector<std::uint32_t>, 3> along_;  ///< Points on edges from the nodes of two layers.
  TriangleMesh mesh_;
};

}  // namespace

TriangleMesh makeIsoSurface(const VolumeView& volume, double level, VolumeBorder border) {
  const std::string name = "The volume \"" + volume.name + "\" has no surface of equal values: ";
  if (volume.nx < 2 || volume.ny < 2 || volume.nz < 2)
    throw core::inputError(name + "it has " + std::to_string(volume.nx) + " x " + std::to_string(volume.ny) +
                           " x " + std::to_string(volume.nz) +
                           " nodes; two or more are needed along each axis.");
  const std::size_t nodes = std::size_t(volume.nx) * std::size_t(volume.ny) * std::size_t(volume.nz);
  if (!volume.values || volume.values->size() != nodes)
    throw core::inputError(name + "it has " + std::to_string(volume.values ? volume.values->size() : 0) +
                           " values on the host for " + std::to_string(nodes) + " nodes.");
  if (!(volume.spacing.x > 0 && volume.spacing.y > 0 && volume.spacing.z > 0))
    throw core::inputError(name + "the distance between its nodes must be positive along each axis.");
  return IsoSurface(volume, level, border).make();
}

}  // namespace aula::scene
