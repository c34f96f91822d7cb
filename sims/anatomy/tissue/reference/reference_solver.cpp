// SPDX-License-Identifier: Apache-2.0
#include "anatomy/tissue/reference/reference_solver.h"

#include <algorithm>
#include <cmath>

#include "anatomy/tissue/model/descent.h"
#include "anatomy/tissue/model/validate.h"
#include "core/io/checkpoint.h"

namespace aula::anatomy::tissue {

std::unique_ptr<Solver> makeReferenceSolver(const Body& body, const Settings& settings) {
  return std::make_unique<reference::ReferenceSolver>(body, settings);
}

namespace reference {

ReferenceSolver::ReferenceSolver(const Body& body, const Settings& settings)
    : body_(body), settings_(settings) {
  validate(body, settings);
  const std::size_t points = body.positions.size();
  masses_.assign(points, 0);
  pointVolumes_.assign(points, 0);
  pointLambdas_.assign(points, 0);
  pointDampings_.assign(points, 0);
  for (std::size_t t = 0; t < body.tetrahedra.size(); ++t) {
    Element e;
    e.corners = body.tetrahedra[t];
    const auto at = [&](int n) { return body.positions[e.corners[std::size_t(n)]]; };
    e.volume = dot(cross(at(1) - at(0), at(2) - at(0)), at(3) - at(0)) / 6;
    // A shape function falls from 1 to 0 across the height over the opposite face.
    for (int n = 0; n < 4; ++n) {
      const Vec3 p = at((n + 1) % 4), q = at((n + 2) % 4), r = at((n + 3) % 4);
      const Vec3 normal = cross(q - p, r - p);
      e.gradients[std::size_t(n)] = normal / dot(normal, at(n) - p);
    }
    e.law = lawOf(body.matter[body.matters[t]]);
    e.fibre = body.fibres[t];
    e.group = body.groups[t];
    for (const std::uint32_t corner : e.corners) {
      masses_[corner] += e.law.density * e.volume / 4;
      pointVolumes_[corner] += e.volume / 4;
      pointLambdas_[corner] += e.law.pointsLambda * e.volume / 4;
      pointDampings_[corner] += e.law.pointsLambda * e.law.damping * e.volume / 4;
    }
    elements_.push_back(e);
  }
  for (std::size_t n = 0; n < points; ++n) {
    pointLambdas_[n] /= pointVolumes_[n];
    pointDampings_[n] /= pointVolumes_[n];
  }
  isHeld_.assign(points, 0);
  guideStiffness_.assign(points, 0);
  positions_ = guides_ = targets_ = body.positions;
  for (const std::uint32_t point : body.held) isHeld_[point] = 1;
  for (std::size_t n = 0; n < body.guided.size(); ++n)
    guideStiffness_[body.guided[n]] = body.guideStiffness[n];
  velocities_.assign(points, {});
  fall_.assign(points, 0);
  activations_.assign(std::size_t(std::max(body.groupCount, 0)), 0);
}

void ReferenceSolver::hold(std::span<const Vec3> places) {
  requirePlaces("held", places.size(), body_.held.size());
  for (std::size_t n = 0; n < places.size(); ++n) targets_[body_.held[n]] = places[n];
}

void ReferenceSolver::guide(std::span<const Vec3> places) {
  requirePlaces("guided", places.size(), body_.guided.size());
  for (std::size_t n = 0; n < places.size(); ++n) guides_[body_.guided[n]] = places[n];
}

void ReferenceSolver::activate(std::span<const double> activations) {
  requireActivations(activations, body_.groupCount);
  activations_.assign(activations.begin(), activations.end());
}

void ReferenceSolver::place(std::span<const Vec3> positions, std::span<const Vec3> velocities) {
  requirePlaces("all", positions.size(), positions_.size());
  requirePlaces("all", velocities.size(), positions_.size());
  positions_.assign(positions.begin(), positions.end());
  velocities_.assign(velocities.begin(), velocities.end());
  std::fill(fall_.begin(), fall_.end(), 0.0);
  for (const std::uint32_t point : body_.held) targets_[point] = positions_[point];
}

std::vector<Vec3> ReferenceSolver::firstGuess() const {
  const double h = settings_.timeStep, g = length(settings_.gravity);
  const Vec3 down = g > 0 ? settings_.gravity / g : Vec3{};
  // A body that nothing holds goes on and falls as one; each point goes on with a part of what it moves
  // beside that.
  const bool isLoose = body_.held.empty() && body_.guided.empty();
  Vec3 mean;
  double mass = 0;
  for (std::size_t n = 0; n < positions_.size(); ++n) {
    mean = mean + masses_[n] * velocities_[n];
    mass += masses_[n];
  }
  mean = isLoose ? mean / mass : Vec3{};
  std::vector<Vec3> move(positions_.size());
  // Others fall on as they fell in the last step, between not at all and freely (Chen et al. 2024,
  // section 3.7).
  for (std::size_t n = 0; n < move.size(); ++n)
    move[n] = isHeld_[n] ? targets_[n] - positions_[n]
                         : h * (mean + kCarried * (velocities_[n] - mean)) +
                               (h * h * (isLoose ? g : std::clamp(fall_[n], 0.0, g))) * down;
  return move;
}

void ReferenceSolver::advance(std::int64_t steps) {
  const double h = settings_.timeStep, g = length(settings_.gravity);
  const Vec3 down = g > 0 ? settings_.gravity / g : Vec3{};
  for (std::int64_t n = 0; n < steps; ++n) {
    const std::vector<Vec3> move = minimise(firstGuess());
    ++step_;
    for (std::size_t point = 0; point < move.size(); ++point) {
      const Vec3 velocity = move[point] / h;
      fall_[point] = dot(velocity - velocities_[point], down) / h;
      velocities_[point] = velocity;
      positions_[point] = positions_[point] + move[point];
      if (!std::isfinite(dot(positions_[point], positions_[point])))
        reportNotFinite(step_, point, body_.positions[point]);
    }
  }
}

Totals ReferenceSolver::totals() const {
  Totals totals;
  const std::vector<Vec3> none(positions_.size());
  for (const Element& e : elements_) {
    const Matrix3 f = deformation(e, none);
    totals.elasticEnergy += e.volume * energy(e.law, f, e.fibre, activationOf(e));
    totals.volume += e.volume * determinant(f);
  }
  const std::vector<double> ratios = pointRatios(none);
  for (std::size_t n = 0; n < ratios.size(); ++n) {
    totals.elasticEnergy += pointVolumes_[n] * pointLambdas_[n] / 2 * (ratios[n] - 1) * (ratios[n] - 1);
    totals.kineticEnergy += masses_[n] / 2 * dot(velocities_[n], velocities_[n]);
    const Vec3 away = positions_[n] - guides_[n];
    totals.elasticEnergy += guideStiffness_[n] / 2 * dot(away, away);
  }
  totals.residual = residual_;
  totals.residualScale = residualScale_;
  return totals;
}

void ReferenceSolver::save(core::CheckpointWriter& writer) const {
  writer.writeValue("step", step_);
  writer.writeArray("positions", std::span<const Vec3>(positions_));
  writer.writeArray("velocities", std::span<const Vec3>(velocities_));
  writer.writeArray("targets", std::span<const Vec3>(targets_));
  writer.writeArray("guides", std::span<const Vec3>(guides_));
  writer.writeArray("activations", std::span<const double>(activations_));
  writer.writeArray("fall", std::span<const double>(fall_));
  writer.writeValue("residual", residual_);
  writer.writeValue("residual scale", residualScale_);
}

void ReferenceSolver::load(core::CheckpointReader& reader) {
  step_ = reader.readValue<std::int64_t>("step");
  reader.readArray("positions", std::span<Vec3>(positions_));
  reader.readArray("velocities", std::span<Vec3>(velocities_));
  reader.readArray("targets", std::span<Vec3>(targets_));
  reader.readArray("guides", std::span<Vec3>(guides_));
  reader.readArray("activations", std::span<double>(activations_));
  reader.readArray("fall", std::span<double>(fall_));
  residual_ = reader.readValue<double>("residual");
  residualScale_ = reader.readValue<double>("residual scale");
}

}  // namespace reference
}  // namespace aula::anatomy::tissue
