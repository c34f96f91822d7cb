// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "lab/lab.h"

namespace aula::desktop {

/// A knob as a person handles it: in the lab file's unit, with the digits that its range calls for.
class KnobEntry {
 public:
  explicit KnobEntry(const lab::Knob& knob);

  [[nodiscard]] const std::string& name() const { return knob_.name; }
  [[nodiscard]] const lab::Knob& knob() const { return knob_; }
  /// "nm", "µm"; empty for a pure number.
  [[nodiscard]] const std::string& unit() const { return shownUnit_; }

  [[nodiscard]] double lower() const;  ///< In the unit shown.
  [[nodiscard]] double upper() const;
  [[nodiscard]] double shown(double si) const;
  /// From the unit shown, snapped to the slider's steps and kept in the range.
  [[nodiscard]] double fromSlider(double shown) const;
  /// A hundredth of the range, rounded to 1, 2 or 5 times a power of ten: what an arrow key turns.
  [[nodiscard]] double step() const { return step_; }

  /// "650 nm"; without the unit "650".
  [[nodiscard]] std::string text(double si) const;
  [[nodiscard]] std::string numberText(double si) const;

  /// What somebody typed: "650 nm", "0.65 um", "6.5e-7 m", or "650" in the unit shown; a comma may stand for
  /// the decimal point. Throws core::Error (input) for what is not a quantity of this kind, not finite or out
  /// of range.
  [[nodiscard]] double parse(const std::string& typed) const;

 private:
  lab::Knob knob_;
  std::string shownUnit_;
  double step_ = 1;
};

}  // namespace aula::desktop
