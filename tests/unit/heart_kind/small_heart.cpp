// SPDX-License-Identifier: Apache-2.0
#include "unit/heart_kind/small_heart.h"

#include "anatomy/kind/kinds.h"
#include "lab/lab.h"
#include "lab/session/simulation.h"

namespace aula::tests {

std::string smallHeart(const std::string& simulation, const std::string& rest) {
  return R"({"aula": 1, "title": "Small", "simulation": {"kind": "heart", "spacing": "3 mm")" +
         (simulation.empty() ? "" : ", " + simulation) + R"(}, "run": {"steps": 100})" +
         (rest.empty() ? "" : ", " + rest) + "}";
}

lab::CheckedLab checkedHeart(const std::string& text) {
  static const lab::Registry* registry = [] {
    auto* made = new lab::Registry;
    made->add(anatomy::makeHeartKind());
    return made;
  }();
  return lab::checkLab(lab::Lab::readText(text, "small.lab.json"), *registry);
}

}  // namespace aula::tests
