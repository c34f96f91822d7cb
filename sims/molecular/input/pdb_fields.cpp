// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <gemmi/resinfo.hpp>
#include <numbers>

#include "core/text.h"
#include "molecular/input/raw_structure.h"
#include "molecular/input/text_file.h"
#include "molecular/model/elements.h"

namespace aula::molecular {

namespace {

constexpr double kShortestEdge = 0.1, kLongestEdge = 1e5;  ///< Angstrom

long long power(long long base, int exponent) {
  long long result = 1;
  for (int n = 0; n < exponent; ++n) result *= base;
  return result;
}

}  // namespace

std::optional<long long> parseHybrid36(std::string_view text) {
  const int width = static_cast<int>(text.size());
  const std::string_view word = trimmed(text);
  if (word.empty()) return std::nullopt;
  const auto first = static_cast<unsigned char>(word[0]);
  if (std::isalpha(first) == 0) return parseInteger(word);
  if (static_cast<int>(word.size()) != width || width > 8) return std::nullopt;
  // Upper-case numbers follow the last decimal one, lower-case ones the last of these.
  const bool isUpper = std::isupper(first) != 0;
  long long value = 0;
  for (const char c : word) {
    const auto u = static_cast<unsigned char>(c);
    int digit = 0;
    if (std::isdigit(u) != 0)
      digit = c - '0';
    else if (std::isalpha(u) != 0 && (std::isupper(u) != 0) == isUpper)
      digit = c - (isUpper ? 'A' : 'a') + 10;
    else
      return std::nullopt;
    value = 36 * value + digit;
  }
  const long long block = power(36, width - 1);
  return value + power(10, width) + (isUpper ? -10 * block : 16 * block);
}

std::string hybrid36(long long value, int width) {
  const long long decimals = power(10, width), block = 26 * power(36, width - 1);
  if (value < decimals) {
    std::string text = std::to_string(value);
    return std::string(static_cast<std::size_t>(std::max(0, width - static_cast<int>(text.size()))), ' ') +
           text;
  }
  value -= decimals;
  const bool isUpper = value < block;
  // Past the last lower-case number it begins anew, as counters in five columns do.
  value = (isUpper ? value : (value - block) % block) + 10 * power(36, width - 1);
  std::string text(static_cast<std::size_t>(width), '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, value /= 36) {
    const int d = static_cast<int>(value % 36);
    *digit = static_cast<char>(d < 10 ? '0' + d : (isUpper ? 'A' : 'a') + d - 10);
  }
  return text;
}

std::string elementOf(std::string_view said, std::string_view nameColumns, std::string_view residueName) {
  const auto symbol = [](int number) { return std::string(element(number).symbol); };
  if (const int number = atomicNumberOf(trimmed(said)); number > 0)
    return trimmed(said) == "D" ? "D" : symbol(number);
  const auto at = [&](std::size_t n) {
    return n < nameColumns.size() ? static_cast<unsigned char>(nameColumns[n])
                                  : static_cast<unsigned char>(' ');
  };
  const std::string_view name = trimmed(nameColumns);
  const gemmi::ResidueInfo residue = gemmi::find_tabulated_residue(std::string(residueName));
  const bool isOfLife = residue.is_amino_acid() || residue.is_nucleic_acid() || residue.is_water();
  // One-letter elements stand in the second column; hydrogens with four letters, and names with a digit in
  // front, begin in the first. Selenium is the one exception that proteins know.
  const bool isShort = std::isalpha(at(0)) == 0 || (std::toupper(at(0)) == 'H' && name.size() == 4) ||
                       std::isalpha(at(1)) == 0 || (isOfLife && !name.starts_with("SE"));
  if (!isShort)
    if (const int number = atomicNumberOf(nameColumns.substr(0, 2)); number > 0) return symbol(number);
  if (const int number = guessElement(name, 0); number > 0) return symbol(number);
  return "X";
}

Box boxOfCell(const std::array<double, 6>& cell, const std::string& place,
              std::vector<std::string>& remarks) {
  const auto [a, b, c, alpha, beta, gamma] = cell;
  if (a == 0 && b == 0 && c == 0) return {};
  if (a == 1 && b == 1 && c == 1) {
    remarks.push_back(place + ": the cell of 1 A stands for none and is left out");
    return {};
  }
  for (const double edge : {a, b, c})
    if (!(edge >= kShortestEdge) || edge > kLongestEdge)
      throw errorAt(place,
                    "the cell has an edge of " + std::to_string(edge) + " A; allowed are 0.1 to 100000 A");
  for (const double angle : {alpha, beta, gamma})
    if (!(angle > 0) || !(angle < 180))
      throw errorAt(place, "the cell has an angle of " + std::to_string(angle) +
                               " degrees; allowed are angles between 0 and 180");
  const auto cosine = [](double degrees) {
    return degrees == 90 ? 0 : std::cos(degrees * std::numbers::pi / 180);
  };
  const double sine = gamma == 90 ? 1 : std::sin(gamma * std::numbers::pi / 180);
  // Edges along x, in the xy plane, and above it (International Tables B, 3.3).
  const double cx = c * cosine(beta), cy = c * (cosine(alpha) - cosine(beta) * cosine(gamma)) / sine;
  const double square = c * c - cx * cx - cy * cy;
  if (!(square > 1e-6 * c * c) || sine < 1e-3) throw errorAt(place, "the cell's three angles span no volume");
  constexpr double kAngstrom = 10;  // In one nm.
  return reducedBox({a / kAngstrom, 0, 0}, {b * cosine(gamma) / kAngstrom, b * sine / kAngstrom, 0},
                    {cx / kAngstrom, cy / kAngstrom, std::sqrt(square) / kAngstrom});
}

}  // namespace aula::molecular
