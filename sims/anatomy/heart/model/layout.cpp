// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/model/layout.h"

#include <algorithm>
#include <limits>

namespace aula::anatomy::heart {

namespace {

/// The lattice with its axes in another order.
struct Turned {
  std::array<int, 3> extent;
  std::array<std::size_t, 3> stride;

  Turned(const Lattice& lattice, const std::array<int, 3>& axes) {
    const int n[3] = {lattice.nx, lattice.ny, lattice.nz};
    const std::size_t s[3] = {1, static_cast<std::size_t>(lattice.nx),
                              static_cast<std::size_t>(lattice.nx) * static_cast<std::size_t>(lattice.ny)};
    for (std::size_t a = 0; a < 3; ++a) {
      extent[a] = n[axes[a]];
      stride[a] = s[axes[a]];
    }
  }
  [[nodiscard]] bool contains(int a, int b, int c) const {
    return a >= 0 && b >= 0 && c >= 0 && a < extent[0] && b < extent[1] && c < extent[2];
  }
  [[nodiscard]] std::size_t node(int a, int b, int c) const {
    return static_cast<std::size_t>(a) * stride[0] + static_cast<std::size_t>(b) * stride[1] +
           static_cast<std::size_t>(c) * stride[2];
  }
};

/// A stretch of a row that is stored: nodes first..last - 1, some of them tissue.
struct Stretch {
  int first, last;
  std::int32_t place = 0;  ///< Of its first node.
};

/// Stretches of one row.
std::vector<Stretch> stretchesOf(const Lattice& lattice, const Turned& turned, int b, int c, int width) {
  std::vector<Stretch> stretches;
  for (int a = 0; a < turned.extent[0]; ++a) {
    if (lattice.isTissue[turned.node(a, b, c)] == 0) continue;
    // A segment and the neighbours of its ends are width + 2 nodes long and must not see two stretches.
    if (stretches.empty() || a - stretches.back().last > width + 2) stretches.push_back({a, a});
    stretches.back().last = a + 1;
  }
  return stretches;
}

/// Segments of a stretch that hold tissue: calls visit(their first node).
template <class Visit>
void forEachSegment(const Lattice& lattice, const Turned& turned, int b, int c, int width,
                    const Stretch& stretch, const Visit& visit) {
  for (int a = stretch.first; a < stretch.last; a += width)
    for (int n = a; n < std::min(a + width, stretch.last); ++n)
      if (lattice.isTissue[turned.node(n, b, c)] != 0) {
        visit(a);
        break;
      }
}

std::size_t countSegments(const Lattice& lattice, const Turned& turned, int width) {
  std::size_t count = 0;
  for (int c = 0; c < turned.extent[2]; ++c)
    for (int b = 0; b < turned.extent[1]; ++b)
      for (const Stretch& stretch : stretchesOf(lattice, turned, b, c, width))
        forEachSegment(lattice, turned, b, c, width, stretch, [&](int) { ++count; });
  return count;
}

constexpr int kAcross[SegmentLayout::kRows][2] = {{1, 0},  {0, 1},  {1, 1},   {-1, 1},
                                                  {-1, 0}, {0, -1}, {-1, -1}, {1, -1}};

}  // namespace

SegmentLayout::SegmentLayout(const Lattice& lattice, int width) : width_(width) {
  // Rows along the axis with the fewest segments: walls are thin across and long along.
  std::size_t fewest = std::numeric_limits<std::size_t>::max();
  for (int first = 0; first < 3; ++first) {
    const std::array<int, 3> axes{first, (first + 1) % 3, (first + 2) % 3};
    const std::size_t count = countSegments(lattice, Turned(lattice, axes), width);
    if (count < fewest) {
      fewest = count;
      axes_ = axes;
    }
  }
  const Turned turned(lattice, axes_);
  const auto rowOf = [&](int b, int c) {
    return static_cast<std::size_t>(b) +
           static_cast<std::size_t>(turned.extent[1]) * static_cast<std::size_t>(c);
  };

  // First three segments' worth of nothing: what a segment beside no tissue reads.
  const auto w = static_cast<std::size_t>(width);
  nodeOf_.assign(3 * w, -1);
  placeOf_.assign(lattice.size(), -1);
  std::vector<std::vector<Stretch>> rows(rowOf(0, turned.extent[2]));
  for (int c = 0; c < turned.extent[2]; ++c) {
    // Planes share no places, so that one may be read while another is written.
    nodeOf_.insert(nodeOf_.end(), 2 * w, -1);
    for (int b = 0; b < turned.extent[1]; ++b) {
      rows[rowOf(b, c)] = stretchesOf(lattice, turned, b, c, width);
      for (Stretch& stretch : rows[rowOf(b, c)]) {
        stretch.place = static_cast<std::int32_t>(nodeOf_.size());
        for (int a = stretch.first; a < stretch.last; ++a) {
          const std::size_t node = turned.node(a, b, c);
          const bool isTissue = lattice.isTissue[node] != 0;
          if (isTissue) {
            placeOf_[node] = static_cast<std::int32_t>(nodeOf_.size());
            ++tissue_;
          }
          nodeOf_.push_back(isTissue ? static_cast<std::int32_t>(node) : -1);
        }
        // A segment that touches the stretch with its last node alone reads width + 1 places beyond it; the
        // next stretch begins at a multiple of the width.
        nodeOf_.resize((nodeOf_.size() + w + 1 + w - 1) / w * w, -1);
      }
    }
  }
  nodeOf_.insert(nodeOf_.end(), 2 * w, -1);

  // Where a row beside a segment that begins at `a` has its node `a`, stored or before what is stored.
  const auto beside = [&](int a, int b, int c) {
    if (turned.contains(0, b, c))
      for (const Stretch& stretch : rows[rowOf(b, c)])
        if (stretch.first <= a + width && stretch.last > a - 1) return stretch.place + a - stretch.first;
    return static_cast<std::int32_t>(width);
  };
  for (int c = 0; c < turned.extent[2]; ++c) {
    planes_.push_back(static_cast<std::int32_t>(segments_.size()));
    for (int b = 0; b < turned.extent[1]; ++b)
      for (const Stretch& stretch : rows[rowOf(b, c)])
        forEachSegment(lattice, turned, b, c, width, stretch, [&](int a) {
          Segment segment;
          segment.place = stretch.place + a - stretch.first;
          for (std::size_t row = 0; row < kRows; ++row)
            segment.rows[row] = beside(a, b + kAcross[row][0], c + kAcross[row][1]);
          segments_.push_back(segment);
        });
  }
  planes_.push_back(static_cast<std::int32_t>(segments_.size()));
}

std::array<std::vector<float>, kForward> SegmentLayout::gather(const Lattice& lattice,
                                                               const Couplings& couplings) const {
  const Turned turned(lattice, axes_);
  std::array<std::vector<float>, kForward> gathered;
  for (std::size_t n = 0; n < kForward; ++n) {
    // The neighbour in the lattice's own axes, or its opposite, which keeps the coupling then.
    std::array<int, 3> offset{};
    for (std::size_t a = 0; a < 3; ++a) offset[static_cast<std::size_t>(axes_[a])] = kForwardOffsets[n][a];
    auto found = std::find(kForwardOffsets.begin(), kForwardOffsets.end(), offset);
    const bool isOpposite = found == kForwardOffsets.end();
    if (isOpposite) {
      for (int& step : offset) step = -step;
      found = std::find(kForwardOffsets.begin(), kForwardOffsets.end(), offset);
    }
    const auto& values = couplings[static_cast<std::size_t>(found - kForwardOffsets.begin())];
    const std::ptrdiff_t step =
        offset[0] + std::ptrdiff_t{lattice.nx} * (offset[1] + std::ptrdiff_t{lattice.ny} * offset[2]);
    gathered[n].assign(places(), 0.0F);
    for (std::size_t place = 0; place < places(); ++place) {
      if (nodeOf_[place] < 0) continue;
      const std::ptrdiff_t keeper = nodeOf_[place] - (isOpposite ? step : 0);
      if (keeper >= 0 && keeper < static_cast<std::ptrdiff_t>(values.size()))
        gathered[n][place] = static_cast<float>(values[static_cast<std::size_t>(keeper)]);
    }
  }
  return gathered;
}

std::vector<float> SegmentLayout::paces(const Lattice& lattice) const {
  std::vector<float> paces(places(), 1.0F);
  if (lattice.durations.empty()) return paces;
  for (std::size_t place = 0; place < paces.size(); ++place)
    if (nodeOf_[place] >= 0)
      paces[place] = 1.0F / lattice.durations[static_cast<std::size_t>(nodeOf_[place])];
  return paces;
}

double SegmentLayout::filling() const {
  return segments_.empty() ? 0
                           : static_cast<double>(tissue_) /
                                 (static_cast<double>(segments_.size()) * static_cast<double>(width_));
}

}  // namespace aula::anatomy::heart
