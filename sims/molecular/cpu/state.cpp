// SPDX-License-Identifier: Apache-2.0
// Where a system stands: set, told, kept whole, drawn by lot, saved.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.h"
#include "core/io/checkpoint.h"
#include "molecular/cpu/cpu_engine.h"
#include "molecular/model/constants.h"
#include "molecular/model/random.h"

namespace aula::molecular::cpu {

void CpuEngine::makeWhole() {
  // A walk over bonds, constraints and settles: every atom after the one it hangs on.
  const auto count = static_cast<std::size_t>(particles_.atoms);
  std::vector<std::vector<int>> neighbours(count);
  for (const auto& [i, j] : bondedPairs(topology_)) {
    neighbours[i].push_back(static_cast<int>(j));
    neighbours[j].push_back(static_cast<int>(i));
  }
  wholeOf_.assign(count, -1);
  std::vector<int> queue;
  for (std::size_t atom = 0; atom < count; ++atom) {
    if (wholeOf_[atom] >= 0) continue;
    const int whole = static_cast<int>(firstOfWhole_.size());
    firstOfWhole_.push_back(static_cast<int>(atom));
    wholeOf_[atom] = whole;
    queue.assign(1, static_cast<int>(atom));
    for (std::size_t n = 0; n < queue.size(); ++n)
      for (const int next : neighbours[static_cast<std::size_t>(queue[n])]) {
        if (wholeOf_[static_cast<std::size_t>(next)] >= 0) continue;
        wholeOf_[static_cast<std::size_t>(next)] = whole;
        links_.push_back({queue[n], next});
        queue.push_back(next);
      }
  }
}

void CpuEngine::setState(const State& state) {
  const auto count = static_cast<std::size_t>(particles_.atoms);
  if (state.positions.size() != count || (!state.velocities.empty() && state.velocities.size() != count))
    throw core::inputError("the state has " + std::to_string(state.positions.size()) + " positions and " +
                           std::to_string(state.velocities.size()) + " velocities for " +
                           std::to_string(count) + " atoms");
  const auto isFinite = [](Vec3 v) {
    // Single precision ends at 3e38, its useful digits long before.
    return std::abs(v.x) < 1e6 && std::abs(v.y) < 1e6 && std::abs(v.z) < 1e6;
  };
  for (std::size_t n = 0; n < count; ++n)
    if (!isFinite(state.positions[n]) || (!state.velocities.empty() && !isFinite(state.velocities[n])))
      throw core::inputError("atom " + std::to_string(n + 1) +
                             " has a position or velocity that is not a number or beyond 1e6");
  if (settings_.dynamics.barostat != Barostat::none && !state.box.isPeriodic())
    throw core::inputError("a barostat needs a periodic cell; this state is in vacuum");
  box_ = state.box;
  cell_ = singleCell(box_);
  std::vector<Vec3> positions = state.positions;
  for (const auto& [from, to] : links_) {
    const Vec3 anchor = positions[static_cast<std::size_t>(from)];
    Vec3& position = positions[static_cast<std::size_t>(to)];
    const Vec3 d = position - anchor, nearest = box_.nearest(d);
    if (!(nearest == d)) position = anchor + nearest;
  }
  for (std::size_t n = 0; n < count; ++n) particles_.setPosition(static_cast<std::int64_t>(n), positions[n]);
  std::fill(particles_.v.begin(), particles_.v.end(), 0.0F);
  for (std::size_t n = 0; n < state.velocities.size(); ++n)
    for (std::size_t axis = 0; axis < 3; ++axis)
      particles_.v[3 * n + axis] = static_cast<float>(state.velocities[n][static_cast<int>(axis)]);
  wrap();
  mendedInARow_ = 0;
  hasForces_ = false;
  isFresh_ = true;
}

void CpuEngine::mendLengths() {
  isFresh_ = false;
  if (constraints_.isEmpty()) return;
  // Above what constraints leave behind in ordinary steps, below what three decimals of a file cut off.
  constexpr double kBroken = 1e-3;
  Particles& p = particles_;
  const auto part = static_cast<float>(0.25 * reach());
  for (int pass = 0; pass < 50 && constraints_.largestError(placesView()) > (pass == 0 ? kBroken : 1e-5);
       ++pass) {
    std::fill(p.move.begin(), p.move.end(), 0.0F);
    std::fill(p.next.begin(), p.next.end(), 0.0F);
    for (int thread = 0; thread < threads_; ++thread)
      constraints_.moves(thread, placesView(), p.move.data(), p.next.data(), 0.0F, nullptr);
    for (float& move : p.move) move = std::isfinite(move) ? std::clamp(move, -part, part) : 0.0F;
    kernels_->commit(0, static_cast<std::int64_t>(p.move.size()), p.move.data(), p.x.data(), p.rest.data());
    if (nonbonded_) nonbonded_->invalidate();
    hasForces_ = false;
  }
}

void CpuEngine::wrap() {
  if (!box_.isPeriodic()) return;
  std::vector<Vec3> shifts(firstOfWhole_.size());
  bool isMoved = false;
  for (std::size_t n = 0; n < shifts.size(); ++n) {
    const Vec3 position = particles_.position(firstOfWhole_[n]);
    // Whole numbers of edges, so that what is inside already does not change by a bit.
    const double c = std::floor(position.z / box_.c.z);
    const Vec3 inC = position - c * box_.c;
    const double b = std::floor(inC.y / box_.b.y);
    const double a = std::floor((inC - b * box_.b).x / box_.a.x);
    if (a == 0 && b == 0 && c == 0) continue;
    shifts[n] = c * box_.c + b * box_.b + a * box_.a;
    isMoved = true;
  }
  if (isMoved)
    for (std::int64_t atom = 0; atom < particles_.atoms; ++atom) {
      const Vec3 shift = shifts[static_cast<std::size_t>(wholeOf_[static_cast<std::size_t>(atom)])];
      if (!(shift == Vec3{})) particles_.setPosition(atom, particles_.position(atom) - shift);
    }
  if (nonbonded_) nonbonded_->invalidate();
}

State CpuEngine::state() const {
  State state;
  state.box = box_;
  const auto count = static_cast<std::size_t>(particles_.atoms);
  state.positions.resize(count);
  state.velocities.resize(count);
  for (std::size_t n = 0; n < count; ++n) {
    state.positions[n] = particles_.position(static_cast<std::int64_t>(n));
    state.velocities[n] = {static_cast<double>(particles_.v[3 * n]),
                           static_cast<double>(particles_.v[3 * n + 1]),
                           static_cast<double>(particles_.v[3 * n + 2])};
  }
  return state;
}

void CpuEngine::positions(std::span<float> xyz) const {
  const auto size = static_cast<std::size_t>(3 * particles_.atoms);
  if (xyz.size() != size)
    throw core::inputError("room for " + std::to_string(xyz.size()) + " numbers where positions have " +
                           std::to_string(size));
  std::copy_n(particles_.x.begin(), size, xyz.begin());
}

void CpuEngine::drawVelocities(double kelvin, std::uint64_t seed) {
  if (!(kelvin >= 0) || !std::isfinite(kelvin))
    throw core::inputError("velocities are drawn for 0 K or more, not " + std::to_string(kelvin));
  Particles& p = particles_;
  for (std::int64_t atom = 0; atom < p.atoms; ++atom) {
    const auto n = static_cast<std::size_t>(3 * atom);
    const double scale = std::sqrt(kBoltzmann * kelvin * static_cast<double>(p.inverseMass[n]));
    const auto gaussians =
        randomGaussians<double>(seed, 0, static_cast<std::uint32_t>(atom), RandomPurpose::velocities);
    for (std::size_t axis = 0; axis < 3; ++axis)
      p.v[n + axis] = static_cast<float>(scale * gaussians.value[axis]);
  }
  projectVelocities(p.v);
  removeDrift();
}

namespace {

/// What a checkpoint holds besides arrays.
struct Header {
  std::int64_t atoms, step, recoveries, mendedInARow, hasForces, isFresh;
  double heat, temperature, pressure;
  Box box;
  Vec3 field;
  std::int64_t pulls, regions;
};
struct SavedPull {
  Vec3 target;
  double stiffness, largestForce;
  std::int64_t atoms;
};

}  // namespace

void CpuEngine::save(core::CheckpointWriter& writer) const {
  const External& external = external_.external();
  const Header header{particles_.atoms,
                      step_,
                      recoveries_,
                      mendedInARow_,
                      hasForces_ ? 1 : 0,
                      isFresh_ ? 1 : 0,
                      heat_,
                      settings_.dynamics.temperature,
                      settings_.dynamics.pressure,
                      box_,
                      external.electricField,
                      static_cast<std::int64_t>(external.pulls.size()),
                      static_cast<std::int64_t>(external.regions.size())};
  writer.writeValue("engine", header);
  std::vector<SavedPull> pulls;
  std::vector<int> pulled;
  for (const Pull& pull : external.pulls) {
    pulls.push_back(
        {pull.target, pull.stiffness, pull.largestForce, static_cast<std::int64_t>(pull.atoms.size())});
    pulled.insert(pulled.end(), pull.atoms.begin(), pull.atoms.end());
  }
  writer.writeArray("pulls", std::span<const SavedPull>(pulls));
  writer.writeArray("pulled", std::span<const int>(pulled));
  writer.writeArray("regions", std::span<const HeatRegion>(external.regions));
  writer.writeArray("positions", std::span<const float>(particles_.x));
  writer.writeArray("rests", std::span<const float>(particles_.rest));
  writer.writeArray("velocities", std::span<const float>(particles_.v));
  writer.writeArray("forces", std::span<const float>(particles_.f));
  if (nonbonded_) nonbonded_->save(writer);
}

void CpuEngine::load(core::CheckpointReader& reader) {
  const auto header = reader.readValue<Header>("engine");
  if (header.atoms != particles_.atoms)
    throw core::Error("the checkpoint is of " + std::to_string(header.atoms) + " atoms, this system has " +
                      std::to_string(particles_.atoms));
  std::vector<SavedPull> pulls;
  std::vector<int> pulled;
  External external;
  external.electricField = header.field;
  reader.readVector("pulls", pulls);
  reader.readVector("pulled", pulled);
  reader.readVector("regions", external.regions);
  auto next = pulled.begin();
  for (const SavedPull& pull : pulls) {
    if (pull.atoms < 0 || pull.atoms > pulled.end() - next)
      throw core::Error("the checkpoint's pulls are torn");
    external.pulls.push_back({{next, next + pull.atoms}, pull.target, pull.stiffness, pull.largestForce});
    next += pull.atoms;
  }
  external_.set(external);
  reader.readArray("positions", std::span<float>(particles_.x));
  reader.readArray("rests", std::span<float>(particles_.rest));
  reader.readArray("velocities", std::span<float>(particles_.v));
  reader.readArray("forces", std::span<float>(particles_.f));
  step_ = header.step;
  recoveries_ = header.recoveries;
  mendedInARow_ = header.mendedInARow;
  isFresh_ = header.isFresh != 0;
  hasForces_ = header.hasForces != 0;
  heat_ = header.heat;
  settings_.dynamics.temperature = header.temperature;
  settings_.dynamics.pressure = header.pressure;
  box_ = header.box;
  cell_ = singleCell(box_);
  if (nonbonded_) nonbonded_->load(reader);
  clock_.reset();
}

}  // namespace aula::molecular::cpu
