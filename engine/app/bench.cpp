// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <iostream>

#include "app/command.h"
#include "app/device_options.h"
#include "core/error.h"
#include "core/io/atomic_file.h"
#include "core/log.h"
#include "core/text.h"
#include "kernel/fdtd_bench.h"
#include "kernel/view_bench.h"

namespace aula::app {

namespace {

struct Options {
  std::string name;
  DeviceOptions device;
  int size = 0, repeats = 5;
  std::vector<std::string> cases;
  std::filesystem::path save;
  bool hasPeers = false, isJson = false;
};

void print(const Options& options, const std::vector<bench::Row>& rows) {
  if (!options.save.empty()) core::writeFile(options.save, bench::toJson(rows) + "\n");
  std::cout << (options.isJson ? bench::toJson(rows) : bench::toText(rows)) << '\n';
}

int measureView(const Options& options) {
  bench::ViewOptions wanted;
  wanted.program = std::filesystem::read_symlink("/proc/self/exe");
  wanted.repeats = options.repeats;
  print(options, bench::runView(wanted, [](const std::string& line) { core::log::info(line); }));
  return 0;
}

int measure(const Options& options) {
  if (options.name == "view") return measureView(options);
  if (options.name != "fdtd")
    throw core::inputError("there is no benchmark " + core::quoted(options.name) + "; there are fdtd and view");
  bench::FdtdOptions wanted;
  wanted.device = options.device.resolve();
  // Without --threads each case is measured on one thread and on all.
  wanted.device.threads = options.device.threads;
  wanted.size = options.size;
  wanted.cases = options.cases;
  wanted.hasPeers = options.hasPeers;
  wanted.repeats = options.repeats;
  const std::vector<bench::Row> rows =
      bench::runFdtd(wanted, [](const std::string& line) { core::log::info(line); });
  print(options, rows);
  return 0;
}

}  // namespace

void addBench(CLI::App& parser, Program& program) {
  CLI::App* command =
      parser.add_subcommand("bench", "How fast simulations are on this machine, with their answers checked");
  auto options = std::make_shared<Options>();
  command->add_option("NAME", options->name, "fdtd: Maxwell's equations, in million cells a second; view: the window's first picture and its rest")
      ->required();
  options->device.addTo(*command);
  command->add_option("--size", options->size, "Cells along each edge (else each case's own)")
      ->type_name("N")
      ->check(CLI::Range(8, 4096));
  command->add_option("--case", options->cases, "Only these: " + core::listed(bench::fdtdCases(), "and"))
      ->type_name("NAME");
  command->add_option("--repeats", options->repeats, "The best of so many (5)")
      ->type_name("N")
      ->check(CLI::Range(1, 1000));
  command->add_flag("--peers", options->hasPeers,
                    "Meep and openEMS in the same box, where installed (./aula setup --peers)");
  command->add_option("--save", options->save, "Write the rows as JSON into this file, too")
      ->type_name("FILE");
  command->add_flag("--json", options->isJson, "Rows as JSON on standard output");
  setExamples(*command,
              "aula bench fdtd\n"
              "aula bench fdtd --case vacuum --size 300 --threads 2 --json\n"
              "aula bench fdtd --peers --save bench/results/mine.json");
  command->callback([&program, options] { program.action = [options] { return measure(*options); }; });
}

}  // namespace aula::app
