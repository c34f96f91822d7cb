// SPDX-License-Identifier: Apache-2.0
#include "molecular/analysis/selection.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <functional>
#include <string_view>

#include "core/error.h"
#include "core/text.h"
#include "molecular/analysis/neighbours.h"
#include "molecular/model/elements.h"

namespace aula::molecular {

namespace {

using Mask = std::vector<char>;

constexpr std::size_t kMaximumText = 2000;
constexpr int kMaximumDepth = 64;

struct Scene {
  const Topology& topology;
  const State& state;
  [[nodiscard]] std::size_t count() const { return topology.masses.size(); }
};

struct Token {
  std::string text;
  std::size_t column = 1;  ///< From 1.
  bool isQuoted = false;
};

std::vector<Token> tokenise(const std::string& text) {
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (std::isspace(static_cast<unsigned char>(c))) {
      ++i;
      continue;
    }
    Token token{"", i + 1};
    if (c == '(' || c == ')') {
      token.text = std::string(1, c);
      ++i;
    } else if (c == '<' || c == '>' || c == '=' || c == '!') {
      token.text = std::string(1, c);
      ++i;
      if (i < text.size() && text[i] == '=') token.text += text[i++];
    } else if (c == '"' || c == '\'') {
      const std::size_t end = text.find(c, i + 1);
      if (end == std::string::npos)
        throw core::inputError("column " + std::to_string(i + 1) + ": the quotation mark is not closed");
      token.text = text.substr(i + 1, end - i - 1);
      token.isQuoted = true;
      i = end + 1;
    } else {
      while (i < text.size() && !std::isspace(static_cast<unsigned char>(text[i])) &&
             std::string_view("()<>=!\"").find(text[i]) == std::string_view::npos)
        token.text += text[i++];
    }
    tokens.push_back(token);
  }
  return tokens;
}

/// * stands for any letters, ? for one.
bool matches(std::string_view pattern, std::string_view word) {
  std::size_t p = 0, w = 0, star = std::string_view::npos, mark = 0;
  while (w < word.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || (pattern[p] == word[w] && pattern[p] != '*'))) {
      ++p, ++w;
    } else if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = w;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      w = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

const std::vector<std::string>& vocabulary() {
  static const std::vector<std::string> kWords{
      "all",     "none",    "protein", "water", "ion",    "backbone", "sidechain", "hydrogen", "heavy",
      "name",    "resname", "resid",   "index", "chain",  "element",  "type",      "charge",   "mass",
      "bfactor", "x",       "y",       "z",     "within", "same",     "not"};
  return kWords;
}

}  // namespace

bool isProteinResidue(const std::string& name) {
  // The twenty, their protonation states as AMBER and GROMACS write them, with N and C before those at the
  // ends, caps and selenomethionine.
  static const std::vector<std::string> kNames{
      "ALA", "ARG", "ASN", "ASP",  "ASH",  "CYS",  "CYX",  "CYM",  "CYS2", "GLN", "GLU", "GLH", "GLY", "HIS",
      "HID", "HIE", "HIP", "HISA", "HISB", "HISH", "HISD", "HISE", "ILE",  "LEU", "LYS", "LYN", "MET", "PHE",
      "PRO", "SER", "THR", "TRP",  "TYR",  "VAL",  "ACE",  "NME",  "NMA",  "NHE", "NH2", "MSE", "HYP"};
  const auto isKnown = [](const std::string& word) {
    return std::find(kNames.begin(), kNames.end(), word) != kNames.end();
  };
  return isKnown(name) || (name.size() == 4 && (name[0] == 'N' || name[0] == 'C') && isKnown(name.substr(1)));
}

bool isWaterResidue(const std::string& name) {
  return isOneOf(name, {"SOL", "HOH", "WAT", "TIP3", "TIP4", "SPC", "H2O", "DOD"});
}

/// A node: its test fills a mask. `asksPlaces` is whether positions matter.
struct Selection::Expression {
  std::function<Mask(const Scene&)> evaluate;
  bool asksPlaces = false;
};

namespace {

using Expression = Selection::Expression;
using Pointer = std::shared_ptr<const Expression>;

Pointer byAtom(std::function<bool(const Topology&, std::size_t)> test) {
  return std::make_shared<Expression>(Expression{[test = std::move(test)](const Scene& scene) {
    Mask mask(scene.count(), 0);
    for (std::size_t n = 0; n < mask.size(); ++n) mask[n] = test(scene.topology, n) ? 1 : 0;
    return mask;
  }});
}

const Residue& residueOf(const Topology& topology, std::size_t atom) {
  return topology.residues[static_cast<std::size_t>(topology.residueOf[atom])];
}

bool isIon(const Topology& topology, std::size_t atom) {
  const Residue& residue = residueOf(topology, atom);
  return residue.atomCount == 1 && topology.charges[atom] != 0;
}

bool isBackbone(const Topology& topology, std::size_t atom) {
  return isProteinResidue(residueOf(topology, atom).name) &&
         isOneOf(topology.names[atom], {"N", "CA", "C", "O", "OC1", "OC2", "OXT", "O1", "O2"});
}

/// Recursive descent over the tokens.
class Parser {
 public:
  explicit Parser(const std::string& text) : tokens_(tokenise(text)), end_(text.size() + 1) {}

  Pointer parse() {
    if (tokens_.empty()) throw core::inputError("the selection is empty; write \"all\" for every atom");
    Pointer result = disjunction(0);
    if (!isAtEnd()) fail("and, or or the end was expected");
    return result;
  }

 private:
  [[nodiscard]] bool isAtEnd() const { return next_ >= tokens_.size(); }
  [[nodiscard]] std::string_view peek() const {
    return isAtEnd() || tokens_[next_].isQuoted ? std::string_view{} : std::string_view(tokens_[next_].text);
  }
  bool take(std::string_view word) {
    if (peek() != word || word.empty()) return false;
    ++next_;
    return true;
  }
  [[noreturn]] void fail(const std::string& expected) const {
    const std::string found = isAtEnd() ? "it ends here" : "found " + core::quoted(tokens_[next_].text);
    throw core::inputError("column " + std::to_string(isAtEnd() ? end_ : tokens_[next_].column) + ": " +
                           found + ", but " + expected);
  }

  Pointer disjunction(int depth) {
    Pointer left = conjunction(depth);
    while (take("or")) left = join(left, conjunction(depth), [](char a, char b) { return char(a | b); });
    return left;
  }
  Pointer conjunction(int depth) {
    Pointer left = negation(depth);
    while (take("and")) left = join(left, negation(depth), [](char a, char b) { return char(a & b); });
    return left;
  }
  static Pointer join(const Pointer& a, const Pointer& b, char (*operation)(char, char)) {
    return std::make_shared<Expression>(Expression{[a, b, operation](const Scene& scene) {
                                                     Mask left = a->evaluate(scene);
                                                     const Mask right = b->evaluate(scene);
                                                     for (std::size_t n = 0; n < left.size(); ++n)
                                                       left[n] = operation(left[n], right[n]);
                                                     return left;
                                                   },
                                                   a->asksPlaces || b->asksPlaces});
  }
  Pointer negation(int depth) {
    if (depth > kMaximumDepth) fail("not more than 64 levels may stand in each other");
    if (!take("not")) return primary(depth);
    const Pointer inner = negation(depth + 1);
    return std::make_shared<Expression>(Expression{[inner](const Scene& scene) {
                                                     Mask mask = inner->evaluate(scene);
                                                     for (char& value : mask) value = value ? 0 : 1;
                                                     return mask;
                                                   },
                                                   inner->asksPlaces});
  }

  Pointer primary(int depth) {
    if (take("(")) {
      Pointer inner = disjunction(depth + 1);
      if (!take(")")) fail("a closing parenthesis was expected");
      return inner;
    }
    if (take("all")) return byAtom([](const Topology&, std::size_t) { return true; });
    if (take("none")) return byAtom([](const Topology&, std::size_t) { return false; });
    if (take("protein"))
      return byAtom([](const Topology& t, std::size_t n) { return isProteinResidue(residueOf(t, n).name); });
    if (take("water"))
      return byAtom([](const Topology& t, std::size_t n) { return isWaterResidue(residueOf(t, n).name); });
    if (take("ion")) return byAtom(isIon);
    if (take("backbone")) return byAtom(isBackbone);
    if (take("sidechain"))
      return byAtom([](const Topology& t, std::size_t n) {
        return isProteinResidue(residueOf(t, n).name) && !isBackbone(t, n);
      });
    if (take("hydrogen")) return byAtom([](const Topology& t, std::size_t n) { return t.elements[n] == 1; });
    if (take("heavy")) return byAtom([](const Topology& t, std::size_t n) { return t.elements[n] != 1; });
    if (take("name"))
      return byWords([](const Topology& t, std::size_t n) -> std::string { return t.names[n]; });
    if (take("resname"))
      return byWords([](const Topology& t, std::size_t n) -> std::string { return residueOf(t, n).name; });
    if (take("chain"))
      return byWords([](const Topology& t, std::size_t n) -> std::string { return residueOf(t, n).chain; });
    if (take("element"))
      return byWords(
          [](const Topology& t, std::size_t n) -> std::string { return element(t.elements[n]).symbol; });
    if (take("type"))
      return byWords([](const Topology& t, std::size_t n) -> std::string {
        return t.typeNames.empty() ? "" : t.typeNames[static_cast<std::size_t>(t.types[n])];
      });
    if (take("resid"))
      return byNumbers([](const Topology& t, std::size_t n) { return residueOf(t, n).number; });
    if (take("index"))
      return byNumbers([](const Topology&, std::size_t n) { return static_cast<int>(n) + 1; });
    if (take("charge"))
      return compared([](const Scene& s, std::size_t n) { return s.topology.charges[n]; }, false);
    if (take("mass"))
      return compared([](const Scene& s, std::size_t n) { return s.topology.masses[n]; }, false);
    if (take("bfactor"))
      return compared(
          [](const Scene& s, std::size_t n) {
            return s.topology.bFactors.empty() ? 0.0 : double(s.topology.bFactors[n]);
          },
          false);
    if (take("x"))
      return compared([](const Scene& s, std::size_t n) { return s.state.positions[n].x; }, true);
    if (take("y"))
      return compared([](const Scene& s, std::size_t n) { return s.state.positions[n].y; }, true);
    if (take("z"))
      return compared([](const Scene& s, std::size_t n) { return s.state.positions[n].z; }, true);
    if (take("within")) return within(depth);
    if (take("same")) return same(depth);
    std::string expected = "a word that says which atoms was expected";
    if (!isAtEnd())
      if (const auto near = core::nearestWord(tokens_[next_].text, vocabulary()))
        expected += "; did you mean \"" + *near + "\"?";
    fail(expected + (isAtEnd() ? "" : "") + " (" + core::listed(vocabulary()) + ")");
  }

  /// Words up to and, or, a parenthesis or the end.
  [[nodiscard]] bool isValue() const {
    if (isAtEnd()) return false;
    return tokens_[next_].isQuoted || !isOneOf(tokens_[next_].text, {"and", "or", "not", "(", ")", "of", "<",
                                                                     ">", "=", "==", "!=", "<=", ">=", "!"});
  }

  Pointer byWords(std::string (*wordOf)(const Topology&, std::size_t)) {
    std::vector<std::string> patterns;
    while (isValue()) patterns.push_back(tokens_[next_++].text);
    if (patterns.empty()) fail("a name to look for was expected, for example \"name CA\"");
    return byAtom([patterns, wordOf](const Topology& topology, std::size_t n) {
      const std::string word = wordOf(topology, n);
      return std::any_of(patterns.begin(), patterns.end(),
                         [&](const std::string& pattern) { return matches(pattern, word); });
    });
  }

  /// "12", "3-7", "-2": what stands between is a dash when a number stands before it.
  [[nodiscard]] static bool readRange(const std::string& text, std::array<int, 2>& range) {
    const char* const last = text.data() + text.size();
    auto first = std::from_chars(text.data(), last, range[0]);
    if (first.ec != std::errc{}) return false;
    range[1] = range[0];
    if (first.ptr == last) return true;
    if (*first.ptr != '-' && *first.ptr != ':') return false;
    const auto second = std::from_chars(first.ptr + 1, last, range[1]);
    return second.ec == std::errc{} && second.ptr == last && range[1] >= range[0];
  }

  Pointer byNumbers(int (*numberOf)(const Topology&, std::size_t)) {
    std::vector<std::array<int, 2>> ranges;
    while (isValue()) {
      std::array<int, 2> range{};
      if (!readRange(tokens_[next_].text, range)) fail("a number or a range such as 10-20 was expected");
      ranges.push_back(range);
      ++next_;
    }
    if (ranges.empty()) fail("a number or a range such as 10-20 was expected");
    return byAtom([ranges, numberOf](const Topology& topology, std::size_t n) {
      const int number = numberOf(topology, n);
      return std::any_of(ranges.begin(), ranges.end(),
                         [&](const auto& range) { return number >= range[0] && number <= range[1]; });
    });
  }

  double number(const char* what) {
    if (!isAtEnd()) {
      const std::string& text = tokens_[next_].text;
      double value = 0;
      const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
      if (read.ec == std::errc{} && read.ptr == text.data() + text.size() && std::isfinite(value)) {
        ++next_;
        return value;
      }
    }
    fail(what);
  }

  Pointer compared(double (*valueOf)(const Scene&, std::size_t), bool asksPlaces) {
    const std::string sign(peek());
    if (!isOneOf(sign, {"<", ">", "<=", ">=", "==", "!=", "="})) fail("one of < <= > >= == != was expected");
    ++next_;
    const double limit = number("a number to compare with was expected");
    return std::make_shared<Expression>(Expression{[valueOf, sign, limit](const Scene& scene) {
                                                     Mask mask(scene.count(), 0);
                                                     for (std::size_t n = 0; n < mask.size(); ++n) {
                                                       const double value = valueOf(scene, n);
                                                       const bool is = sign == "<"    ? value < limit
                                                                       : sign == ">"  ? value > limit
                                                                       : sign == "<=" ? value <= limit
                                                                       : sign == ">=" ? value >= limit
                                                                       : sign == "!=" ? value != limit
                                                                                      : value == limit;
                                                       mask[n] = is ? 1 : 0;
                                                     }
                                                     return mask;
                                                   },
                                                   asksPlaces});
  }

  Pointer within(int depth) {
    double distance = number("a distance was expected, for example \"within 0.35 nm of (name OW)\"");
    if (take("A") || take("angstrom") || take("Angstrom"))
      distance *= 0.1;
    else if (!take("nm"))
      fail("the distance's unit was expected: nm or angstrom");
    if (!(distance > 0)) throw core::inputError("within: the distance must be greater than 0");
    if (!take("of")) fail("\"of\" and a selection were expected");
    const Pointer inner = negation(depth + 1);
    return std::make_shared<Expression>(
        Expression{[inner, distance](const Scene& scene) {
                     const Mask from = inner->evaluate(scene);
                     std::vector<Vec3> points;
                     for (std::size_t n = 0; n < from.size(); ++n)
                       if (from[n]) points.push_back(scene.state.positions[n]);
                     Mask mask = from;
                     if (points.empty()) return mask;
                     const NeighbourGrid grid(scene.state.box, distance, points);
                     for (std::size_t n = 0; n < mask.size(); ++n)
                       if (!mask[n])
                         grid.around(scene.state.positions[n], [&](int, Vec3, double) { mask[n] = 1; });
                     return mask;
                   },
                   true});
  }

  Pointer same(int depth) {
    const bool isResidue = take("residue");
    if (!isResidue && !take("molecule")) fail("\"residue as\" or \"molecule as\" was expected");
    if (!take("as")) fail("\"as\" and a selection were expected");
    const Pointer inner = negation(depth + 1);
    return std::make_shared<Expression>(Expression{[inner, isResidue](const Scene& scene) {
                                                     Mask mask = inner->evaluate(scene);
                                                     const auto widen = [&](int first, int count) {
                                                       const auto begin = mask.begin() + first,
                                                                  end = begin + count;
                                                       if (std::find(begin, end, 1) != end)
                                                         std::fill(begin, end, char(1));
                                                     };
                                                     if (isResidue)
                                                       for (const Residue& r : scene.topology.residues)
                                                         widen(r.firstAtom, r.atomCount);
                                                     else
                                                       for (const Molecule& m : scene.topology.molecules)
                                                         widen(m.firstAtom, m.atomCount);
                                                     return mask;
                                                   },
                                                   inner->asksPlaces});
  }

  std::vector<Token> tokens_;
  std::size_t end_;
  std::size_t next_ = 0;
};

}  // namespace

Selection Selection::parse(const std::string& text) {
  if (text.size() > kMaximumText)
    throw core::inputError("the selection is " + std::to_string(text.size()) + " bytes long; at most " +
                           std::to_string(kMaximumText) + " are read");
  Selection selection;
  selection.text_ = text;
  selection.root_ = Parser(text).parse();
  return selection;
}

bool Selection::isDynamic() const {
  return root_->asksPlaces;
}

std::vector<int> Selection::evaluate(const Topology& topology, const State& state) const {
  const Mask mask = root_->evaluate({topology, state});
  std::vector<int> atoms;
  for (std::size_t n = 0; n < mask.size(); ++n)
    if (mask[n]) atoms.push_back(static_cast<int>(n));
  return atoms;
}

}  // namespace aula::molecular
