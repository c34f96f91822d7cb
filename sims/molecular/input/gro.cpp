// SPDX-License-Identifier: Apache-2.0
#include "molecular/input/gro.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>

#include "core/text.h"
#include "molecular/input/text_file.h"

namespace aula::molecular {

namespace {

constexpr double kFurthest = 1e6;       ///< nm
constexpr double kShortestEdge = 1e-3;  ///< nm
constexpr double kLongestEdge = 1e4;    ///< nm
constexpr std::size_t kHeaderWidth =
    20;  ///< Residue number and name, atom name and number: five columns each.

std::string_view columns(std::string_view line, std::size_t from, std::size_t width) {
  return from < line.size() ? line.substr(from, width) : std::string_view();
}

class GroParser {
 public:
  GroParser(std::string_view text, const std::string& name) : name_(name), lines_(splitLines(text)) {}

  GroFile parse() {
    if (lines_.size() < 2) throw errorAt(name_, "ends before the number of atoms in line 2");
    file_.title = std::string(trimmed(lines_[0]));
    const auto count = parseInteger(trimmed(lines_[1]));
    if (!count || *count < 0)
      throw errorAt(place(1), "the number of atoms is " + core::quoted(trimmed(lines_[1])) +
                                  "; a whole number from 0 stands here in a .gro file");
    const std::size_t atoms = static_cast<std::size_t>(*count);
    if (atoms > lines_.size() || lines_.size() < atoms + 3)
      throw errorAt(name_, "promises " + std::to_string(atoms) + " atoms in line 2 and ends after line " +
                               std::to_string(lines_.size()) + "; " + std::to_string(atoms) +
                               " lines of atoms and one of the box must follow");
    if (atoms > 0) findWidth();
    file_.atoms.reserve(atoms);
    for (std::size_t n = 0; n < atoms; ++n) atom(n + 2);
    box(atoms + 2);
    for (std::size_t n = atoms + 3; n < lines_.size(); ++n)
      if (!trimmed(lines_[n]).empty())
        throw errorAt(place(n),
                      "there is more after the box: more atoms than line 2 says, or a second frame");
    return std::move(file_);
  }

 private:
  [[nodiscard]] std::string place(std::size_t line) const { return name_ + ":" + std::to_string(line + 1); }

  void findWidth() {
    const std::string_view line = lines_[2];
    const std::size_t first = line.find('.', kHeaderWidth);
    const std::size_t second = first == std::string_view::npos ? first : line.find('.', first + 1);
    if (second == std::string_view::npos || second - first < 6 || second - first > 30)
      throw errorAt(place(2),
                    "the positions' columns cannot be told: two decimal points, at least 6 columns "
                    "apart, must follow column 20; found " +
                        core::quoted(line));
    width_ = second - first;
    // Velocities stand behind in columns as wide.
    hasVelocities_ = !trimmed(columns(line, kHeaderWidth + 3 * width_, 3 * width_)).empty();
  }

  [[nodiscard]] Vec3 vector(std::size_t line, std::size_t from, const char* what) const {
    Vec3 result;
    for (int axis = 0; axis < 3; ++axis) {
      const std::string_view text =
          trimmed(columns(lines_[line], from + static_cast<std::size_t>(axis) * width_, width_));
      const auto value = parseNumber(text);
      if (!value)
        throw errorAt(place(line), std::string(what) + " " + "xyz"[axis] + " of atom " +
                                       std::to_string(line - 1) + " is " + core::quoted(text) +
                                       (text.empty() ? ": the line is cut off" : ", which is no number"));
      if (std::fabs(*value) > kFurthest)
        throw errorAt(place(line), std::string(what) + " " + "xyz"[axis] + " of atom " +
                                       std::to_string(line - 1) + " is " + std::string(text) +
                                       "; at most 1e6 is taken");
      result[axis] = *value;
    }
    return result;
  }

  void atom(std::size_t line) {
    const std::string_view text = lines_[line];
    const std::string_view number = trimmed(columns(text, 0, 5));
    const auto residue = parseInteger(number);
    if (!residue)
      throw errorAt(place(line), "the residue number in columns 1 to 5 is " + core::quoted(number) +
                                     "; is this a line of an atom?");
    file_.atoms.push_back({static_cast<int>(*residue), std::string(trimmed(columns(text, 5, 5))),
                           std::string(trimmed(columns(text, 10, 5)))});
    file_.state.positions.push_back(vector(line, kHeaderWidth, "position"));
    if (hasVelocities_) file_.state.velocities.push_back(vector(line, kHeaderWidth + 3 * width_, "velocity"));
  }

  void box(std::size_t line) {
    const auto words = splitWords(lines_[line]);
    if (words.size() != 3 && words.size() != 9)
      throw errorAt(place(line), "the box needs 3 or 9 numbers; found " + core::quoted(lines_[line]) +
                                     " (are there more atoms than line 2 says?)");
    std::array<double, 9> v{};
    for (std::size_t n = 0; n < words.size(); ++n) {
      const auto value = parseNumber(words[n]);
      if (!value)
        throw errorAt(place(line), "the box has " + core::quoted(words[n]) + ", which is no number");
      if (std::fabs(*value) > kLongestEdge)
        throw errorAt(place(line), "the box has an edge of " + std::string(words[n]) + " nm; at most " +
                                       std::to_string(static_cast<int>(kLongestEdge)) + " nm are taken");
      v[n] = *value;
    }
    if (std::all_of(v.begin(), v.end(), [](double x) { return x == 0; })) return;
    for (std::size_t n = 0; n < 3; ++n)
      if (v[n] > 0 && v[n] < kShortestEdge)
        throw errorAt(place(line), "the box has an edge of " + std::string(words[n]) +
                                       " nm; at least 0.001 nm are taken (or three zeros: no box)");
    // In the file: xx yy zz, then xy xz yx yz zx zy of the edges a, b, c.
    if (v[3] != 0 || v[4] != 0 || v[6] != 0)
      throw errorAt(place(line),
                    "the box's first edge must lie along x and its second in the xy plane "
                    "(numbers 4, 5 and 7 zero)");
    try {
      file_.state.box = reducedBox({v[0], 0, 0}, {v[5], v[1], 0}, {v[7], v[8], v[2]});
    } catch (const core::Error& error) {
      throw errorAt(place(line), error.what());
    }
  }

  const std::string& name_;
  std::vector<std::string_view> lines_;
  GroFile file_;
  std::size_t width_ = 8;
  bool hasVelocities_ = false;
};

}  // namespace

GroFile parseGro(std::string_view text, const std::string& name) {
  checkIsText(text, name);
  return GroParser(text, name).parse();
}

GroFile readGro(const std::filesystem::path& file) {
  const std::optional<std::string> text = readTextFile(file);
  if (!text) throw errorAt(file.string(), "there is no such file");
  return parseGro(*text, file.string());
}

void writeGro(std::ostream& to, const System& system, int decimals) {
  const Topology& topology = system.topology;
  const State& state = system.state;
  decimals = std::clamp(decimals, 1, 12);
  const int width = decimals + 5;
  // Long enough for three numbers of any size that a double has.
  std::array<char, 1100> buffer{};
  const auto print = [&](const char* format, auto... values) {
    const int length = std::snprintf(buffer.data(), buffer.size(), format, values...);
    to.write(buffer.data(),
             std::min<std::streamsize>(length, static_cast<std::streamsize>(buffer.size()) - 1));
  };
  // A title of one line, whatever it is.
  std::string title = system.title.substr(0, system.title.find_first_of("\r\n"));
  to << title << "\n";
  print("%5d\n", topology.atomCount());
  for (std::size_t n = 0; n < state.positions.size(); ++n) {
    const Residue& residue = topology.residues[static_cast<std::size_t>(topology.residueOf[n])];
    // Five columns a number: both start again after 99,999, as GROMACS writes them.
    print("%5d%-5.5s%5.5s%5d", ((residue.number % 100'000) + 100'000) % 100'000, residue.name.c_str(),
          topology.names[n].c_str(), static_cast<int>((n + 1) % 100'000));
    const Vec3& r = state.positions[n];
    print("%*.*f%*.*f%*.*f", width, decimals, r.x, width, decimals, r.y, width, decimals, r.z);
    if (!state.velocities.empty()) {
      const Vec3& v = state.velocities[n];
      print("%*.*f%*.*f%*.*f", width, decimals + 1, v.x, width, decimals + 1, v.y, width, decimals + 1, v.z);
    }
    to << "\n";
  }
  const Box& box = state.box;
  // The cell keeps at least GROMACS' five decimals.
  const int boxDecimals = std::max(decimals, 5), boxWidth = boxDecimals + 5;
  const auto edge = [&](double value) { print("%*.*f", boxWidth, boxDecimals, value); };
  edge(box.a.x), edge(box.b.y), edge(box.c.z);
  if (!box.isRectangular())
    for (const double value : {0.0, 0.0, box.b.x, 0.0, box.c.x, box.c.y}) edge(value);
  to << "\n";
}

void writeGro(const std::filesystem::path& file, const System& system, int decimals) {
  std::ofstream stream(file, std::ios::binary);
  writeGro(stream, system, decimals);
  stream.close();
  if (!stream) throw core::Error(file.string() + ": cannot be written");
}

}  // namespace aula::molecular
