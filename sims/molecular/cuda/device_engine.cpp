// SPDX-License-Identifier: Apache-2.0
#include "molecular/cuda/device_engine.h"

#include <algorithm>
#include <cmath>

#include "compute/launch.h"
#include "core/error.h"
#include "molecular/model/constants.h"

namespace aula::molecular::cuda {

namespace {

/// Kinds of step that are recorded.
constexpr int kCoupled = 1, kStopsDrift = 2;

Vec3f single(const Vec3& v) {
  return {static_cast<float>(v.x), static_cast<float>(v.y), static_cast<float>(v.z)};
}

}  // namespace

DeviceEngine::DeviceEngine(std::shared_ptr<compute::Backend> backend, const System& system,
                           const Settings& settings)
    : topology_(system.topology),
      settings_(settings),
      plan_(planRigid(system.topology, settings.dynamics)),
      stream_(std::move(backend)),
      atoms_(system.topology.atomCount()),
      box_(system.state.box) {
  validate(topology_);
  if (settings.dynamics.barostat != Barostat::none && !box_.isPeriodic())
    throw core::inputError("a barostat needs a periodic box; this system has none");
  if (!(settings.dynamics.timeStep > 0)) throw core::inputError("the time step must be above 0 ps");
  const auto atoms = static_cast<std::size_t>(atoms_);
  x_ = {stream_, atoms, "positions"};
  rest_ = {stream_, atoms, "positions' rests"};
  v_ = {stream_, atoms, "velocities"};
  f_ = {stream_, atoms, "forces"};
  moves_ = {stream_, atoms, "moves"};
  trialVelocities_ = {stream_, atoms, "trial velocities"};
  searchPositions_ = {stream_, atoms, "searched positions"};
  images_ = {stream_, 3 * atoms, "images"};
  cell_ = {stream_, 1, "cell"};
  boxLengths_ = {stream_, 6, "box"};
  totals_ = {stream_, kTotalCount, "totals"};
  totals_.fillZero(stream_);
  factors_ = {stream_, 2, "factors"};
  baths_ = {stream_, 1, "baths"};
  draws_ = {stream_, kSearchInterval / kCouplingInterval + 2, "draws"};
  counters_ = {stream_, 2, "counters"};
  mended_ = {stream_, 1, "mended atoms"};
  mended_.fillZero(stream_);
  std::vector<float> masses(atoms), inverse(atoms);
  for (std::size_t n = 0; n < atoms; ++n) {
    masses[n] = static_cast<float>(plan_.masses[n]);
    inverse[n] = static_cast<float>(1 / plan_.masses[n]);
  }
  masses_ = {stream_, atoms, "masses"};
  masses_.upload(stream_, masses);
  inverseMasses_ = {stream_, atoms, "inverse masses"};
  inverseMasses_.upload(stream_, inverse);
  forces_ = std::make_unique<DeviceForces>(stream_, topology_, plan_, settings_.nonbonded, box_);
  uploadRigid(plan_);
  const std::size_t groups = std::max(settles_.size(), stars_.size());
  blockSums_ = {stream_, std::max((groups / 64 + 1) * kTermSums, (atoms / 1024 + 1) * kMotionSums),
                "sums of atoms"};
  uploadBaths();
  setState(system.state);
}

void DeviceEngine::uploadRigid(const RigidPlan& plan) {
  std::vector<DeviceSettle> settles;
  std::vector<SettleShape<float>> shapes;
  std::vector<std::array<double, 4>> kinds;
  for (const Settle& settle : topology_.settles) {
    const std::array<double, 4> kind{plan.masses[static_cast<std::size_t>(settle.oxygen)],
                                     plan.masses[static_cast<std::size_t>(settle.hydrogen1)],
                                     settle.distanceOH, settle.distanceHH};
    auto found = std::find(kinds.begin(), kinds.end(), kind);
    if (found == kinds.end()) {
      found = kinds.insert(kinds.end(), kind);
      shapes.push_back(settleShape<float>(kind[0], kind[1], kind[2], kind[3]));
    }
    settles.push_back(
        {{settle.oxygen, settle.hydrogen1, settle.hydrogen2}, static_cast<int>(found - kinds.begin())});
  }

  // Stars: the atom with most constraints in the middle.
  std::vector<int> count(static_cast<std::size_t>(atoms_)), starOf(static_cast<std::size_t>(atoms_), -1);
  for (const Constraint& constraint : plan.constraints)
    for (const int atom : {constraint.i, constraint.j}) ++count[static_cast<std::size_t>(atom)];
  std::vector<DeviceStar> stars;
  for (const Constraint& constraint : plan.constraints) {
    const bool isFirstCentre =
        count[static_cast<std::size_t>(constraint.i)] >= count[static_cast<std::size_t>(constraint.j)];
    const int centre = isFirstCentre ? constraint.i : constraint.j,
              arm = isFirstCentre ? constraint.j : constraint.i;
    int& star = starOf[static_cast<std::size_t>(centre)];
    if (star < 0) {
      star = static_cast<int>(stars.size());
      stars.push_back(
          {centre, 0, {}, {}, static_cast<float>(1 / plan.masses[static_cast<std::size_t>(centre)]), {}});
    }
    DeviceStar& own = stars[static_cast<std::size_t>(star)];
    if (count[static_cast<std::size_t>(arm)] > 1 || own.centre != centre || own.arms == kStarArms)
      throw core::inputError(
          "on this device constraints are rigid waters and up to four bonds to hydrogen on one atom; "
          "choose dynamics.constraints \"hydrogen bonds\", or --device cpu");
    const auto m = static_cast<std::size_t>(own.arms++);
    own.atom[m] = arm;
    own.length[m] = static_cast<float>(constraint.length);
    own.inverseArm[m] = static_cast<float>(1 / plan.masses[static_cast<std::size_t>(arm)]);
  }
  settles_ = {stream_, settles.size(), "rigid waters"};
  settles_.upload(stream_, settles);
  shapes_ = {stream_, shapes.size(), "shapes of waters"};
  shapes_.upload(stream_, shapes);
  stars_ = {stream_, stars.size(), "bonds to hydrogen"};
  stars_.upload(stream_, stars);
}

void DeviceEngine::uploadBaths() {
  const DynamicsSettings& dynamics = settings_.dynamics;
  const double keep =
      dynamics.temperatureCoupling > 0 ? std::exp(-dynamics.timeStep / dynamics.temperatureCoupling) : 0;
  const DeviceBaths baths{
      dynamics.temperature,
      dynamics.temperatureCoupling,
      dynamics.pressure,
      dynamics.pressureCoupling,
      dynamics.compressibility,
      static_cast<double>(plan_.degreesOfFreedom),
      dynamics.timeStep,
      forces_->bulk().backgroundTimesVolume,
      forces_->bulk().dispersionPressureTimesSquare,
      static_cast<float>(std::sqrt((1 - keep * keep) * kBoltzmann * dynamics.temperature))};
  baths_.upload(stream_, {&baths, 1});
}

void DeviceEngine::uploadRegions() {
  std::vector<DeviceRegion> regions;
  for (const HeatRegion& region : external_.regions) {
    const double keep = region.coupling > 0 ? std::exp(-settings_.dynamics.timeStep / region.coupling) : 0;
    regions.push_back({single(region.centre), static_cast<float>(region.radius * region.radius),
                       static_cast<float>(keep),
                       static_cast<float>(std::sqrt((1 - keep * keep) * kBoltzmann * region.temperature))});
  }
  if (regions.size() != regions_.size()) {
    recorded_.clear();
    regions_ = {stream_, regions.size(), "heat regions"};
  }
  regions_.upload(stream_, regions);
}

void DeviceEngine::searchPairs() {
  // A barostat has changed the cell since; the search's grid must cover it.
  const State here = box_.isPeriodic() ? State{} : state();
  double edges[6];
  boxLengths_.download(stream_, edges);
  if (box_.isPeriodic()) box_ = {{edges[0], 0, 0}, {edges[1], edges[2], 0}, {edges[3], edges[4], edges[5]}};
  if (settings_.nonbonded.cutoff > box_.longestCutoff())
    throw core::Error("the box has shrunk below twice the cut-off at step " + std::to_string(step_) +
                      "; a smaller compressibility or a larger box keeps it apart");
  std::vector<Vec3f> positions;
  for (const Vec3& p : here.positions) positions.push_back(single(p));
  // The buffer: a pair of free oxygens comes nearer by less than this in the life of a list in all but a few
  // of a thousand cases, hydrogens in rigid waters hardly more; what is missed lies where forces are
  // smallest.
  const DynamicsSettings& dynamics = settings_.dynamics;
  const double life = kSearchInterval * dynamics.timeStep;
  const double buffer = std::clamp(
      3.5 * life * std::sqrt(2 * kBoltzmann * std::max(dynamics.temperature, 100.0) / 16.0), 0.05, 0.3);
  forces_->search(stream_, cell_.device(), box_, static_cast<float>(buffer), x_.device(), images_.device(),
                  positions);
  stream_.backend().copy(stream_.handle(), searchPositions_.device(), x_.device(), x_.bytes());
  searchBox_ = box_;
  searchStep_ = step_;
}

void DeviceEngine::prepareForces() {
  if (searchStep_ < 0) searchPairs();
}

void DeviceEngine::launchForces(double* totals) {
  forces_->launch(stream_, cell_.device(), x_.device(), images_.device(), f_.device(), totals);
}

void DeviceEngine::sumMotion(const Vec3f* velocities, int target) {
  const SumMotion sum{masses_.device(), velocities, atoms_, blockSums_.device()};
  compute::launch(stream_, sum.shape(), sum);
  FoldSums fold{blockSums_.device(), sum.shape().blocks.x, kMotionSums, totals_.device(), {}, true};
  for (int n = 0; n < kMotionSums; ++n) fold.target[n] = target + n;
  compute::launch(stream_, FoldSums::shape(), fold);
}

void DeviceEngine::constrain(Vec3f* moves, Vec3f* velocities, double* totals, float virialFactor) {
  const Moves at{
      cell_.device(), x_.device(), moves, velocities, static_cast<float>(1 / settings_.dynamics.timeStep),
      virialFactor};
  const auto run = [&](auto group, std::size_t count) {
    if (count == 0) return;
    using Group = decltype(group);
    if (totals == nullptr) {
      const ConstrainGroups<Group, false> kernel{group, at, static_cast<int>(count), nullptr};
      compute::launch(stream_, kernel.shape(), kernel);
      return;
    }
    const ConstrainGroups<Group, true> kernel{group, at, static_cast<int>(count), blockSums_.device()};
    compute::launch(stream_, kernel.shape(), kernel);
    FoldSums fold{blockSums_.device(), kernel.shape().blocks.x, kTermSums, totals, {-1, -1}, false};
    for (int n = 0; n < 6; ++n) fold.target[2 + n] = kRigidTotals + n;
    compute::launch(stream_, FoldSums::shape(), fold);
  };
  run(SettleGroups{settles_.device(), shapes_.device()}, settles_.size());
  run(StarGroups{stars_.device()}, stars_.size());
}

void DeviceEngine::launchTrial() {
  const auto dt = static_cast<float>(settings_.dynamics.timeStep);
  const bool isVerlet = settings_.dynamics.integrator == Integrator::velocityVerlet;
  const ClearTotals clear{{totals_.device()}, kTotalCount};
  compute::launch(stream_, clear.shape(), clear);
  launchForces(totals_.device());
  sumMotion(v_.device(), kMotionTotals);
  forEachAtom(KickBody{inverseMasses_.device(), f_.device(), v_.device(), isVerlet ? 0.5F * dt : dt, dt,
                       kLongestMove, trialVelocities_.device(), moves_.device(), nullptr});
  constrain(moves_.device(), trialVelocities_.device(), totals_.device(),
            (isVerlet ? 2.0F : 1.0F) / (dt * dt));
  sumMotion(trialVelocities_.device(), kNextMotionTotals);
  once(TrialKineticBody{!isVerlet, totals_.device()});
}

void DeviceEngine::launchCoupling() {
  const DynamicsSettings& dynamics = settings_.dynamics;
  sumMotion(v_.device(), kMotionTotals);
  once(CoupleBody{
      dynamics.thermostat == Thermostat::velocityRescale && dynamics.integrator != Integrator::langevinMiddle,
      dynamics.barostat != Barostat::none, baths_.device(), draws_.device(), counters_.device(),
      counters_.device() + 1, totals_.device(), boxLengths_.device(), cell_.device(), factors_.device(),
      factors_.device() + 1});
  forEachAtom(ScaleBody{factors_.device(), factors_.device() + 1, v_.device(), x_.device(), rest_.device()});
}

void DeviceEngine::launchStep(bool isCoupled, bool stopsDrift) {
  const DynamicsSettings& dynamics = settings_.dynamics;
  const auto dt = static_cast<float>(dynamics.timeStep);
  const bool isVerlet = dynamics.integrator == Integrator::velocityVerlet;
  const bool isLangevin = dynamics.integrator == Integrator::langevinMiddle;
  if (isCoupled && dynamics.barostat != Barostat::none)
    launchTrial();
  else if (!isVerlet)
    launchForces(nullptr);
  forEachAtom(KickBody{inverseMasses_.device(), f_.device(), v_.device(), isVerlet ? 0.5F * dt : dt, dt,
                       kLongestMove, v_.device(), moves_.device(), mended_.device()});
  if (isLangevin) {
    constrain(nullptr, v_.device(), nullptr, 0);
    sumMotion(v_.device(), kMotionTotals);
    const double keep =
        dynamics.temperatureCoupling > 0 ? std::exp(-dynamics.timeStep / dynamics.temperatureCoupling) : 0;
    forEachAtom(MiddleBody{inverseMasses_.device(), 0.5F * dt, static_cast<float>(keep),
                           &baths_.device()->langevinNoise, dynamics.seed, counters_.device(), v_.device(),
                           moves_.device()});
  }
  constrain(moves_.device(), v_.device(), nullptr, 0);
  if (isLangevin) {
    sumMotion(v_.device(), kNextMotionTotals);
    once(CountBathBody{totals_.device()});
  }
  forEachAtom(DriftBody{moves_.device(), x_.device(), rest_.device()});
  if (isVerlet) {
    launchForces(nullptr);
    forEachAtom(KickBody{inverseMasses_.device(), f_.device(), v_.device(), 0.5F * dt, dt, kLongestMove,
                         v_.device(), moves_.device(), mended_.device()});
    constrain(nullptr, v_.device(), nullptr, 0);
  }
  if (stopsDrift && !isLangevin) {
    sumMotion(v_.device(), kMotionTotals);
    forEachAtom(StopDriftBody{totals_.device() + kMotionTotals, v_.device()});
  }
  if (!regions_.empty()) {
    sumMotion(v_.device(), kMotionTotals);
    forEachAtom(HeatRegionsBody{cell_.device(), regions_.device(), static_cast<int>(regions_.size()),
                                inverseMasses_.device(), x_.device(), dynamics.seed, counters_.device(),
                                v_.device()});
    if (isVerlet) constrain(nullptr, v_.device(), nullptr, 0);
    sumMotion(v_.device(), kNextMotionTotals);
    once(CountBathBody{totals_.device()});
  }
  if (isCoupled) launchCoupling();
  if (isCoupled && isVerlet && dynamics.barostat != Barostat::none) launchForces(nullptr);
  once(CountStepBody{counters_.device()});
}

void DeviceEngine::drawAhead(std::int64_t steps) {
  const DynamicsSettings& dynamics = settings_.dynamics;
  std::vector<CouplingDraws> draws;
  for (std::int64_t n = step_; n < step_ + steps; ++n) {
    if ((n + 1) % kCouplingInterval != 0) continue;
    RandomStream thermostat(dynamics.seed, n, 0, RandomPurpose::thermostat),
        barostat(dynamics.seed, n, 0, RandomPurpose::barostat);
    CouplingDraws draw{};
    draw.thermostat = thermostat.gaussian();
    draw.thermostatSquares = thermostat.sumOfSquares(plan_.degreesOfFreedom - 1);
    draw.barostat = barostat.gaussian();
    draws.push_back(draw);
  }
  if (!draws.empty()) draws_.upload(stream_, draws);
  const std::int64_t counters[2] = {step_, step_};
  counters_.upload(stream_, counters);
}

void DeviceEngine::advance(std::int64_t steps) {
  const DynamicsSettings& dynamics = settings_.dynamics;
  const bool isVerlet = dynamics.integrator == Integrator::velocityVerlet;
  const bool hasBaths =
      dynamics.barostat != Barostat::none || (dynamics.thermostat == Thermostat::velocityRescale &&
                                              dynamics.integrator != Integrator::langevinMiddle);
  if (steps > 0 && isFresh_) mendLengths();
  while (steps > 0) {
    prepareForces();
    if (isVerlet && !hasForces_) launchForces(nullptr);
    if (step_ - searchStep_ >= kSearchInterval) searchPairs();
    if (recordedLayout_ != forces_->layout()) {
      recorded_.clear();
      recordedLayout_ = forces_->layout();
    }
    const std::int64_t window = std::min(steps, searchStep_ + kSearchInterval - step_);
    drawAhead(window);
    for (std::int64_t n = 0; n < window; ++n) {
      const std::int64_t next = step_ + n + 1;
      const bool isCoupled = hasBaths && next % kCouplingInterval == 0;
      const bool stopsDrift = dynamics.centreOfMassInterval > 0 && next % dynamics.centreOfMassInterval == 0;
      auto& batch = recorded_[(isCoupled ? kCoupled : 0) + (stopsDrift ? kStopsDrift : 0)];
      if (!batch) batch = stream_.record([&] { launchStep(isCoupled, stopsDrift); });
      batch->run();
    }
    step_ += window;
    steps -= window;
    hasForces_ = isVerlet;
    int mended = 0;
    mended_.download(stream_, {&mended, 1});
    if (mended > 0) {
      ++recoveries_;
      mended_.fillZero(stream_);
      searchStep_ = -1;  // Atoms have gone where the list does not know them.
    }
  }
}

std::string DeviceEngine::description() const {
  return stream_.backend().properties().name + ", 8x8 clusters";
}

namespace {

std::unique_ptr<Engine> makeDeviceEngine(std::shared_ptr<compute::Backend> backend, const System& system,
                                         const Settings& settings) {
  return std::make_unique<DeviceEngine>(std::move(backend), system, settings);
}

}  // namespace
}  // namespace aula::molecular::cuda

namespace aula::molecular {

std::unique_ptr<Engine> makeCheckEngine(const System& system, const Settings& settings) {
  return cuda::makeDeviceEngine(compute::makeCheckBackend(), system, settings);
}
std::unique_ptr<Engine> makeCudaEngine(const System& system, const Settings& settings) {
  return cuda::makeDeviceEngine(compute::makeCudaBackend(), system, settings);
}

}  // namespace aula::molecular
