// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>

#include "core/text.h"
#include "molecular/input/raw_structure.h"
#include "molecular/input/text_file.h"

namespace aula::molecular {

namespace {

/// Columns counted from 1, as the format's description does; what lies behind the line's end is blank.
std::string_view columns(std::string_view line, std::size_t first, std::size_t last) {
  return first <= line.size() ? line.substr(first - 1, last - first + 1) : std::string_view();
}
char column(std::string_view line, std::size_t at) {
  return at <= line.size() ? line[at - 1] : ' ';
}
bool isPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
}

class PdbParser {
 public:
  PdbParser(std::string_view text, const std::string& name, int model)
      : wantedModel_(model), lines_(splitLines(text)) {
    raw_.file = name;
  }

  RawStructure parse() {
    for (std::size_t n = 0; n < lines_.size() && !isAtEnd_; ++n) {
      number_ = static_cast<int>(n) + 1;
      record(lines_[n]);
    }
    const int models = std::max(model_, atomsSeen_ ? 1 : 0);
    if (!atomsSeen_)
      throw errorAt(raw_.file, "has no line of an atom (ATOM or HETATM); is this a PDB or mmCIF file?");
    if (wantedModel_ < 1 || wantedModel_ > models)
      throw errorAt(raw_.file, "has " + std::to_string(models) + (models == 1 ? " model" : " models") +
                                   "; model " + std::to_string(wantedModel_) + " was asked for");
    if (raw_.atoms.empty())
      throw errorAt(raw_.file, "model " + std::to_string(wantedModel_) + " has no atoms");
    if (models > 1)
      raw_.remarks.push_back("model " + std::to_string(wantedModel_) + " of " + std::to_string(models) +
                             " is read");
    return std::move(raw_);
  }

 private:
  [[nodiscard]] std::string place() const { return raw_.file + ":" + std::to_string(number_); }

  void record(std::string_view line) {
    std::string kind(trimmed(columns(line, 1, 6)));
    std::transform(kind.begin(), kind.end(), kind.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    if (kind == "MODEL") {
      ++model_;
      isBetweenModels_ = false;
    } else if (kind == "ENDMDL") {
      isBetweenModels_ = true;
      if (model_ == 0) model_ = 1;
    } else if (kind == "ATOM" || kind == "HETATM") {
      // Frames of trajectories may be parted by ENDMDL alone.
      if (isBetweenModels_) {
        ++model_;
        isBetweenModels_ = false;
      }
      atomsSeen_ = true;
      if (std::max(model_, 1) == wantedModel_) atom(line, kind == "HETATM");
    } else if (kind == "TER") {
      ++segment_;
    } else if (kind == "CRYST1") {
      if (!raw_.box.isPeriodic()) cell(line);
    } else if (kind == "TITLE") {
      const std::string_view text = trimmed(columns(line, 11, 80));
      raw_.title += (raw_.title.empty() || text.empty() ? "" : " ") + std::string(text);
    } else if (kind == "CONECT") {
      connections(line);
    } else if (kind == "SSBOND") {
      link(line, {16, 18, 22}, {30, 32, 36}, "SG", "SG");
    } else if (kind == "LINK") {
      link(line, {22, 23, 27}, {52, 53, 57}, columns(line, 13, 16), columns(line, 43, 46));
    } else if (kind == "END") {
      isAtEnd_ = true;
    }
  }

  void atom(std::string_view line, bool isHetero) {
    if (line.find('\t') != std::string_view::npos)
      throw errorAt(place(), "has a tab: the columns of a PDB file must be parted by blanks");
    if (line.size() < 54)
      throw errorAt(place(), "the line of an atom is cut off after column " + std::to_string(line.size()) +
                                 "; its position ends in column 54");
    RawAtom atom;
    atom.isHetero = isHetero;
    atom.line = number_;
    atom.name = std::string(trimmed(columns(line, 13, 16)));
    atom.residueName = std::string(trimmed(columns(line, 18, 20)));
    atom.chain = std::string(trimmed(columns(line, 21, 22)));
    // A name of four letters reaches into a column that is otherwise blank; a chain of two letters fills
    // both.
    if (column(line, 21) != ' ' && column(line, 22) == ' ') {
      atom.residueName = std::string(trimmed(columns(line, 18, 21)));
      atom.chain.clear();
    }
    atom.alternative = column(line, 17);
    std::string who = "atom " + core::quoted(atom.name) + " of residue " + core::quoted(atom.residueName);
    if (atom.name.empty() || !isPrintable(atom.name))
      throw errorAt(place(), "the atom's name in columns 13 to 16 is " + core::quoted(columns(line, 13, 16)) +
                                 "; printable letters are allowed");
    if (!isPrintable(atom.residueName) || !isPrintable(atom.chain))
      throw errorAt(place(), who + ": the residue's name or chain in columns 18 to 22 is " +
                                 core::quoted(columns(line, 18, 22)) + "; printable letters are allowed");
    // Five digits where the fifth is meant for a letter: programs that write water boxes do so.
    const bool hasFiveDigits = std::isdigit(static_cast<unsigned char>(column(line, 27))) != 0;
    const std::string_view numberText = columns(line, 23, hasFiveDigits ? 27 : 26);
    const auto residue = hasFiveDigits ? parseInteger(trimmed(numberText)) : parseHybrid36(numberText);
    if (!residue)
      throw errorAt(place(), who + ": the residue's number in columns 23 to 26 is " +
                                 core::quoted(numberText) + "; a whole number (or hybrid-36) stands here");
    atom.residueNumber = static_cast<int>(*residue);
    if (!hasFiveDigits) atom.insertion = column(line, 27);
    who += " " + std::to_string(atom.residueNumber);
    for (int axis = 0; axis < 3; ++axis) {
      const std::size_t first = 31 + 8 * static_cast<std::size_t>(axis);
      const std::string_view text = trimmed(columns(line, first, first + 7));
      const auto value = parseNumber(text);
      if (!value)
        throw errorAt(place(), who + ": " + "xyz"[axis] + " in columns " + std::to_string(first) + " to " +
                                   std::to_string(first + 7) + " is " + core::quoted(text) +
                                   ", which is no number");
      atom.position[axis] = *value / 10;
    }
    atom.occupancy = optional(line, 55, 60, 1, "occupancy", who);
    atom.bFactor = optional(line, 61, 66, 0, "B-factor", who);
    atom.element = elementOf(columns(line, 77, 78), columns(line, 13, 16), atom.residueName);
    // Serial numbers name atoms for CONECT alone; what cannot be read is never named.
    atom.serial = parseHybrid36(columns(line, 7, 11)).value_or(-1);
    atom.segment = std::to_string(segment_) + "/" + std::string(trimmed(columns(line, 73, 76)));
    raw_.atoms.push_back(std::move(atom));
  }

  [[nodiscard]] float optional(std::string_view line, std::size_t first, std::size_t last, float otherwise,
                               const char* what, const std::string& who) const {
    const std::string_view text = trimmed(columns(line, first, last));
    if (text.empty()) return otherwise;
    const auto value = parseNumber(text);
    if (!value)
      throw errorAt(place(), who + ": the " + what + " in columns " + std::to_string(first) + " to " +
                                 std::to_string(last) + " is " + core::quoted(text) + ", which is no number");
    return static_cast<float>(*value);
  }

  void cell(std::string_view line) {
    constexpr std::array<std::size_t, 7> kFirst{7, 16, 25, 34, 41, 48, 55};
    std::array<double, 6> cell{};
    for (std::size_t n = 0; n < 6; ++n) {
      const std::string_view text = trimmed(columns(line, kFirst[n], kFirst[n + 1] - 1));
      const auto value = parseNumber(text);
      if (!value)
        throw errorAt(place(), "CRYST1 has " + core::quoted(text) + " in columns " +
                                   std::to_string(kFirst[n]) + " to " + std::to_string(kFirst[n + 1] - 1) +
                                   "; three lengths and three angles "
                                   "stand there");
      cell[n] = *value;
    }
    raw_.box = boxOfCell(cell, place(), raw_.remarks);
  }

  void connections(std::string_view line) {
    const auto from = parseHybrid36(columns(line, 7, 11));
    if (!from) throw errorAt(place(), "CONECT has no serial number of an atom in columns 7 to 11");
    for (std::size_t first = 12; first <= 27; first += 5) {
      const std::string_view text = columns(line, first, first + 4);
      if (trimmed(text).empty()) continue;
      const auto to = parseHybrid36(text);
      if (!to)
        throw errorAt(place(), "CONECT has " + core::quoted(text) + " in columns " + std::to_string(first) +
                                   " to " + std::to_string(first + 4) +
                                   "; the serial number of an atom stands there");
      raw_.serialLinks.push_back({*from, *to});
    }
  }

  struct Where {
    std::size_t chain, number, insertion;
  };
  void link(std::string_view line, Where first, Where second, std::string_view firstName,
            std::string_view secondName) {
    // Bonds to a copy of the molecule elsewhere in the crystal are none here.
    const std::string_view symmetry = trimmed(columns(line, 60, 65)), other = trimmed(columns(line, 67, 72));
    if (symmetry != other) return;
    std::array<AtomAddress, 2> ends;
    for (std::size_t n = 0; n < 2; ++n) {
      const Where& where = n == 0 ? first : second;
      const auto number = parseHybrid36(columns(line, where.number, where.number + 3));
      if (!number)
        throw errorAt(place(), std::string(trimmed(columns(line, 1, 6))) +
                                   " has no residue's number in columns " + std::to_string(where.number) +
                                   " to " + std::to_string(where.number + 3));
      ends[n] = {std::string(trimmed(columns(line, where.chain, where.chain))),
                 std::string(trimmed(n == 0 ? firstName : secondName)), static_cast<int>(*number),
                 column(line, where.insertion)};
    }
    raw_.namedLinks.push_back(std::move(ends));
  }

  RawStructure raw_;
  int wantedModel_;
  std::vector<std::string_view> lines_;
  int number_ = 0, model_ = 0, segment_ = 0;
  bool isBetweenModels_ = false, atomsSeen_ = false, isAtEnd_ = false;
};

}  // namespace

RawStructure parsePdb(std::string_view text, const std::string& name, int model) {
  return PdbParser(text, name, model).parse();
}

}  // namespace aula::molecular
