// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>

namespace aula::render::temporal {

struct DynamicResolutionSettings {
  double budget = 1000.0 / 60;         ///< Milliseconds a frame may take on the device.
  double lowest = 1.0, highest = 3.0;  ///< Ratios it may choose between.
  /// Part of the budget aimed at; the rest is for what cannot be foreseen.
  double target = 0.9;
};

/// Holds a frame's time within a budget by the ratio of output to rendered pixels. Tell it every frame's
/// time; draw the next frame with ratio(). Works in steps of a fixed grid with a dead zone between coarser
/// and finer, so that a steady load gives a steady ratio; a single slow frame (a spike) changes nothing.
class DynamicResolution {
 public:
  explicit DynamicResolution(const DynamicResolutionSettings& settings = {});

  /// Milliseconds that a frame drawn with ratio() took. Gives the ratio for the next.
  double update(double milliseconds);
  [[nodiscard]] double ratio() const;
  /// No ratio allowed keeps the budget: the coarsest is in use and still too slow.
  [[nodiscard]] bool isOverwhelmed() const { return isOverwhelmed_; }
  /// Another budget (a headset's new refresh rate); keeps the ratio.
  void configure(const DynamicResolutionSettings& settings);

 private:
  [[nodiscard]] double ratioOf(int step) const;

  DynamicResolutionSettings settings_;
  int step_ = 0, steps_ = 0;
  std::deque<double> times_;  ///< Of the last frames, all drawn with the present ratio.
  int failed_ = -1;   ///< The step that was tried and proved too fine; it and finer ones are tried again
  int patience_ = 0;  ///< only after so many frames.
  int waited_ = 0;    ///< Frames with the present ratio.
  int sinceFiner_ = 1 << 20;  ///< Frames since a finer ratio was tried.
  bool isOverwhelmed_ = false;
};

}  // namespace aula::render::temporal
