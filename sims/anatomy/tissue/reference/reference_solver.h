// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "anatomy/tissue/reference/material.h"

namespace aula::anatomy::tissue::reference {

/// Implicit Euler as a minimum, found by Newton's method; each of its linear systems by conjugate gradients
/// that the points' own 3 x 3 blocks precondition. Plain loops in double precision.
class ReferenceSolver final : public Solver {
 public:
  ReferenceSolver(const Body& body, const Settings& settings);

  void advance(std::int64_t steps) override;
  [[nodiscard]] std::int64_t step() const override { return step_; }
  void hold(std::span<const Vec3> places) override;
  void guide(std::span<const Vec3> places) override;
  void activate(std::span<const double> activations) override;
  [[nodiscard]] std::vector<Vec3> positions() const override { return positions_; }
  [[nodiscard]] std::vector<Vec3> velocities() const override { return velocities_; }
  void place(std::span<const Vec3> positions, std::span<const Vec3> velocities) override;
  [[nodiscard]] Totals totals() const override;
  void save(core::CheckpointWriter& writer) const override;
  void load(core::CheckpointReader& reader) override;

  /// What a step makes least, J, as a function of its displacements, m; its negative derivative and the
  /// second derivative's product with a direction. For tests by finite differences.
  [[nodiscard]] double objective(const std::vector<Vec3>& move) const;
  [[nodiscard]] std::vector<Vec3> forces(const std::vector<Vec3>& move) const;
  [[nodiscard]] std::vector<Vec3> stiffnessTimes(const std::vector<Vec3>& move,
                                                 const std::vector<Vec3>& direction) const;

 private:
  struct Element {
    std::array<std::uint32_t, 4> corners;
    std::array<Vec3, 4> gradients;  ///< Of the shape functions, 1/m.
    double volume = 0;
    Law law;
    Vec3 fibre;
    std::uint16_t group = 0;
  };
  using Matrix12 = std::array<std::array<double, 12>, 12>;
  struct Linear {
    std::vector<Matrix12> stiffness;                   ///< One an element.
    std::vector<std::array<Vec3, 4>> volumeGradients;  ///< Likewise, m^2.
    std::vector<Matrix3> inverseBlocks;                ///< One a point; null where it is held.
  };
  /// Forces left and the largest sum of the sizes of those that meet at a point.
  struct Evaluation {
    std::vector<Vec3> forces;
    double largest = 0, scale = 0;
  };

  [[nodiscard]] std::vector<Vec3> firstGuess() const;
  [[nodiscard]] std::vector<Vec3> minimise(std::vector<Vec3> move);
  [[nodiscard]] Evaluation evaluate(const std::vector<Vec3>& move) const;
  [[nodiscard]] Linear linearise(const std::vector<Vec3>& move, double limit) const;
  [[nodiscard]] std::vector<Vec3> times(const Linear& linear, const std::vector<Vec3>& direction) const;
  [[nodiscard]] Matrix3 deformation(const Element& element, const std::vector<Vec3>& move) const;
  [[nodiscard]] std::vector<double> pointRatios(const std::vector<Vec3>& move) const;  ///< J around points.
  /// Pa, of J around a point and of J there at the step's beginning.
  [[nodiscard]] double pointPressure(std::size_t point, double ratio, double before) const;
  [[nodiscard]] double activationOf(const Element& element) const;

  Body body_;
  Settings settings_;
  std::vector<Element> elements_;
  std::vector<double> masses_, pointVolumes_, pointLambdas_, pointDampings_, guideStiffness_;
  std::vector<char> isHeld_;

  std::int64_t step_ = 0;
  std::vector<Vec3> positions_, velocities_, targets_, guides_;
  std::vector<double> activations_, fall_;  ///< fall_: the last step's acceleration along gravity, m/s^2.
  double residual_ = 0, residualScale_ = 0;
};

}  // namespace aula::anatomy::tissue::reference
