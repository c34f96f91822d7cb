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

/// Which pieces are stored: [row][piece].
class Pieces {
 public:
  Pieces(const Lattice& lattice, const Turned& turned, int width)
      : turned_(turned),
        perRow_((turned.extent[0] + width - 1) / width),
        stored_(static_cast<std::size_t>(perRow_) * static_cast<std::size_t>(turned.extent[1]) *
                    static_cast<std::size_t>(turned.extent[2]),
                0) {
    const auto isTissue = [&](int a, int b, int c) {
      return turned.contains(a, b, c) && lattice.isTissue[turned.node(a, b, c)] != 0;
    };
    for (int c = 0; c < turned.extent[2]; ++c)
      for (int b = 0; b < turned.extent[1]; ++b)
        for (int a = 0; a < turned.extent[0]; ++a) {
          if (!isTissue(a, b, c)) continue;
          stored_[at(a / width, b, c)] = 1;
          // A neighbour in the next piece of another row is reached through this piece of that row.
          for (const int side : {-1, 1}) {
            if ((a + side) / width == a / width && a + side >= 0) continue;
            for (int db = -1; db <= 1; ++db)
              for (int dc = -1; dc <= 1; ++dc)
                if (isTissue(a + side, b + db, c + dc)) stored_[at(a / width, b + db, c + dc)] = 1;
          }
        }
  }
  [[nodiscard]] int perRow() const { return perRow_; }
  [[nodiscard]] bool isStored(int piece, int b, int c) const {
    return turned_.contains(0, b, c) && stored_[at(piece, b, c)] != 0;
  }
  [[nodiscard]] std::size_t count() const {
    return static_cast<std::size_t>(std::count(stored_.begin(), stored_.end(), std::uint8_t{1}));
  }
  [[nodiscard]] std::size_t at(int piece, int b, int c) const {
    return static_cast<std::size_t>(piece) +
           static_cast<std::size_t>(perRow_) *
               (static_cast<std::size_t>(b) +
                static_cast<std::size_t>(turned_.extent[1]) * static_cast<std::size_t>(c));
  }

 private:
  Turned turned_;
  int perRow_;
  std::vector<std::uint8_t> stored_;
};

constexpr int kAcross[SegmentLayout::kRows][2] = {{1, 0},  {0, 1},  {1, 1},   {-1, 1},
                                                  {-1, 0}, {0, -1}, {-1, -1}, {1, -1}};

}  // namespace

SegmentLayout::SegmentLayout(const Lattice& lattice, int width) : width_(width) {
  // Rows along the axis with the fewest pieces: walls are thin across and long along.
  std::size_t fewest = std::numeric_limits<std::size_t>::max();
  for (int first = 0; first < 3; ++first) {
    const std::array<int, 3> axes{first, (first + 1) % 3, (first + 2) % 3};
    const std::size_t count = Pieces(lattice, Turned(lattice, axes), width).count();
    if (count < fewest) {
      fewest = count;
      axes_ = axes;
    }
  }
  const Turned turned(lattice, axes_);
  const Pieces pieces(lattice, turned, width);

  // Two empty pieces first: the second stands for rows that are not stored.
  const auto w = static_cast<std::size_t>(width);
  nodeOf_.assign(2 * w, -1);
  placeOf_.assign(lattice.size(), -1);
  std::vector<std::int32_t> placeOfPiece(static_cast<std::size_t>(pieces.perRow()) *
                                             static_cast<std::size_t>(turned.extent[1]) *
                                             static_cast<std::size_t>(turned.extent[2]),
                                         width);
  for (int c = 0; c < turned.extent[2]; ++c)
    for (int b = 0; b < turned.extent[1]; ++b)
      for (int piece = 0; piece < pieces.perRow(); ++piece) {
        if (!pieces.isStored(piece, b, c)) continue;
        placeOfPiece[pieces.at(piece, b, c)] = static_cast<std::int32_t>(nodeOf_.size());
        for (int lane = 0; lane < width; ++lane) {
          const int a = piece * width + lane;
          std::int32_t node = -1;
          if (turned.contains(a, b, c) && lattice.isTissue[turned.node(a, b, c)] != 0) {
            node = static_cast<std::int32_t>(turned.node(a, b, c));
            placeOf_[static_cast<std::size_t>(node)] = static_cast<std::int32_t>(nodeOf_.size());
            ++tissue_;
          }
          nodeOf_.push_back(node);
        }
        if (piece + 1 == pieces.perRow() || !pieces.isStored(piece + 1, b, c))
          nodeOf_.insert(nodeOf_.end(), w, -1);
      }

  for (int c = 0; c < turned.extent[2]; ++c)
    for (int b = 0; b < turned.extent[1]; ++b)
      for (int piece = 0; piece < pieces.perRow(); ++piece) {
        if (!pieces.isStored(piece, b, c)) continue;
        Segment segment;
        segment.place = placeOfPiece[pieces.at(piece, b, c)];
        const auto first = nodeOf_.begin() + segment.place;
        // Pieces that only lead to others have nothing to compute.
        if (std::all_of(first, first + width, [](std::int32_t node) { return node < 0; })) continue;
        for (std::size_t row = 0; row < kRows; ++row)
          segment.rows[row] = pieces.isStored(piece, b + kAcross[row][0], c + kAcross[row][1])
                                  ? placeOfPiece[pieces.at(piece, b + kAcross[row][0], c + kAcross[row][1])]
                                  : width;
        segments_.push_back(segment);
      }
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
