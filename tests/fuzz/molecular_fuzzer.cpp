// SPDX-License-Identifier: Apache-2.0
#include "fuzz/molecular_fuzzer.h"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <sstream>

#include "core/error.h"
#include "molecular/input/gromacs.h"
#include "molecular/input/structure.h"

using namespace aula;
using namespace aula::molecular;

namespace {

void require(bool isTrue) {
  if (!isTrue) __builtin_trap();
}

/// Runs `action`; an error must be the input's and say something.
template <class Action>
void bear(const Action& action) {
  try {
    action();
  } catch (const core::Error& error) {
    require(error.fault() == core::Fault::input && error.what()[0] != '\0');
  }
}

bool isFinite(Vec3 v) {
  return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z);
}

const char* const kForceField =
    "[ defaults ]\n1 2 yes 0.5 0.8333\n[ atomtypes ]\nCT 6 12.01 0.0 A 0.34 0.4577\nHC 1 1.008 0.1 A 0.26 "
    "0.0657\n"
    "[ bondtypes ]\nCT CT 1 0.15 1000\n[ angletypes ]\nHC CT CT 1 109.5 400\n";

}  // namespace

namespace aula::test {

void feedTopology(const std::string& bytes) {
  bear([&] {
    PreprocessorOptions options;
    options.source = [&](const std::filesystem::path& path) -> std::optional<std::string> {
      // The input can include itself, by another name too.
      if (path == "ff.itp") return kForceField;
      return path == "top" || path == "input" ? std::optional(bytes) : std::nullopt;
    };
    const TopologyFile file = readTopology("top", options);
    const auto counts = file.counts();
    std::size_t atoms = 0;
    for (const MoleculeCount& entry : counts)
      atoms += entry.type->atoms.size() * static_cast<std::size_t>(entry.count);
    // Honest wishes for much memory are no finding.
    if (atoms > 20'000) return;
    const Topology topology = resolve(file.tables, counts);
    validate(topology);
    require(static_cast<std::size_t>(topology.atomCount()) == atoms);
  });
}

void feedGro(const std::string& bytes) {
  bear([&] {
    const GroFile file = parseGro(bytes, "input");
    require(file.atoms.size() == file.state.positions.size());
    require(file.state.velocities.empty() || file.state.velocities.size() == file.atoms.size());
    for (const Vec3& r : file.state.positions) require(isFinite(r));
    if (file.state.box.isPeriodic()) require(file.state.box.volume() > 0);
    // What was read can be written and read again.
    System system;
    system.title = file.title;
    system.state = file.state;
    for (const GroFile::Atom& atom : file.atoms) {
      Topology& t = system.topology;
      t.residueOf.push_back(static_cast<int>(t.residues.size()));
      t.residues.push_back({atom.residueName, atom.residueNumber, ' ', "", t.atomCount(), 1});
      t.names.push_back(atom.name);
      t.masses.push_back(1);
    }
    std::ostringstream text;
    writeGro(text, system, 12);
    require(parseGro(text.str(), "again").atoms.size() == file.atoms.size());
  });
}

void feedStructure(const std::string& bytes) {
  bear([&] {
    const Structure structure = parseStructure(bytes, "input");
    int atoms = 0;
    for (const StructureChain& chain : structure.chains) {
      require(!chain.residues.empty());
      for (const StructureResidue& residue : chain.residues) {
        require(!residue.atoms.empty() && !residue.place.empty());
        for (const StructureAtom& atom : residue.atoms) {
          require(isFinite(atom.position) && !atom.name.empty() && !atom.element.empty());
          ++atoms;
        }
      }
    }
    require(atoms > 0);
    for (const auto& [a, b] : structure.links) require(a >= 0 && a < b && b < atoms);
    if (structure.box.isPeriodic()) require(structure.box.volume() > 0);
  });
}

}  // namespace aula::test

#ifdef AULA_FUZZ_FEED
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  test::AULA_FUZZ_FEED(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
#endif
