// SPDX-License-Identifier: Apache-2.0
#include "waves/heart_bench.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <memory>

#include "anatomy/heart/model/calibration.h"
#include "anatomy/heart/model/coupling.h"
#include "anatomy/heart/model/setup.h"
#include "compute/bandwidth.h"
#include "core/error.h"
#include "kernel/bandwidth.h"
#include "waves/ventricles.h"

namespace aula::bench {

using namespace anatomy::heart;
using compute::DeviceKind;

namespace {

struct Case {
  const char* name;
  CellModel cell;
  double spacing;     ///< m
  int steps;          ///< A repeat.
  double stateBytes;  ///< Of a node's cell: read and written once a step.
  double operations;  ///< Of a node's cell in a step.
};
/// Aliev and Panfilov: two floats of recovery, one of its pace; a division counts as one operation. ten
/// Tusscher and Panfilov: 18 states read and written, a layer; 75 exponentials and logarithms of 16
/// operations each, 70 divisions and about 400 sums and products.
constexpr Case kCases[] = {{"ventricles", CellModel::alievPanfilov, 1e-3, 400, 12, 35},
                           {"block", CellModel::tenTusscherPanfilov, 0.25e-3, 12, 148, 1670}};
/// A stage of diffusion: nine couplings and three potentials of a float each; 18 differences, products and
/// sums.
constexpr double kStageBytes = 48, kStageOperations = 60;

Settings settingsOf(const Case& one) {
  Settings settings;
  settings.cell = one.cell;
  return one.cell == CellModel::alievPanfilov ? calibratedConductivity(settings, one.spacing, 0.6, 0.22)
                                              : settings;
}

/// A wave from the tissue that stands lowest: a sixth of it.
Stimulus startOf(const Lattice& lattice, const Settings& settings) {
  Stimulus stimulus;
  stimulus.duration = 2e-3;
  stimulus.current = 0.1 / stimulus.duration * settings.surfaceToVolume * settings.capacitance;
  const std::size_t wanted = lattice.tissueCount() / 6;
  for (std::size_t node = 0; node < lattice.size() && stimulus.nodes.size() < wanted; ++node)
    if (lattice.isTissue[node] != 0) stimulus.nodes.push_back(static_cast<std::uint32_t>(node));
  return stimulus;
}

/// The case in small beside the reference: after 60 steps with a front on its way the potential may be off by
/// single precision's 1e-6 a step as tests/backend/heart derives it, 2e-5 V at the worst node.
void verify(const Case& one, const compute::DeviceChoice& device) {
  const Lattice lattice =
      one.cell == CellModel::alievPanfilov ? makeVentricles(6e-3) : makeBlock(11, one.spacing);
  Settings settings = settingsOf(one);
  settings.timeStep = 0;
  std::vector<float> potentials[2];
  int n = 0;
  for (const compute::DeviceChoice& choice : {compute::DeviceChoice{DeviceKind::reference, 1}, device}) {
    const auto solver = makeSolver(lattice, settings, choice);
    solver->stimulate(startOf(lattice, settings));
    solver->advance(60);
    potentials[n++] = solver->potentials();
  }
  double largest = 0;
  for (std::size_t node = 0; node < potentials[0].size(); ++node)
    largest = std::max(largest, std::abs(static_cast<double>(potentials[0][node]) -
                                         static_cast<double>(potentials[1][node])));
  if (!(largest < 2e-5))
    throw core::Error(std::string("the case \"") + one.name + "\" on the device " +
                      compute::deviceName(device.kind) + " gives a wrong answer: a potential is off by " +
                      std::to_string(largest * 1e3) + " mV, allowed 0.02 mV; its speed means nothing");
}

/// FNV-1a over the potentials' bits.
std::string checksumOf(const Solver& solver) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const float value : solver.potentials())
    hash = (hash ^ std::bit_cast<std::uint32_t>(value)) * 1099511628211ULL;
  char text[32];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
  return text;
}

std::vector<Row> measure(const Case& one, const HeartOptions& options, const std::vector<int>& threadCounts,
                         const std::function<void(const std::string&)>& say) {
  const DeviceKind kind = options.device.kind;
  const Lattice lattice =
      one.cell == CellModel::alievPanfilov ? makeVentricles(one.spacing) : makeBlock(100, one.spacing);
  const Settings settings = settingsOf(one);
  const auto nodes = static_cast<double>(lattice.tissueCount());
  std::vector<Row> rows;
  std::string checksum;
  for (const int threads : threadCounts) {
    const auto solver = makeSolver(lattice, settings, {kind, threads});
    const double bandwidth = kind == DeviceKind::cuda
                                 ? compute::measureCopyBandwidth(compute::makeCudaBackend())
                             : kind == DeviceKind::cpu ? measureBandwidth(threads)
                                                       : 0;
    const int stages =
        stagesFor(solver->timeStep(),
                  largestRate(lattice, settings, makeCouplings(lattice, settings, lattice.conduction),
                              lattice.conduction));
    solver->stimulate(startOf(lattice, settings));
    solver->advance(one.steps / 4);  // warms up
    std::vector<double> speeds, paces, processor;
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
      const std::clock_t used = std::clock();
      const auto start = std::chrono::steady_clock::now();
      solver->advance(one.steps);
      const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
      processor.push_back(nodes * one.steps * CLOCKS_PER_SEC / static_cast<double>(std::clock() - used) *
                          1e-6);
      speeds.push_back(nodes * one.steps / seconds * 1e-6);
      paces.push_back(one.steps * solver->timeStep() / seconds);
    }
    Row row;
    row.bench = "heart";
    row.name = one.name;
    row.device = compute::deviceName(kind);
    row.threads = kind == DeviceKind::cpu ? threads : 0;
    row.size = std::to_string(static_cast<long>(nodes)) + " nodes";
    row.unit = "Mnode/s";
    row.counts = {{"nodes", nodes}, {"stages", stages}};
    setValues(row, speeds);
    row.bytes = one.stateBytes + stages * kStageBytes;
    row.operations = one.operations + stages * kStageOperations;
    if (bandwidth > 0) {
      row.roofline = bandwidth / *row.bytes * 1e-6;
      row.ratio = row.value / *row.roofline;
    }
    row.checksum = checksumOf(*solver);
    if (!checksum.empty() && checksum != row.checksum)
      throw core::Error("the case \"" + row.name + "\" ends with other potentials on " +
                        std::to_string(threads) + " threads; its speed means nothing");
    checksum = row.checksum;
    char text[200];
    std::snprintf(text, sizeof text, "%s, steps of %g ms in %d stage%s", cellName(one.cell),
                  solver->timeStep() * 1e3, stages, stages == 1 ? "" : "s");
    row.remark = text;
    rows.push_back(row);
    // A live heart needs 1 of this; with the rows of one machine beside it.
    Row pace = row;
    pace.name += ": x real time";
    pace.unit = "s/s";
    setValues(pace, paces);
    pace.bytes.reset();
    pace.operations.reset();
    pace.roofline = 1;
    pace.ratio = pace.value;
    rows.push_back(pace);
    // Of each thread while it ran: on a machine that others use too it moves less than the time on the wall.
    Row work = row;
    work.name += ": processor time";
    setValues(work, processor);
    work.roofline.reset();
    work.ratio.reset();
    if (kind == DeviceKind::cpu) rows.push_back(work);
    std::snprintf(text, sizeof text, "%s, %s, %d thread%s: %.0f Mnode/s (median %.0f), %.2f x real time",
                  one.name, row.device.c_str(), threads, threads == 1 ? "" : "s", row.value, row.median,
                  pace.value);
    say(text);
  }
  return rows;
}

}  // namespace

std::vector<std::string> heartCases() {
  std::vector<std::string> names;
  for (const Case& one : kCases) names.emplace_back(one.name);
  return names;
}

std::vector<Row> runHeart(const HeartOptions& options, const std::function<void(const std::string&)>& say) {
  const std::vector<std::string> known = heartCases();
  for (const std::string& name : options.cases) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string list;
    for (const std::string& one : known) list += (list.empty() ? "" : ", ") + one;
    throw core::inputError("the benchmark heart has no case \"" + name + "\"; it has " + list);
  }
  const DeviceKind kind = options.device.kind;
  const int all = compute::resolveDevice({DeviceKind::cpu, 0}).threads;
  std::vector<int> threadCounts{kind == DeviceKind::cpu ? options.device.threads : 1};
  if (kind == DeviceKind::cpu && options.device.threads <= 0) {
    threadCounts = {1};
    if (all > 1) threadCounts.push_back(all);
  }
  std::vector<Row> rows;
  for (const Case& one : kCases) {
    if (!options.cases.empty() &&
        std::find(options.cases.begin(), options.cases.end(), one.name) == options.cases.end())
      continue;
    verify(one, {kind, threadCounts.back()});
    say(std::string(one.name) + ": agrees with the reference");
    for (Row& row : measure(one, options, threadCounts, say)) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace aula::bench
