// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "core/io/hdf5.h"
#include "core/version.h"
#include "lab/record/run_record.h"
#include "lab/record/xdmf.h"

// data.h5: provenance as attributes of the root, the lab's text as dataset "/lab" (attributes hold only 64
// KiB), and for each instrument a group with a dataset for each of its datasets; "GROUP/axes/DATASET/NAME"
// are its axes as dimension scales.
namespace aula::lab {

namespace {

void writeProvenance(core::Hdf5Writer& file, const RunRecord& record) {
  file.attribute("/", "program", std::string("Aula ") + core::version());
  file.attribute("/", "build", core::buildDescription());
  file.attribute("/", "lab", record.lab->id());
  file.attribute("/", "title", record.lab->title().in("en"));
  file.attribute("/", "date", record.date);
  file.attribute("/", "device", compute::deviceName(record.device.kind));
  file.attribute("/", "device_name", record.deviceName);
  file.attribute("/", "seed", static_cast<std::int64_t>(record.seed));
  file.attribute("/", "steps", record.steps);
  file.attribute("/", "planned_steps", record.plannedSteps);
  file.attribute("/", "simulated_time", record.simulatedTime);
  file.attribute("/", "simulated_time_unit", "s");
  file.group("/parameters");
  for (const Knob& knob : record.lab->knobs()) {
    const std::string path = "/parameters/" + knob.name;
    file.write(path, std::span<const double>(&knob.value, 1), {});
    file.attribute(path, "unit", "SI");
    file.attribute(path, "lab_file_unit", knob.unit);
  }
}

std::vector<std::size_t> shapeOf(const Dataset& dataset) {
  std::vector<std::size_t> shape;
  for (const Axis& axis : dataset.axes) shape.push_back(axis.values.size());
  return shape;
}

void writeDataset(core::Hdf5Writer& file, const std::string& group, const Dataset& dataset) {
  const std::string path = group + "/" + dataset.name;
  if (dataset.isSinglePrecision) {
    const std::vector<float> values(dataset.values.begin(), dataset.values.end());
    file.write(path, values, shapeOf(dataset));
  } else {
    file.write(path, dataset.values, shapeOf(dataset));
  }
  file.attribute(path, "unit", dataset.unit);
  file.attribute(path, "label", dataset.label);
  for (std::size_t i = 0; i < dataset.axes.size(); ++i) {
    const Axis& axis = dataset.axes[i];
    const std::string scale = axisPath(group, dataset, axis);
    file.write(scale, axis.values, {axis.values.size()});
    file.attribute(scale, "unit", axis.unit);
    file.dimensionScale(path, static_cast<int>(i), scale, axis.name);
  }
}

}  // namespace

void writeData(RunRecord& record) {
  core::Hdf5Writer file(record.output / "data.h5");
  writeProvenance(file, record);
  const std::string& text = record.lab->sourceText();
  file.writeText("/lab", text);
  const auto& names = record.lab->run().record;
  for (const auto& [instrument, datasets] : record.data) {
    if (!names.empty() && std::find(names.begin(), names.end(), instrument) == names.end()) continue;
    const std::string group = "/instruments/" + instrument;
    file.group(group);
    for (const Dataset& dataset : datasets) writeDataset(file, group, dataset);
  }
  file.commit();
  const auto add = [&](const char* name) {
    if (std::find(record.outputs.begin(), record.outputs.end(), name) == record.outputs.end())
      record.outputs.emplace_back(name);
  };
  add("data.h5");
  core::writeFile(record.output / "data.xdmf", xdmfText(record.data, names, "data.h5", record.simulatedTime));
  add("data.xdmf");
}

}  // namespace aula::lab
