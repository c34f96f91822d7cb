// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "molecular/input/molecule_type.h"

namespace aula::molecular {

/// From the bonds, constraints and settles of a molecule: the exclusions of `topology` (atoms at most
/// `exclusionBonds` bonds apart, and those listed) and its molecules (contiguous sets that are joined).
void connect(const MoleculeType& type, Topology& topology);

}  // namespace aula::molecular
