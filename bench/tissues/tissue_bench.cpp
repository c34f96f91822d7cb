// SPDX-License-Identifier: Apache-2.0
#include "tissues/tissue_bench.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <memory>

#include "anatomy/tissue/model/blocks.h"
#include "core/error.h"
#include "kernel/bandwidth.h"

namespace aula::bench {

using namespace anatomy::tissue;
using compute::DeviceKind;

namespace {

struct Case {
  const char* name;
  int across, along;  ///< Cubes of six tetrahedra.
  int iterations;     ///< A frame: forces are handed on by one element a product, so a finer mesh needs more.
};
constexpr Case kCases[] = {{"muscle-5k", 6, 24, 40}, {"muscle-20k", 10, 34, 40}, {"muscle-100k", 16, 66, 80}};
constexpr int kFrames = 30, kRamp = 12;

/// What one product with the stiffness moves and computes for a tetrahedron: 19 constants, 17 numbers of the
/// tangent, four indices; four forces written and read with their places; and of its share of the points (one
/// for four tetrahedra) fifteen neighbours of 20 bytes and ten vectors. Operations as model/formula/law.h has
/// them.
constexpr double kBytes = 4 * (19 + 17 + 4) + 2 * 64 + 16 + (15 * 20 + 10 * 16) / 4.0, kOperations = 410;

/// A belly with a tendon at either end: what carries the belly's whole force through a tenth of its section.
Body muscle(int across, int along) {
  Matter belly;
  belly.shear = 1e4;
  belly.bulk = 4e6;
  belly.density = 1060;
  belly.fibreStress = 3e5;
  belly.fibreStiffness = 2e4;
  Matter tendon = belly;
  tendon.shear = 2e4;
  tendon.bulk = 8e6;
  tendon.fibreStress = 0;
  tendon.fibreStiffness = 5e6;
  Body body = makeSpindle(across, along, 0.2, 0.025, 0.008, belly);
  body.matter.push_back(tendon);
  for (std::size_t t = 0; t < body.tetrahedra.size(); ++t) {
    double z = 0;
    for (const std::uint32_t corner : body.tetrahedra[t]) z += body.positions[corner].z / 4;
    body.matters[t] = z < 0.03 || z > 0.17 ? 1 : 0;
  }
  return body;
}

/// What a limb asks of it before frame n.
void drive(Solver& solver, const Body& body, int n) {
  const double part = std::min(double(n) / kRamp, 1.0), ramp = part * part * (3 - 2 * part);
  std::vector<Vec3> places;
  places.reserve(body.held.size());
  for (const std::uint32_t point : body.held) {
    Vec3 p = body.positions[point];
    if (p.z > 0.1) p.z -= 0.04 * ramp;
    places.push_back(p);
  }
  solver.hold(places);
  solver.activate(std::vector<double>{ramp});
}

/// Frames that are solved to 1e-4 of their forces' scale agree with the reference's to a ten-thousandth of
/// the muscle's length.
void verify(const compute::DeviceChoice& device) {
  const Body body = muscle(3, 8);
  Settings settings;
  settings.iterations = 500;
  settings.tolerance = 1e-4;
  const auto reference = makeReferenceSolver(body, settings);
  const auto solver = makeSolver(body, settings, device);
  for (int n = 1; n <= 3; ++n)
    for (Solver* one : {reference.get(), solver.get()}) {
      drive(*one, body, n);
      one->advance(1);
    }
  const std::vector<Vec3> expected = reference->positions(), found = solver->positions();
  double worst = 0;
  for (std::size_t n = 0; n < expected.size(); ++n) worst = std::max(worst, length(found[n] - expected[n]));
  if (!(worst < 1e-4 * 0.2))
    throw core::Error("the tissue of the device " + std::string(compute::deviceName(device.kind)) +
                      " is off by " + std::to_string(worst * 1e3) +
                      " mm, allowed 0.02 mm; its speed means nothing");
}

/// FNV-1a over the positions' bits.
std::string checksumOf(const Solver& solver) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const Vec3& p : solver.positions())
    for (int axis = 0; axis < 3; ++axis)
      hash = (hash ^ std::bit_cast<std::uint64_t>(p[axis])) * 1099511628211ULL;
  char text[32];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
  return text;
}

struct Run {
  double milliseconds = 0;               ///< Mean of the frames.
  double longest = 0;                    ///< Of one frame, ms.
  double residual = 0, volumeError = 0;  ///< Mean of residual over its scale; largest error of the volume.
  std::string checksum;
};

Run runOnce(const Body& body, int iterations, const compute::DeviceChoice& device) {
  Settings settings;
  settings.iterations = iterations;
  const auto solver = makeSolver(body, settings, device);
  const double volume = solver->totals().volume;
  Run run;
  for (int n = 1; n <= kFrames; ++n) {
    const auto start = std::chrono::steady_clock::now();
    drive(*solver, body, n);
    solver->advance(1);
    const double ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    run.milliseconds += ms / kFrames;
    run.longest = std::max(run.longest, ms);
    const Totals totals = solver->totals();
    run.residual += totals.residual / totals.residualScale / kFrames;
    run.volumeError = std::max(run.volumeError, std::abs(totals.volume / volume - 1));
  }
  if (!(run.volumeError < 0.01))
    throw core::Error("the muscle's volume changed by " + std::to_string(100 * run.volumeError) +
                      " %, allowed 1 %; its speed means nothing");
  run.checksum = checksumOf(*solver);
  return run;
}

std::vector<Row> measure(const Case& one, const TissueOptions& options, const std::vector<int>& threadCounts,
                         const std::vector<double>& bandwidths,
                         const std::function<void(const std::string&)>& say) {
  const Body body = muscle(one.across, one.along);
  const double products = one.iterations, tetrahedra = double(body.tetrahedra.size());
  std::vector<Row> rows;
  std::string checksum;
  for (std::size_t n = 0; n < threadCounts.size(); ++n) {
    const int threads = threadCounts[n];
    std::vector<double> times;
    Run best;
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
      const Run run = runOnce(body, one.iterations, {options.device.kind, threads});
      if (times.empty() || run.milliseconds < best.milliseconds) best = run;
      times.push_back(run.milliseconds);
    }
    Row row;
    row.bench = "tissue";
    row.name = one.name;
    row.device = compute::deviceName(options.device.kind);
    row.threads = options.device.kind == DeviceKind::cpu ? threads : 0;
    row.size = std::to_string(body.tetrahedra.size());
    row.unit = "ms/frame";
    setValues(row, times);
    row.value = row.minimum;
    row.bytes = kBytes;
    row.operations = kOperations;
    if (bandwidths[n] > 0) {
      row.roofline = kBytes * tetrahedra * products / bandwidths[n] * 1e3;
      row.ratio = row.value / *row.roofline;
    }
    row.counts = {
        {"tetrahedra", tetrahedra}, {"points", double(body.positions.size())}, {"products", products}};
    row.checksum = best.checksum;
    char text[200];
    std::snprintf(text, sizeof text,
                  "residual %.1f %% of its scale, volume within %.2f %%, longest frame %.1f ms",
                  100 * best.residual, 100 * best.volumeError, best.longest);
    row.remark = text;
    if (!checksum.empty() && row.checksum != checksum)
      throw core::Error("the case \"" + row.name + "\" ends with other positions on " +
                        std::to_string(threads) + " threads; its speed means nothing");
    checksum = row.checksum;
    say(row.name + ", " + row.device + ", " + std::to_string(threads) +
        " threads: " + std::to_string(row.value) + " ms a frame, " + row.remark);
    rows.push_back(row);
  }
  return rows;
}

}  // namespace

std::vector<std::string> tissueCases() {
  std::vector<std::string> names;
  for (const Case& one : kCases) names.emplace_back(one.name);
  return names;
}

std::vector<Row> runTissue(const TissueOptions& options, const std::function<void(const std::string&)>& say) {
  const std::vector<std::string> known = tissueCases();
  for (const std::string& name : options.cases) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    std::string list;
    for (const std::string& one : known) list += (list.empty() ? "" : ", ") + one;
    throw core::inputError("the benchmark tissue has no case \"" + name + "\"; it has " + list);
  }
  const DeviceKind kind = options.device.kind;
  const bool isCpu = kind == DeviceKind::cpu;
  std::vector<int> threadCounts{isCpu ? options.device.threads : 1};
  if (isCpu && options.device.threads <= 0) {
    const int all = compute::resolveDevice({DeviceKind::cpu, 0}).threads;
    threadCounts = {1};
    if (all > 1) threadCounts.push_back(all);
  }
  verify({kind, threadCounts.back()});
  say("steps agree with the reference");
  std::vector<double> bandwidths;
  for (const int threads : threadCounts) bandwidths.push_back(isCpu ? measureBandwidth(threads) : 0);
  std::vector<Row> rows;
  for (const Case& one : kCases) {
    if (!options.cases.empty() &&
        std::find(options.cases.begin(), options.cases.end(), one.name) == options.cases.end())
      continue;
    for (Row& row : measure(one, options, threadCounts, bandwidths, say)) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace aula::bench
