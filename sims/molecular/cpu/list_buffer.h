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

/// The buffer from the drift of energy that it may cause (settings.bufferTolerance, kJ/mol/ps an atom), and
/// the lives that make the lists cheapest.
///
/// A pair that stood at r0 > R when the list was made and comes inside the cut-off c within the list's life t
/// is missed, unless the list has it for the sake of other atoms of its clusters. By then its distance along
/// their line has changed by a Gaussian x of variance s^2 = s_i^2 + s_j^2, s_i^2 = k T t^2 / m_i for a free
/// atom. An atom i has 4 pi r0^2 rho_j dr0 such partners; with R^2 for r0^2 (s is small beside R), r0 = R +
/// h, b = R - c, and the potential near the cut-off by its Taylor series (zero there, else the shift takes
/// care of it), V(c - u) = -V' u + V''/2 u^2, what is missed is
///   4 pi R^2 rho_j  integral over h >= 0 of m(h) <-V' (x - b - h)+ + V''/2 (x - b - h)+^2>,
/// where (.)+ is the positive part, so that with G = s exp(-b^2/2 s^2)/sqrt(2 pi), E = erfc(b/(sqrt(2) s))/2
///   <(x - b)+> = G - b E,   <(x - b)+^2> = (s^2 + b^2) E - b G
/// (the reasoning of Pall and Hess 2013, section 2.5). Drift per atom and time: half of the sum over kinds i
/// and j of sizes, divided by t.
///
/// m(h) is the share of pairs at R + h that the list does not have. Clusters are listed when any two of their
/// atoms are within R. R is large beside a cluster, so distances count along one line: the pair is in the
/// list when the foremost atoms of both clusters are ahead of it by A_i + A_j > h together. Take the four
/// places of a cluster along the line as even over its length a = (4/rho)^(1/3) (a cube's spread along any
/// line is that of its edge): the foremost of the other three is ahead by no more than w a with the chance (1
/// - w^4)/4 + w, 1/4 at w = 0. m is the chance that the sum of two such is below h.
///
/// A hydrogen kept at distance d from a heavy atom turns about it as well: s^2 = k T t^2/(m + M) + 2/3 d^2 (1
/// - exp(-k T t^2/ (m d^2))), the free flight of both and a turn that is free and bounded by the circle.
[[nodiscard]] ListPlan planLists(const Topology& topology, const Settings& settings, const Box& box);

}  // namespace aula::molecular::cpu
