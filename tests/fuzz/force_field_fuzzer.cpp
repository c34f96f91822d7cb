// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

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

bool endsWith(const std::string& name, std::string_view ending) {
  return name.size() >= ending.size() &&
         name.compare(name.size() - ending.size(), ending.size(), ending) == 0;
}

/// One file of the folder, by its ending.
void readOne(const std::string& name, std::string_view text, ForceField& forceField) {
  const DataFile file = parseDataFile(name, text);
  if (endsWith(name, ".atp")) parseMasses(file, forceField);
  if (endsWith(name, ".rtp")) parseResidues(file, forceField);
  if (endsWith(name, ".hdb")) parseHydrogens(file, forceField);
  if (endsWith(name, ".n.tdb")) forceField.firstTermini = parseTermini(file);
  if (endsWith(name, ".c.tdb")) forceField.lastTermini = parseTermini(file);
  if (endsWith(name, ".r2b")) parseTemplateChoices(file, forceField);
  if (endsWith(name, ".arn")) forceField.atomRenames = parseAtomRenames(file);
  if (endsWith(name, "xlateat.dat")) forceField.fileAtomRenames = parseAtomRenames(file);
  if (endsWith(name, "residuetypes.dat")) parseResidueTypes(file, forceField);
  if (endsWith(name, "specbond.dat")) parseSpecialBonds(file, forceField);
  if (endsWith(name, "defines"))
    for (const DataLine& line : file.lines)
      if (line.words.size() > 1) forceField.macros[line.words[0]] = line.text.substr(line.words[0].size());
}

ForceField readBundle(std::string_view text) {
  ForceField forceField;
  forceField.name = "fuzz";
  for (std::size_t at = text.find("%% "); at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::size_t next = std::min(text.find("%% ", end), text.size());
    readOne(std::string(text.substr(at + 3, end - at - 3)), text.substr(end, next - end), forceField);
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
