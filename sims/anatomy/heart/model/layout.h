// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "anatomy/heart/model/coupling.h"

namespace aula::anatomy::heart {

/// Tissue alone, in segments of `width` neighbours along one axis: what kernels walk over.
///
/// The runs of tissue in a row of the lattice are cut into segments from their first node on; places beyond a
/// run's end, and enough of them before and after each stretch of memory, belong to no node and have
/// couplings of zero. Runs of one row that stand less than a segment apart are stored with the gap between
/// them, so that a segment sees one stretch at most of each row beside it: it begins at `rows`, and what lies
/// outside is read as zeros. Places are numbered from 0.
class SegmentLayout {
 public:
  SegmentLayout(const Lattice& lattice, int width);

  /// Neighbouring rows, as steps along the two axes across: the forward ones, then their opposites.
  static constexpr int kRows = 8;
  struct Segment {
    std::int32_t place = 0;  ///< Of its first node.
    std::int32_t rows[kRows] =
        {};  ///< The places beside it: (+,0) (0,+) (+,+) (-,+), then (-,0) (0,-) (-,-) (+,-).
  };

  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] std::size_t places() const { return nodeOf_.size(); }
  [[nodiscard]] const std::vector<Segment>& segments() const { return segments_; }
  /// Segments of one plane across (the slowest axis) follow each other; plane p's are those from planes()[p]
  /// to planes()[p + 1]. A segment's neighbours lie in its own plane and the two beside it.
  [[nodiscard]] const std::vector<std::int32_t>& planes() const { return planes_; }
  /// Node of the lattice, or -1.
  [[nodiscard]] const std::vector<std::int32_t>& nodeOf() const { return nodeOf_; }
  /// Place, or -1.
  [[nodiscard]] const std::vector<std::int32_t>& placeOf() const { return placeOf_; }
  /// Couplings [forward neighbour in the layout's axes][place], 1/s.
  [[nodiscard]] std::array<std::vector<float>, kForward> gather(const Lattice& lattice,
                                                                const Couplings& couplings) const;
  /// One over Lattice::durations by place; 1 where there are none.
  [[nodiscard]] std::vector<float> paces(const Lattice& lattice) const;
  /// Share of the stored pieces' places that are tissue.
  [[nodiscard]] double filling() const;

 private:
  int width_;
  std::array<int, 3> axes_{0, 1, 2};  ///< The lattice's axis along rows, then the two across.
  std::vector<Segment> segments_;
  std::vector<std::int32_t> nodeOf_, placeOf_, planes_;
  std::size_t tissue_ = 0;
};

}  // namespace aula::anatomy::heart
