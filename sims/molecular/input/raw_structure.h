// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "molecular/input/structure.h"

/// What the readers of PDB and mmCIF hand over before alternatives are chosen.
namespace aula::molecular {

struct RawAtom {
  std::string chain, segment;  ///< segment: whatever else tells parts of one chain apart.
  std::string residueName, name, element;
  int residueNumber = 0;
  char insertion = ' ', alternative = ' ';
  bool isHetero = false;
  Vec3 position;  ///< nm
  float occupancy = 1, bFactor = 0;
  long long serial = 0;
  int line = 0;
};
/// An atom by what SSBOND, LINK and _struct_conn call it.
struct AtomAddress {
  std::string chain, name;
  int residueNumber = 0;
  char insertion = ' ';
};
struct RawStructure {
  std::string file;  ///< For messages.
  std::string title;
  std::vector<RawAtom> atoms;
  Box box;
  std::vector<std::array<long long, 2>> serialLinks;
  std::vector<std::array<AtomAddress, 2>> namedLinks;
  std::vector<std::string> remarks;
};

/// The fixed columns of the PDB format 3.3, with hybrid-36 numbers, and the habits of programs that outgrew
/// it (residue names of four letters, numbers of five digits). `model` counts from 1 in the file's order.
[[nodiscard]] RawStructure parsePdb(std::string_view text, const std::string& name, int model);
/// The tables _atom_site, _cell, _struct_conn and _struct; the grammar is Gemmi's.
[[nodiscard]] RawStructure parseMmcif(std::string_view text, const std::string& name, int model);

/// Residues and chains, one alternative each.
[[nodiscard]] Structure buildStructure(RawStructure raw);

/// Of CRYST1 or _cell: Angstrom and degrees. No box, and a remark, for the dummy cell of 1 A that structures
/// without a crystal carry.
[[nodiscard]] Box boxOfCell(const std::array<double, 6>& cell, const std::string& place,
                            std::vector<std::string>& remarks);
/// What a file says, or where it says nothing what the name's columns (four of them, as in PDB) suggest.
[[nodiscard]] std::string elementOf(std::string_view said, std::string_view nameColumns,
                                    std::string_view residueName);
/// A number of `text.size()` columns, decimal or hybrid-36 (Grosse-Kunstleve, Sauter and Adams 2007).
[[nodiscard]] std::optional<long long> parseHybrid36(std::string_view text);
[[nodiscard]] std::string hybrid36(long long value, int width);

/// What gzip packed; throws core::Error (input) when it is broken or unpacks to more than kLargestTextFile.
[[nodiscard]] std::string inflated(std::string_view packed, const std::string& name);

}  // namespace aula::molecular
