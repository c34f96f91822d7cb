// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "lab/file/node.h"
#include "molecular/model/engine.h"
#include "molecular/prepare/gas.h"
#include "molecular/prepare/peptide.h"
#include "molecular/prepare/solvate.h"
#include "molecular/prepare/water.h"

/// The lab file's "system": what is simulated, before it is built.
namespace aula::molecular {

struct GasRecipe {
  std::vector<GasPart> parts;
  Vec3 box;  ///< nm
  bool operator==(const GasRecipe&) const = default;
};

/// GROMACS' own files. Paths as they were found; empty where they were not.
struct GromacsRecipe {
  std::filesystem::path topology, coordinates;
  std::vector<std::string> defines;
  bool operator==(const GromacsRecipe&) const = default;
};
/// A PDB or mmCIF file, prepared with a force field.
struct StructureRecipe {
  std::filesystem::path file;
  bool operator==(const StructureRecipe&) const = default;
};
struct PeptideRecipe {
  std::string sequence;
  SecondaryStructure structure = SecondaryStructure::extended;
  bool hasCaps = true;
  bool operator==(const PeptideRecipe&) const = default;
};

struct WaterRecipe {
  WaterModel model = WaterModel::spce;
  Vec3 box;                    ///< nm; of liquid
  std::array<int, 3> cells{};  ///< Of ice; zeros: liquid.
  bool operator==(const WaterRecipe&) const = default;
};
/// Water around what is there.
struct SolvateRecipe {
  WaterModel model = WaterModel::tip3p;
  double margin = 1;  ///< nm; of systems that have no box yet
  BoxShape shape = BoxShape::cube;
  bool operator==(const SolvateRecipe&) const = default;
};
struct IonsRecipe {
  WaterModel model = WaterModel::tip3p;
  double concentration = 0;  ///< mol/l
  bool neutralises = true;
  bool operator==(const IonsRecipe&) const = default;
};

struct SystemRecipe {
  std::variant<GasRecipe, Crystal, GromacsRecipe, StructureRecipe, PeptideRecipe, WaterRecipe> base;
  std::optional<SolvateRecipe> solvate;
  std::optional<IonsRecipe> ions;
  std::string forceField = "amber99sb-ildn";
  bool hasBornRadii = false;  ///< The implicit solvent needs them.
  std::uint64_t seed = 1;
  std::string absence;  ///< A file of the user's that is not there: what to do about it.
  bool operator==(const SystemRecipe&) const = default;
};

/// Problems go to the diagnostics. Files are looked for beside the lab file (`folder`), in the working folder
/// and in the folder that the environment's AULA_DATA names.
[[nodiscard]] SystemRecipe parseSystem(const lab::Node& simulation, const std::filesystem::path& folder);
/// Throws core::Error (input) with what is wrong in words that need no place.
[[nodiscard]] System buildSystem(const SystemRecipe& recipe);

}  // namespace aula::molecular
