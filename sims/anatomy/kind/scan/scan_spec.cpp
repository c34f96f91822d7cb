// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/scan/scan_spec.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"

namespace aula::anatomy {

namespace {

std::shared_ptr<const Scan> readFile(const lab::Node& section, const lab::Lab& lab) {
  std::filesystem::path file = section.text("file");
  if (file.empty()) {
    if (section.has("file")) section.errorAt("file", "the name of a NIfTI volume (.nii, .nii.gz) is needed");
    return nullptr;
  }
  if (file.is_relative()) file = lab.file().parent_path() / file;
  try {
    return std::make_shared<const Scan>(readScan(file));
  } catch (const core::Error& error) {
    if (error.fault() != core::Fault::input) throw;
    section.errorAt("file", error.what());
    return nullptr;
  }
}

}  // namespace

std::shared_ptr<ScanSpec> readScanSpec(const lab::Lab& lab, const ScanSpec* known) {
  const bool hadErrors = lab.diagnostics().hasErrors();
  const lab::Node section = lab.simulation();
  auto spec = std::make_shared<ScanSpec>();
  // Reading a large volume takes seconds; turning a knob must not.
  spec->scan = known != nullptr ? known->scan : readFile(section, lab);
  if (known != nullptr) (void)section.text("file");
  const lab::Node scene = lab.scene();
  ScanScene& how = spec->scene;
  const double low = spec->scan ? spec->scan->low : 0, high = spec->scan ? spec->scan->high : 1;
  how.level = scene.quantity("level", "1", lab::kAnyValue, (low + high) / 2);
  how.window = scene.quantity("window", "1", lab::kPositive, high > low ? high - low : 1);
  if (scene.has("surface")) how.surface = scene.quantity("surface", "1");
  how.hasVolume = scene.boolean("volume", true);
  how.hasSlices = scene.boolean("slices", false);
  how.slices = scene.vector("slices_at", "1", {0, 1}, {0.5, 0.5, 0.5});
  const lab::RunSettings& run = lab.run();
  spec->steps = run.steps > 0
                    ? run.steps
                    : std::max<std::int64_t>(1, std::llround(std::min(run.duration / kScanTimeStep, 1e12)));
  for (const auto& [name, node] : lab.instruments())
    node.errorAt("kind", "simulations of kind scan have no instruments");
  if (hadErrors || lab.diagnostics().hasErrors() || !spec->scan) return nullptr;
  return spec;
}

}  // namespace aula::anatomy
