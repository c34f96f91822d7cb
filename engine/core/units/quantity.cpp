// SPDX-License-Identifier: Apache-2.0
#include "core/units/quantity.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "core/error.h"
#include "core/text.h"
#include "core/units/unit_database.h"

namespace aula::core {

namespace {

constexpr std::size_t kMaximumWordLength = 32;
constexpr std::size_t kMaximumQuantityLength = 512;
constexpr int kMaximumPower = 12;       ///< Of one factor.
constexpr int kMaximumTotalPower = 60;  ///< Of a base unit in the product.

/// Pressure as physiologists measure it, by a column of water under standard gravity: 98.0665 Pa a
/// centimetre.
std::optional<Unit> waterColumn(std::string_view word) {
  if (word != "cmH2O" && word != "mmH2O") return std::nullopt;
  return Unit{word == "cmH2O" ? 98.0665 : 9.80665, 0, Dimension{{-1, 1, -2, 0, 0, 0, 0}}};
}

bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

/// Signs people type, written in the letters UDUNITS is asked with.
struct Sign {
  std::string_view utf8, letters;
};
constexpr Sign kSigns[] = {{"\xC2\xB5", "u"},       {"\xCE\xBC", "u"},        {"\xCE\xA9", "ohm"},
                           {"\xE2\x84\xA6", "ohm"}, {"\xC3\x85", "angstrom"}, {"\xE2\x84\xAB", "angstrom"},
                           {"\xC2\xB0", "degree"},  {"\xE2\x84\x83", "degC"}, {"%", "percent"}};
constexpr Sign kSuperscripts[] = {{"\xE2\x81\xBB", "-"}, {"\xC2\xB9", "1"},     {"\xC2\xB2", "2"},
                                  {"\xC2\xB3", "3"},     {"\xE2\x81\xB4", "4"}, {"\xE2\x81\xB5", "5"},
                                  {"\xE2\x81\xB6", "6"}};

std::string_view trimmed(std::string_view text) {
  const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && isSpace(text.back())) text.remove_suffix(1);
  return text;
}

/// unit := factor {separator factor};  separator := '/' | '*' | '.' | middle dot | space
/// factor := (word | '1' | '(' unit ')') [power];  power := ['^' | '**'] ['-'] digits | superscripts
/// A slash divides by the one factor after it, as in SI's own rules.
class UnitParser {
 public:
  explicit UnitParser(std::string_view text) : text_(text) {}

  Unit parse() {
    if (text_.size() > kMaximumUnitLength) fail("is longer than a unit may be (64 bytes)");
    if (trimmed(text_).empty()) return {};
    const Unit unit = product(0);
    if (at_ < text_.size()) fail("is no unit: " + quoted(text_.substr(at_, 8)) + " does not belong in one");
    return unit;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const { throw inputError(quoted(text_) + " " + what); }

  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  [[nodiscard]] bool take(std::string_view what) {
    if (text_.substr(at_, what.size()) != what) return false;
    at_ += what.size();
    return true;
  }
  void skipSpace() {
    while (peek() == ' ') ++at_;
  }

  Unit product(int depth) {
    if (depth > 8) fail("has too many parentheses for a unit");
    Unit result;
    bool isDivided = false;
    for (int factors = 0;; ++factors) {
      skipSpace();
      const Unit next = factor(depth);
      // A temperature scale's zero point means something only when the unit stands alone.
      result.offset = factors == 0 && !isDivided ? next.offset : 0;
      multiply(result, next, isDivided ? -1 : 1);
      skipSpace();
      if (at_ >= text_.size() || peek() == ')') return result;
      isDivided = take("/");
      // A space, or letters that follow at once, multiply as well.
      if (!isDivided && !take("*") && !take("\xC2\xB7")) (void)take(".");
    }
  }

  Unit factor(int depth) {
    Unit unit;
    if (take("(")) {
      unit = product(depth + 1);
      if (!take(")")) fail("lacks a closing parenthesis");
    } else if (peek() == '1' && !isDigit(at_ + 1 < text_.size() ? text_[at_ + 1] : '\0')) {
      ++at_;
      return unit;
    } else {
      unit = word();
    }
    const int power = readPower();
    if (power == 1) return unit;
    Unit raised;
    multiply(raised, unit, power);
    return raised;
  }

  Unit word() {
    std::string asked;
    const std::size_t begin = at_;
    while (at_ < text_.size()) {
      if (isLetter(peek())) {
        asked += text_[at_++];
        continue;
      }
      // Water's formula is the one digit within a word.
      if (asked.ends_with("mH") && take("2O")) {
        asked += "2O";
        continue;
      }
      bool isSign = false;
      for (const Sign& sign : kSigns) {
        if (take(sign.utf8)) {
          asked += sign.letters;
          isSign = true;
          break;
        }
      }
      if (!isSign) break;
    }
    const std::string_view written = text_.substr(begin, at_ - begin);
    if (asked.empty()) fail("is no unit: " + quoted(text_.substr(at_, 8)) + " does not belong in one");
    if (const auto unit = waterColumn(asked)) return *unit;
    if (const auto unit = asked.size() <= kMaximumWordLength ? units::lookUp(asked) : std::nullopt)
      return *unit;
    std::string message = "is no unit we know";
    if (written.size() < trimmed(text_).size()) message = "is no unit: we do not know " + quoted(written);
    if (const auto near = nearestWord(written, units::commonWords()))
      message += "; did you mean \"" + *near + "\"?";
    fail(message);
  }

  int readPower() {
    const bool isMarked = take("^") || take("**");
    std::string digits;
    for (bool isMore = true; isMore;) {
      isMore = false;
      for (const Sign& sign : kSuperscripts) {
        if (!isMarked && take(sign.utf8)) {
          digits += sign.letters;
          isMore = true;
        }
      }
    }
    if (digits.empty()) {
      const bool isNegative = peek() == '-' || peek() == '+';
      if (isNegative) digits += text_[at_++];
      while (isDigit(peek())) digits += text_[at_++];
    }
    if (digits.empty() && !isMarked) return 1;
    int power = 0;
    const char* first = digits.data() + (digits.starts_with('+') ? 1 : 0);
    const char* last = digits.data() + digits.size();
    const auto result = std::from_chars(first, last, power);
    if (result.ec != std::errc() || result.ptr != last || std::abs(power) > kMaximumPower) {
      fail("has a power that is no whole number from -12 to 12");
    }
    return power;
  }

  void multiply(Unit& product, const Unit& factor, int power) const {
    product.scale *= std::pow(factor.scale, power);
    for (std::size_t i = 0; i < 7; ++i) {
      product.dimension.powers[i] += factor.dimension.powers[i] * power;
      if (std::abs(product.dimension.powers[i]) > kMaximumTotalPower) fail("has too high a power");
    }
    if (!std::isnormal(product.scale)) fail("is too large or too small to compute with");
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

struct NamedDimension {
  const char* described;  ///< With its article.
  const char* unit;
  const char* example;
};

/// The first entry of a dimension names it.
constexpr NamedDimension kNamed[] = {
    {"a pure number", "1", "1.5"},
    {"a length", "m", "20 nm"},
    {"a time", "s", "20 fs"},
    {"a mass", "kg", "1 kg"},
    {"a temperature", "K", "300 K"},
    {"an electric current", "A", "1 mA"},
    {"an amount of substance", "mol", "1 mol"},
    {"a luminous intensity", "cd", "1 cd"},
    {"a frequency", "Hz", "500 THz"},
    {"a speed", "m/s", "1 m/s"},
    {"an acceleration", "m/s2", "9.81 m/s2"},
    {"an area", "m2", "1 um2"},
    {"a volume", "m3", "1 um3"},
    {"a wave number", "1/m", "1 um-1"},
    {"a force", "N", "1 pN"},
    {"an energy", "J", "1 eV"},
    {"a power", "W", "1 mW"},
    {"a pressure", "Pa", "1 kPa"},
    {"a voltage", "V", "1 V"},
    {"an electric charge", "C", "1 C"},
    {"a resistance", "ohm", "50 ohm"},
    {"a conductance", "S", "1 S"},
    {"a capacitance", "F", "1 pF"},
    {"an inductance", "H", "1 nH"},
    {"a magnetic flux density", "T", "1 mT"},
    {"an electric field", "V/m", "1 V/m"},
    {"a magnetic field", "A/m", "1 A/m"},
    {"a current density", "A/m2", "1 A/m2"},
    {"a current times a length", "A m", "1 A m"},
    {"a conductivity", "S/m", "0.1 S/m"},
    {"a magnetic conductivity", "ohm/m", "1 ohm/m"},
    {"a permittivity in F/m", "F/m", "1 pF/m"},
    {"a permeability in H/m", "H/m", "1 uH/m"},
    {"an intensity", "W/m2", "1 W/m2"},
    {"a density", "kg/m3", "1000 kg/m3"},
    {"a viscosity", "Pa s", "1 mPa s"},
};

const NamedDimension* findNamed(const Dimension& dimension) {
  static const std::vector<Dimension> dimensions = [] {
    std::vector<Dimension> all;
    for (const NamedDimension& named : kNamed) all.push_back(parseUnit(named.unit).dimension);
    return all;
  }();
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    if (dimensions[i] == dimension) return &kNamed[i];
  }
  return nullptr;
}

std::string baseUnits(const Dimension& dimension) {
  static constexpr const char* kSymbols[7] = {"m", "kg", "s", "A", "K", "mol", "cd"};
  // Positive powers first, so that a person reads "kg m2 s-2" and not "m2 kg s-2".
  static constexpr int kOrder[7] = {1, 0, 2, 3, 4, 5, 6};
  std::string text;
  for (const bool isPositive : {true, false}) {
    for (const int i : kOrder) {
      const int power = dimension.powers[std::size_t(i)];
      if (power == 0 || (power > 0) != isPositive) continue;
      if (!text.empty()) text += " ";
      text += kSymbols[i];
      if (power != 1) text += std::to_string(power);
    }
  }
  return text;
}

/// "%.*g" with the exponent as people write it: 1e6, not 1e+06.
std::string shortNumber(double value, int digits) {
  char buffer[64];
  const auto result =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, digits);
  std::string text(buffer, result.ptr);
  if (const auto e = text.find('e'); e != std::string::npos) {
    std::string exponent = text.substr(e + 1);
    const bool isNegative = exponent.starts_with('-');
    exponent.erase(0, 1);
    exponent.erase(0, std::min(exponent.find_first_not_of('0'), exponent.size() - 1));
    text = text.substr(0, e) + (isNegative ? "e-" : "e") + exponent;
  }
  return text;
}

bool isAngleUnit(std::string_view unit) {
  return unit == "rad" || unit == "deg" || unit == "degree";
}

}  // namespace

double Unit::toSi(double value) const {
  const double inverse = std::nearbyint(1 / scale);
  const bool isWholeInverse = inverse > 1 && inverse < 9e15 && std::abs(inverse * scale - 1) < 4e-16;
  return (isWholeInverse ? value / inverse : value * scale) + offset;
}

std::string describe(const Dimension& dimension) {
  if (const NamedDimension* named = findNamed(dimension)) return named->described;
  return "a quantity in " + baseUnits(dimension);
}

std::string dimensionName(const Dimension& dimension) {
  if (const NamedDimension* named = findNamed(dimension)) {
    const std::string_view described = named->described;
    return std::string(described.substr(described.find(' ') + 1));
  }
  return baseUnits(dimension);
}

std::string exampleOf(const Dimension& dimension) {
  if (const NamedDimension* named = findNamed(dimension)) return named->example;
  return "1 " + baseUnits(dimension);
}

Unit parseUnit(std::string_view text) {
  return UnitParser(text).parse();
}

std::optional<Unit> findUnit(std::string_view word) {
  std::string asked(word);
  for (const Sign& sign : kSigns) {
    for (auto found = asked.find(sign.utf8); found != std::string::npos; found = asked.find(sign.utf8)) {
      asked.replace(found, sign.utf8.size(), sign.letters);
      if (asked.size() > kMaximumWordLength) return std::nullopt;
    }
  }
  if (asked.empty() || asked.size() > kMaximumWordLength) return std::nullopt;
  if (const auto unit = waterColumn(asked)) return unit;
  for (const char c : asked) {
    if (!isLetter(c)) return std::nullopt;
  }
  return units::lookUp(asked);
}

Quantity parseQuantity(std::string_view text) {
  const std::string_view whole = trimmed(text);
  if (whole.empty()) throw inputError("nothing stands where a quantity is needed, for example \"20 nm\"");
  if (whole.size() > kMaximumQuantityLength)
    throw inputError(quoted(whole, 30) + " is too long for a quantity");
  std::string_view number = whole;
  const bool isNegative = number.front() == '-';
  if (isNegative || number.front() == '+') number.remove_prefix(1);
  // from_chars would also take "inf" and "nan".
  if (number.empty() || !(isDigit(number.front()) || number.front() == '.')) {
    throw inputError(quoted(whole) + " is no quantity: it does not begin with a number");
  }
  double value = 0;
  const auto result = std::from_chars(number.data(), number.data() + number.size(), value);
  if (result.ec == std::errc::result_out_of_range) {
    throw inputError(quoted(whole) + " is too large or too small a number");
  }
  if (result.ec != std::errc())
    throw inputError(quoted(whole) + " is no quantity: it does not begin with a number");
  if (isNegative) value = -value;
  const Unit unit = parseUnit(trimmed(number.substr(std::size_t(result.ptr - number.data()))));
  const double si = unit.toSi(value);
  if (!std::isfinite(si)) throw inputError(quoted(whole) + " is too large a number");
  return {si, unit.dimension};
}

double parseQuantity(std::string_view text, std::string_view unit) {
  const Quantity quantity = parseQuantity(text);
  const Dimension needed = parseUnit(unit).dimension;
  if (quantity.dimension == needed) return quantity.si;
  const bool isAngle = isAngleUnit(unit);
  throw inputError(quoted(trimmed(text)) + " is " + describe(quantity.dimension) + ", " +
                   (isAngle ? "an angle" : describe(needed)) + " is needed, for example " +
                   (isAngle ? "\"30 deg\"" : quoted(exampleOf(needed))));
}

std::string formatIn(double si, std::string_view unit, int digits) {
  const std::string number = shortNumber(parseUnit(unit).fromSi(si), digits);
  return unit.empty() || unit == "1" ? number : number + " " + std::string(unit);
}

std::string formatQuantity(double si, std::string_view unit, int digits) {
  static constexpr std::string_view kPrefixable[] = {"ohm", "Hz", "Pa", "eV", "mol", "m", "s", "V", "A",
                                                     "W",   "J",  "N",  "F",  "H",   "T", "S", "C"};
  std::string_view first;
  for (const std::string_view symbol : kPrefixable) {
    if (!unit.starts_with(symbol)) continue;
    // The symbol must end there: "m2" is a square, and a prefix on it would be squared too.
    const std::string_view rest = unit.substr(symbol.size());
    if (rest.empty() || rest.front() == '/' || rest.front() == ' ') {
      first = symbol;
      break;
    }
  }
  const double value = parseUnit(unit).fromSi(si);
  if (first.empty() || value == 0 || !std::isfinite(value)) return formatIn(si, unit, digits);
  static constexpr struct {
    const char* prefix;
    double factor;
  } kPrefixes[] = {{"f", 1e-15}, {"p", 1e-12}, {"n", 1e-9}, {"u", 1e-6}, {"m", 1e-3},
                   {"", 1},      {"k", 1e3},   {"M", 1e6},  {"G", 1e9},  {"T", 1e12}};
  for (const auto& [prefix, factor] : kPrefixes) {
    const std::string number = shortNumber(value / factor, digits);
    // Judged after rounding: 999.99 nm in four digits is 1 um.
    if (std::abs(std::strtod(number.c_str(), nullptr)) < 1000)
      return number + " " + prefix + std::string(unit);
  }
  return shortNumber(value / 1e12, digits) + " T" + std::string(unit);
}

std::string prettyUnit(std::string_view text) {
  const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
  static constexpr const char* kRaised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string result;
  std::size_t i = 0;
  bool isAfterUnit = false;
  while (i < text.size()) {
    if (isLetter(text[i])) {
      std::size_t end = i;
      while (end < text.size() && isLetter(text[end])) ++end;
      std::string word(text.substr(i, end - i));
      if (word.ends_with("mH") && text.substr(end, 2) == "2O") {
        word += "₂O";
        end += 2;
      }
      // An exponent of ten belongs to its number: "1e-05".
      const bool isExponent = word == "e" && i > 0 && (isDigit(text[i - 1]) || text[i - 1] == '.');
      i = end;
      if (!isExponent) {
        if (word.size() >= 3 && word.ends_with("ohm")) word.replace(word.size() - 3, 3, "Ω");
        if (word == "deg") {
          word = "°";
          // No space between a number and its degrees.
          if (result.size() > 1 && result.back() == ' ' && isDigit(result[result.size() - 2]))
            result.pop_back();
        } else if (word.size() > 1 && word[0] == 'u') {
          // "u" alone is the atomic mass unit.
          word.replace(0, 1, "µ");
        }
      } else {
        // Takes the exponent's digits with it.
        std::size_t stop = i;
        if (stop < text.size() && (text[stop] == '-' || text[stop] == '+')) ++stop;
        while (stop < text.size() && isDigit(text[stop])) ++stop;
        word += text.substr(i, stop - i);
        i = stop;
      }
      result += word;
      isAfterUnit = !isExponent;
      continue;
    }
    std::size_t start = i;
    if (isAfterUnit) {
      if (text[start] == '^')
        ++start;
      else if (text.substr(start, 2) == "**")
        start += 2;
      std::size_t end = start;
      if (end < text.size() && text[end] == '-') ++end;
      const std::size_t digits = end;
      while (end < text.size() && isDigit(text[end])) ++end;
      if (end > digits) {
        for (; start < end; ++start) result += text[start] == '-' ? "⁻" : kRaised[text[start] - '0'];
        i = end;
        isAfterUnit = false;
        continue;
      }
    }
    result += text[i] == '*' ? std::string("·") : std::string(1, text[i]);
    isAfterUnit = false;
    ++i;
  }
  return result;
}

}  // namespace aula::core
