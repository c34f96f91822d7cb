// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "fdtd/cpu/arena.h"
#include "fdtd/cpu/layout.h"
#include "fdtd/model/medium.h"

namespace aula::fdtd::cpu {

/// A medium turned into coefficients of rows: three numbers where a row is uniform, rows of numbers only
/// where it is not.
class RowCoefficients {
 public:
  /// `isElectric`: those of E, else those of H.
  RowCoefficients(const Setup& setup, const Medium& medium, const Layout& layout, const Updated& updated,
                  bool isElectric, int threads);

  struct Uniform {
    std::array<float, 3> cb{}, loss{};
    bool operator==(const Uniform&) const = default;
  };
  struct Row {
    RowMaterial material = RowMaterial::uniform;
    bool isIdle = false;     ///< Nothing in this row is ever computed.
    std::int32_t index = 0;  ///< Into uniform() or, for rows of numbers, of the row in the arena.
  };

  [[nodiscard]] const Row& row(std::size_t row) const { return rows_[row]; }
  [[nodiscard]] const Uniform& uniform(const Row& row) const {
    return uniforms_[static_cast<std::size_t>(row.index)];
  }
  /// Lane 0 of cb (component n of this half); loss follows by `componentsHere` rows.
  [[nodiscard]] const float* cbRow(const Row& row, int n) const { return values_.data() + offset(row, n, 0); }
  [[nodiscard]] const float* lossRow(const Row& row, int n) const {
    return values_.data() + offset(row, n, 1);
  }
  /// cb at a place, 0 where the field is not computed.
  [[nodiscard]] float cb(int component, int i, int j, int k) const;
  [[nodiscard]] double bytes() const {
    return values_.bytes() + static_cast<double>(rows_.size() * sizeof(Row));
  }
  /// Floats of coefficients that an average row brings along in a sweep.
  [[nodiscard]] double floatsPerRow() const { return double(values_.size()) / double(rows_.size()); }

 private:
  [[nodiscard]] std::size_t offset(const Row& row, int n, int kind) const {
    const std::size_t rowFloats = static_cast<std::size_t>(lanes_);
    return static_cast<std::size_t>(row.index) * static_cast<std::size_t>(kBlock) +
           (static_cast<std::size_t>(kind) * 3 + static_cast<std::size_t>(n)) * rowFloats;
  }

  const Updated updated_;
  const Layout layout_;
  int lanes_ = 0;
  std::vector<Row> rows_;
  std::vector<Uniform> uniforms_;
  Arena values_;
};

}  // namespace aula::fdtd::cpu
