// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "lab/session/simulation.h"

namespace CLI {
class App;
}

/// The program `aula`: one source file a subcommand. Each `add` function puts its subcommand with its options
/// and help into the parser; when the user chose it, `Program::action` is what main() then calls.
namespace aula::app {

struct Program {
  std::string commandLine;      ///< As the user typed it, quoted for a shell: provenance.
  lab::Registry registry;       ///< Every kind of simulation in this build.
  std::function<int()> action;  ///< Set by the chosen subcommand; returns the exit code.
};

void addRun(CLI::App& parser, Program& program);
void addRender(CLI::App& parser, Program& program);
void addCheck(CLI::App& parser, Program& program);
void addLabs(CLI::App& parser, Program& program);
void addView(CLI::App& parser, Program& program);
void addDoctor(CLI::App& parser, Program& program);
void addBench(CLI::App& parser, Program& program);
void addCompletion(CLI::App& parser, Program& program);
void addVersion(CLI::App& parser, Program& program);

/// Puts a subcommand's examples below its options.
void setExamples(CLI::App& command, const std::string& examples);

}  // namespace aula::app
