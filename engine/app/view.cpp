// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "app/command.h"
#include "app/device_options.h"
#include "app/labs_folder.h"
#include "app/language.h"
#include "core/error.h"
#include "core/text.h"
#include "core/version.h"
#include "desktop/desktop.h"
#include "lab/session/checked_lab.h"

namespace aula::app {

namespace {

struct Options {
  std::string lab, language;
  std::filesystem::path script;
  DeviceOptions device;
  std::uint64_t seed = 0;
  bool isFullScreen = false, printsTimes = false;
};

int view(const Options& options, const Program& program) {
  desktop::ViewOptions wanted;
  wanted.registry = &program.registry;
  wanted.language = parseLanguage(options.language);
  wanted.isLanguageAsked = !options.language.empty();
  wanted.device = options.device.resolve();
  wanted.seed = options.seed;
  wanted.commandLine = program.commandLine;
  wanted.version = core::version();
  wanted.isFullScreen = options.isFullScreen;
  wanted.printsTimes = options.printsTimes;
  wanted.script = options.script;
  if (!options.lab.empty()) {
    wanted.lab = resolveLab(options.lab);
    // What is wrong with a lab is said before a window is opened.
    (void)lab::checkLab(lab::Lab::read(wanted.lab), program.registry);
  }
  if (!wanted.script.empty() && !std::filesystem::is_regular_file(wanted.script))
    throw core::inputError("--script: there is no file " + core::quoted(wanted.script.string(), 200));
  // Without them there is still the lab that was named.
  try {
    wanted.labs = findLabFiles(labsFolder());
  } catch (const core::Error&) {
    if (wanted.lab.empty()) throw;
  }
  desktop::view(wanted);
  return 0;
}

}  // namespace

void addView(CLI::App& parser, Program& program) {
  CLI::App* command =
      parser.add_subcommand("view", "Open a lab in a window: watch it, turn its knobs, read its instruments");
  auto options = std::make_shared<Options>();
  command->add_option("LAB", options->lab,
                      "A lab file, or the name of a lab that comes with Aula; none: choose in the window");
  options->device.addTo(*command);
  command->add_option("--seed", options->seed, "Seed of what is random in the lab (0)")->type_name("N");
  command->add_flag("--full-screen", options->isFullScreen, "Without frame and title (F11 changes it)");
  addLanguageOption(*command, options->language);
  // For tests and demonstrations: plays events from a file, says how fast it was.
  command->add_option("--script", options->script)->group("");
  command->add_flag("--print-times", options->printsTimes)->group("");
  setExamples(*command,
              "aula view                                   choose among the labs\n"
              "aula view double-slit                       Space runs and pauses, F1 shows all keys\n"
              "aula view double-slit --full-screen --lang fr");
  command->callback(
      [&program, options] { program.action = [&program, options] { return view(*options, program); }; });
}

}  // namespace aula::app
