// SPDX-License-Identifier: Apache-2.0
#include "desktop/model/knob_entry.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/text.h"
#include "core/units/quantity.h"

namespace aula::desktop {
namespace {

/// The nearest of 1, 2, 5 times a power of ten that is not above `value`.
double niceStep(double value) {
  if (!(value > 0) || !std::isfinite(value)) return 1;
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  const double ratio = value / power * (1 + 1e-9);
  return power * (ratio >= 5 ? 5 : ratio >= 2 ? 2 : 1);
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// "0,65 µm" as the unit parser knows it: a decimal point, "u" for micro, "deg" for the sign.
std::string plain(const std::string& typed) {
  std::string text;
  const std::string whole = trimmed(typed);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (whole[i] == ',') {
      text += '.';
    } else if (whole.compare(i, 2, "\u00b5") == 0 || whole.compare(i, 2, "\u03bc") == 0) {
      text += 'u';
      ++i;
    } else if (whole.compare(i, 2, "\u00b0") == 0) {
      text += " deg";
      ++i;
    } else if (whole.compare(i, 3, "\u2212") == 0) {
      text += '-';
      i += 2;
    } else {
      text += whole[i];
    }
  }
  return text;
}

bool isNumberAlone(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789.+-eE") == std::string::npos;
}

}  // namespace

KnobEntry::KnobEntry(const lab::Knob& knob) : knob_(knob) {
  shownUnit_ = knob_.unit == "1" || knob_.unit.empty() ? "" : core::prettyUnit(knob_.unit);
  step_ = niceStep((upper() - lower()) / 100);
}

double KnobEntry::lower() const {
  return shown(knob_.lower);
}

double KnobEntry::upper() const {
  return shown(knob_.upper);
}

double KnobEntry::shown(double si) const {
  return core::parseUnit(knob_.unit).fromSi(si);
}

double KnobEntry::fromSlider(double value) const {
  const double snapped = std::round(value / step_) * step_;
  // The ends are always within reach, on a step or not.
  const double half = 0.5 * step_;
  if (value <= lower() + half && snapped < lower() + half) return knob_.lower;
  if (value >= upper() - half && snapped > upper() - half) return knob_.upper;
  return std::clamp(core::parseUnit(knob_.unit).toSi(snapped), knob_.lower, knob_.upper);
}

std::string KnobEntry::numberText(double si) const {
  return core::formatIn(core::parseUnit(knob_.unit).fromSi(si), "1", 6);
}

std::string KnobEntry::text(double si) const {
  return shownUnit_.empty() ? numberText(si) : numberText(si) + " " + shownUnit_;
}

double KnobEntry::parse(const std::string& typed) const {
  std::string words = plain(typed);
  if (isNumberAlone(words) && knob_.unit != "1" && !knob_.unit.empty()) words += " " + knob_.unit;
  const double si = core::parseQuantity(words, knob_.unit);
  // What is shown for an end of the range must be accepted as that end.
  const double slack = 1e-9 * std::max(std::abs(knob_.lower), std::abs(knob_.upper));
  if (si < knob_.lower - slack || si > knob_.upper + slack)
    throw core::inputError(text(si) + " is not between " + text(knob_.lower) + " and " + text(knob_.upper));
  return std::clamp(si, knob_.lower, knob_.upper);
}

}  // namespace aula::desktop
