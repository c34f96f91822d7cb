// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstdlib>
#include <optional>

#include "core/error.h"
#include "core/text.h"
#include "molecular/input/gromacs.h"
#include "molecular/model/elements.h"
#include "molecular/parse/recipe.h"
#include "molecular/prepare/born_radii.h"
#include "molecular/prepare/prepare.h"
#include "molecular/units.h"

namespace aula::molecular {

namespace {

/// More than this many atoms is a slip of the pen on a machine that could still hold them.
constexpr long long kMaximumAtoms = 20'000'000;

/// Ions of Joung and Cheatham as single atoms, by the water they were fitted for.
std::vector<Species> allSpecies() {
  std::vector<Species> all = knownSpecies();
  for (const WaterModel model : {WaterModel::spce, WaterModel::tip3p}) {
    const std::string suffix = model == WaterModel::spce ? "_spce" : "_tip3p";
    for (const auto& [name, ion] : {std::pair{"sodium", sodium(model)}, {"chloride", chloride(model)}})
      all.push_back({name + suffix, ion.type, ion.element, ion.mass, ion.sigma, ion.epsilon, ion.charge});
  }
  return all;
}

/// "argon", or an object that says what it is.
Species parseSpecies(const lab::Node& node, const std::string& key) {
  const std::vector<Species> known = allSpecies();
  if (node.isText(key)) {
    std::vector<std::string> names;
    for (const Species& species : known) names.push_back(species.name);
    const std::string name = node.word(key, names);
    for (const Species& species : known)
      if (species.name == name) return species;
    return known[1];
  }
  const lab::Node own = node.child(key);
  Species species;
  species.symbol = own.text("symbol");
  species.element = atomicNumberOf(species.symbol);
  if (species.element == 0 && !own.isDoubtful("symbol"))
    own.errorAt("symbol", core::quoted(species.symbol) + " is no element's symbol, for example \"Ar\"");
  species.name = species.symbol;
  species.mass = own.quantity("mass", "kg", lab::kPositive) / kMassUnit;
  species.sigma = own.quantity("sigma", "m", lab::kPositive) / kNanometre;
  species.epsilon = own.quantity("epsilon", "J/mol", lab::kNotNegative) / kMolarEnergy;
  // Elementary charges as a pure number: an ion is +1 or -1.
  species.charge = own.quantity("charge", "1", {-10, 10}, 0.0);
  return species;
}

GasRecipe parseGas(const lab::Node& node) {
  GasRecipe gas;
  long long total = 0;
  const auto add = [&](const lab::Node& part) {
    GasPart one;
    one.species = parseSpecies(part, "species");
    // A count may follow a knob.
    one.count = static_cast<int>(std::lround(part.quantity("count", "1", {1, double(kMaximumAtoms)})));
    total += one.count;
    gas.parts.push_back(one);
  };
  if (node.has("parts")) {
    for (const lab::Node& part : node.children("parts")) add(part);
    if (gas.parts.empty())
      node.errorAt("parts", "is empty; give at least one {\"species\": ..., \"count\": ...}");
  } else {
    add(node);
  }
  if (total > kMaximumAtoms)
    node.error("asks for " + std::to_string(total) + " atoms; at most " + std::to_string(kMaximumAtoms) +
               " are allowed");
  gas.box = node.vector("box", "m", lab::kPositive) / kNanometre;
  return gas;
}

Crystal parseCrystal(const lab::Node& node) {
  Crystal crystal;
  const std::string lattice =
      node.word("lattice", {"face_centred", "body_centred", "simple", "rock_salt"}, "face_centred");
  crystal.lattice = lattice == "rock_salt"      ? Lattice::rockSalt
                    : lattice == "simple"       ? Lattice::simple
                    : lattice == "body_centred" ? Lattice::bodyCentred
                                                : Lattice::faceCentred;
  crystal.species.push_back(parseSpecies(node, "species"));
  if (crystal.lattice == Lattice::rockSalt) crystal.species.push_back(parseSpecies(node, "counter_species"));
  crystal.constant = node.quantity("constant", "m", lab::kPositive) / kNanometre;
  const Vec3 cells = node.vector("cells", "1", {1, 1000});
  for (int axis = 0; axis < 3; ++axis)
    crystal.cells[static_cast<std::size_t>(axis)] = static_cast<int>(std::lround(cells[axis]));
  const double atoms = double(crystal.cells[0]) * crystal.cells[1] * crystal.cells[2] * 8;
  if (atoms > double(kMaximumAtoms))
    node.errorAt("cells", "ask for more than " + std::to_string(kMaximumAtoms) + " atoms");
  if (node.has("box")) crystal.box = node.vector("box", "m", lab::kPositive) / kNanometre;
  return crystal;
}

/// Where a file of the user's lies; where it is nowhere, `absence` says what to do.
std::filesystem::path findFile(const lab::Node& node, const std::string& key,
                               const std::filesystem::path& folder, std::string& absence) {
  const std::filesystem::path name = node.text(key);
  const std::string source = node.text("source", "");
  if (node.isDoubtful(key)) return {};
  std::vector<std::filesystem::path> places{folder / name, name};
  if (const char* data = std::getenv("AULA_DATA")) places.push_back(std::filesystem::path(data) / name);
  std::error_code ignored;
  for (const auto& place : places)
    if (std::filesystem::is_regular_file(place, ignored)) return place;
  if (absence.empty())
    absence =
        "this lab needs the file " + name.string() + ", which everyone brings themselves" +
        (source.empty() ? source : " (" + source + ")") +
        ": put it beside the lab file or in the folder where you run aula, or let the environment variable "
        "AULA_DATA name the folder it is in";
  return {};
}

PeptideRecipe parsePeptide(const lab::Node& node) {
  PeptideRecipe peptide;
  peptide.sequence = node.text("sequence");
  const std::string word =
      node.word("structure", {"extended", "helix", "helix_310", "strand", "polyproline"}, "extended");
  peptide.structure = word == "helix"         ? SecondaryStructure::helix
                      : word == "helix_310"   ? SecondaryStructure::helix310
                      : word == "strand"      ? SecondaryStructure::strand
                      : word == "polyproline" ? SecondaryStructure::polyproline
                                              : SecondaryStructure::extended;
  peptide.hasCaps = node.boolean("caps", true);
  return peptide;
}

WaterModel parseModel(const lab::Node& node, const char* usual) {
  return node.word("model", {"spce", "tip3p"}, usual) == "spce" ? WaterModel::spce : WaterModel::tip3p;
}

WaterRecipe parseWater(const lab::Node& node) {
  WaterRecipe water;
  water.model = parseModel(node, "spce");
  water.box = node.vector("box", "m", lab::kPositive) / kNanometre;
  return water;
}

WaterRecipe parseIce(const lab::Node& node) {
  WaterRecipe ice;
  ice.model = parseModel(node, "spce");
  const Vec3 cells = node.vector("cells", "1", {1, 100});
  for (int axis = 0; axis < 3; ++axis)
    ice.cells[static_cast<std::size_t>(axis)] = static_cast<int>(std::lround(cells[axis]));
  return ice;
}

}  // namespace

SystemRecipe parseSystem(const lab::Node& simulation, const std::filesystem::path& folder) {
  SystemRecipe recipe;
  recipe.forceField = simulation.text("force_field", recipe.forceField);
  if (const auto nonbonded = simulation.optionalChild("nonbonded"))
    recipe.hasBornRadii = nonbonded->boolean("generalised_born", false);
  recipe.seed = static_cast<std::uint64_t>(simulation.integer("seed", 0, 1LL << 53, 1));
  const lab::Node node = simulation.child("system");
  const std::vector<std::string> kinds{"gas", "crystal", "gromacs", "structure", "peptide", "water", "ice"};
  std::vector<std::string> found;
  for (const std::string& kind : kinds)
    if (node.has(kind)) found.push_back(kind);
  if (found.size() != 1 && !simulation.isDoubtful("system")) {
    node.error((found.empty() ? std::string("says nothing of what is simulated; give one of ")
                              : "has " + core::listed(found, "and") + "; give only one of ") +
               core::listed(kinds));
    return recipe;
  }
  if (node.has("gas")) recipe.base = parseGas(node.child("gas"));
  if (node.has("crystal")) recipe.base = parseCrystal(node.child("crystal"));
  if (node.has("water")) recipe.base = parseWater(node.child("water"));
  if (node.has("ice")) recipe.base = parseIce(node.child("ice"));
  if (const auto own = node.optionalChild("solvate")) {
    SolvateRecipe solvate;
    solvate.model = parseModel(*own, "tip3p");
    solvate.margin = own->quantity("margin", "m", lab::kNotNegative, 1e-9) / kNanometre;
    const std::string shape =
        own->word("shape", {"cube", "rectangular", "dodecahedron", "octahedron"}, "cube");
    solvate.shape = shape == "rectangular"    ? BoxShape::rectangular
                    : shape == "dodecahedron" ? BoxShape::dodecahedron
                    : shape == "octahedron"   ? BoxShape::octahedron
                                              : BoxShape::cube;
    recipe.solvate = solvate;
  }
  if (const auto own = node.optionalChild("ions")) {
    IonsRecipe ions;
    ions.model =
        parseModel(*own, recipe.solvate && recipe.solvate->model == WaterModel::spce ? "spce" : "tip3p");
    ions.concentration = own->quantity("concentration", "mol/m3", {0, 6000}, 0.0) / 1000;
    ions.neutralises = own->boolean("neutralise", true);
    recipe.ions = ions;
  }
  if (node.has("peptide")) recipe.base = parsePeptide(node.child("peptide"));
  if (node.has("gromacs")) {
    const lab::Node own = node.child("gromacs");
    recipe.base = GromacsRecipe{findFile(own, "topology", folder, recipe.absence),
                                findFile(own, "coordinates", folder, recipe.absence), own.texts("defines")};
  }
  if (node.has("structure")) {
    const lab::Node own = node.child("structure");
    recipe.base = StructureRecipe{findFile(own, "file", folder, recipe.absence)};
  }
  return recipe;
}

System buildSystem(const SystemRecipe& recipe) {
  struct Build {
    std::uint64_t seed;
    const std::string& forceField;
    System operator()(const GasRecipe& gas) const {
      return makeGas(gas.parts, rectangularBox(gas.box.x, gas.box.y, gas.box.z), seed);
    }
    System operator()(const Crystal& crystal) const { return makeCrystal(crystal); }
    System operator()(const GromacsRecipe& files) const {
      PreprocessorOptions options;
      options.includeFolders = installedForceFields();
      for (const std::string& word : files.defines) options.defines[word] = "";
      return readGromacs(files.topology, files.coordinates, options);
    }
    System operator()(const WaterRecipe& liquid) const {
      const Water one = water(liquid.model);
      if (liquid.cells[0] > 0) return iceBox(one, liquid.cells, seed);
      return waterBox(one, rectangularBox(liquid.box.x, liquid.box.y, liquid.box.z), seed);
    }
    System operator()(const StructureRecipe& structure) const {
      return prepare(readStructure(structure.file), readForceField(forceField));
    }
    System operator()(const PeptideRecipe& peptide) const {
      PeptideOptions options;
      options.structure = peptide.structure;
      options.hasCaps = peptide.hasCaps;
      return buildPeptide(peptide.sequence, readForceField(forceField), options);
    }
  };
  System system = std::visit(Build{recipe.seed, recipe.forceField}, recipe.base);
  if (recipe.solvate) {
    // A crystal stands in the box it was given; what has none gets one around it.
    if (!system.state.box.isPeriodic() || std::holds_alternative<StructureRecipe>(recipe.base))
      system = inBox(system, recipe.solvate->margin, recipe.solvate->shape);
    SolvateOptions options;
    options.seed = recipe.seed;
    system = solvate(system, water(recipe.solvate->model), options);
  }
  if (recipe.ions) {
    IonOptions options;
    options.concentration = recipe.ions->concentration;
    options.neutralises = recipe.ions->neutralises;
    options.seed = recipe.seed;
    system = addIons(system, topologyOf(sodium(recipe.ions->model)), topologyOf(chloride(recipe.ions->model)),
                     options);
  }
  if (recipe.hasBornRadii) assignBornRadii(system.topology);
  return system;
}

}  // namespace aula::molecular
