// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/command.h"
#include "app/labs_folder.h"
#include "app/language.h"
#include "core/error.h"
#include "core/log.h"
#include "core/units/quantity.h"
#include "lab/lab.h"

namespace aula::app {

namespace {

struct Options {
  bool isJson = false;
  std::string language;
};

nlohmann::ordered_json describe(const lab::Lab& lab, const std::filesystem::path& folder,
                                const std::string& language) {
  nlohmann::ordered_json knobs = nlohmann::ordered_json::array();
  for (const lab::Knob& knob : lab.knobs()) {
    const core::Unit unit = core::parseUnit(knob.unit);
    knobs.push_back({{"name", knob.name},
                     {"label", knob.label.in(language)},
                     {"unit", knob.unit},
                     {"default", unit.fromSi(knob.defaultValue)},
                     {"lower", unit.fromSi(knob.lower)},
                     {"upper", unit.fromSi(knob.upper)}});
  }
  return {{"lab", lab.id()},
          {"subject", std::filesystem::relative(lab.file().parent_path(), folder).generic_string()},
          {"title", lab.title().in(language)},
          {"summary", lab.summary().in(language)},
          {"file", lab.file().string()},
          {"knobs", knobs}};
}

int listLabs(const Options& options) {
  const std::string language = parseLanguage(options.language);
  const std::filesystem::path folder = labsFolder();
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  int code = 0;
  std::string subject;
  for (const std::filesystem::path& file : findLabFiles(folder)) {
    std::shared_ptr<const lab::Lab> lab;
    try {
      lab = lab::Lab::load(file);
    } catch (const core::Error& error) {
      core::log::warning(std::string("left out: ") + error.what());
      code = 1;
      continue;
    }
    if (options.isJson) {
      list.push_back(describe(*lab, folder, language));
      continue;
    }
    const std::string here = std::filesystem::relative(file.parent_path(), folder).generic_string();
    if (here != subject) std::cout << (subject.empty() ? "" : "\n") << here << "\n";
    subject = here;
    std::cout << "  " << lab->id() << std::string(lab->id().size() < 20 ? 20 - lab->id().size() : 1, ' ')
              << ' ' << lab->title().in(language) << '\n';
    if (!lab->summary().in(language).empty())
      std::cout << std::string(23, ' ') << lab->summary().in(language) << '\n';
    for (const lab::Knob& knob : lab->knobs())
      std::cout << std::string(23, ' ') << "--set " << knob.name << "=\""
                << core::formatIn(knob.defaultValue, knob.unit) << "\"   " << knob.label.in(language) << ", "
                << core::formatIn(knob.lower, knob.unit) << " to " << core::formatIn(knob.upper, knob.unit)
                << '\n';
  }
  if (options.isJson) std::cout << list.dump(2) << '\n';
  return code;
}

}  // namespace

void addLabs(CLI::App& parser, Program& program) {
  CLI::App* command = parser.add_subcommand("labs", "The labs that come with Aula, with their knobs");
  auto options = std::make_shared<Options>();
  command->add_flag("--json", options->isJson, "Machine-readable, on standard output");
  addLanguageOption(*command, options->language);
  setExamples(*command, "aula labs\naula labs --lang zh\naula labs --json | jq '.[].lab'");
  command->callback([&program, options] { program.action = [options] { return listLabs(*options); }; });
}

}  // namespace aula::app
