// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/kinds.h"

namespace aula::anatomy {

void addKinds(lab::Registry& registry) {
  registry.add(makeAtlasKind());
  registry.add(makeLimbKind());
  registry.add(makeBreathingKind());
  registry.add(makeHeartKind());
  registry.add(makeScanKind());
}

}  // namespace aula::anatomy
