// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

/// Physical quantities as people write them: "532 nm", "1.5e3 V/m", "10 deg". The names and sizes of units
/// come from UDUNITS-2's database; products, quotients and powers of them are read here, so that UDUNITS
/// never sees anything but a short word of letters. Every function may be called from any thread. Errors are
/// core::Error of Fault::input.
namespace aula::core {

/// Powers of the SI base units, in the order m, kg, s, A, K, mol, cd. An angle is a pure number.
struct Dimension {
  std::array<int, 7> powers{};
  bool operator==(const Dimension&) const = default;
  [[nodiscard]] bool isNumber() const { return *this == Dimension{}; }
};

/// "length", "time", "electric field" ...; for a dimension without a name of its own its base units, "kg
/// m2/s".
[[nodiscard]] std::string dimensionName(const Dimension& dimension);
/// The same with its article, for a sentence: "a length", "an electric field", "a pure number", "in kg m2/s".
[[nodiscard]] std::string describe(const Dimension& dimension);
/// A value with that dimension to show in a message: "20 nm" for a length. For a dimension without a name "1
/// kg m2/s".
[[nodiscard]] std::string exampleOf(const Dimension& dimension);

/// A unit: SI value = value * scale + offset (the offset is zero but for temperature scales such as degC).
struct Unit {
  double scale = 1, offset = 0;
  Dimension dimension;
  /// Where the scale is one over a whole number (nm, fs, %), a division: it alone is rounded right, so that
  /// 532 nm is the same double as 5.32e-7.
  [[nodiscard]] double toSi(double value) const;
  [[nodiscard]] double fromSi(double si) const { return (si - offset) / scale; }
};

inline constexpr std::size_t kMaximumUnitLength = 64;  ///< Bytes.

/// "nm", "V/m", "kg m2 s-2", "m^2", "%", "1", "" (a pure number). Throws naming the word it does not know,
/// with the nearest unit when there is one.
[[nodiscard]] Unit parseUnit(std::string_view text);
/// One word, as it may follow a number: "nm", "deg", "%". Nothing when there is no such unit. Words over 32
/// bytes are none.
[[nodiscard]] std::optional<Unit> findUnit(std::string_view word);

struct Quantity {
  double si = 0;
  Dimension dimension;
};

/// A number and a unit; a number alone is a pure number. Throws on anything else, on a value that is not
/// finite and on text over 512 bytes.
[[nodiscard]] Quantity parseQuantity(std::string_view text);
/// The SI value, when the dimension is that of `unit`; else throws `"20 s" is a time, a length is needed, for
/// example "20 nm"`.
[[nodiscard]] double parseQuantity(std::string_view text, std::string_view unit);

/// `si` in `unit`, "532 nm"; `digits` significant ones at most, no trailing zeros. No unit is written for "1"
/// or "".
[[nodiscard]] std::string formatIn(double si, std::string_view unit, int digits = 6);
/// The same with the prefix (femto to tera) on the unit's first symbol that leaves 1 to 1000 before it:
/// (5.32e-7, "m") gives "532 nm", (1500, "V/m") gives "1.5 kV/m". Units that take no prefix (K, kg, deg,
/// "m2") are written as they are.
[[nodiscard]] std::string formatQuantity(double si, std::string_view unit, int digits = 4);

/// A unit, or a quantity, as print has it: "um" is "µm", "kohm" "kΩ", "deg" "°", "V2 s2/m^2" "V² s²/m²". Only to be
/// shown; parseUnit() reads the letters that files keep. A pure number's "1" stays "1".
[[nodiscard]] std::string prettyUnit(std::string_view text);

}  // namespace aula::core
