// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "molecular/model/engine.h"

namespace aula::molecular {

/// Puts molecules that lie across the cell's faces together again. Immutable; made once a topology.
class WholeMolecules {
 public:
  explicit WholeMolecules(const Topology& topology);

  /// Every molecule whole, its middle inside the cell. Nothing to do in vacuum.
  void apply(std::span<Vec3> positions, const Box& box) const;

 private:
  struct Step {
    int atom, from;
  };
  std::vector<Step> steps_;  ///< By molecule: each atom after the one it hangs on.
  std::vector<Molecule> molecules_;
};

/// Follows points across the cell's faces: where they would be had they not been put back into it.
class Unwrapper {
 public:
  /// The unwrapped positions; points must move less than half the cell between two calls.
  const std::vector<Vec3>& follow(std::span<const Vec3> positions, const Box& box);
  void reset() { last_.clear(), unwrapped_.clear(); }
  [[nodiscard]] const std::vector<Vec3>& unwrapped() const { return unwrapped_; }
  std::vector<Vec3>& last() { return last_; }
  std::vector<Vec3>& values() { return unwrapped_; }

 private:
  std::vector<Vec3> last_, unwrapped_;
};

}  // namespace aula::molecular
