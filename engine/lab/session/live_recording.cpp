// SPDX-License-Identifier: Apache-2.0
#include "lab/session/live_recording.h"

#include <utility>

#include "core/io/atomic_file.h"

namespace aula::lab {

LiveRecording::LiveRecording(std::filesystem::path folder, const Lab& lab,
                             const std::vector<Command>& commands)
    : folder_(std::move(folder)), labId_(lab.id()), begin_(std::chrono::steady_clock::now()) {
  core::makeWritableFolder(folder_);
  for (const Knob& knob : lab.knobs()) knobs_.emplace_back(knob.name, knob.value);
  replace(commands);
}

CommandHeading LiveRecording::heading(std::int64_t steps) const {
  return {labId_, knobs_, steps};
}

void LiveRecording::replace(const std::vector<Command>& commands) {
  log_ = std::make_unique<CommandLog>(folder_ / "commands.jsonl", commands, heading(0));
}

void LiveRecording::finish(const RunningLab& running, const std::vector<Command>& commands,
                           RunRecord record) {
  log_ = std::make_unique<CommandLog>(folder_ / "commands.jsonl", commands, heading(running.step()));
  const Simulation& simulation = running.simulation();
  record.output = folder_;
  record.steps = record.plannedSteps = running.step();
  record.isComplete = true;
  record.simulatedTime = static_cast<double>(running.step()) * simulation.timeStep();
  record.wallSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  record.speedUnit = simulation.speedUnit();
  record.date = dateNow();
  record.data = running.data();
  record.results = running.measure(record.data);
  record.warnings = running.lab().diagnostics().warnings();
  for (const std::string& warning : simulation.warnings()) record.warnings.push_back(warning);
  for (const MeasurementResult& result : record.results)
    if (!result.problem.empty())
      record.warnings.push_back("measurement " + result.name + ": " + result.problem);
  record.outputs.emplace_back("commands.jsonl");
  writeData(record);
  for (std::string& file : running.writeFiles(folder_)) record.outputs.push_back(std::move(file));
  writeSummary(record);
}

}  // namespace aula::lab
