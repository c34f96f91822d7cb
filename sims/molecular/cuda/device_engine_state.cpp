// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "compute/launch.h"
#include "core/error.h"
#include "core/io/checkpoint.h"
#include "molecular/cuda/device_engine.h"
#include "molecular/model/constants.h"

/// What is asked of an engine between steps.
namespace aula::molecular::cuda {

namespace {

Vec3f single(const Vec3& v) {
  return {static_cast<float>(v.x), static_cast<float>(v.y), static_cast<float>(v.z)};
}
Vec3 twofold(const Vec3f& v) {
  return {v.x, v.y, v.z};
}
template <class T>
std::vector<T> downloaded(compute::Stream& stream, const compute::DeviceBuffer<T>& buffer) {
  std::vector<T> values(buffer.size());
  buffer.download(stream, values);
  return values;
}
Box boxOf(const std::vector<double>& edges) {
  return {{edges[0], 0, 0}, {edges[1], edges[2], 0}, {edges[3], edges[4], edges[5]}};
}
std::vector<double> edgesOf(const Box& box) {
  return {box.a.x, box.b.x, box.b.y, box.c.x, box.c.y, box.c.z};
}

}  // namespace

void DeviceEngine::setState(const State& state) {
  const auto atoms = static_cast<std::size_t>(atoms_);
  if (state.positions.size() != atoms || (!state.velocities.empty() && state.velocities.size() != atoms))
    throw core::inputError("a state of " + std::to_string(state.positions.size()) + " positions and " +
                           std::to_string(state.velocities.size()) + " velocities for " +
                           std::to_string(atoms) + " atoms");
  if (state.box.isPeriodic() != box_.isPeriodic())
    throw core::inputError("a state with a box cannot replace one without, nor the other way round");
  std::vector<Vec3f> x(atoms), rest(atoms), v(atoms, Vec3f{0, 0, 0});
  for (std::size_t n = 0; n < atoms; ++n) {
    x[n] = single(state.positions[n]);
    rest[n] = single(state.positions[n] - twofold(x[n]));
    if (!state.velocities.empty()) v[n] = single(state.velocities[n]);
  }
  box_ = state.box;
  const DeviceCell cell = deviceCell(box_);
  cell_.upload(stream_, {&cell, 1});
  boxLengths_.upload(stream_, edgesOf(box_));
  x_.upload(stream_, x);
  rest_.upload(stream_, rest);
  v_.upload(stream_, v);
  images_.fillZero(stream_);
  searchStep_ = -1;
  hasForces_ = false;
  isFresh_ = true;
}

double DeviceEngine::largestLengthError() const {
  const State here = state();
  double largest = 0;
  const auto look = [&](int i, int j, double length) {
    const Vec3 d = here.box.nearest(here.positions[static_cast<std::size_t>(i)] -
                                    here.positions[static_cast<std::size_t>(j)]);
    largest = std::max(largest, std::abs(core::length(d) / length - 1));
  };
  for (const Constraint& constraint : plan_.constraints) look(constraint.i, constraint.j, constraint.length);
  for (const Settle& settle : topology_.settles) {
    look(settle.oxygen, settle.hydrogen1, settle.distanceOH);
    look(settle.oxygen, settle.hydrogen2, settle.distanceOH);
    look(settle.hydrogen1, settle.hydrogen2, settle.distanceHH);
  }
  return largest;
}

void DeviceEngine::mendLengths() {
  isFresh_ = false;
  if (plan_.constraints.empty() && topology_.settles.empty()) return;
  // Begun above what ordinary steps leave and below what three decimals cut off; repeated, for a triangle
  // that was none is only nearly one after the first time.
  for (int pass = 0; pass < 50 && largestLengthError() > (pass == 0 ? 1e-3 : 1e-5); ++pass) {
    moves_.fillZero(stream_);
    trialVelocities_.fillZero(stream_);
    constrain(moves_.device(), trialVelocities_.device(), nullptr, 0);
    forEachAtom(DriftBody{moves_.device(), x_.device(), rest_.device()});
    searchStep_ = -1;
    hasForces_ = false;
  }
}

State DeviceEngine::state() const {
  State state;
  const Box box = boxOf(downloaded(stream_, boxLengths_));
  const auto x = downloaded(stream_, x_), rest = downloaded(stream_, rest_), v = downloaded(stream_, v_);
  const auto images = downloaded(stream_, images_);
  state.box = box;
  for (std::size_t n = 0; n < x.size(); ++n) {
    const Vec3 shift =
        double(images[3 * n]) * box.a + double(images[3 * n + 1]) * box.b + double(images[3 * n + 2]) * box.c;
    state.positions.push_back(twofold(x[n]) + twofold(rest[n]) + shift);
    state.velocities.push_back(twofold(v[n]));
  }
  return state;
}

void DeviceEngine::positions(std::span<float> xyz) const {
  const auto x = downloaded(stream_, x_);
  if (xyz.size() != 3 * x.size())
    throw core::Error("room for " + std::to_string(xyz.size()) + " coordinates of " +
                      std::to_string(3 * x.size()));
  for (std::size_t n = 0; n < x.size(); ++n) {
    xyz[3 * n] = x[n].x;
    xyz[3 * n + 1] = x[n].y;
    xyz[3 * n + 2] = x[n].z;
  }
}

Energies DeviceEngine::energies() {
  prepareForces();
  launchTrial();
  hasForces_ = true;
  const auto totals = downloaded(stream_, totals_);
  const auto total = [&](int n) { return totals[static_cast<std::size_t>(n)]; };
  Energies energies;
  for (int n = 0; n < kTermCount; ++n) energies.terms[static_cast<std::size_t>(n)] = total(kTermTotals + n);
  const std::vector<float> pulls = forces_->pullResults(stream_);
  for (std::size_t n = 3; n < pulls.size(); n += 4) energies[Term::external] += pulls[n];
  const double six[6] = {
      total(kVirialTotals) + total(kRigidTotals),         total(kVirialTotals + 1) + total(kRigidTotals + 1),
      total(kVirialTotals + 2) + total(kRigidTotals + 2), total(kVirialTotals + 3) + total(kRigidTotals + 3),
      total(kVirialTotals + 4) + total(kRigidTotals + 4), total(kVirialTotals + 5) + total(kRigidTotals + 5)};
  energies.virial = {Vec3{six[0], six[3], six[4]}, Vec3{six[3], six[1], six[5]},
                     Vec3{six[4], six[5], six[2]}};
  energies.kinetic = total(kTrialKinetic);
  energies.temperature = 2 * energies.kinetic / (plan_.degreesOfFreedom * kBoltzmann);

  const BulkTerms& bulk = forces_->bulk();
  energies[Term::coulombReal] += bulk.selfEnergy;
  if (box_.isPeriodic()) {
    const Box box = boxOf(downloaded(stream_, boxLengths_));
    const double volume = box.volume();
    energies[Term::coulombReal] += bulk.backgroundTimesVolume / volume;
    energies[Term::dispersionCorrection] = bulk.dispersionTimesVolume / volume + bulk.dispersionConstant;
    const double perAxis = -0.5 * (bulk.backgroundTimesVolume + bulk.dispersionPressureTimesSquare) / volume;
    for (int axis = 0; axis < 3; ++axis) energies.virial[static_cast<std::size_t>(axis)][axis] += perAxis;
    const bool isVerlet = settings_.dynamics.integrator == Integrator::velocityVerlet;
    double k[6];
    for (int n = 0; n < 6; ++n)
      k[n] = isVerlet ? total(kMotionTotals + 5 + n)
                      : 0.5 * (total(kMotionTotals + 5 + n) + total(kNextMotionTotals + 5 + n));
    const Matrix3 kinetic{Vec3{k[0], k[3], k[4]}, Vec3{k[3], k[1], k[5]}, Vec3{k[4], k[5], k[2]}};
    for (std::size_t row = 0; row < 3; ++row)
      energies.pressure[row] = (2 * kBarPerUnit / volume) * (kinetic[row] - energies.virial[row]);
  }
  energies.conserved = energies.potential() + energies.kinetic - total(kBathTotal);
  return energies;
}

std::vector<Vec3> DeviceEngine::forces() {
  prepareForces();
  launchForces(nullptr);
  hasForces_ = true;
  std::vector<Vec3> forces;
  for (const Vec3f& f : downloaded(stream_, f_)) forces.push_back(twofold(f));
  return forces;
}

void DeviceEngine::setExternal(const External& external) {
  forces_->setExternal(stream_, external, plan_.masses);
  external_ = external;
  uploadRegions();
  hasForces_ = false;
}

std::vector<Vec3> DeviceEngine::pullForces() const {
  // Of the present positions: one evaluation, which changes nothing that a later step reads.
  auto* self = const_cast<DeviceEngine*>(this);
  self->prepareForces();
  self->launchForces(nullptr);
  std::vector<Vec3> forces;
  const std::vector<float> results = forces_->pullResults(stream_);
  for (std::size_t n = 0; n + 3 < results.size(); n += 4)
    forces.push_back({results[n], results[n + 1], results[n + 2]});
  return forces;
}

void DeviceEngine::setTemperature(double kelvin) {
  if (!(kelvin >= 0))
    throw core::inputError("a temperature of " + std::to_string(kelvin) + " K; it must not be negative");
  settings_.dynamics.temperature = kelvin;
  uploadBaths();
}

void DeviceEngine::setPressure(double bar) {
  if (!std::isfinite(bar)) throw core::inputError("the pressure must be a finite number of bar");
  settings_.dynamics.pressure = bar;
  uploadBaths();
}

double DeviceEngine::minimise(double force, std::int64_t steps) {
  // Steepest descent with a step that grows while it helps; constraints and rigid waters are kept.
  const auto atoms = static_cast<std::size_t>(atoms_);
  compute::DeviceBuffer<Vec3f> keptX(stream_, atoms, "kept positions"),
      keptRest(stream_, atoms, "kept rests"), keptForces(stream_, atoms, "kept forces");
  const auto copy = [&](compute::DeviceBuffer<Vec3f>& to, const compute::DeviceBuffer<Vec3f>& from) {
    stream_.backend().copy(stream_.handle(), to.device(), from.device(), from.bytes());
  };
  const auto evaluate = [&](double& largest) {
    searchStep_ = -1;
    const double potential = energies().potential();
    largest = 0;
    for (const Vec3f& f : downloaded(stream_, f_)) {
      const double square = double(f.x) * f.x + double(f.y) * f.y + double(f.z) * f.z;
      largest = std::max(largest, std::isfinite(square) ? std::sqrt(square) : 1e30);
    }
    return potential;
  };
  double largest = 0, move = 0.01;
  double potential = evaluate(largest);
  for (std::int64_t n = 0; n < steps && largest > force && move > 1e-8; ++n) {
    copy(keptX, x_);
    copy(keptRest, rest_);
    copy(keptForces, f_);
    const auto images = downloaded(stream_, images_);
    std::vector<Vec3f> moves = downloaded(stream_, f_);
    for (Vec3f& m : moves) {
      const float length = squareRoot(dot(m, m));
      // The largest force moves by `move`; a force that is none moves nothing.
      m = length < 1e30F ? static_cast<float>(move / std::max(largest, 1e-30)) * m : Vec3f{0, 0, 0};
      if (length < 1e30F && length > 0 && largest >= 1e30) m = static_cast<float>(move / length) * m;
    }
    moves_.upload(stream_, moves);
    trialVelocities_.fillZero(stream_);
    constrain(moves_.device(), trialVelocities_.device(), nullptr, 0);
    forEachAtom(DriftBody{moves_.device(), x_.device(), rest_.device()});
    double largestNow = 0;
    const double now = evaluate(largestNow);
    if (now < potential || (!std::isfinite(potential) && std::isfinite(now))) {
      potential = now;
      largest = largestNow;
      move = std::min(1.2 * move, 0.05);
    } else {
      copy(x_, keptX);
      copy(rest_, keptRest);
      copy(f_, keptForces);
      images_.upload(stream_, images);
      searchStep_ = -1;
      move *= 0.5;
    }
  }
  hasForces_ = false;
  return largest;
}

void DeviceEngine::drawVelocities(double kelvin, std::uint64_t seed) {
  std::vector<Vec3f> v;
  for (int n = 0; n < atoms_; ++n) {
    const auto xi =
        randomGaussians<double>(seed, 0, static_cast<std::uint32_t>(n), RandomPurpose::velocities);
    const double scale = std::sqrt(kBoltzmann * kelvin / plan_.masses[static_cast<std::size_t>(n)]);
    v.push_back(single({scale * xi.value[0], scale * xi.value[1], scale * xi.value[2]}));
  }
  v_.upload(stream_, v);
  constrain(nullptr, v_.device(), nullptr, 0);
  sumMotion(v_.device(), kMotionTotals);
  forEachAtom(StopDriftBody{totals_.device() + kMotionTotals, v_.device()});
}

void DeviceEngine::save(core::CheckpointWriter& writer) const {
  writer.writeArray<Vec3f>("positions", downloaded(stream_, x_));
  writer.writeArray<Vec3f>("rests", downloaded(stream_, rest_));
  writer.writeArray<Vec3f>("velocities", downloaded(stream_, v_));
  writer.writeArray<std::int32_t>("images", downloaded(stream_, images_));
  writer.writeArray<double>("box", downloaded(stream_, boxLengths_));
  writer.writeArray<double>("totals", downloaded(stream_, totals_));
  writer.writeArray<Vec3f>("searched positions", downloaded(stream_, searchPositions_));
  writer.writeArray<double>("searched box", edgesOf(searchBox_));
  writer.writeValue<std::int64_t>("step", step_);
  writer.writeValue<std::int64_t>("is fresh", isFresh_ ? 1 : 0);
  writer.writeValue<std::int64_t>("searched step", searchStep_);
  writer.writeValue<std::int64_t>("recoveries", recoveries_);
  writer.writeValue<double>("temperature", settings_.dynamics.temperature);
  writer.writeValue<double>("pressure", settings_.dynamics.pressure);
}

void DeviceEngine::load(core::CheckpointReader& reader) {
  const auto atoms = static_cast<std::size_t>(atoms_);
  std::vector<Vec3f> x(atoms), rest(atoms), v(atoms), searched(atoms);
  std::vector<std::int32_t> images(3 * atoms);
  std::vector<double> box(6), searchedBox(6), totals(kTotalCount);
  reader.readArray<Vec3f>("positions", x);
  reader.readArray<Vec3f>("rests", rest);
  reader.readArray<Vec3f>("velocities", v);
  reader.readArray<std::int32_t>("images", images);
  reader.readArray<double>("box", box);
  reader.readArray<double>("totals", totals);
  reader.readArray<Vec3f>("searched positions", searched);
  reader.readArray<double>("searched box", searchedBox);
  step_ = reader.readValue<std::int64_t>("step");
  isFresh_ = reader.readValue<std::int64_t>("is fresh") != 0;
  recoveries_ = reader.readValue<std::int64_t>("recoveries");
  settings_.dynamics.temperature = reader.readValue<double>("temperature");
  settings_.dynamics.pressure = reader.readValue<double>("pressure");
  const auto searchStep = reader.readValue<std::int64_t>("searched step");
  const auto setCell = [&](const std::vector<double>& edges) {
    const DeviceCell cell = deviceCell(boxOf(edges));
    cell_.upload(stream_, {&cell, 1});
    boxLengths_.upload(stream_, edges);
  };
  searchStep_ = -1;
  if (searchStep >= 0) {
    // The list as it was, made from where atoms stood then.
    box_ = boxOf(searchedBox);
    setCell(searchedBox);
    x_.upload(stream_, searched);
    rest_.fillZero(stream_);
    images_.fillZero(stream_);
    searchPairs();
    searchStep_ = searchStep;
  }
  box_ = boxOf(box);
  setCell(box);
  x_.upload(stream_, x);
  rest_.upload(stream_, rest);
  v_.upload(stream_, v);
  images_.upload(stream_, images);
  totals_.upload(stream_, totals);
  uploadBaths();
  hasForces_ = false;
}

double DeviceEngine::bytes() const {
  return forces_->bytes() + static_cast<double>(7 * x_.bytes() + images_.bytes() + masses_.bytes() +
                                                inverseMasses_.bytes() + settles_.bytes() + stars_.bytes());
}

}  // namespace aula::molecular::cuda
