// SPDX-License-Identifier: Apache-2.0
#include "kernel/fdtd_bench.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <map>
#include <memory>
#include <span>

#include "compute/bandwidth.h"
#include "core/error.h"
#include "core/units/constants.h"
#include "fdtd/model/solver.h"
#include "kernel/bandwidth.h"

namespace aula::bench {

using namespace fdtd;
using compute::DeviceKind;

namespace {

constexpr double kCell = 10e-9;  // m

struct Case {
  std::string name;
  Dimensions dimensions = Dimensions::three;
  std::vector<int> sizes;  ///< Cells along each edge, absorbing layers of ten cells included.
  double bytes =
      48;  ///< A cell's update in one pass: six floats read and written, and what the material adds.
  double operations = 42;  ///< Each component: two differences, a product and two fused products.
};

IndexBox slab(const Grid& grid, int component, int k) {
  return {{0, 0, k}, {grid.count(component, 0), grid.count(component, 1), k + 1}};
}

std::vector<Case> allCases() {
  return {{"vacuum", Dimensions::three, {100, 200, 300}, 48, 42},
          // Three coefficients a cell more to read.
          {"dielectric", Dimensions::three, {300}, 60, 42},
          // Half of the cells: three coefficients, three losses, and the poles' state read and written.
          {"drude", Dimensions::three, {200}, 48 + 0.5 * 48, 42 + 0.5 * 30},
          {"tm", Dimensions::tm, {2000}, 24, 15}};
}

Setup makeSetup(const Case& one, int n) {
  Setup setup;
  Grid& grid = setup.grid;
  grid.dimensions = one.dimensions;
  const bool is3d = one.dimensions == Dimensions::three;
  grid.nx = grid.ny = n;
  grid.nz = is3d ? n : 1;
  grid.dx = grid.dy = grid.dz = kCell;
  grid.dt = 0.95 * courantLimit(grid);
  PointDipole dipole;
  dipole.position = {0.5 * n * kCell, 0.5 * n * kCell, is3d ? 0.5 * n * kCell : 0};
  dipole.amplitude = 1e-19;
  dipole.waveform.kind = Waveform::Kind::continuous;
  dipole.waveform.frequency = core::kSpeedOfLight / (20 * kCell);
  setup.sources.push_back(dipole);
  if (one.name == "drude") {
    Material metal;
    metal.name = "metal";
    metal.poles.push_back({Pole::Kind::drude, 0, 0.5 * core::kSpeedOfLight / kCell, 1e13, 0});
    setup.materials.push_back(metal);
    Object half;
    half.name = "half space";
    half.shape = BoxShape{{0.75 * n * kCell, 0, 0}, {0.5 * n * kCell, 1, 1}};
    half.material = 1;
    setup.objects.push_back(half);
  }
  return setup;
}

Medium makeMediumOf(const Case& one, const Setup& setup) {
  if (one.name != "dielectric") return makeMedium(setup);
  // A permittivity of its own in every cell, 1 to 3: no two neighbours alike.
  Medium medium;
  for (int c = 0; c < 3; ++c) {
    auto& values = medium.inverseEpsilon[static_cast<std::size_t>(c)];
    values.resize(slab(setup.grid, c, 0).size() * static_cast<std::size_t>(setup.grid.count(c, 2)));
    for (std::size_t n = 0; n < values.size(); ++n)
      values[n] = 1 / (1 + 2 * static_cast<float>((n * 2654435761U >> 8) % 1024) / 1023.0F);
  }
  return medium;
}

/// Noise in [-1, 1] V/m in every component, from a generator of our own so that it is the same everywhere.
void fillWithNoise(Solver& solver) {
  std::uint32_t state = 12345;
  std::vector<double> values;
  for (int c = 0; c < 6; ++c) {
    if (!solver.grid().computes(c)) continue;
    // One call each: a write also renews what depends on the fields.
    const Grid& grid = solver.grid();
    const IndexBox box{{0, 0, 0}, {grid.count(c, 0), grid.count(c, 1), grid.count(c, 2)}};
    values.resize(box.size());
    for (double& value : values) {
      state = state * 1664525U + 1013904223U;
      value = static_cast<float>(static_cast<double>(state >> 8) / (1 << 23) - 1.0);
    }
    solver.write(c, box, values);
  }
}

/// FNV-1a over the bits of every computed component: equal only when the answer is.
std::string checksumOf(const Solver& solver) {
  std::uint64_t hash = 14695981039346656037ULL;
  std::vector<float> values;
  for (int c = 0; c < 6; ++c) {
    if (!solver.grid().computes(c)) continue;
    for (int k = 0; k < solver.grid().count(c, 2); ++k) {
      const IndexBox box = slab(solver.grid(), c, k);
      values.resize(box.size());
      solver.read(c, box, std::span<float>(values));
      for (const float value : values) hash = (hash ^ std::bit_cast<std::uint32_t>(value)) * 1099511628211ULL;
    }
  }
  char text[32];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
  return text;
}

std::unique_ptr<Solver> makeSolverFor(const Setup& setup, const Medium& medium, DeviceKind kind,
                                      int threads) {
  return makeSolver(setup, medium, {kind, threads});
}

/// The case in small, against the reference. After n steps of a scheme that conserves an energy equivalent to
/// E^2 + H^2 within (1 + s) / (1 - s), s = 0.95, the root mean square of single precision's errors is below
/// sqrt(39) * 2 n * 64 u times the largest field, u = 2^-24 (tests/backend/fdtd/agreement_test.cpp derives
/// the 64).
void verify(const Case& one, const compute::DeviceChoice& device) {
  const int n = one.dimensions == Dimensions::three ? 37 : 75;
  constexpr int kSteps = 25;
  const Setup setup = makeSetup(one, n);
  const Medium medium = makeMediumOf(one, setup);
  const auto reference = makeReferenceSolver(setup, medium);
  const auto solver = makeSolverFor(setup, medium, device.kind, device.threads);
  fillWithNoise(*reference);
  fillWithNoise(*solver);
  reference->advance(kSteps);
  solver->advance(kSteps);
  double sum = 0, count = 0, peak = 0;
  for (int c = 0; c < 6; ++c) {
    if (!setup.grid.computes(c)) continue;
    for (int k = 0; k < setup.grid.count(c, 2); ++k) {
      const IndexBox box = slab(setup.grid, c, k);
      std::vector<double> expected(box.size()), found(box.size());
      reference->read(c, box, std::span<double>(expected));
      solver->read(c, box, std::span<double>(found));
      for (std::size_t m = 0; m < expected.size(); ++m) {
        sum += (found[m] - expected[m]) * (found[m] - expected[m]);
        peak = std::max(peak, std::abs(expected[m]));
      }
      count += static_cast<double>(box.size());
    }
  }
  const double error = std::sqrt(sum / count),
               allowed = std::sqrt(39.0) * 2 * kSteps * 64 * std::ldexp(peak, -24);
  if (!(error <= allowed) || !(peak > 0.01))
    throw core::Error("the case \"" + one.name + "\" on the device " + compute::deviceName(device.kind) +
                      " gives a wrong answer: after " + std::to_string(kSteps) +
                      " steps the error against the reference is " + std::to_string(error) +
                      " V/m, allowed " + std::to_string(allowed) + "; its speed means nothing");
}

std::string sizeText(const Grid& grid) {
  std::string text = std::to_string(grid.nx) + "x" + std::to_string(grid.ny);
  return grid.dimensions == Dimensions::three ? text + "x" + std::to_string(grid.nz) : text;
}

}  // namespace

std::vector<std::string> fdtdCases() {
  std::vector<std::string> names;
  for (const Case& one : allCases()) names.push_back(one.name);
  return names;
}

std::vector<Row> runFdtd(const FdtdOptions& options, const std::function<void(const std::string&)>& say) {
  for (const std::string& name : options.cases) {
    const auto names = fdtdCases();
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    std::string list;
    for (const std::string& known : names) list += (list.empty() ? "" : ", ") + known;
    throw core::inputError("the benchmark fdtd has no case \"" + name + "\"; it has " + list);
  }
  if (options.size != 0 && (options.size < 24 || options.size > 4096))
    throw core::inputError("a benchmark's box has 24 to 4096 cells along each edge, layers included; found " +
                           std::to_string(options.size));
  const DeviceKind kind = options.device.kind;
  const bool isCpu = kind == DeviceKind::cpu;
  const int all = compute::resolveDevice({DeviceKind::cpu, 0}).threads;
  std::vector<int> threadCounts{isCpu ? options.device.threads : 1};
  if (isCpu && options.device.threads <= 0) {
    threadCounts = {1};
    if (all > 1) threadCounts.push_back(all);
  }

  std::map<int, double> bandwidth;
  if (isCpu)
    for (const int threads : threadCounts) {
      bandwidth[threads] = measureBandwidth(threads);
      char text[96];
      std::snprintf(text, sizeof text, "memory bandwidth, %d thread%s: %.1f GB/s", threads,
                    threads == 1 ? "" : "s", bandwidth[threads] * 1e-9);
      say(text);
    }
  if (kind == DeviceKind::cuda) {
    bandwidth[1] = compute::measureCopyBandwidth(compute::makeCudaBackend());
    char text[96];
    std::snprintf(text, sizeof text, "device copy bandwidth, read and written: %.0f GB/s",
                  bandwidth[1] * 1e-9);
    say(text);
  }

  std::vector<Row> rows;
  for (const Case& one : allCases()) {
    if (!options.cases.empty() &&
        std::find(options.cases.begin(), options.cases.end(), one.name) == options.cases.end())
      continue;
    verify(one, {kind, threadCounts.back()});
    say(one.name + ": agrees with the reference");
    for (const int size : options.size > 0 ? std::vector<int>{options.size} : one.sizes) {
      const Setup setup = makeSetup(one, size);
      const double needed = estimateSolverBytes(setup, kind) + estimateMediumBytes(setup);
      for (const compute::DeviceReport& report : compute::findDevices())
        if (report.kind == kind && report.memoryBytes > 0 && needed > report.memoryBytes)
          throw core::inputError("the case \"" + one.name + "\" with " + std::to_string(size) +
                                 " cells an edge needs " + std::to_string(static_cast<long>(needed * 1e-6)) +
                                 " MB; " + report.name + " has " +
                                 std::to_string(static_cast<long>(report.memoryBytes * 1e-6)) + " MB free");
      const Medium medium = makeMediumOf(one, setup);
      const auto cells = static_cast<double>(setup.grid.cellCount());
      // A fixed number of steps, about a second's worth at 1,000 Mcell/s, so that rows' checksums compare.
      const auto steps = static_cast<std::int64_t>(std::clamp(8e8 / cells, 24.0, 2000.0));
      std::string checksum;
      for (const int threads : threadCounts) {
        const auto solver = makeSolverFor(setup, medium, kind, threads);
        fillWithNoise(*solver);
        solver->advance(steps);  // warms up
        std::vector<double> values;
        for (int repeat = 0; repeat < options.repeats; ++repeat) {
          const auto start = std::chrono::steady_clock::now();
          solver->advance(steps);
          const double seconds =
              std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
          values.push_back(cells * static_cast<double>(steps) / seconds * 1e-6);
        }
        Row row;
        row.bench = "fdtd";
        row.name = one.name;
        row.device = compute::deviceName(kind);
        row.threads = isCpu ? threads : 0;
        row.size = sizeText(setup.grid);
        row.unit = "Mcell/s";
        setValues(row, std::move(values));
        row.bytes = one.bytes;
        row.operations = one.operations;
        if (bandwidth.count(threads) != 0) {
          row.roofline = bandwidth[threads] / one.bytes * 1e-6;
          row.ratio = row.value / *row.roofline;
        }
        row.checksum = checksumOf(*solver);
        row.remark = solver->description();
        if (!solver->isFinite()) throw core::Error("the case \"" + one.name + "\" did not stay finite");
        if (!checksum.empty() && checksum != row.checksum)
          throw core::Error("the case \"" + one.name +
                            "\" gives different bits on different numbers of threads: " + checksum + " and " +
                            row.checksum);
        checksum = row.checksum;
        char text[160];
        std::snprintf(text, sizeof text, "%s %s, %s: %.0f Mcell/s (median %.0f)", row.name.c_str(),
                      row.size.c_str(), row.remark.c_str(), row.value, row.median);
        say(text);
        rows.push_back(row);
      }
    }
  }
  if (options.hasPeers)
    for (const int size : options.size > 0 ? std::vector<int>{options.size} : std::vector<int>{100, 200, 300})
      for (Row& row : runFdtdPeers(size, all, say)) rows.push_back(std::move(row));
  return rows;
}

}  // namespace aula::bench
