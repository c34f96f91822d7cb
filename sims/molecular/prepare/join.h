// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "molecular/model/engine.h"

namespace aula::molecular {

/// How Lennard-Jones parameters of two types make those between them, where no table says.
enum class CombinationRule {
  lorentzBerthelot,  ///< Mean sigma, geometric mean of epsilon (AMBER, CHARMM).
  geometric          ///< Geometric means of both (OPLS).
};

/// `first`, then `count` copies of `second`. Types of one name and the same parameters are one type; what
/// stands in a table already is kept, pairs of types from different parts follow the rule. B-factors and Born
/// radii stay when both have them.
[[nodiscard]] Topology joined(const Topology& first, const Topology& second, int count = 1,
                              CombinationRule rule = CombinationRule::lorentzBerthelot);

/// The parts whose molecules (indices into topology.molecules, rising) are named: their atoms, terms,
/// residues and positions. Molecules are taken whole; a residue that spans several becomes several.
[[nodiscard]] System withMolecules(const System& system, const std::vector<int>& molecules);

}  // namespace aula::molecular
