// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "anatomy/airways/breathing.h"
#include "anatomy/airways/spirometry.h"

namespace aula::tests {

/// A tree of a thousand and some terminals: as the usual one, with fewer generations.
[[nodiscard]] std::shared_ptr<const anatomy::BronchialTree> coarseTree();
/// Weibel's generations 0 to `last`, each branch with two equal children, straight down; by hand.
[[nodiscard]] std::shared_ptr<const anatomy::BronchialTree> symmetricTree(int last);
/// A trachea of that size with two bronchi, each a terminal that supplies its share.
[[nodiscard]] std::shared_ptr<const anatomy::BronchialTree> twoCompartments(double diameter,
                                                                            double firstShare);

/// A forced breath from 8 s on.
struct ForcedBreath {
  anatomy::Spirometry result;
  double quietVolume = 0;  ///< m^3, of the last breath before it
  double resistance = 0;   ///< Pa s/m^3 of all airways at 0.5 L/s, at rest
};
[[nodiscard]] ForcedBreath forcedBreath(const std::shared_ptr<const anatomy::BronchialTree>& tree,
                                        anatomy::BreathingSettings settings, double step = 0.01);
/// Airways from generation 3 on have this diameter.
[[nodiscard]] anatomy::BreathingSettings narrowed(double diameter);

}  // namespace aula::tests
