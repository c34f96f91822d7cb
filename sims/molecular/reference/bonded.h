// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "molecular/model/topology.h"
#include "molecular/reference/sums.h"

/// Terms between atoms that are bonded, one function each. Differences of positions are nearest images.
namespace aula::molecular::reference {

using Positions = std::span<const Vec3>;

void addBonds(const std::vector<Bond>& bonds, Positions r, const Box& box, Sums& sums);
void addAngles(const std::vector<Angle>& angles, Positions r, const Box& box, Sums& sums);
void addPeriodicDihedrals(const std::vector<PeriodicDihedral>& dihedrals, Term term, Positions r,
                          const Box& box, Sums& sums);
void addHarmonicImpropers(const std::vector<HarmonicImproper>& impropers, Positions r, const Box& box,
                          Sums& sums);
void addRyckaertBellemans(const std::vector<RyckaertBellemans>& dihedrals, Positions r, const Box& box,
                          Sums& sums);
void addPairs14(const std::vector<Pair14>& pairs, Positions r, const Box& box, Sums& sums);

}  // namespace aula::molecular::reference
