// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "core/error.h"
#include "fuzz/molecular_fuzzer.h"
#include "molecular/prepare/peptide.h"
#include "molecular/prepare/prepare.h"

using namespace aula;
using namespace aula::molecular;

namespace {

void require(bool isTrue) {
  if (!isTrue) __builtin_trap();
}

void readTermini(const DataFile& file, ForceField& forceField) {
  (file.name[0] == 'n' ? forceField.firstTermini : forceField.lastTermini) = parseTermini(file);
}
void readRenames(const DataFile& file, ForceField& forceField) {
  (file.name[0] == 'x' ? forceField.fileAtomRenames : forceField.atomRenames) = parseAtomRenames(file);
}
void readDefines(const DataFile& file, ForceField& forceField) {
  for (const DataLine& line : file.lines)
    if (line.words.size() > 1) forceField.macros[line.words[0]] = line.text.substr(line.words[0].size());
}

/// One file of the folder, by its ending. Messages begin with the name, which the input does not choose.
void readOne(std::string_view name, std::string_view text, ForceField& forceField) {
  const std::pair<const char*, void (*)(const DataFile&, ForceField&)> kinds[] = {
      {"atp", parseMasses},
      {"rtp", parseResidues},
      {"hdb", parseHydrogens},
      {"n.tdb", readTermini},
      {"c.tdb", readTermini},
      {"r2b", parseTemplateChoices},
      {"arn", readRenames},
      {"xlateat.dat", readRenames},
      {"residuetypes.dat", parseResidueTypes},
      {"specbond.dat", parseSpecialBonds},
      {"defines", readDefines}};
  for (const auto& [ending, read] : kinds)
    if (name.size() >= std::strlen(ending) && name.substr(name.size() - std::strlen(ending)) == ending)
      return read(parseDataFile(ending, text), forceField);
}

ForceField readBundle(std::string_view text) {
  ForceField forceField;
  forceField.name = "fuzz";
  for (std::size_t at = text.find("%% "); at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::size_t next = std::min(text.find("%% ", end), text.size());
    readOne(text.substr(at + 3, end - at - 3), text.substr(end, next - end), forceField);
    at = next;
  }
  return forceField;
}

Structure structure() {
  PeptideOptions options;
  options.hasCaps = false;
  Structure made = peptideStructure(parseSequence("ACH"), options);
  StructureResidue water;
  water.name = "ZN";
  water.number = 9;
  water.atoms.push_back({"ZN", "Zn", {2, 2, 2}, 1, 0});
  made.chains[0].residues.push_back(water);
  return made;
}

}  // namespace

namespace aula::test {

void feedForceField(const std::string& bytes) {
  static const Structure peptide = structure();
  try {
    const ForceField forceField = readBundle(bytes);
    const Preparation made = prepareMolecules(peptide, forceField);
    std::size_t atoms = 0;
    for (const Preparation::Count& count : made.molecules) {
      const MoleculeType& type = made.types[static_cast<std::size_t>(count.type)];
      atoms += type.atoms.size() * static_cast<std::size_t>(count.count);
      for (const auto* terms : {&type.bonds, &type.pairs, &type.angles, &type.dihedrals, &type.exclusions})
        for (const Interaction& term : *terms)
          for (const int atom : term.atoms) require(atom >= 0 && atom < static_cast<int>(type.atoms.size()));
    }
    require(atoms == made.state.positions.size() && atoms == made.bFactors.size());
    for (const Vec3 position : made.state.positions) require(std::isfinite(core::dot(position, position)));
  } catch (const core::Error& error) {
    require(error.fault() == core::Fault::input && error.what()[0] != '\0');
  }
}

}  // namespace aula::test

#if defined(AULA_FUZZ_FEED)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  aula::test::feedForceField(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
#endif
