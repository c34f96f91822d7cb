// SPDX-License-Identifier: Apache-2.0
#include "molecular/input/topology_file.h"

#include <algorithm>
#include <cctype>

#include "core/text.h"
#include "molecular/input/topology_sections.h"

namespace aula::molecular {

namespace {

using Words = std::vector<std::string_view>;

constexpr int kMostCopies = 100'000'000;

class Parser {
 public:
  explicit Parser(const Preprocessed& source) : source_(source) {}

  TopologyFile parse() {
    for (const SourceLine& line : source_.lines) {
      at_ = &line;
      if (line.text.front() == '[')
        open(line.text);
      else
        content(line.text);
    }
    file_.defines = source_.defines;
    return std::move(file_);
  }

 private:
  [[nodiscard]] core::Error error(const std::string& what) const {
    return errorAt(source_.place(*at_), what);
  }
  [[nodiscard]] core::Error error(const Words& words, const std::string& expected) const {
    std::string found;
    for (const auto& word : words) found += (found.empty() ? "" : " ") + std::string(word);
    return error("[ " + section_ + " ] needs " + expected + "; found " + core::quoted(found));
  }
  [[nodiscard]] double number(std::string_view word, const char* what) const {
    if (const auto value = parseNumber(word)) return *value;
    const bool looksNamed =
        !word.empty() && (std::isalpha(static_cast<unsigned char>(word[0])) != 0 || word[0] == '_');
    throw error("[ " + section_ + " ] " + what + " " + core::quoted(word) + " is not a number" +
                (looksNamed ? " (a macro that no #define names?)" : ""));
  }
  [[nodiscard]] int integer(std::string_view word, const char* what, long long least, long long most) const {
    const auto value = parseInteger(word);
    if (!value || *value < least || *value > most)
      throw error("[ " + section_ + " ] " + what + " " + core::quoted(word) + " is not a whole number from " +
                  std::to_string(least) + " to " + std::to_string(most));
    return static_cast<int>(*value);
  }

  void open(std::string_view text) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) throw error("the section's name has no closing ]");
    std::string name(trimmed(text.substr(1, end - 1)));
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const Section* section = findSection(name);
    if (section == nullptr) {
      const auto meant = core::nearestWord(name, sectionNames());
      throw error("section [ " + name + " ] is not known" + (meant ? "; is [ " + *meant + " ] meant?" : ""));
    }
    if ((section->role == Role::moleculeTerm || name == "atoms") && file_.moleculeTypes.empty())
      throw error("section [ " + name + " ] belongs into a [ moleculetype ], and none has begun");
    section_ = name;
    role_ = section;
  }

  void content(std::string_view text) {
    if (role_ == nullptr) {
      // Debian's AMBER files open with a box of asterisks, which GROMACS reads over.
      if (text.front() == '*') return;
      throw error("there is text before the first [ section ]: " + core::quoted(text));
    }
    if (section_ == "system") {
      if (file_.title.empty()) file_.title = std::string(text);
      return;
    }
    const Words words = splitWords(text);
    switch (role_->role) {
      case Role::ignored:
        return;
      case Role::unsupported:
        throw error("[ " + section_ + " ] is not supported" + role_->hint);
      case Role::bondedTypes:
        return bondedType(words);
      case Role::moleculeTerm:
        return moleculeTerm(words);
      case Role::own:
        break;
    }
    if (section_ == "defaults") return defaults(words);
    if (section_ == "atomtypes") return atomType(words);
    if (section_ == "nonbond_params") return nonbonded(words);
    if (section_ == "moleculetype") return moleculeType(words);
    if (section_ == "atoms") return atom(words);
    molecules(words);
  }

  void defaults(const Words& words) {
    if (words.size() < 2)
      throw error(words, "function and combination rule, then generate-pairs, fudgeLJ, fudgeQQ");
    if (integer(words[0], "function", 1, 2) != 1)
      throw error("[ defaults ] function 2 (Buckingham) is not supported; 1 (Lennard-Jones) is");
    file_.tables.combinationRule = integer(words[1], "combination rule", 1, 3);
    // What GROMACS takes where nothing is said.
    file_.tables.generatesPairs = words.size() > 2 && words[2] == "yes";
    if (words.size() > 2 && words[2] != "yes" && words[2] != "no")
      throw error("[ defaults ] generate-pairs is " + core::quoted(words[2]) + "; allowed are yes and no");
    file_.tables.fudgeLJ = words.size() > 3 ? number(words[3], "fudgeLJ") : 1;
    file_.tables.fudgeQQ = words.size() > 4 ? number(words[4], "fudgeQQ") : 1;
    hasDefaults_ = true;
  }

  void atomType(const Words& words) {
    if (!hasDefaults_) throw error("[ atomtypes ] before [ defaults ], which says what its numbers mean");
    // name [bond type] [atomic number] mass charge particle-type V W: which of the two stand there is told
    // by where the particle type's letter is, as GROMACS does.
    const auto isParticleType = [&](std::size_t at) {
      return words.size() > at && words[at].size() == 1 &&
             std::isalpha(static_cast<unsigned char>(words[at][0])) != 0;
    };
    std::size_t letter = 0;
    for (const std::size_t at : {5U, 3U, 4U})
      if (letter == 0 && isParticleType(at)) letter = at;
    if (letter == 0 || words.size() < letter + 3)
      throw error(words,
                  "name, bond type or atomic number or both, mass, charge, particle type A, and two "
                  "Lennard-Jones parameters");
    ForceFieldTables::AtomType type;
    type.name = type.bondType = std::string(words[0]);
    const bool hasBondType =
        letter == 5 || (letter == 4 && std::isalpha(static_cast<unsigned char>(words[1][0])) != 0);
    if (hasBondType) type.bondType = std::string(words[1]);
    if (letter == 5 || (letter == 4 && !hasBondType))
      type.atomicNumber = integer(words[letter - 3], "atomic number", -1, 200);
    if (type.atomicNumber < 0 || type.atomicNumber > 118) type.atomicNumber = 0;
    type.mass = number(words[letter - 2], "mass");
    type.charge = number(words[letter - 1], "charge");
    type.v = number(words[letter + 1], "V");
    type.w = number(words[letter + 2], "W");
    if (type.mass < 0) throw error("[ atomtypes ] the mass of " + type.name + " is negative");
    if (const auto [found, isNew] =
            file_.tables.atomTypeIndex.emplace(type.name, static_cast<int>(file_.tables.atomTypes.size()));
        isNew) {
      file_.tables.atomTypes.push_back(type);
    } else {
      file_.remarks.push_back(source_.place(*at_) + ": atom type " + type.name +
                              " is given again; this one counts");
      file_.tables.atomTypes[static_cast<std::size_t>(found->second)] = type;
    }
  }

  void nonbonded(const Words& words) {
    if (words.size() < 5) throw error(words, "two types, function 1 and two parameters");
    (void)integer(words[2], "function", 1, 1);
    file_.tables.nonbondedPairs.push_back({{std::string(words[0]), std::string(words[1])},
                                           1,
                                           {number(words[3], "parameter"), number(words[4], "parameter")},
                                           source_.place(*at_)});
  }

  void bondedType(const Words& words) {
    std::size_t count = static_cast<std::size_t>(role_->atoms);
    // [ dihedraltypes ] may name two types only: the middle ones, or of an improper the outer ones.
    const bool isShort = section_ == "dihedraltypes" && words.size() > 2 && words[2].size() == 1 &&
                         std::isdigit(static_cast<unsigned char>(words[2][0])) != 0;
    if (isShort) count = 2;
    if (words.size() < count + 1)
      throw error(words, std::to_string(count) + " types, a function and its parameters");
    ForceFieldTables::BondedType type;
    for (std::size_t n = 0; n < count; ++n) type.types.emplace_back(words[n]);
    type.function = integer(words[count], "function", 1, 20);
    if (isShort && (type.function == 2 || type.function == 4))
      type.types = {type.types[0], "X", "X", type.types[1]};
    else if (isShort)
      type.types = {"X", type.types[0], type.types[1], "X"};
    for (std::size_t n = count + 1; n < words.size(); ++n)
      type.parameters.push_back(number(words[n], "parameter"));
    type.place = source_.place(*at_);
    (file_.tables.*role_->table).push_back(std::move(type));
  }

  void moleculeType(const Words& words) {
    if (words.size() < 2)
      throw error(words, "a name and the number of bonds within which atoms are excluded");
    MoleculeType type;
    type.name = std::string(words[0]);
    type.exclusionBonds = integer(words[1], "number of bonds for exclusions", 0, 12);
    if (file_.find(type.name) != nullptr)
      throw error("[ moleculetype ] " + type.name + " is described a second time");
    file_.moleculeTypes.push_back(std::move(type));
  }

  MoleculeType& molecule() { return file_.moleculeTypes.back(); }

  void atom(const Words& words) {
    if (words.size() < 5)
      throw error(words, "number, type, residue number, residue, atom name, charge group, charge and mass");
    MoleculeType& type = molecule();
    const int expected = static_cast<int>(type.atoms.size()) + 1;
    if (parseInteger(words[0]) != expected)
      throw error("[ atoms ] of " + type.name + ": atom number " + core::quoted(words[0]) + " where " +
                  std::to_string(expected) + " comes next");
    MoleculeAtom atom;
    atom.type = std::string(words[1]);
    std::string_view residue = words[2];
    if (residue.size() > 1 && std::isalpha(static_cast<unsigned char>(residue.back())) != 0) {
      atom.insertion = residue.back();
      residue.remove_suffix(1);
    }
    atom.residueNumber = integer(residue, "residue number", -1'000'000'000, 1'000'000'000);
    atom.residueName = std::string(words[3]);
    atom.name = std::string(words[4]);
    atom.hasCharge = words.size() > 6;
    atom.hasMass = words.size() > 7;
    if (atom.hasCharge) atom.charge = number(words[6], "charge");
    if (atom.hasMass) atom.mass = number(words[7], "mass");
    if (words.size() > 8)
      throw error("[ atoms ] of " + type.name + ": atom " + std::to_string(expected) +
                  " has a second state (free energies), which is not supported");
    type.atoms.push_back(std::move(atom));
  }

  void moleculeTerm(const Words& words) {
    MoleculeType& type = molecule();
    const auto atomIndex = [&](std::string_view word) {
      if (type.atoms.empty())
        throw error("[ " + section_ + " ] of " + type.name + " comes before its [ atoms ]");
      const auto value = parseInteger(word);
      if (!value || *value < 1 || *value > static_cast<long long>(type.atoms.size()))
        throw error("[ " + section_ + " ] names atom " + core::quoted(word) + " of " + type.name +
                    ", which has atoms 1 to " + std::to_string(type.atoms.size()));
      return static_cast<int>(*value - 1);
    };
    Interaction term;
    term.place = source_.place(*at_);
    if (section_ == "exclusions") {
      for (const auto& word : words) term.atoms.push_back(atomIndex(word));
    } else {
      const auto count = static_cast<std::size_t>(role_->atoms);
      if (words.size() < count)
        throw error(words, std::to_string(count) + (count == 1 ? " atom" : " atoms") + " and a function");
      for (std::size_t n = 0; n < count; ++n) {
        term.atoms.push_back(atomIndex(words[n]));
        if (std::count(term.atoms.begin(), term.atoms.end(), term.atoms.back()) > 1)
          throw error("[ " + section_ + " ] of " + type.name + " names atom " + std::string(words[n]) +
                      " twice");
      }
      if (words.size() > count) term.function = integer(words[count], "function", 1, 20);
      for (std::size_t n = count + 1; n < words.size(); ++n)
        term.parameters.push_back(number(words[n], "parameter"));
    }
    (type.*role_->terms).push_back(std::move(term));
  }

  void molecules(const Words& words) {
    if (words.size() < 2) throw error(words, "a molecule and how many of it");
    file_.molecules.push_back({std::string(words[0]),
                               integer(words[1], "number of molecules", 0, kMostCopies),
                               source_.place(*at_)});
  }

  const Preprocessed& source_;
  TopologyFile file_;
  const SourceLine* at_ = nullptr;
  const Section* role_ = nullptr;
  std::string section_;
  bool hasDefaults_ = false;
};

}  // namespace

const MoleculeType* TopologyFile::find(const std::string& name) const {
  for (const MoleculeType& type : moleculeTypes)
    if (type.name == name) return &type;
  return nullptr;
}

std::vector<MoleculeCount> TopologyFile::counts() const {
  std::vector<MoleculeCount> counts;
  for (const Count& entry : molecules) {
    const MoleculeType* type = find(entry.name);
    if (type == nullptr) {
      std::vector<std::string> known;
      for (const MoleculeType& each : moleculeTypes) known.push_back(each.name);
      throw errorAt(entry.place,
                    "[ molecules ] names " + core::quoted(entry.name) +
                        ", which no [ moleculetype ] describes; " +
                        (known.empty() ? "there are none" : "there are " + core::listed(known, "and")));
    }
    if (entry.count > 0) counts.push_back({type, entry.count});
  }
  if (counts.empty())
    throw core::inputError("the topology has no [ molecules ]: there is nothing to compute");
  return counts;
}

TopologyFile readTopology(const std::filesystem::path& file, const PreprocessorOptions& options) {
  const Preprocessed source = preprocess(file, options);
  return Parser(source).parse();
}

}  // namespace aula::molecular
