// SPDX-License-Identifier: Apache-2.0
#include "physics/labs/lab_run.h"

#include <gtest/gtest.h>

#include "anatomy/kind/kinds.h"
#include "fdtd/fdtd.h"
#include "lab/lab.h"
#include "lab/session/checked_lab.h"
#include "lab/session/session.h"
#include "molecular/molecular.h"

namespace aula::tests {

lab::RunRecord runLab(const std::string& name, const std::vector<std::pair<std::string, std::string>>& knobs,
                      const std::vector<lab::Command>& commands, std::int64_t steps) {
  lab::Registry registry;
  registry.add(fdtd::makeFdtdKind());
  registry.add(molecular::makeMolecularKind());
  anatomy::addKinds(registry);
  const std::string file = std::string(AULA_SOURCE_DIR) + "/labs/" +
                           (name.find('/') == std::string::npos ? "electromagnetics/" : "") + name +
                           ".lab.json";
  lab::SessionOptions options;
  options.device.kind = compute::DeviceKind::cpu;
  options.frames = 0;
  options.replay = commands;
  options.steps = steps;
  lab::Session session(lab::checkLab(lab::Lab::read(file, knobs), registry), options);
  return session.run();
}

lab::Dataset dataOf(const lab::RunRecord& record, const std::string& instrument, const std::string& dataset) {
  for (const auto& [name, datasets] : record.data) {
    if (name != instrument) continue;
    for (const lab::Dataset& candidate : datasets) {
      if (candidate.name == dataset) return candidate;
    }
  }
  ADD_FAILURE() << "no dataset " << instrument << "/" << dataset;
  return {};
}

}  // namespace aula::tests
