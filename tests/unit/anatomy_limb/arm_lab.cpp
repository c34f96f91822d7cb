// SPDX-License-Identifier: Apache-2.0
#include "unit/anatomy_limb/arm_lab.h"

#include <gtest/gtest.h>

#include "anatomy/kind/kinds.h"
#include "lab/lab.h"

namespace aula::tests {

std::string armLab(const std::string& simulation, const std::string& rest) {
  return R"({"aula": 1, "title": "Arm", "simulation": {"kind": "limb")" +
         (simulation.empty() ? "" : ", " + simulation) + R"(}, "run": {"duration": "0.2 s"})" +
         (rest.empty() ? "" : ", " + rest) + "}";
}

lab::CheckedLab checkedArm(const std::string& text) {
  static const lab::Registry* registry = [] {
    auto* made = new lab::Registry;
    made->add(anatomy::makeLimbKind());
    return made;
  }();
  return lab::checkLab(lab::Lab::readText(text, "arm.lab.json"), *registry);
}

std::unique_ptr<lab::Simulation> builtArm(const lab::CheckedLab& lab) {
  compute::DeviceChoice device;
  device.kind = compute::DeviceKind::cpu;
  return lab.plan->build(device);
}

double lastOf(lab::Simulation& arm, const std::string& instrument, const std::string& dataset) {
  for (lab::Instrument* one : arm.instruments()) {
    if (one->name() != instrument) continue;
    one->sample();
    for (const lab::Dataset& set : one->data())
      if (set.name == dataset) return set.values.back();
  }
  ADD_FAILURE() << "no dataset " << instrument << "/" << dataset;
  return 0;
}

}  // namespace aula::tests
