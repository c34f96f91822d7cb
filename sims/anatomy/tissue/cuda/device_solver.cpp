// SPDX-License-Identifier: Apache-2.0
#include "anatomy/tissue/cuda/device_solver.h"

#include <algorithm>

#include "anatomy/tissue/cuda/sum_kernels.h"
#include "anatomy/tissue/model/descent.h"
#include "anatomy/tissue/model/totals.h"
#include "anatomy/tissue/model/validate.h"
#include "core/io/checkpoint.h"

namespace aula::anatomy::tissue {

std::unique_ptr<Solver> makeCudaSolver(const Body& body, const Settings& settings) {
  validate(body, settings);
  return std::make_unique<cuda::DeviceSolver>(compute::makeCudaBackend(), body, settings);
}
std::unique_ptr<Solver> makeCheckSolver(const Body& body, const Settings& settings) {
  validate(body, settings);
  return std::make_unique<cuda::DeviceSolver>(compute::makeCheckBackend(), body, settings);
}

namespace cuda {

namespace {

float single(double value) {
  return static_cast<float>(value);
}
Four single(const Vec3& v, float w = 0) {
  return {single(v.x), single(v.y), single(v.z), w};
}
Vec3 twofold(const Four& v) {
  return {v.x, v.y, v.z};
}
/// A new buffer of what the host has; for constants.
template <class T, class U>
void fill(compute::Stream& stream, compute::DeviceBuffer<T>& buffer, const std::vector<U>& values,
          const char* name) {
  std::vector<T> converted;
  converted.reserve(values.size());
  for (const U& value : values) converted.push_back(static_cast<T>(value));
  buffer = {stream, converted.size(), name};
  buffer.upload(stream, converted);
}

}  // namespace

DeviceSolver::DeviceSolver(std::shared_ptr<compute::Backend> backend, const Body& body,
                           const Settings& settings)
    : body_(body), settings_(settings), layout_(makeLayout(body, settings)), stream_(std::move(backend)) {
  view_.points = static_cast<int>(layout_.pointOf.size());
  view_.tetrahedra = static_cast<int>(layout_.corners.size());
  activations_.assign(static_cast<std::size_t>(std::max(body.groupCount, 0)), 0);
  makeConstants();
  makePoints();
  makeWorkspace();
  iterations_ = stream_.record([&] {
    for (int n = 0; n < kBatch; ++n) launchIteration();
  });
  stream_.synchronise();
}

void DeviceSolver::makeConstants() {
  const std::size_t count = layout_.corners.size();
  std::vector<Corners4> corners(count);
  std::vector<float> constants(kConstants * count), lambda(count);
  for (std::size_t t = 0; t < count; ++t) {
    for (std::size_t n = 0; n < 4; ++n) corners[t].point[n] = layout_.corners[t][n];
    const ElementNumbers& e = layout_.elements[t];
    const auto& b = e.gradients;
    const double v = e.volume;
    const double all[kConstants] = {b[0].x,   b[0].y,           b[0].z,         b[1].x,       b[1].y,
                                    b[1].z,   b[2].x,           b[2].y,         b[2].z,       v,
                                    v * e.mu, v * e.gamma,      e.fibre.x,      e.fibre.y,    e.fibre.z,
                                    0,        e.fibreStiffness, e.shearDamping, e.bulkDamping};
    for (std::size_t n = 0; n < kConstants; ++n) constants[n * count + t] = single(all[n]);
    lambda[t] = single(kSharedPart * v * e.pointsLambda);
  }
  corners_ = {stream_, count, "tissue corners"};
  corners_.upload(stream_, corners);
  fill(stream_, constants_, constants, "tissue constants");
  fill(stream_, pointsLambda_, lambda, "tissue points' lambda");
  fill(stream_, first_, layout_.first, "tissue first slots");
  fill(stream_, slots_, layout_.slots, "tissue slots");
  fill(stream_, firstNeighbour_, layout_.firstNeighbour, "tissue first neighbours");
  fill(stream_, neighbours_, layout_.neighbours, "tissue neighbours");
  std::vector<RowPlaces> places(layout_.rowPlaces.size());
  for (std::size_t n = 0; n < places.size(); ++n)
    std::copy(layout_.rowPlaces[n].begin(), layout_.rowPlaces[n].end(), places[n].place);
  rowPlaces_ = {stream_, places.size(), "tissue row places"};
  rowPlaces_.upload(stream_, places);
  view_.corners = corners_.device();
  view_.constants = constants_.device();
  view_.pointsLambda = pointsLambda_.device();
  view_.first = first_.device();
  view_.slots = slots_.device();
  view_.firstNeighbour = firstNeighbour_.device();
  view_.neighbours = neighbours_.device();
  view_.rowPlaces = rowPlaces_.device();
}

void DeviceSolver::makePoints() {
  const std::size_t points = layout_.pointOf.size();
  const double h = settings_.timeStep;
  std::vector<double> inertia(points), diagonal(points), isFree(points);
  hostTargets_.assign(points, Four{0, 0, 0, 0});
  hostGuides_.assign(points, Four{0, 0, 0, 0});
  for (std::size_t n = 0; n < points; ++n) {
    inertia[n] = layout_.masses[n] / (h * h);
    diagonal[n] = inertia[n] + layout_.guideStiffness[n];
    isFree[n] = layout_.isHeld[n] ? 0 : 1;
    hostGuides_[n].w = single(layout_.guideStiffness[n]);
  }
  fill(stream_, inertia_, inertia, "tissue inertia");
  fill(stream_, diagonal_, diagonal, "tissue diagonal");
  fill(stream_, isFree_, isFree, "tissue free points");
  fill(stream_, stiffness_, layout_.stiffness, "tissue points' stiffness");
  fill(stream_, damping_, layout_.damping, "tissue points' damping");
  view_.inertia = inertia_.device();
  view_.diagonal = diagonal_.device();
  view_.isFree = isFree_.device();
  view_.stiffness = stiffness_.device();
  view_.damping = damping_.device();
}

void DeviceSolver::makeWorkspace() {
  const std::size_t points = layout_.pointOf.size(), count = layout_.corners.size();
  const auto make = [&](auto& buffer, std::size_t size, const char* name, auto*& pointer) {
    buffer = {stream_, size, name};
    buffer.fillZero(stream_);
    pointer = buffer.device();
  };
  make(start_, points, "tissue start", view_.start);
  make(velocities_, points, "tissue velocities", view_.velocities);
  make(fall_, points, "tissue fall", view_.fall);
  make(targets_, points, "tissue targets", view_.targets);
  make(guides_, points, "tissue guides", view_.guides);
  make(aim_, points, "tissue aim", view_.aim);
  make(strains_, layout_.isDamped ? 6 * count : 0, "tissue strains", view_.strains);
  make(startDilations_, points, "tissue start dilations", view_.startDilations);
  make(move_, points, "tissue move", view_.move);
  make(place_, points, "tissue place", view_.place);
  make(dilations_, count, "tissue dilations", view_.dilations);
  make(cornerForces_, 4 * count, "tissue corner forces", view_.cornerForces);
  make(cornerAreas_, 4 * count, "tissue corner areas", view_.cornerAreas);
  make(cornerBlocks_, 8 * count, "tissue corner blocks", view_.cornerBlocks);
  make(tangent_, kTangent * count, "tissue tangent", view_.tangent);
  make(dampingStress_, layout_.isDamped ? 6 * count : 0, "tissue damping stress", view_.dampingStress);
  make(rows_, layout_.neighbours.size(), "tissue rows", view_.rows);
  make(inverses_, 3 * points, "tissue inverse blocks", view_.inverses);
  make(forces_, points, "tissue forces", view_.forces);
  make(pressures_, points, "tissue pressures", view_.pressures);
  make(change_, points, "tissue change", view_.change);
  make(left_, points, "tissue left", view_.left);
  make(direction_, points, "tissue direction", view_.direction);
  make(image_, points, "tissue image", view_.image);
  make(control_, 1, "tissue control", view_.control);
  make(partials_, 3 * ((points + kSumThreads - 1) / kSumThreads), "tissue partial sums", view_.partials);
  uploadTargets();
}

void DeviceSolver::uploadTargets() {
  targets_.upload(stream_, hostTargets_);
  guides_.upload(stream_, hostGuides_);
}

void DeviceSolver::hold(std::span<const Vec3> places) {
  requirePlaces("held", places.size(), body_.held.size());
  for (std::size_t n = 0; n < places.size(); ++n)
    hostTargets_[static_cast<std::size_t>(layout_.placeOf[body_.held[n]])] =
        single(places[n] - body_.positions[body_.held[n]]);
  uploadTargets();
}

void DeviceSolver::guide(std::span<const Vec3> places) {
  requirePlaces("guided", places.size(), body_.guided.size());
  for (std::size_t n = 0; n < places.size(); ++n) {
    Four& guide = hostGuides_[static_cast<std::size_t>(layout_.placeOf[body_.guided[n]])];
    guide = single(places[n] - body_.positions[body_.guided[n]], guide.w);
  }
  uploadTargets();
}

void DeviceSolver::activate(std::span<const double> activations) {
  requireActivations(activations, body_.groupCount);
  activations_.assign(activations.begin(), activations.end());
  writeActivations();
}

void DeviceSolver::writeActivations() {
  if (activations_.empty()) return;
  std::vector<float> active(layout_.elements.size());
  for (std::size_t t = 0; t < active.size(); ++t) {
    const ElementNumbers& e = layout_.elements[t];
    active[t] = single(e.fibreStress * activations_[static_cast<std::size_t>(e.group)]);
  }
  constants_.upload(stream_, active, 15 * active.size());
}

std::vector<Four> DeviceSolver::downloaded(const compute::DeviceBuffer<Four>& buffer) const {
  std::vector<Four> values(buffer.size());
  buffer.download(stream_, values);
  return values;
}

std::vector<Vec3> DeviceSolver::positions() const {
  const std::vector<Four> start = downloaded(start_);
  std::vector<Vec3> positions = body_.positions;
  for (std::size_t n = 0; n < positions.size(); ++n)
    positions[n] = positions[n] + twofold(start[static_cast<std::size_t>(layout_.placeOf[n])]);
  return positions;
}

std::vector<Vec3> DeviceSolver::velocities() const {
  const std::vector<Four> all = downloaded(velocities_);
  std::vector<Vec3> velocities(body_.positions.size());
  for (std::size_t n = 0; n < velocities.size(); ++n)
    velocities[n] = twofold(all[static_cast<std::size_t>(layout_.placeOf[n])]);
  return velocities;
}

void DeviceSolver::place(std::span<const Vec3> positions, std::span<const Vec3> velocities) {
  requirePlaces("all", positions.size(), body_.positions.size());
  requirePlaces("all", velocities.size(), body_.positions.size());
  std::vector<Four> start(positions.size()), speed(positions.size());
  for (std::size_t n = 0; n < positions.size(); ++n) {
    const auto at = static_cast<std::size_t>(layout_.placeOf[n]);
    start[at] = single(positions[n] - body_.positions[n]);
    speed[at] = single(velocities[n]);
    if (layout_.isHeld[at]) hostTargets_[at] = start[at];
  }
  start_.upload(stream_, start);
  velocities_.upload(stream_, speed);
  fall_.fillZero(stream_);
  uploadTargets();
}

Totals DeviceSolver::totals() const {
  std::vector<Vec3> guides;
  for (const std::uint32_t point : body_.guided)
    guides.push_back(body_.positions[point] +
                     twofold(hostGuides_[static_cast<std::size_t>(layout_.placeOf[point])]));
  Totals totals = totalsOf(body_, layout_, positions(), velocities(), guides, activations_);
  totals.residual = residual_;
  totals.residualScale = residualScale_;
  return totals;
}

void DeviceSolver::save(core::CheckpointWriter& writer) const {
  std::vector<float> fall(fall_.size());
  fall_.download(stream_, fall);
  writer.writeValue("step", step_);
  writer.writeArray("displacements", std::span<const Four>(downloaded(start_)));
  writer.writeArray("velocities", std::span<const Four>(downloaded(velocities_)));
  writer.writeArray("targets", std::span<const Four>(hostTargets_));
  writer.writeArray("guides", std::span<const Four>(hostGuides_));
  writer.writeArray("fall", std::span<const float>(fall));
  writer.writeArray("activations", std::span<const double>(activations_));
  writer.writeValue("residual", residual_);
  writer.writeValue("residual scale", residualScale_);
}

void DeviceSolver::load(core::CheckpointReader& reader) {
  std::vector<Four> start(start_.size()), speed(velocities_.size());
  std::vector<float> fall(fall_.size());
  step_ = reader.readValue<std::int64_t>("step");
  reader.readArray("displacements", std::span<Four>(start));
  reader.readArray("velocities", std::span<Four>(speed));
  reader.readArray("targets", std::span<Four>(hostTargets_));
  reader.readArray("guides", std::span<Four>(hostGuides_));
  reader.readArray("fall", std::span<float>(fall));
  reader.readArray("activations", std::span<double>(activations_));
  residual_ = reader.readValue<double>("residual");
  residualScale_ = reader.readValue<double>("residual scale");
  start_.upload(stream_, start);
  velocities_.upload(stream_, speed);
  fall_.upload(stream_, fall);
  uploadTargets();
  writeActivations();
}

}  // namespace cuda
}  // namespace aula::anatomy::tissue
