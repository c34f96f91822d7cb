// SPDX-License-Identifier: Apache-2.0
#include "app/kinds.h"

#include "anatomy/kind/kinds.h"
#include "fdtd/fdtd.h"
#include "lab/session/simulation.h"
#include "molecular/molecular.h"

namespace aula::app {

void addKinds(lab::Registry& registry) {
  registry.add(fdtd::makeFdtdKind());
  registry.add(molecular::makeMolecularKind());
#ifdef AULA_KIND_ATLAS
  registry.add(anatomy::makeAtlasKind());
#endif
#ifdef AULA_KIND_LIMB
  registry.add(anatomy::makeLimbKind());
#endif
#ifdef AULA_KIND_BREATHING
  registry.add(anatomy::makeBreathingKind());
#endif
#ifdef AULA_KIND_HEART
  registry.add(anatomy::makeHeartKind());
#endif
#ifdef AULA_KIND_SCAN
  registry.add(anatomy::makeScanKind());
#endif
}

}  // namespace aula::app
