// SPDX-License-Identifier: Apache-2.0
#include "molecules/molecular_bench.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <optional>

#include "core/error.h"
#include "molecular/input/gromacs.h"
#include "molecular/model/engine.h"
#include "molecules/lattice_water.h"

namespace aula::bench {

using namespace molecular;
using compute::DeviceKind;

namespace {

struct Case {
  const char* name;
  int perSide;         ///< Waters of a lattice; 0: read from files.
  std::int64_t steps;  ///< A repeat: about half a second on two cores.
};
constexpr Case kCases[] = {{"water3k", 0, 600},     {"dhfr", 0, 80},        {"water24k", 0, 80},
                           {"lysozyme", 0, 60},     {"water96k", 0, 20},    {"lattice-3k", 10, 600},
                           {"lattice-24k", 20, 80}, {"lattice-96k", 32, 20}};

std::optional<MolecularFiles> filesOf(const Case& one, const MolecularOptions& options) {
  std::filesystem::path folder = options.data;
  if (folder.empty())
    if (const char* named = std::getenv("AULA_DATA_DIR")) folder = std::filesystem::path(named) / "md";
  const MolecularFiles files{folder / one.name / "topol.top", folder / one.name / "conf.gro"};
  if (folder.empty() || !std::filesystem::exists(files.topology) ||
      !std::filesystem::exists(files.coordinates))
    return std::nullopt;
  return files;
}

std::unique_ptr<Engine> makeEngineFor(const System& system, const Settings& settings, DeviceKind kind,
                                      int threads) {
  return makeEngine(system, settings, {kind, threads});
}

/// Forces of a box of 648 waters beside the reference's: 1e-4 of their root mean square is what single
/// precision promises.
void verify(const compute::DeviceChoice& device) {
  const System system = latticeWater(9);
  const Settings settings;
  const auto reference = makeReferenceEngine(system, settings);
  const auto engine = makeEngineFor(system, settings, device.kind, device.threads);
  const std::vector<Vec3> expected = reference->forces(), found = engine->forces();
  double error = 0, sum = 0;
  for (std::size_t n = 0; n < expected.size(); ++n) {
    error += dot(found[n] - expected[n], found[n] - expected[n]);
    sum += dot(expected[n], expected[n]);
  }
  const double relative = std::sqrt(error / sum);
  if (!(relative < 1e-4))
    throw core::Error("the forces of the device " + std::string(compute::deviceName(device.kind)) +
                      " are wrong by " + std::to_string(relative) +
                      " of their root mean square, allowed 1e-4; its speed means nothing");
}

/// FNV-1a over the positions' bits.
std::string checksumOf(const Engine& engine) {
  std::vector<float> xyz(3 * static_cast<std::size_t>(engine.topology().atomCount()));
  engine.positions(xyz);
  std::uint64_t hash = 14695981039346656037ULL;
  for (const float value : xyz) hash = (hash ^ std::bit_cast<std::uint32_t>(value)) * 1099511628211ULL;
  char text[32];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
  return text;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

/// Times: the least is the best.
void setTimes(Row& row, const std::vector<double>& milliseconds) {
  setValues(row, milliseconds);
  row.value = row.minimum;
}

/// The system as the run begins: a lattice is first brought downhill and given a moment to melt.
State settledState(const Case& one, const System& system, const Settings& settings,
                   const compute::DeviceChoice& device) {
  const auto engine = makeEngineFor(system, settings, device.kind, device.threads);
  if (one.perSide > 0) engine->minimise(1000, 100);
  engine->drawVelocities(settings.dynamics.temperature, 1);
  engine->advance(one.perSide > 0 ? 200 : 20);
  return engine->state();
}

std::vector<Row> measure(const Case& one, System system, const MolecularOptions& options,
                         const std::vector<int>& threadCounts,
                         const std::function<void(const std::string&)>& say) {
  const Settings settings;
  const DeviceKind kind = options.device.kind;
  system.state = settledState(one, system, settings, {kind, threadCounts.back()});
  std::vector<Row> rows;
  std::string checksum;
  for (const int threads : threadCounts) {
    const auto engine = makeEngineFor(system, settings, kind, threads);
    engine->advance(one.steps / 4);  // warms up
    std::vector<double> days, times, processor;
    std::vector<PhaseTime> phases;
    std::vector<std::vector<double>> ofPhase;
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
      const std::vector<PhaseTime> before = engine->phaseTimes();
      const auto start = std::chrono::steady_clock::now();
      const std::clock_t used = std::clock();
      engine->advance(one.steps);
      processor.push_back(static_cast<double>(std::clock() - used) / CLOCKS_PER_SEC /
                          static_cast<double>(one.steps) * 1e3);
      const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
      const double step = seconds / static_cast<double>(one.steps);
      times.push_back(step * 1e3);
      days.push_back(86400 / step * settings.dynamics.timeStep * 1e-3);
      phases = engine->phaseTimes();
      ofPhase.resize(phases.size());
      for (std::size_t n = 0; n < phases.size(); ++n)
        ofPhase[n].push_back((phases[n].seconds - before[n].seconds) / static_cast<double>(one.steps) * 1e3);
    }
    Row row;
    row.bench = "molecular";
    row.name = one.name;
    row.device = compute::deviceName(kind);
    row.threads = kind == DeviceKind::cpu ? threads : 0;
    row.size = std::to_string(engine->topology().atomCount()) + " atoms";
    row.remark = engine->description();
    row.checksum = checksumOf(*engine);
    if (!checksum.empty() && row.checksum != checksum)
      throw core::Error("the case \"" + row.name + "\" ends with other positions on " +
                        std::to_string(threads) + " threads; its speed means nothing");
    checksum = row.checksum;
    row.unit = "ns/day";
    setValues(row, days);
    rows.push_back(row);
    row.unit = "ms/step";
    setTimes(row, times);
    rows.push_back(row);
    // Of all threads together: on a machine that others use too it moves less than the time on the wall.
    Row work = row;
    work.name += ": processor time";
    setTimes(work, processor);
    rows.push_back(work);
    char text[160];
    std::snprintf(text, sizeof text,
                  "%s, %s, %d thread%s: %.1f ns/day, %.3f ms a step (median %.3f), %.3f ms of processor",
                  one.name, row.device.c_str(), threads, threads == 1 ? "" : "s",
                  86400 / row.value * settings.dynamics.timeStep, row.value, median(times), work.value);
    say(text);
    for (std::size_t n = 0; n < phases.size(); ++n) {
      Row phase = row;
      phase.name = std::string(one.name) + ": " + phases[n].name;
      phase.remark.clear();
      setTimes(phase, ofPhase[n]);
      if (phase.maximum > 0) rows.push_back(phase);
    }
  }
  return rows;
}

}  // namespace

std::vector<std::string> molecularCases() {
  std::vector<std::string> names;
  for (const Case& one : kCases) names.emplace_back(one.name);
  return names;
}

std::vector<Row> runMolecular(const MolecularOptions& options,
                              const std::function<void(const std::string&)>& say) {
  const auto isAsked = [&](const std::string& name) {
    return std::find(options.cases.begin(), options.cases.end(), name) != options.cases.end();
  };
  const std::vector<std::string> known = molecularCases();
  for (const std::string& name : options.cases) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string list;
    for (const std::string& one : known) list += (list.empty() ? "" : ", ") + one;
    throw core::inputError("the benchmark molecular has no case \"" + name + "\"; it has " + list);
  }
  const DeviceKind kind = options.device.kind;
  const int all = compute::resolveDevice({DeviceKind::cpu, 0}).threads;
  std::vector<int> threadCounts{kind == DeviceKind::cpu ? options.device.threads : 1};
  if (kind == DeviceKind::cpu && options.device.threads <= 0) {
    threadCounts = {1};
    if (all > 1) threadCounts.push_back(all);
  }
  verify({kind, threadCounts.back()});
  say("forces agree with the reference");
  std::vector<Row> rows;
  for (const Case& one : kCases) {
    if (!options.cases.empty() && !isAsked(one.name)) continue;
    const std::optional<MolecularFiles> files = one.perSide > 0 ? std::nullopt : filesOf(one, options);
    if (one.perSide == 0 && !files) {
      if (isAsked(one.name))
        throw core::inputError(std::string("the case ") + one.name + " needs " + one.name +
                               "/topol.top and " + one.name +
                               "/conf.gro in md/ of the folder that AULA_DATA_DIR names");
      say(std::string(one.name) + " left out: no files");
      continue;
    }
    const System system =
        files ? readGromacs(files->topology, files->coordinates) : latticeWater(one.perSide);
    for (Row& row : measure(one, system, options, threadCounts, say)) rows.push_back(std::move(row));
    if (!options.hasPeers || !files) continue;
    for (const int threads : threadCounts)
      for (const auto run : {runGromacs, runOpenMm})
        for (Row& row : run(one.name, *files, threads, one.steps, std::min(options.repeats, 3), say))
          rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace aula::bench
