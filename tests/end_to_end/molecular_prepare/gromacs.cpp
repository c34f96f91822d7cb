// SPDX-License-Identifier: Apache-2.0
#include "gromacs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "../process.h"

namespace aula::test {
namespace {

Outcome runIn(const std::filesystem::path& folder, const std::vector<std::string>& words) {
  Start start;
  start.folder = folder;
  start.environment = {{"GMX_MAXBACKUP", "-1"}, {"OMP_NUM_THREADS", "1"}};
  return runProgram(words, start);
}

void mustRun(const std::filesystem::path& folder, const std::vector<std::string>& words) {
  const Outcome outcome = runIn(folder, words);
  if (outcome.code != 0) throw std::runtime_error(words[0] + " " + words[1] + " failed:\n" + outcome.err);
}

constexpr const char* kSettings =
    "integrator = md\nnsteps = 0\nnstenergy = 1\nnstcalcenergy = 1\ncutoff-scheme = Verlet\n"
    "coulombtype = reaction-field\nrcoulomb = 1\nrvdw = 1\npbc = xyz\n";

}  // namespace

bool isInstalled(const std::string& program) {
  return runProgram({"sh", "-c", "command -v " + program}).code == 0;
}

Pdb2gmx runPdb2gmx(const std::filesystem::path& structure, const std::filesystem::path& folder,
                   const std::string& forceField, bool ignoresHydrogens) {
  std::vector<std::string> words{"gmx",    "pdb2gmx",  "-f", structure.string(), "-ff", forceField,
                                 "-water", "tip3p",    "-o", "conf.gro",         "-p",  "topol.top",
                                 "-i",     "posre.itp"};
  if (ignoresHydrogens) words.emplace_back("-ignh");
  const Outcome outcome = runIn(folder, words);
  Pdb2gmx made;
  made.code = outcome.code;
  made.log = outcome.out + outcome.err;
  if (made.code != 0) return made;
  molecular::PreprocessorOptions options;
  options.includeFolders = molecular::installedForceFields();
  made.topology = molecular::readTopology(folder / "topol.top", options);
  made.coordinates = molecular::readGro(folder / "conf.gro");
  return made;
}

BondedEnergies singlePoint(const std::filesystem::path& folder) {
  // In a box so large that no image matters; bonded terms know no cut-off.
  std::string text = readText(folder / "conf.gro");
  text.erase(text.find_last_of('\n', text.size() - 2) + 1);
  writeText(folder / "boxed.gro", text + "   20.0   20.0   20.0\n");
  writeText(folder / "point.mdp", kSettings);
  mustRun(folder, {"gmx_d", "grompp", "-f", "point.mdp", "-c", "boxed.gro", "-p", "topol.top", "-o",
                   "point.tpr", "-maxwarn", "5"});
  mustRun(folder, {"gmx_d", "mdrun", "-s", "point.tpr", "-deffnm", "point", "-nt", "1"});
  BondedEnergies energies;
  const std::pair<const char*, double*> terms[] = {{"Bond", &energies.bond},
                                                   {"Angle", &energies.angle},
                                                   {"Proper-Dih.", &energies.proper},
                                                   {"Per.-Imp.-Dih.", &energies.improper},
                                                   {"Ryckaert-Bell.", &energies.ryckaertBellemans},
                                                   {"LJ-14", &energies.lennardJones14},
                                                   {"Coulomb-14", &energies.coulomb14}};
  std::string names;
  for (const auto& [name, value] : terms) names += std::string(name) + "\\n";
  mustRun(folder, {"sh", "-c", "printf '" + names + "' | gmx_d energy -f point.edr -dp -o point.xvg"});
  // A legend says which of the terms the system has.
  std::istringstream lines(readText(folder / "point.xvg"));
  std::vector<double*> columns;
  for (std::string line; std::getline(lines, line);) {
    if (const std::size_t legend = line.find(" legend \""); line[0] == '@' && legend != std::string::npos) {
      std::string name = line.substr(legend + 9, line.rfind('"') - legend - 9);
      std::replace(name.begin(), name.end(), ' ', '-');
      for (const auto& [known, value] : terms)
        if (name == known) columns.push_back(value);
    } else if (line[0] != '@' && line[0] != '#') {
      std::istringstream words(line);
      double time = 0;
      words >> time;
      for (double* column : columns) words >> *column;
      if (!words) throw std::runtime_error("gmx_d energy wrote too few numbers: " + line);
    }
  }
  if (columns.size() < 5) throw std::runtime_error("gmx_d energy knows only few of the terms asked for");
  return energies;
}

}  // namespace aula::test
