// SPDX-License-Identifier: Apache-2.0
#include "core/assert.h"
#include "lab/session/simulation.h"

namespace aula::lab {

void Registry::add(std::unique_ptr<SimulationKind> kind) {
  AULA_ASSERT(kind != nullptr);
  const std::string name = kind->name();
  kinds_[name] = std::move(kind);
}

const SimulationKind* Registry::find(const std::string& name) const {
  const auto found = kinds_.find(name);
  return found == kinds_.end() ? nullptr : found->second.get();
}

std::vector<std::string> Registry::names() const {
  std::vector<std::string> names;
  for (const auto& entry : kinds_) names.push_back(entry.first);
  return names;
}

}  // namespace aula::lab
