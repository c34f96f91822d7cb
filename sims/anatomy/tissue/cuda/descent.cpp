// SPDX-License-Identifier: Apache-2.0
#include "anatomy/tissue/model/descent.h"

#include <algorithm>
#include <cmath>

#include "anatomy/tissue/cuda/device_solver.h"
#include "anatomy/tissue/cuda/element_kernels.h"
#include "anatomy/tissue/cuda/point_kernels.h"
#include "anatomy/tissue/cuda/sum_kernels.h"
#include "anatomy/tissue/model/validate.h"

namespace aula::anatomy::tissue::cuda {

namespace {

Vector<float> single(const Vec3& v) {
  return {static_cast<float>(v.x), static_cast<float>(v.y), static_cast<float>(v.z)};
}
Vec3 directionOf(const Vec3& gravity) {
  const double g = length(gravity);
  return g > 0 ? gravity / g : Vec3{};
}

}  // namespace

template <class Sum, class Decision>
void DeviceSolver::decide(const Sum& sum, const Decision& decision) {
  const SumPoints<Sum> sums{view_, sum};
  compute::launch(stream_, sums.shape(), sums);
  const Decide<Decision> decides{view_, decision};
  compute::launch(stream_, decides.shape(), decides);
}

Control DeviceSolver::control() const {
  Control control;
  control_.download(stream_, {&control, 1});
  return control;
}

void DeviceSolver::advance(std::int64_t steps) {
  for (std::int64_t n = 0; n < steps; ++n) {
    beginStep();
    minimise();
    endStep();
  }
}

void DeviceSolver::beginStep() {
  // A body that nothing holds goes on and falls as one.
  const bool isLoose = body_.held.empty() && body_.guided.empty();
  Vec3 mean;
  if (isLoose) {
    const std::vector<Four> v = downloaded(velocities_);
    double mass = 0;
    for (std::size_t n = 0; n < v.size(); ++n) {
      mean = mean + layout_.masses[n] * Vec3{v[n].x, v[n].y, v[n].z};
      mass += layout_.masses[n];
    }
    mean = mean / mass;
  }
  if (layout_.isDamped) {
    // What damping measures from: the strains and volumes at the beginning.
    forTetrahedra(StrainBody{view_});
    stream_.backend().copy(stream_.handle(), place_.device(), start_.device(), start_.bytes());
    forTetrahedra(DilateBody{view_});
    forPoints(NoteDilationBody{view_});
  }
  forPoints(BeginBody{view_, static_cast<float>(settings_.timeStep), static_cast<float>(kCarried),
                      single(settings_.gravity), single(directionOf(settings_.gravity)), single(mean),
                      static_cast<float>(length(settings_.gravity)), isLoose ? 1 : 0});
  Control control;
  control.budget = settings_.iterations;
  control_.upload(stream_, {&control, 1});
}

void DeviceSolver::endStep() {
  forPoints(EndBody{view_, static_cast<float>(settings_.timeStep), single(directionOf(settings_.gravity))});
  ++step_;
  stream_.synchronise();
  if (std::isfinite(residual_)) return;
  const std::vector<Four> start = downloaded(start_);
  for (std::size_t n = 0; n < start.size(); ++n)
    if (!std::isfinite(start[n].x + start[n].y + start[n].z))
      reportNotFinite(step_, layout_.pointOf[n], body_.positions[layout_.pointOf[n]]);
}

void DeviceSolver::evaluate(float reach) {
  forPoints(DisplaceBody{view_, reach});
  forTetrahedra(DilateBody{view_});
  forPoints(PressBody{view_, layout_.isDamped ? 1 : 0});
  forLaw([&](auto fibre, auto damped) { forTetrahedra(ForceBody<fibre.value, damped.value>{view_}); });
  decide(ForcesBody{}, ForcesDecision{});
}

void DeviceSolver::linearise(float limit) {
  forLaw([&](auto fibre, auto damped) {
    forTetrahedra(LineariseBody<fibre.value, damped.value>{view_, limit});
  });
  forPoints(GatherBlocksBody{view_});
}

void DeviceSolver::launchIteration() {
  forLaw([&](auto fibre, auto damped) { forTetrahedra(MultiplyBody<fibre.value, damped.value>{view_}); });
  forPoints(GatherImageBody{view_});
  decide(ImageBody{}, ImageDecision{});
  decide(AdvanceBody{}, AdvanceDecision{});
  forPoints(TurnBody{view_});
}

void DeviceSolver::solve(double forcing) {
  decide(StartBody{}, StartDecision{forcing});
  do iterations_->run();
  while (control().stage != 2);
  decide(SlopeBody{}, SlopeDecision{});
}

void DeviceSolver::minimise() {
  evaluate(0);
  Control now = control();
  bool hasBent = false;
  const auto largest = [&] { return std::sqrt(now.largest); };
  while (now.used < settings_.iterations && largest() > settings_.tolerance * now.scale) {
    const bool isExact = !hasBent && largest() <= kClose * now.scale;
    linearise(static_cast<float>(isExact ? kExact : kLimited));
    solve(isExact ? kForcingClose : kForcing);
    now = control();
    hasBent = hasBent || now.hasBent != 0;
    if (!(now.slope > 0)) break;
    float reach = 1, gone = 0;
    for (int cut = 0;; ++cut) {
      evaluate(reach - gone);
      gone = reach;
      now = control();
      if (now.slopeThere >= -kLargestTurn * now.slope || cut == kMostCuts) break;
      reach *= static_cast<float>(std::clamp(now.slope / (now.slope - now.slopeThere), 0.1, 0.5));
    }
  }
  residual_ = largest();
  residualScale_ = now.scale;
}

}  // namespace aula::anatomy::tissue::cuda
