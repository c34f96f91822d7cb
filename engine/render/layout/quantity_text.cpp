// SPDX-License-Identifier: Apache-2.0
#include "render/layout/quantity_text.h"

#include <array>
#include <cmath>

#include "core/units/quantity.h"
#include "render/layout/ticks.h"

namespace aula::render {
namespace {

constexpr std::array<const char*, 10> kSuperscripts = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

std::string superscript(const std::string& digits) {
  std::string raised;
  for (const char c : digits) raised += c == '-' ? "⁻" : kSuperscripts[static_cast<std::size_t>(c - '0')];
  return raised;
}

/// The first symbol can take a prefix when it is one of the SI's and stands to the first power.
bool takesPrefix(const std::string& unit) {
  constexpr std::array kSymbols = {"V", "A", "W", "J", "T", "Hz", "s",  "m", "N",  "Pa",
                                   "C", "F", "S", "H", "K", "g",  "eV", "Ω", "Wb", "mol"};
  for (const std::string symbol : kSymbols) {
    if (unit.compare(0, symbol.size(), symbol) != 0) continue;
    const std::string rest = unit.substr(symbol.size());
    if (rest.empty() || rest[0] == '/' || rest[0] == ' ' || rest.compare(0, 2, "·") == 0) return true;
  }
  return false;
}

}  // namespace

double UnitText::scale() const {
  return std::pow(10.0, -exponent);
}

UnitText unitText(const std::string& unit, double largest) {
  const std::string text = unit == "1" ? "" : core::prettyUnit(unit);
  if (takesPrefix(text)) {
    const Prefix prefix = choosePrefix(largest);
    return {prefix.exponent, prefix.symbol + text};
  }
  if (!(largest > 0) || (largest >= 0.1 && largest < 1e4)) return {0, text};
  // Thousands as the prefixes have them, so that neighbouring pictures differ in steps a reader knows.
  const int exponent = 3 * static_cast<int>(std::floor(std::log10(largest * (1 + 1e-9)) / 3));
  if (exponent == 0) return {0, text};
  return {exponent, "10" + superscript(std::to_string(exponent)) + (text.empty() ? "" : " " + text)};
}

std::string nameWithUnit(const std::string& name, const std::string& unit) {
  if (unit.empty()) return name;
  return name.empty() ? unit : name + " (" + unit + ")";
}

std::string timeText(double time, double duration) {
  const Prefix prefix = choosePrefix(std::abs(duration > 0 ? duration : time));
  const double scaled = time * std::pow(10.0, -prefix.exponent);
  // The same number of decimals throughout a run, enough for about four figures at its end.
  const double largest = duration > 0 ? duration * std::pow(10.0, -prefix.exponent) : std::abs(scaled);
  const int decimals = largest >= 100 ? 1 : largest >= 10 ? 2 : 3;
  return "t = " + formatFixed(scaled, decimals) + " " + prefix.symbol + "s";
}

}  // namespace aula::render
