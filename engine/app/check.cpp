// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/command.h"
#include "app/device_options.h"
#include "app/labs_folder.h"
#include "core/error.h"
#include "core/log.h"
#include "core/progress.h"
#include "lab/session/checked_lab.h"

namespace aula::app {

namespace {

struct Options {
  std::vector<std::string> labs, settings;
  DeviceOptions device;
  bool isJson = false;
};

/// A message of several lines as a list.
std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    if (!line.empty()) all.push_back(line);
  return all;
}

nlohmann::ordered_json toJson(const lab::Estimate& estimate) {
  nlohmann::ordered_json parts = nlohmann::ordered_json::object();
  for (const lab::Estimate::Part& part : estimate.parts) parts[part.name] = part.bytes;
  return {{estimate.measure, estimate.cells},
          {"steps", estimate.steps},
          {"time_step", {{"value", estimate.timeStep}, {"unit", "s"}}},
          {"bytes", estimate.bytes},
          {"bytes_of", parts},
          {"seconds", estimate.seconds}};
}

/// One lab: a line for people, or an object of the list; false when it has errors.
bool checkOne(const std::string& word, const Options& options, const Program& program,
              nlohmann::ordered_json& list) {
  nlohmann::ordered_json entry{{"lab", word}, {"ok", false}, {"errors", nlohmann::ordered_json::array()}};
  bool isFine = false;
  try {
    const compute::DeviceChoice device = options.device.resolve();
    const std::filesystem::path file = resolveLab(word);
    entry["file"] = file.string();
    const auto checked =
        lab::checkLab(lab::Lab::read(file, parseSettings(options.settings)), program.registry);
    const lab::Estimate estimate = checked.plan->estimate(device);
    const std::vector<std::string>& warnings = checked.lab->diagnostics().warnings();
    entry["ok"] = isFine = true;
    entry["warnings"] = warnings;
    entry["estimate"] = toJson(estimate);
    if (!options.isJson) {
      for (const std::string& warning : warnings) core::log::warning(warning);
      std::cout << word << ": fine; " << formatCount(estimate.cells) << ' ' << estimate.measure << ", "
                << formatCount(double(estimate.steps)) << " steps, about " << formatBytes(estimate.bytes)
                << " and " << core::formatDuration(estimate.seconds) << " on "
                << compute::deviceName(device.kind) << '\n';
    }
  } catch (const core::Error& error) {
    if (error.fault() != core::Fault::input) throw;
    entry["errors"] = lines(error.what());
    if (!options.isJson) core::log::error(error.what());
  }
  list.push_back(entry);
  return isFine;
}

int checkLabs(const Options& options, const Program& program) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  bool isFine = true;
  for (const std::string& word : options.labs) isFine = checkOne(word, options, program, list) && isFine;
  if (options.isJson) std::cout << list.dump(2) << '\n';
  return isFine ? 0 : 2;
}

}  // namespace

void addCheck(CLI::App& parser, Program& program) {
  CLI::App* command = parser.add_subcommand(
      "check", "Find every mistake in lab files, and estimate memory and time, without running them");
  auto options = std::make_shared<Options>();
  command->add_option("LAB", options->labs, "Lab files, or names of labs that come with Aula")->required();
  command->add_option("--set", options->settings, "Turn a knob first: NAME=VALUE, may be repeated")
      ->type_name("NAME=VALUE")
      ->take_all()
      ->expected(1)
      ->allow_extra_args(false);
  options->device.addTo(*command);
  command->add_flag("--json", options->isJson, "Machine-readable, on standard output");
  setExamples(*command,
              "aula check my.lab.json\n"
              "aula check labs/*/*.lab.json                 exit code 2 when any has a mistake\n"
              "aula check double-slit --set wavelength=\"2 um\" --json");
  command->callback(
      [&program, options] { program.action = [&program, options] { return checkLabs(*options, program); }; });
}

}  // namespace aula::app
