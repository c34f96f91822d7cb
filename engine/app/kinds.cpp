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
  anatomy::addKinds(registry);
}

}  // namespace aula::app
