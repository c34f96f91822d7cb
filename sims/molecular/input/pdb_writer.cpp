// SPDX-License-Identifier: Apache-2.0
#include "molecular/input/pdb_writer.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <numbers>

#include "molecular/input/raw_structure.h"
#include "molecular/input/text_file.h"
#include "molecular/model/elements.h"

namespace aula::molecular {

namespace {

constexpr double kAngstrom = 10;  ///< In one nm.

/// Four columns; one-letter elements begin in the second unless the name needs all four.
std::string nameColumns(const std::string& name, const std::string& symbol) {
  const bool isShifted = name.size() < 4 && symbol.size() < 2;
  std::string text = (isShifted ? " " : "") + name.substr(0, 4);
  text.resize(4, ' ');
  return text;
}

double degreesBetween(Vec3 a, Vec3 b) {
  return std::acos(dot(a, b) / (length(a) * length(b))) * 180 / std::numbers::pi;
}

}  // namespace

void writePdb(std::ostream& to, const System& system) {
  const Topology& topology = system.topology;
  std::array<char, 200> buffer{};
  const auto print = [&](const char* format, auto... values) {
    const int length = std::snprintf(buffer.data(), buffer.size(), format, values...);
    to.write(buffer.data(), length);
  };
  const std::string title =
      system.title.substr(0, std::min<std::size_t>(system.title.find_first_of("\r\n"), 70));
  if (!title.empty()) to << "TITLE     " << title << "\n";
  if (const Box& box = system.state.box; box.isPeriodic())
    print("CRYST1%9.3f%9.3f%9.3f%7.2f%7.2f%7.2f P 1           1\n", kAngstrom * length(box.a),
          kAngstrom * length(box.b), kAngstrom * length(box.c), degreesBetween(box.b, box.c),
          degreesBetween(box.a, box.c), degreesBetween(box.a, box.b));
  const std::string* chain = nullptr;
  long long serial = 0;
  for (const Residue& residue : topology.residues) {
    if (chain != nullptr && *chain != residue.chain) to << "TER\n";
    chain = &residue.chain;
    for (int atom = residue.firstAtom; atom < residue.firstAtom + residue.atomCount; ++atom) {
      const auto n = static_cast<std::size_t>(atom);
      const Vec3 r = kAngstrom * system.state.positions[n];
      for (int axis = 0; axis < 3; ++axis)
        if (!(r[axis] < 9999.9995 && r[axis] > -999.9995))
          throw core::inputError("atom " + std::to_string(atom + 1) + " lies at " + std::to_string(r[axis]) +
                                 " A; a PDB file holds positions from -999.999 to 9999.999 A");
      const std::string symbol = topology.elements[n] > 0 ? element(topology.elements[n]).symbol : "";
      const float b = topology.bFactors.empty() ? 0.0F : topology.bFactors[n];
      print("ATOM  %5s %4s %-4.4s%1.1s%4s%c   %8.3f%8.3f%8.3f%6.2f%6.2f          %2s\n",
            hybrid36(++serial, 5).c_str(), nameColumns(topology.names[n], symbol).c_str(),
            residue.name.c_str(), residue.chain.empty() ? " " : residue.chain.c_str(),
            hybrid36(residue.number, 4).c_str(), residue.insertion, r.x, r.y, r.z, 1.0,
            static_cast<double>(b), symbol.c_str());
    }
  }
  to << "END\n";
}

void writePdb(const std::filesystem::path& file, const System& system) {
  std::ofstream stream(file, std::ios::binary);
  writePdb(stream, system);
  stream.close();
  if (!stream) throw core::Error(file.string() + ": cannot be written");
}

}  // namespace aula::molecular
