// SPDX-License-Identifier: Apache-2.0
#include "render/temporal/dynamic_resolution.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/error.h"

namespace aula::render::temporal {
namespace {

/// A step changes the number of pixels by about a seventh: too little to be seen at once.
constexpr double kStepFactor = 1.075;
/// Frames of one ratio that are judged together; their median ignores up to three slow ones.
constexpr std::size_t kWindow = 7;
/// Frames before a finer ratio is tried, at first and at most: after every attempt that had to be taken back
/// the wait doubles, so that a load whose cost jumps between two ratios does not swing.
constexpr int kShortestPatience = 20, kLongestPatience = 1200;
/// A finer ratio that held this many frames is no failure when it is given up later.
constexpr int kProven = 240;

}  // namespace

DynamicResolution::DynamicResolution(const DynamicResolutionSettings& settings)
    : patience_(kShortestPatience) {
  configure(settings);
}

void DynamicResolution::configure(const DynamicResolutionSettings& settings) {
  const auto refuse = [](const std::string& what) { throw core::inputError("dynamic resolution: " + what); };
  if (!(settings.budget > 0)) {
    refuse("the budget must be above 0 ms; it is " + std::to_string(settings.budget));
  }
  if (!(settings.lowest >= 1 && settings.lowest <= settings.highest && settings.highest <= 3)) {
    refuse("ratios must lie from 1 to 3, the lowest first; they are " + std::to_string(settings.lowest) +
           " and " + std::to_string(settings.highest));
  }
  if (!(settings.target > 0 && settings.target <= 1)) {
    refuse("the target must be above 0 and at most 1; it is " + std::to_string(settings.target));
  }
  const double before = steps_ == 0 ? settings.lowest : ratio();
  settings_ = settings;
  steps_ = std::max(
      1, static_cast<int>(std::ceil(std::log(settings.highest / settings.lowest) / std::log(kStepFactor))));
  // The nearest of the new steps that is not finer than what was in use.
  step_ = 0;
  while (step_ < steps_ && ratio() < before - 1e-9) ++step_;
  times_.clear();
}

double DynamicResolution::ratioOf(int step) const {
  return settings_.lowest *
         std::pow(settings_.highest / settings_.lowest, static_cast<double>(step) / steps_);
}

double DynamicResolution::ratio() const {
  return ratioOf(step_);
}

double DynamicResolution::update(double milliseconds) {
  ++sinceFiner_;
  if (!(milliseconds >= 0) || !std::isfinite(milliseconds)) return ratio();  // A device without timestamps.
  times_.push_back(milliseconds);
  if (times_.size() < kWindow) return ratio();
  if (times_.size() > kWindow) times_.pop_front();
  std::vector<double> sorted(times_.begin(), times_.end());
  std::nth_element(sorted.begin(), sorted.begin() + kWindow / 2, sorted.end());
  const double typical = sorted[kWindow / 2], aim = settings_.target * settings_.budget;
  // As much again as is kept in reserve may be used up before anything is done: the dead zone.
  const double limit = (aim + settings_.budget) / 2;
  // If time went by pixels alone. Coarser it takes at least this, finer at most.
  const auto predicted = [&](int step) { return typical * std::pow(ratio() / ratioOf(step), 2); };

  isOverwhelmed_ = typical > limit && step_ == steps_;
  if (typical > limit && step_ < steps_) {
    int step = step_ + 1;
    if (sinceFiner_ < kProven) {
      // The ratio before held: back to it, however slow this one turned out.
      failed_ = step_;
      patience_ = std::min(2 * patience_, kLongestPatience);
    } else {
      while (step < steps_ && predicted(step) > aim) ++step;
    }
    step_ = step;
    sinceFiner_ = kProven;
    times_.clear();
    waited_ = 0;
  } else if (++waited_ >= (step_ - 1 <= failed_ ? patience_ : kShortestPatience) && step_ > 0 &&
             predicted(step_ - 1) <= aim) {
    --step_;
    sinceFiner_ = 0;
    times_.clear();
    waited_ = 0;
  } else if (sinceFiner_ == kProven && step_ <= failed_) {
    failed_ = -1;
    patience_ = kShortestPatience;
  }
  return ratio();
}

}  // namespace aula::render::temporal
