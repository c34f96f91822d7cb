// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "molecular/model/engine.h"

namespace aula::molecular {

/// Which atoms are meant, in words after those of VMD and MDAnalysis:
///
///     protein and not hydrogen
///     name CA CB and resid 10-20 35
///     resname SOL and within 0.35 nm of (element O and protein)
///     same residue as (chain A and charge < -0.5)
///
/// Words that stand for atoms by themselves: all none protein water ion backbone sidechain hydrogen heavy.
/// Words followed by values (any number of them; * and ? stand for letters): name resname chain element type;
/// by numbers and ranges: resid index (from 1, as files have it); by a comparison: charge mass bfactor x y z.
/// `within D nm of S` is all atoms at most D from an atom of S, S itself included; D in nm or angstrom.
/// `same residue as S`, `same molecule as S`. not binds tighter than and, and tighter than or.
class Selection {
 public:
  /// Throws core::Error (input) naming the column, what was found and what may stand there.
  static Selection parse(const std::string& text);

  [[nodiscard]] const std::string& text() const { return text_; }
  /// Whether it asks where atoms are, so that it may change from step to step.
  [[nodiscard]] bool isDynamic() const;
  /// Rising indices. Throws core::Error (input) when a distance does not fit the box.
  [[nodiscard]] std::vector<int> evaluate(const Topology& topology, const State& state) const;

  struct Expression;

 private:
  std::string text_;
  std::shared_ptr<const Expression> root_;
};

/// Residues by what they are.
[[nodiscard]] bool isProteinResidue(const std::string& name);
[[nodiscard]] bool isWaterResidue(const std::string& name);

}  // namespace aula::molecular
