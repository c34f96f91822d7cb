// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/command.h"
#include "core/version.h"
#include "lab/lab.h"

namespace aula::app {

void addVersion(CLI::App& parser, Program& program) {
  CLI::App* command = parser.add_subcommand("version", "The program's version and how it was built");
  auto isJson = std::make_shared<bool>(false);
  command->add_flag("--json", *isJson, "Machine-readable, on standard output");
  setExamples(*command, "aula version\naula version --json");
  command->callback([&program, isJson] {
    program.action = [&program, isJson] {
      if (*isJson) {
        const nlohmann::ordered_json json{{"version", core::version()},
                                          {"build", core::buildDescription()},
                                          {"lab_format", lab::Lab::kFormatVersion},
                                          {"simulations", program.registry.names()}};
        std::cout << json.dump(2) << '\n';
      } else {
        std::cout << "aula " << core::version() << " (" << core::buildDescription() << ")\n"
                  << "lab files: format " << lab::Lab::kFormatVersion << '\n';
      }
      return 0;
    };
  });
}

}  // namespace aula::app
