// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "anatomy/heart/body/conduction.h"

namespace aula::tests {

/// When a wave reaches each node of the domain, s, by the shortest way between neighbours (26 of them) at the
/// speeds along and across fibres: no cells, no currents. A way of many short straight pieces is up to some 8
/// % longer than a straight one. Infinity: never.
[[nodiscard]] std::vector<double> eikonalArrivals(const anatomy::heart::Ventricles& muscle,
                                                  const std::vector<anatomy::heart::Entry>& entries,
                                                  double along, double across);

/// The lattice's potentials at `time`, V: an action potential of `duration` seconds (times each node's own
/// factor) that rises within `rise` from -80 to 20 mV at each node's arrival.
[[nodiscard]] std::vector<float> prescribedPotentials(const anatomy::heart::Ventricles& muscle,
                                                      const std::vector<double>& arrivals, double time,
                                                      double rise = 0.004, double duration = 0.28);

}  // namespace aula::tests
