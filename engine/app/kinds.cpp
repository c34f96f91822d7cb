// SPDX-License-Identifier: Apache-2.0
#include "app/kinds.h"

#include "lab/session/simulation.h"

namespace aula::app {

void addKinds(lab::Registry&) {}

}  // namespace aula::app
