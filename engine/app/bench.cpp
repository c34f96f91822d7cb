// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <iostream>
#include <map>

#include "app/command.h"
#include "app/device_options.h"
#include "core/error.h"
#include "core/io/atomic_file.h"
#include "core/log.h"
#include "core/text.h"
#include "frame/frame_bench.h"
#include "kernel/fdtd_bench.h"
#include "kernel/view_bench.h"
#include "molecules/molecular_bench.h"
#include "tissues/tissue_bench.h"
#include "upscale/upscale_bench.h"
#include "waves/heart_bench.h"

namespace aula::app {

namespace {

struct Options {
  std::string name;
  DeviceOptions device;
  std::string graphics;
  int size = 0, repeats = 5;
  std::vector<std::string> cases;
  std::filesystem::path save, pictures;
  bool hasPeers = false, isJson = false;
};

void say(const std::string& line) {
  core::log::info(line);
}

std::vector<bench::Row> measureWindow(const Options& options) {
  bench::ViewOptions wanted;
  wanted.program = std::filesystem::read_symlink("/proc/self/exe");
  wanted.repeats = options.repeats;
  return bench::runView(wanted, say);
}

std::vector<bench::Row> measureSolvers(const Options& options) {
  bench::FdtdOptions wanted;
  wanted.device = options.device.resolve();
  // Without --threads each case is measured on one thread and on all.
  wanted.device.threads = options.device.threads;
  wanted.size = options.size;
  wanted.cases = options.cases;
  wanted.hasPeers = options.hasPeers;
  wanted.repeats = options.repeats;
  return bench::runFdtd(wanted, say);
}

std::vector<bench::Row> measureMolecules(const Options& options) {
  bench::MolecularOptions wanted;
  wanted.device = options.device.resolve();
  wanted.device.threads = options.device.threads;
  wanted.cases = options.cases;
  wanted.hasPeers = options.hasPeers;
  wanted.repeats = options.repeats;
  return bench::runMolecular(wanted, say);
}

std::vector<bench::Row> measureHeart(const Options& options) {
  bench::HeartOptions wanted;
  wanted.device = options.device.resolve();
  wanted.device.threads = options.device.threads;
  wanted.cases = options.cases;
  wanted.repeats = options.repeats;
  return bench::runHeart(wanted, say);
}

std::vector<bench::Row> measureTissue(const Options& options) {
  bench::TissueOptions wanted;
  wanted.device = options.device.resolve();
  wanted.device.threads = options.device.threads;
  wanted.cases = options.cases;
  wanted.repeats = options.repeats;
  return bench::runTissue(wanted, say);
}

std::vector<bench::Row> measurePictures(const Options& options) {
  bench::FrameOptions wanted;
  wanted.device = options.graphics;
  wanted.cases = options.cases;
  wanted.repeats = options.repeats;
  return bench::runFrames(wanted, say);
}

void print(const Options& options, const std::vector<bench::Row>& rows, const std::string& text) {
  if (!options.save.empty()) core::writeFile(options.save, bench::toJson(rows) + "\n");
  std::cout << (options.isJson ? bench::toJson(rows) : text) << '\n';
}

int measureUpscaling(const Options& options) {
  bench::UpscaleOptions wanted;
  if (options.size != 0) {
    wanted.width = options.size;
    wanted.height = options.size * 9 / 16;
  }
  wanted.scenes = options.cases;
  wanted.pictures = options.pictures.string();
  render::GpuOptions gpuOptions;
  gpuOptions.device = options.graphics;
  const std::shared_ptr<render::Gpu> gpu = render::Gpu::make(gpuOptions);
  bench::UpscaleResult native;
  const auto results = bench::compareUpscaling(gpu, wanted, [&](const bench::UpscaleResult& result) {
    if (result.mode == render::UpscaleMode::native) native = result;
    say(bench::lineOf(result, &native));
  });
  print(options, bench::rowsOf(results, *gpu, wanted), bench::markdownOf(results, *gpu, wanted));
  return 0;
}

int measure(const Options& options) {
  if (options.name == "upscale") return measureUpscaling(options);
  const std::map<std::string, std::vector<bench::Row> (*)(const Options&)> benchmarks{
      {"fdtd", measureSolvers},        {"heart", measureHeart}, {"tissue", measureTissue},
      {"molecular", measureMolecules}, {"view", measureWindow}, {"render", measurePictures}};
  const auto found = benchmarks.find(options.name);
  if (found == benchmarks.end())
    throw core::inputError("there is no benchmark " + core::quoted(options.name) +
                           "; there are fdtd, heart, molecular, render, tissue, upscale and view");
  const std::vector<bench::Row> rows = found->second(options);
  print(options, rows, bench::toText(rows));
  return 0;
}

}  // namespace

void addBench(CLI::App& parser, Program& program) {
  CLI::App* command = parser.add_subcommand(
      "bench", "How fast simulations and pictures are on this machine, with their answers checked");
  auto options = std::make_shared<Options>();
  command
      ->add_option("NAME", options->name,
                   "fdtd: Maxwell's equations, in million cells a second; heart: waves in its muscle, in "
                   "million nodes a second "
                   "and beside real time; molecular: atoms and molecules, in ns/day "
                   "and ms a step; render: pictures of a scene, in "
                   "milliseconds; upscale: pictures drawn small and shown large, in dB and ms; view: the "
                   "window's first picture and its rest")
      ->required();
  options->device.addTo(*command);
  command
      ->add_option("--size", options->size,
                   "Cells along each edge (else each case's own); upscale: the picture's width")
      ->type_name("N")
      ->check(CLI::Range(8, 4096));
  command
      ->add_option("--case", options->cases,
                   "Only these: fdtd has " + core::listed(bench::fdtdCases(), "and") + "; heart has " +
                       core::listed(bench::heartCases(), "and") + "; tissue has " +
                       core::listed(bench::tissueCases(), "and") + "; molecular has " +
                       core::listed(bench::molecularCases(), "and") + "; render has " +
                       core::listed(bench::frameCases(), "and") + "; upscale has " +
                       core::listed(bench::upscaleScenes(), "and"))
      ->type_name("NAME");
  command->add_option("--repeats", options->repeats, "The best of so many (5)")
      ->type_name("N")
      ->check(CLI::Range(1, 1000));
  command
      ->add_option("--graphics", options->graphics,
                   "render: part of the graphics device's name (else the best)")
      ->type_name("NAME");
  command->add_flag("--peers", options->hasPeers,
                    "Meep and openEMS in the same box, GROMACS and OpenMM on the same molecules, where installed "
                    "(./aula setup --peers)");
  command->add_option("--save", options->save, "Write the rows as JSON into this file, too")
      ->type_name("FILE");
  command->add_option("--pictures", options->pictures, "upscale: keep the last pictures in this folder")
      ->type_name("FOLDER");
  command->add_flag("--json", options->isJson, "Rows as JSON on standard output");
  setExamples(*command,
              "aula bench fdtd\n"
              "aula bench fdtd --case vacuum --size 300 --threads 2 --json\n"
              "aula bench heart --json\n"
              "aula bench tissue --case muscle-20k --threads 2 --json\n"
              "aula bench molecular --case dhfr --peers\n"
              "aula bench render --case atoms-100k --json\n"
              "aula bench upscale --case lines --size 640\n"
              "aula bench fdtd --peers --save bench/results/mine.json");
  command->callback([&program, options] { program.action = [options] { return measure(*options); }; });
}

}  // namespace aula::app
