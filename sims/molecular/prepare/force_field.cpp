// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/force_field.h"

#include <algorithm>
#include <iterator>

#include "core/error.h"
#include "core/text.h"
#include "molecular/input/topology_file.h"

namespace aula::molecular {
namespace {

/// Files of the folder whose names end in `ending`, in order of name.
std::vector<std::filesystem::path> filesEnding(const std::filesystem::path& folder,
                                               const std::string& ending) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.size() > ending.size() && name.compare(name.size() - ending.size(), ending.size(), ending) == 0)
      files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

std::filesystem::path forceFieldFolder(const std::string& name, const std::filesystem::path& data) {
  if (std::filesystem::is_directory(name)) return name;
  if (data.empty())
    throw core::inputError(
        "GROMACS' force fields are not installed (looked in /usr/share/gromacs/top and in what GMXLIB "
        "names); they are "
        "Debian's package gromacs-data: apt install gromacs-data");
  if (std::filesystem::is_directory(data / (name + ".ff"))) return data / (name + ".ff");
  std::vector<std::string> names;
  for (const std::filesystem::path& found : filesEnding(data, ".ff")) names.push_back(found.stem().string());
  throw core::inputError("there is no force field " + core::quoted(name) + " in " + data.string() +
                         "; there are " + core::listed(names, "and"));
}

namespace {

/// A file that the folder itself may have, or else the folder above it.
std::filesystem::path sharedFile(const std::filesystem::path& folder, const char* name) {
  for (const std::filesystem::path& file : {folder / name, folder.parent_path() / name, gromacsData() / name})
    if (std::filesystem::is_regular_file(file)) return file;
  throw core::inputError("the force field " + folder.string() + " needs " + name +
                         ", which is neither there nor in " + folder.parent_path().string());
}

/// Names that templates have are of the type of the residue they stand for.
void addTypesOfTemplates(ForceField& forceField) {
  for (const TemplateChoice& choice : forceField.templateChoices) {
    const auto found = forceField.residueTypes.find(choice.residue);
    if (found == forceField.residueTypes.end()) continue;
    const std::string type = found->second;
    for (const std::string& name : {choice.middle, choice.first, choice.last, choice.alone})
      if (name != "-") forceField.residueTypes.try_emplace(name, type);
  }
}

}  // namespace

std::filesystem::path gromacsData() {
  const std::vector<std::filesystem::path> folders = installedForceFields();
  return folders.empty() ? std::filesystem::path() : folders.front();
}

ForceField readForceField(const std::string& name) {
  ForceField forceField;
  forceField.folder = std::filesystem::absolute(forceFieldFolder(name, gromacsData())).lexically_normal();
  if (forceField.folder.filename().empty()) forceField.folder = forceField.folder.parent_path();
  forceField.name = forceField.folder.stem().string();
  if (!std::filesystem::is_regular_file(forceField.folder / "forcefield.itp"))
    throw core::inputError(forceField.folder.string() + " is no force field: it has no forcefield.itp");

  TopologyFile tables = readTopology(forceField.folder / "forcefield.itp");
  forceField.tables = std::move(tables.tables);
  forceField.macros.insert(tables.defines.begin(), tables.defines.end());

  for (const auto& file : filesEnding(forceField.folder, ".atp")) parseMasses(readDataFile(file), forceField);
  for (const auto& file : filesEnding(forceField.folder, ".rtp"))
    parseResidues(readDataFile(file), forceField);
  for (const auto& file : filesEnding(forceField.folder, ".hdb"))
    parseHydrogens(readDataFile(file), forceField);
  for (const auto& [ending, list] :
       {std::pair{".n.tdb", &forceField.firstTermini}, std::pair{".c.tdb", &forceField.lastTermini}})
    for (const auto& file : filesEnding(forceField.folder, ending)) {
      std::vector<Terminus> termini = parseTermini(readDataFile(file));
      std::move(termini.begin(), termini.end(), std::back_inserter(*list));
    }
  for (const auto& file : filesEnding(forceField.folder, ".r2b"))
    parseTemplateChoices(readDataFile(file), forceField);
  for (const auto& file : filesEnding(forceField.folder, ".arn")) {
    std::vector<AtomRename> renames = parseAtomRenames(readDataFile(file));
    std::move(renames.begin(), renames.end(), std::back_inserter(forceField.atomRenames));
  }
  parseResidueTypes(readDataFile(sharedFile(forceField.folder, "residuetypes.dat")), forceField);
  addTypesOfTemplates(forceField);
  parseSpecialBonds(readDataFile(sharedFile(forceField.folder, "specbond.dat")), forceField);
  forceField.fileAtomRenames = parseAtomRenames(readDataFile(sharedFile(forceField.folder, "xlateat.dat")));
  if (std::filesystem::is_regular_file(forceField.folder / "watermodels.dat"))
    for (const DataLine& line : readDataFile(forceField.folder / "watermodels.dat").lines)
      if (!line.words.empty()) forceField.waterModels.push_back(line.words[0]);
  if (forceField.residues.empty())
    throw core::inputError(forceField.folder.string() + " has no residue templates (.rtp)");
  return forceField;
}

std::vector<MoleculeType> readMolecules(const ForceField& forceField, const std::string& file) {
  TopologyFile read = readTopology(forceField.folder / file);
  return {std::make_move_iterator(read.moleculeTypes.begin()),
          std::make_move_iterator(read.moleculeTypes.end())};
}

}  // namespace aula::molecular
