// SPDX-License-Identifier: Apache-2.0
#include "unit/anatomy_airways/small_lab.h"

#include "anatomy/kind/kinds.h"
#include "lab/lab.h"
#include "lab/session/simulation.h"

namespace aula::tests {

std::string smallBreath(const std::string& simulation, const std::string& rest) {
  const std::string coarse =
      simulation.find("terminal_share") == std::string::npos ? R"("terminal_share": 0.005, )" : "";
  return R"({"aula": 1, "title": "Small", "simulation": {)" + coarse + R"("kind": "breathing")" +
         (simulation.empty() ? "" : ", " + simulation) + "}" +
         (rest.find("\"run\"") == std::string::npos ? R"(, "run": {"duration": "4 s"})" : "") +
         (rest.empty() ? "" : ", " + rest) + "}";
}

lab::CheckedLab checkedBreath(const std::string& text) {
  static const lab::Registry* registry = [] {
    auto* made = new lab::Registry;
    made->add(anatomy::makeBreathingKind());
    return made;
  }();
  return lab::checkLab(lab::Lab::readText(text, "small.lab.json"), *registry);
}

}  // namespace aula::tests
