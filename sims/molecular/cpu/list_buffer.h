// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "molecular/model/box.h"
#include "molecular/model/settings.h"
#include "molecular/model/topology.h"

namespace aula::molecular::cpu {

/// How far lists reach and how long they live, steps.
struct ListPlan {
  double outerRadius = 0, innerRadius = 0;  ///< nm; infinite where nothing is cut off.
  int outerLife = 1, innerLife = 1;
};

/// The buffer from the drift of energy that it may cause (settings.bufferTolerance, kJ/mol/ps an atom).
///
/// A pair that stood at r0 > R when the list was made and comes inside the cut-off c within the list's life t
/// is missed. By then its distance along their line has changed by a Gaussian x of variance
/// s^2 = s_i^2 + s_j^2, s_i^2 = k T t^2 / m_i for a free atom. Per atom i there are 4 pi r0^2 rho_j dr0 such
/// partners; with R^2 for r0^2 (s is small beside R), b = R - c, and the potential near the cut-off by its
/// Taylor series (zero there, else the shift takes care of it), V(c - u) = -V' u + V''/2 u^2, the energy that
/// the missing of all pairs brings is
///   4 pi R^2 rho_j  integral over h >= 0 of <-V' (x - b - h)+ + V''/2 (x - b - h)+^2>
///     = 4 pi R^2 rho_j (-V'/2 <(x - b)+^2> + V''/6 <(x - b)+^3>),
/// with (.)+ the positive part; for a Gaussian, with G = exp(-b^2/2 s^2) s/sqrt(2 pi) and E = erfc(b/(sqrt(2)
/// s))/2,
///   <(x - b)+^2> = (s^2 + b^2) E - b G,   <(x - b)+^3> = (2 s^2 + b^2) G - b (3 s^2 + b^2) E
/// (the same reasoning as Pall and Hess 2013, section 2.5). Drift per atom and time: half of the sum over
/// kinds i and j of |this|, divided by t. A hydrogen kept at distance d from a heavy atom turns about it as
/// well: s^2 = k T t^2/(m + M) + 2/3 d^2 (1 - exp(-k T t^2/(m d^2))), the free flight of both and a turn that
/// is free and bounded by the circle.
[[nodiscard]] ListPlan planLists(const Topology& topology, const Settings& settings, const Box& box);

}  // namespace aula::molecular::cpu
