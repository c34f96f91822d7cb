// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "anatomy/model/atlas.h"

namespace aula::anatomy {

std::shared_ptr<const lab::Catalogue> Atlas::catalogue(const std::vector<std::string>& drawn) const {
  const std::set<std::string> shown(drawn.begin(), drawn.end());
  std::vector<lab::Structure> structures;
  for (const Term& term : terms_) {
    structures.push_back(term.structure);
    structures.back().isDrawn = shown.contains(term.structure.id);
  }
  return std::make_shared<const lab::Catalogue>(std::move(structures));
}

}  // namespace aula::anatomy
