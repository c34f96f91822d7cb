// SPDX-License-Identifier: Apache-2.0
#include "unit/molecular_lab/small_lab.h"

#include "lab/lab.h"
#include "lab/session/simulation.h"
#include "molecular/molecular.h"

namespace aula::tests {

std::string smallLab(const std::string& simulation, const std::string& rest) {
  const std::string usual =
      R"("system": {"gas": {"species": "argon", "count": 32, "box": ["3 nm", "3 nm", "3 nm"]}},
         "dynamics": {"time_step": "4 fs", "integrator": "velocity_verlet", "temperature": "200 K", "temperature_coupling": "0.5 ps"})";
  return R"({"aula": 1, "title": "Small", "simulation": {"kind": "molecular", )" +
         (simulation.empty() ? usual : simulation) + R"(}, "run": {"steps": 60})" +
         (rest.empty() ? "" : ", " + rest) + "}";
}

lab::CheckedLab checkedLab(const std::string& text) {
  static const lab::Registry* registry = [] {
    auto* made = new lab::Registry;
    made->add(molecular::makeMolecularKind());
    return made;
  }();
  return lab::checkLab(lab::Lab::readText(text, "small.lab.json"), *registry);
}

}  // namespace aula::tests
