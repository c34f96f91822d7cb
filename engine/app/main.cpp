// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <iostream>
#include <new>
#include <string>
#include <vector>

#include "app/command.h"
#include "app/kinds.h"
#include "app/usage.h"
#include "core/error.h"
#include "core/interrupt.h"
#include "core/log.h"
#include "core/version.h"

namespace aula::app {
namespace {

int parseAndRun(int argc, char** argv) {
  Program program;
  program.commandLine = shellQuoted({argv, argv + argc});
  addKinds(program.registry);

  CLI::App parser{"Aula: virtual labs with real physics.", "aula"};
  parser.set_version_flag("--version", std::string("aula ") + core::version());
  parser.set_help_flag("-h,--help", "This help; \"aula COMMAND --help\" tells about one command");
  parser.get_formatter()->column_width(34);
  addRun(parser, program);
  addView(parser, program);
  addRender(parser, program);
  addCheck(parser, program);
  addLabs(parser, program);
#ifdef AULA_WITH_BENCH
  addBench(parser, program);
#endif
  addDoctor(parser, program);
  addCompletion(parser, program);
  addVersion(parser, program);
  setExamples(parser,
              "aula labs                                   what there is to run\n"
              "aula run double-slit                        run one into out/double-slit\n"
              "aula run double-slit --set wavelength=\"650 nm\"   the same with a knob turned\n"
              "aula view double-slit                       the same in a window, with knobs and plots\n"
              "aula doctor                                 what this machine can do");
  if (argc < 2) {
    std::cout << parser.help();
    return 0;
  }

  const std::vector<std::string> words(argv + 1, argv + argc);
  try {
    checkCommandName(parser, words);
    parser.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return parser.exit(success, std::cout, std::cerr);  // --help and --version
  } catch (const CLI::ParseError& error) {
    throw core::inputError(explainUsage(parser, words, error));
  }
  return program.action ? program.action() : 0;
}

}  // namespace
}  // namespace aula::app

/// Exit codes: 0 fine, 1 failed, 2 wrong use or bad lab file.
int main(int argc, char** argv) {
  aula::core::watchInterrupts();
  int code = 1;
  try {
    code = aula::app::parseAndRun(argc, argv);
  } catch (const aula::core::Error& error) {
    aula::core::log::error(error.what());
    code = error.exitCode();
  } catch (const std::bad_alloc&) {
    aula::core::log::error("there is not enough memory for this");
  } catch (const std::exception& error) {
    aula::core::log::error(std::string("unexpected: ") + error.what());
  }
  // Output that could not be written (a full disk behind a pipe) is a failure too.
  std::cout.flush();
  if (code == 0 && (!std::cout || std::fflush(stdout) != 0)) {
    aula::core::log::error("cannot write to standard output");
    code = 1;
  }
  return code;
}
