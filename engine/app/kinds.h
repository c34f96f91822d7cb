// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace aula::lab {
class Registry;
}

namespace aula::app {

/// Registers every kind of simulation that this build holds.
void addKinds(lab::Registry& registry);

}  // namespace aula::app
