// SPDX-License-Identifier: Apache-2.0
#include "anatomy/tissue/cpu/cpu_solver.h"

#include <algorithm>
#include <cmath>

#include "anatomy/tissue/model/descent.h"
#include "anatomy/tissue/model/totals.h"
#include "anatomy/tissue/model/validate.h"
#include "compute/device.h"
#include "core/io/checkpoint.h"

namespace aula::anatomy::tissue {

std::unique_ptr<Solver> makeCpuSolver(const Body& body, const Settings& settings, int threads,
                                      const char* instructionSet) {
  validate(body, settings);
  return std::make_unique<cpu::CpuSolver>(body, settings, threads, instructionSet);
}

namespace cpu {

namespace {

float single(double value) {
  return static_cast<float>(value);
}

}  // namespace

CpuSolver::CpuSolver(const Body& body, const Settings& settings, int threads, const char* instructionSet)
    : body_(body),
      settings_(settings),
      layout_(makeLayout(body, settings)),
      kernels_(kernels(instructionSet)),
      threads_(compute::resolveDevice({compute::DeviceKind::cpu, threads}).threads) {
  fields_.points = static_cast<int>(layout_.pointOf.size());
  fields_.groups = static_cast<int>((layout_.corners.size() + kGroup - 1) / kGroup);
  // A thread with less than this to do waits for the others longer than it works.
  constexpr int kFewestGroups = 32;
  threads_ = std::clamp(fields_.groups / kFewestGroups, 1, threads_);
  fields_.hasFibre = layout_.hasFibre;
  fields_.isDamped = layout_.isDamped;
  activations_.assign(static_cast<std::size_t>(std::max(body.groupCount, 0)), 0);
  makeConstants();
  makePoints();
  makeWorkspace();
}

void CpuSolver::makeConstants() {
  const auto groups = static_cast<std::size_t>(fields_.groups);
  corners_ = Array<std::int32_t>(groups * 4 * kGroup);
  constants_ = Array<float>(groups * kConstants * kGroup);
  pointsLambda_ = Array<float>(groups * kGroup);
  for (std::size_t t = 0; t < layout_.corners.size(); ++t) {
    const std::size_t group = t / kGroup, lane = t % kGroup;
    for (std::size_t n = 0; n < 4; ++n) corners_[(4 * group + n) * kGroup + lane] = layout_.corners[t][n];
    const ElementNumbers& e = layout_.elements[t];
    const auto& b = e.gradients;
    const double v = e.volume;
    const double all[kConstants] = {b[0].x,   b[0].y,           b[0].z,         b[1].x,        b[1].y,
                                    b[1].z,   b[2].x,           b[2].y,         b[2].z,        v,
                                    v * e.mu, v * e.gamma,      e.fibre.x,      e.fibre.y,     e.fibre.z,
                                    0,        e.fibreStiffness, e.shearDamping, e.bulkDamping, 0};
    for (std::size_t n = 0; n < kConstants; ++n)
      constants_[(group * kConstants + n) * kGroup + lane] = single(all[n]);
    pointsLambda_[t] = single(kSharedPart * v * e.pointsLambda);
  }
  slots_ = Array<std::int32_t>(layout_.slots.size());
  for (std::size_t n = 0; n < layout_.slots.size(); ++n) {
    const std::int32_t t = layout_.slots[n] / 4, corner = layout_.slots[n] % 4;
    slots_[n] = (t / kGroup * 4 + corner) * kGroup + t % kGroup;
  }
  fields_.corners = corners_.data();
  fields_.constants = constants_.data();
  fields_.pointsLambda = pointsLambda_.data();
  fields_.slots = slots_.data();
  fields_.first = layout_.first.data();
  fields_.firstNeighbour = layout_.firstNeighbour.data();
  fields_.neighbours = layout_.neighbours.data();
  fields_.rowPlaces = layout_.rowPlaces.front().data();
}

void CpuSolver::makePoints() {
  const auto points = static_cast<std::size_t>(fields_.points);
  for (Array<float>* array : {&diagonal_, &inertia_, &stiffness_, &damping_, &isFree_, &fall_})
    *array = Array<float>(points);
  for (Array<float>* array : {&start_, &velocities_, &targets_, &guides_}) *array = Array<float>(4 * points);
  const double h = settings_.timeStep;
  for (std::size_t n = 0; n < points; ++n) {
    inertia_[n] = single(layout_.masses[n] / (h * h));
    diagonal_[n] = single(layout_.masses[n] / (h * h) + layout_.guideStiffness[n]);
    stiffness_[n] = single(layout_.stiffness[n]);
    damping_[n] = single(layout_.damping[n]);
    isFree_[n] = layout_.isHeld[n] ? 0.0F : 1.0F;
    guides_[4 * n + 3] = single(layout_.guideStiffness[n]);
  }
  fields_.diagonal = diagonal_.data();
  fields_.inertia = inertia_.data();
  fields_.stiffness = stiffness_.data();
  fields_.damping = damping_.data();
  fields_.isFree = isFree_.data();
  fields_.start = start_.data();
  fields_.guides = guides_.data();
}

void CpuSolver::makeWorkspace() {
  const auto points = static_cast<std::size_t>(fields_.points),
             groups = static_cast<std::size_t>(fields_.groups);
  const auto make = [](Array<float>& array, std::size_t size) {
    array = Array<float>(size);
    return array.data();
  };
  fields_.aim = make(aim_, 4 * points);
  fields_.strains = make(strains_, fields_.isDamped ? groups * kStrains * kGroup : 0);
  fields_.startDilations = make(startDilations_, points);
  fields_.move = make(move_, 4 * points);
  fields_.place = make(place_, 4 * points);
  fields_.dilations = make(dilations_, groups * kGroup);
  fields_.cornerForces = make(cornerForces_, groups * 16 * kGroup);
  fields_.cornerBlocks = make(cornerBlocks_, groups * 32 * kGroup);
  fields_.cornerAreas = make(cornerAreas_, groups * 16 * kGroup);
  fields_.tangent = make(tangent_, groups * kTangent * kGroup);
  fields_.dampingStress = make(dampingStress_, fields_.isDamped ? groups * kStrains * kGroup : 0);
  fields_.rows = make(rows_, 4 * layout_.neighbours.size());
  fields_.inverses = make(inverses_, 12 * points);
  fields_.forces = make(forces_, 4 * points);
  fields_.pressures = make(pressures_, points);
  fields_.change = make(change_, 4 * points);
  fields_.left = make(left_, 4 * points);
  fields_.direction = make(direction_, 4 * points);
  fields_.image = make(image_, 4 * points);
  sums_ = Array<double>(4 * ((points + kChunk - 1) / kChunk));
  fields_.sums = sums_.data();
}

void CpuSolver::hold(std::span<const Vec3> places) {
  requirePlaces("held", places.size(), body_.held.size());
  for (std::size_t n = 0; n < places.size(); ++n) {
    const Vec3 from = places[n] - body_.positions[body_.held[n]];
    for (int axis = 0; axis < 3; ++axis)
      targets_[4 * static_cast<std::size_t>(layout_.placeOf[body_.held[n]]) +
               static_cast<std::size_t>(axis)] = single(from[axis]);
  }
}

void CpuSolver::guide(std::span<const Vec3> places) {
  requirePlaces("guided", places.size(), body_.guided.size());
  for (std::size_t n = 0; n < places.size(); ++n) {
    const Vec3 from = places[n] - body_.positions[body_.guided[n]];
    for (int axis = 0; axis < 3; ++axis)
      guides_[4 * static_cast<std::size_t>(layout_.placeOf[body_.guided[n]]) +
              static_cast<std::size_t>(axis)] = single(from[axis]);
  }
}

void CpuSolver::activate(std::span<const double> activations) {
  requireActivations(activations, body_.groupCount);
  activations_.assign(activations.begin(), activations.end());
  writeActivations();
}

void CpuSolver::writeActivations() {
  if (activations_.empty()) return;
  for (std::size_t t = 0; t < layout_.elements.size(); ++t) {
    const ElementNumbers& e = layout_.elements[t];
    constants_[(t / kGroup * kConstants + 15) * kGroup + t % kGroup] =
        single(e.fibreStress * activations_[static_cast<std::size_t>(e.group)]);
  }
}

std::vector<Vec3> CpuSolver::positions() const {
  std::vector<Vec3> positions = body_.positions;
  for (std::size_t n = 0; n < positions.size(); ++n) {
    const float* from = start_.data() + 4 * layout_.placeOf[n];
    positions[n] = positions[n] + Vec3{from[0], from[1], from[2]};
  }
  return positions;
}

std::vector<Vec3> CpuSolver::velocities() const {
  std::vector<Vec3> velocities(body_.positions.size());
  for (std::size_t n = 0; n < velocities.size(); ++n) {
    const float* from = velocities_.data() + 4 * layout_.placeOf[n];
    velocities[n] = {from[0], from[1], from[2]};
  }
  return velocities;
}

void CpuSolver::place(std::span<const Vec3> positions, std::span<const Vec3> velocities) {
  requirePlaces("all", positions.size(), body_.positions.size());
  requirePlaces("all", velocities.size(), body_.positions.size());
  for (std::size_t n = 0; n < positions.size(); ++n) {
    const auto at = static_cast<std::size_t>(layout_.placeOf[n]);
    const Vec3 from = positions[n] - body_.positions[n];
    for (int axis = 0; axis < 3; ++axis) {
      start_[4 * at + static_cast<std::size_t>(axis)] = single(from[axis]);
      velocities_[4 * at + static_cast<std::size_t>(axis)] = single(velocities[n][axis]);
      if (layout_.isHeld[at]) targets_[4 * at + static_cast<std::size_t>(axis)] = single(from[axis]);
    }
    fall_[at] = 0;
  }
}

Totals CpuSolver::totals() const {
  std::vector<Vec3> guides;
  for (const std::uint32_t point : body_.guided) {
    const float* from = guides_.data() + 4 * layout_.placeOf[point];
    guides.push_back(body_.positions[point] + Vec3{from[0], from[1], from[2]});
  }
  Totals totals = totalsOf(body_, layout_, positions(), velocities(), guides, activations_);
  totals.residual = residual_;
  totals.residualScale = residualScale_;
  return totals;
}

void CpuSolver::save(core::CheckpointWriter& writer) const {
  writer.writeValue("step", step_);
  writer.writeArray("displacements", start_.span());
  writer.writeArray("velocities", velocities_.span());
  writer.writeArray("targets", targets_.span());
  writer.writeArray("guides", guides_.span());
  writer.writeArray("fall", fall_.span());
  writer.writeArray("activations", std::span<const double>(activations_));
  writer.writeValue("residual", residual_);
  writer.writeValue("residual scale", residualScale_);
}

void CpuSolver::load(core::CheckpointReader& reader) {
  step_ = reader.readValue<std::int64_t>("step");
  reader.readArray("displacements", start_.span());
  reader.readArray("velocities", velocities_.span());
  reader.readArray("targets", targets_.span());
  reader.readArray("guides", guides_.span());
  reader.readArray("fall", fall_.span());
  reader.readArray("activations", std::span<double>(activations_));
  residual_ = reader.readValue<double>("residual");
  residualScale_ = reader.readValue<double>("residual scale");
  writeActivations();
}

}  // namespace cpu
}  // namespace aula::anatomy::tissue
