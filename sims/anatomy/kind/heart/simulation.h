// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "anatomy/kind/heart/moment.h"
#include "anatomy/kind/heart/painter.h"
#include "anatomy/kind/heart/spec.h"
#include "lab/session/simulation.h"

namespace aula::anatomy::heart {

/// Commands of a hand (see lab/session/hand.h): a touch excites a ball of muscle, a shock all of it.
///     post(kTouchX, ...); post(kTouchY, ...); post(kTouchZ, ...); post(kTouch, 5e-3);   metres; the radius
///     sets it off post(kShock, 400);                                                               V/s
inline constexpr const char* kTouchX = "touch.x";
inline constexpr const char* kTouchY = "touch.y";
inline constexpr const char* kTouchZ = "touch.z";
inline constexpr const char* kTouch = "touch.go";
inline constexpr const char* kShock = "shock.go";

/// Ventricles that beat: one solver, the beats and stimuli that drive it, instruments and views.
class HeartSimulation final : public lab::Simulation {
 public:
  HeartSimulation(std::shared_ptr<const HeartSpec> spec, const compute::DeviceChoice& device);

  [[nodiscard]] std::int64_t step() const override { return solver_->step(); }
  [[nodiscard]] double timeStep() const override { return solver_->timeStep(); }
  [[nodiscard]] std::int64_t plannedSteps() const override { return spec_->steps; }
  void advance(std::int64_t steps) override;
  [[nodiscard]] std::vector<lab::Instrument*> instruments() override;
  void publish(scene::Frame& frame) const override;
  bool apply(const lab::Command& command) override;
  void save(core::CheckpointWriter& writer) const override;
  void load(core::CheckpointReader& reader) override;
  [[nodiscard]] double workPerStep() const override;
  [[nodiscard]] std::string speedUnit() const override { return "Mnode/s"; }
  [[nodiscard]] std::vector<std::string> warnings() const override;

 private:
  /// What begins at the present step: beats and timed stimuli.
  void fire();
  /// The next step after the present one at which something begins; at most `limit`.
  [[nodiscard]] std::int64_t nextEvent(std::int64_t limit) const;
  [[nodiscard]] std::int64_t stepOf(double time) const;
  [[nodiscard]] bool isDue(const StimulusSpec& stimulus, std::int64_t step) const;
  void stimulate(const StimulusSpec& stimulus);
  void beat();
  void follow(std::shared_ptr<const HeartSpec> spec);
  bool applyHand(const std::string& name, double value);

  std::shared_ptr<const HeartSpec> first_;  ///< With no knob turned.
  std::shared_ptr<const HeartSpec> spec_;   ///< As the knobs stand.
  lab::KnobValues turned_;
  std::shared_ptr<const Body> body_;
  std::unique_ptr<Solver> solver_;
  mutable std::unique_ptr<Moment> moment_;
  std::vector<std::unique_ptr<lab::Instrument>> instruments_;
  std::unique_ptr<Painter> painter_;

  std::int64_t nextBeat_ = 0;       ///< Step; none while the rate is 0.
  std::int64_t firedThrough_ = -1;  ///< The last step whose events have begun.
  unsigned beatBlocked_ = 0;        ///< As the last beat began.
  std::vector<double> arrivals_;    ///< Of the last beat, at the points of the tree.
  std::vector<Entry> entries_;      ///< For `entriesBlocked_`.
  unsigned entriesBlocked_ = ~0U;
  Vec3 touch_;
};

}  // namespace aula::anatomy::heart
