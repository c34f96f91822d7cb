// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "anatomy/kind/limb/spec.h"
#include "anatomy/model/atlas.h"
#include "core/text.h"

namespace aula::anatomy::limb {

SceneSpec parseScene(const lab::Node& node) {
  SceneSpec scene;
  scene.hasLabels = node.boolean("labels", true);
  scene.hasArrows = node.boolean("force_arrows", true);
  scene.peel = node.quantity("peel", "1", {0, 4}, 0.0);
  scene.skinOpacity = node.quantity("skin", "1", {0, 1}, 0.0);
  const std::string word = node.word("muscle_colour", {"tissue", "activation", "force"}, "tissue");
  scene.colouring = word == "activation" ? SceneSpec::Colouring::activation
                    : word == "force"    ? SceneSpec::Colouring::force
                                         : SceneSpec::Colouring::tissue;
  const std::shared_ptr<const Atlas> atlas = Atlas::region("upper_limb");
  static const lab::Catalogue catalogue(*atlas->catalogue({}));
  for (const std::string& id : node.texts("hidden")) {
    const auto branch = catalogue.branch(id);
    for (const lab::Structure* one : branch) scene.hidden.insert(one->id);
    if (!branch.empty()) continue;
    std::vector<std::string> ids;
    for (const Term& term : atlas->terms()) ids.push_back(term.structure.id);
    const auto nearest = core::nearestWord(id, ids);
    node.errorAt("hidden", core::quoted(id) + " is no structure of the arm" +
                               (nearest ? "; did you mean " + core::quoted(*nearest) + "?" : ""));
  }
  return scene;
}

}  // namespace aula::anatomy::limb
