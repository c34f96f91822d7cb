// SPDX-License-Identifier: Apache-2.0
#include "lab/file/expression.h"

#include <muParser.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/error.h"
#include "core/text.h"
#include "core/units/constants.h"

namespace aula::lab {

namespace {

constexpr std::string_view kFunctions[] = {"sqrt", "sin", "cos",   "tan", "asin", "acos", "atan",
                                           "exp",  "ln",  "log10", "abs", "min",  "max"};

bool isFunctionName(std::string_view name) {
  for (const std::string_view function : kFunctions) {
    if (name == function) return true;
  }
  return false;
}

bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
/// Also the bytes of signs such as the micro sign, which only units have.
bool isWordByte(char c) {
  return isLetter(c) || c == '%' || static_cast<unsigned char>(c) >= 0x80;
}

/// Reads the text, checks its grammar, and writes it down for muParser with every number and name as a
/// variable V0, V1, ... and every precedence in parentheses:
///   sum := product {('+' | '-') product};  product := signed {('*' | '/') signed};  signed := ['+' | '-']
///   power power := primary ['^' signed];  primary := number [unit] | name | function '(' sum {',' sum} ')' |
///   '(' sum ')'
/// A unit binds tighter than any operator: "1 / 2 um" is 1 / (2 um).
class Reader {
 public:
  Reader(std::string_view text, const Names& names) : text_(text), names_(names) {}

  std::string read() {
    std::string formula = sum(0);
    if (at_ < text_.size()) unexpected();
    return formula;
  }

  [[nodiscard]] const std::vector<core::Quantity>& variables() const { return variables_; }
  [[nodiscard]] bool isBroken() const { return isBroken_; }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw core::inputError(core::quoted(text_) + ": " + what);
  }
  [[noreturn]] void unexpected() const {
    if (text_.find_first_not_of(" \t\r\n") == std::string_view::npos) fail("there is no value");
    if (at_ >= text_.size()) fail("the expression ends too early");
    const auto isDigit = [&](std::size_t at) {
      return at < text_.size() && text_[at] >= '0' && text_[at] <= '9';
    };
    if (text_[at_] == ',' && at_ > 0 && isDigit(at_ - 1) && isDigit(at_ + 1))
      fail("the decimal mark of a number is a point, not a comma");
    if (text_[at_] == '"' || text_[at_] == '\'') fail("a value needs no quotes within");
    fail("did not expect " + core::quoted(text_.substr(at_), 12) + " there");
  }
  void checkDepth(int depth) const {
    if (depth > kMaximumExpressionDepth) fail("the expression is nested too deeply (at most 32 levels)");
  }
  void skipSpace() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  [[nodiscard]] char peek() {
    skipSpace();
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  std::string variable(const core::Quantity& quantity) {
    variables_.push_back(quantity);
    return "V" + std::to_string(variables_.size() - 1);
  }

  std::string sum(int depth) {
    checkDepth(depth);
    std::string formula = product(depth);
    for (char c = peek(); c == '+' || c == '-'; c = peek()) {
      ++at_;
      formula += c + product(depth);
    }
    return "(" + formula + ")";
  }

  std::string product(int depth) {
    std::string formula = signedPower(depth);
    for (char c = peek(); c == '*' || c == '/'; c = peek()) {
      ++at_;
      formula += c + signedPower(depth);
    }
    return formula;
  }

  std::string signedPower(int depth) {
    checkDepth(depth);
    if (take('+')) return power(depth);
    if (take('-')) return "(0-" + power(depth) + ")";
    return power(depth);
  }

  std::string power(int depth) {
    std::string base = primary(depth);
    if (!take('^')) return base;
    return "(" + base + "^" + signedPower(depth + 1) + ")";
  }

  std::string primary(int depth) {
    const char c = peek();
    if (take('(')) {
      std::string formula = sum(depth + 1);
      if (!take(')')) {
        if (at_ >= text_.size()) fail("a closing parenthesis is missing");
        unexpected();
      }
      return formula;
    }
    if (isDigit(c) || c == '.') return number();
    if (isLetter(c)) return name(depth);
    unexpected();
  }

  std::string number() {
    double value = 0;
    const auto result = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (result.ec == std::errc::result_out_of_range) fail("a number is too large or too small");
    if (result.ec != std::errc()) unexpected();
    at_ = std::size_t(result.ptr - text_.data());
    const core::Unit unit = core::parseUnit(unitText());
    const double si = unit.toSi(value);
    if (!std::isfinite(si)) fail("a number is too large");
    return variable({si, unit.dimension});
  }

  /// Takes the unit that follows a number: the longest run of unit words, powers of them, and separators
  /// between them.
  std::string_view unitText() {
    skipSpace();
    const std::size_t begin = at_;
    std::size_t end = at_;
    for (std::size_t next = at_; next < text_.size() && isWordByte(text_[next]);) {
      const std::size_t wordBegin = next;
      while (next < text_.size() && isWordByte(text_[next])) {
        ++next;
        // "cmH2O": the one unit with a digit within.
        if (text_.substr(wordBegin, next - wordBegin).ends_with("mH") && text_.substr(next, 2) == "2O")
          next += 2;
      }
      const std::string_view word = text_.substr(wordBegin, next - wordBegin);
      const bool isFirst = wordBegin == begin;
      if (!isUnitWord(word)) {
        if (!isFirst) break;
        const std::string asName(word);
        if (names_.has(asName) || isConstant(asName) || isFunctionName(word)) {
          fail("an operator is missing before " + core::quoted(word) + "; write \"*\" to multiply");
        }
        // The unit parser knows how to complain about a misspelt unit.
        return take(begin, next);
      }
      next = pastPower(next);
      end = next;
      // A separator belongs to the unit only when another unit word follows it.
      while (next < text_.size() && text_[next] == ' ') ++next;
      if (next < text_.size() && (text_[next] == '/' || text_[next] == '*')) ++next;
      while (next < text_.size() && text_[next] == ' ') ++next;
    }
    return take(begin, end);
  }

  std::string_view take(std::size_t begin, std::size_t end) {
    at_ = end;
    return text_.substr(begin, end - begin);
  }

  [[nodiscard]] std::size_t pastPower(std::size_t next) const {
    std::size_t digits = next;
    if (digits < text_.size() && text_[digits] == '^') {
      ++digits;
      if (digits < text_.size() && text_[digits] == '-') ++digits;
    }
    std::size_t end = digits;
    while (end < text_.size() && isDigit(text_[end])) ++end;
    return end > digits ? end : next;
  }

  bool isUnitWord(std::string_view word) const {
    // Superscripts are part of the word's bytes here; the unit parser takes them apart.
    std::string bare(word);
    for (const std::string_view superscript : {"\xC2\xB2", "\xC2\xB3", "\xC2\xB9", "\xE2\x81\xBB"}) {
      for (auto at = bare.find(superscript); at != std::string::npos; at = bare.find(superscript)) {
        bare.erase(at, superscript.size());
      }
    }
    return !names_.has(bare) && core::findUnit(bare).has_value();
  }

  [[nodiscard]] static bool isConstant(const std::string& word) { return word == "pi" || word == "c"; }

  std::string name(int depth) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (isLetter(text_[at_]) || isDigit(text_[at_]))) ++at_;
    const std::string word(text_.substr(begin, at_ - begin));
    if (isFunctionName(word)) return call(word, depth);
    if (names_.has(word)) {
      const NamedQuantity named = names_.find(word);
      isBroken_ = isBroken_ || named.isBroken;
      return variable(named.quantity);
    }
    if (word == "pi") return variable({core::kPi, {}});
    if (word == "c") {
      return variable({core::kSpeedOfLight, core::Dimension{{1, 0, -1, 0, 0, 0, 0}}});
    }
    const std::vector<std::string> known = names_.all();
    std::vector<std::string> candidates = known;
    if (peek() == '(') {
      for (const std::string_view function : kFunctions) candidates.emplace_back(function);
    }
    std::string message = "there is no knob called " + core::quoted(word);
    if (const auto near = core::nearestWord(word, candidates)) {
      message += "; did you mean \"" + *near + "\"?";
    } else if (core::findUnit(word)) {
      message += "; a unit needs a number before it, for example \"1 " + word + "\"";
    } else if (known.empty()) {
      message += "; the lab has no knobs";
    } else if (known.size() <= 12) {
      message += "; there are " + core::listed(known, "and");
    }
    fail(message);
  }

  std::string call(const std::string& function, int depth) {
    if (!take('(')) fail("the function " + function + " needs its argument in parentheses");
    std::string formula = function + "(";
    int arguments = 0;
    do {
      formula += (arguments > 0 ? "," : "") + sum(depth + 1);
      ++arguments;
    } while (take(','));
    if (!take(')')) {
      if (at_ >= text_.size()) fail("a closing parenthesis is missing");
      unexpected();
    }
    const bool isMany = function == "min" || function == "max";
    if (!isMany && arguments != 1) fail("the function " + function + " takes one argument");
    return formula + ")";
  }

  std::string_view text_;
  const Names& names_;
  std::size_t at_ = 0;
  std::vector<core::Quantity> variables_;
  bool isBroken_ = false;
};

/// The formula with its variables' storage; evaluated at as many points as asked.
class Formula {
 public:
  Formula(const std::string& formula, std::size_t variables) : values_(variables) {
    for (std::size_t i = 0; i < variables; ++i) parser_.DefineVar("V" + std::to_string(i), &values_[i]);
    parser_.SetExpr(formula);
  }
  [[nodiscard]] double at(const std::vector<double>& values) {
    std::copy(values.begin(), values.end(), values_.begin());
    return parser_.Eval();
  }

 private:
  std::vector<double> values_;
  mu::Parser parser_;
};

/// How the dimension of a result is found without an algebra of dimensions: a relation between physical
/// quantities holds in any system of units (Bridgman, Dimensional Analysis, 1922, chapter 2). So the formula
/// is evaluated again with one base unit made smaller by 4, that is with every variable multiplied by 4^(its
/// power of that base); a proper quantity is then multiplied by 4^(its own power), which gives that power. A
/// sum of a length and a time is not multiplied by any such number. 4 and not 10: powers of two leave all
/// digits as they are, so that nothing is lost where large terms cancel, and 4 rather than 2 so that a square
/// root is exact too.
enum class Homogeneity { proper, mixed, unknown };

Homogeneity findDimension(Formula& formula, const std::vector<core::Quantity>& variables,
                          const std::vector<double>& point, core::Dimension& dimension) {
  const double value = formula.at(point);
  // Zero stays zero in any units and tells nothing; so does a function outside its domain.
  if (!std::isfinite(value) || value == 0) return Homogeneity::unknown;
  for (std::size_t base = 0; base < 7; ++base) {
    std::vector<double> rescaled = point;
    bool isUsed = false;
    for (std::size_t i = 0; i < variables.size(); ++i) {
      const int power = variables[i].dimension.powers[base];
      isUsed = isUsed || power != 0;
      rescaled[i] = std::ldexp(rescaled[i], 2 * power);
    }
    if (!isUsed) continue;
    const double ratio = formula.at(rescaled) / value;
    if (!std::isfinite(ratio)) return Homogeneity::unknown;
    if (!(ratio > 0)) return Homogeneity::mixed;
    const double power = std::log2(ratio) / 2;
    // Rounding in roots and powers is some units in the last place; a mixture is off by its smaller share.
    if (std::abs(power - std::nearbyint(power)) > 1e-9 || std::abs(power) > 100) return Homogeneity::mixed;
    dimension.powers[base] = int(std::nearbyint(power));
  }
  return Homogeneity::proper;
}

}  // namespace

std::optional<std::string> reservedMeaning(const std::string& name) {
  if (isFunctionName(name)) return "a function";
  if (name == "pi") return "the constant 3.14159...";
  if (name == "c") return "the speed of light";
  if (name == "infinite" || name == "inf") return "the word for no limit";
  if (const auto unit = core::findUnit(name)) return "a unit (" + core::describe(unit->dimension) + ")";
  return std::nullopt;
}

Evaluation evaluate(std::string_view text, const Names& names) {
  if (text.size() > kMaximumExpressionLength) {
    throw core::inputError(core::quoted(text, 30) + ": an expression may have 512 bytes at most");
  }
  Reader reader(text, names);
  const std::string written = reader.read();
  const std::vector<core::Quantity>& variables = reader.variables();
  Evaluation result;
  if (reader.isBroken()) {
    result.isBroken = true;
    return result;
  }
  // Nearly every value is one number with its unit.
  if (written == "(V0)") {
    result.quantity = variables.front();
    result.isBareZero = result.quantity.si == 0 && result.quantity.dimension.isNumber();
    return result;
  }
  try {
    Formula formula(written, variables.size());

    std::vector<double> actual, generic;
    for (std::size_t i = 0; i < variables.size(); ++i) {
      const auto& [si, dimension] = variables[i];
      actual.push_back(si);
      // Physical sizes lie so far apart that a wrong term could vanish in rounding (1 m + 1e-20 s). At a
      // second point all are near one and unequal; pure numbers stay, for they may be powers.
      const double irrational = std::fmod(double(i + 1) * 0.6180339887498949, 1.0);
      generic.push_back(dimension.isNumber() ? si : std::copysign(1 + 0.4 * irrational, si));
    }
    result.quantity.si = formula.at(actual);
    if (!std::isfinite(result.quantity.si))
      throw core::inputError(core::quoted(text) + ": has no finite value");

    core::Dimension atActual, atGeneric;
    const Homogeneity actually = findDimension(formula, variables, actual, atActual);
    const Homogeneity generically = findDimension(formula, variables, generic, atGeneric);
    const bool isMixed =
        actually == Homogeneity::mixed || generically == Homogeneity::mixed ||
        (actually == Homogeneity::proper && generically == Homogeneity::proper && !(atActual == atGeneric));
    if (isMixed) {
      throw core::inputError(
          core::quoted(text) +
          ": adds or compares quantities of different kinds, or takes a function of one with a unit");
    }
    result.quantity.dimension = generically == Homogeneity::proper ? atGeneric : atActual;
    result.isBareZero = result.quantity.si == 0 && result.quantity.dimension.isNumber();
  } catch (const mu::Parser::exception_type& problem) {
    throw core::inputError(core::quoted(text) + ": cannot be computed: " + problem.GetMsg());
  }
  return result;
}

}  // namespace aula::lab
