// SPDX-License-Identifier: Apache-2.0
#include "render/graph/compile.h"

#include <algorithm>

#include "core/error.h"

namespace aula::render::graph {

std::vector<bool> livingPasses(std::span<const PassOutline> passes,
                               std::span<const ResourceOutline> resources) {
  std::vector<bool> isLiving(passes.size(), false), isNeeded(resources.size(), false);
  // Backwards: what is needed is known before the pass that makes it is looked at.
  for (std::size_t i = passes.size(); i-- > 0;) {
    const PassOutline& pass = passes[i];
    const auto isWanted = [&](const Touch& touch) {
      const auto resource = static_cast<std::size_t>(touch.resource);
      return touch.writes && (resources[resource].isImported || isNeeded[resource]);
    };
    isLiving[i] = pass.keeps || std::any_of(pass.touches.begin(), pass.touches.end(), isWanted);
    if (!isLiving[i]) continue;
    for (const Touch& touch : pass.touches) {
      const auto resource = static_cast<std::size_t>(touch.resource);
      if (touch.overwrites) isNeeded[resource] = false;
      // What is only partly written must have been made before, too.
      if (touch.reads) isNeeded[resource] = true;
    }
  }
  return isLiving;
}

std::vector<Lifetime> lifetimes(std::span<const PassOutline> passes,
                                std::span<const ResourceOutline> resources,
                                const std::vector<bool>& isLiving) {
  std::vector<Lifetime> all(resources.size());
  std::vector<bool> isWritten(resources.size(), false);
  for (std::size_t i = 0; i < passes.size(); ++i) {
    if (!isLiving[i]) continue;
    for (const Touch& touch : passes[i].touches) {
      const auto resource = static_cast<std::size_t>(touch.resource);
      if (touch.reads && !isWritten[resource] && !resources[resource].isImported) {
        throw core::Error("The pass \"" + passes[i].name + "\" reads \"" + resources[resource].name +
                          "\", which no pass before it writes.");
      }
      if (touch.writes) isWritten[resource] = true;
      Lifetime& life = all[resource];
      if (life.first < 0) life.first = static_cast<int>(i);
      life.last = static_cast<int>(i);
    }
  }
  return all;
}

}  // namespace aula::render::graph
