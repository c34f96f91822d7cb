// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "anatomy/heart/model/coupling.h"

namespace aula::anatomy::heart {

/// Tissue alone, in segments of `width` neighbours along one axis: what kernels walk over.
///
/// Each row of the lattice is cut at multiples of the width; pieces with tissue are stored whole, in the
/// order of rows, so that the next piece of a row follows in memory. After each run of pieces stands an empty
/// one: what a neighbour beyond the end reads is a coupling of zero. The piece of another row beside a piece
/// is found by `rows`. Places are numbered from 0; those of empty pieces belong to no node.
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
  std::vector<std::int32_t> nodeOf_, placeOf_;
  std::size_t tissue_ = 0;
};

}  // namespace aula::anatomy::heart
