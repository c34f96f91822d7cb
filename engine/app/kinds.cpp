// SPDX-License-Identifier: Apache-2.0
#include "app/kinds.h"

#include "fdtd/fdtd.h"
#include "lab/session/simulation.h"
#include "molecular/molecular.h"

namespace aula::app {

void addKinds(lab::Registry& registry) {
  registry.add(fdtd::makeFdtdKind());
  registry.add(molecular::makeMolecularKind());
}

}  // namespace aula::app
