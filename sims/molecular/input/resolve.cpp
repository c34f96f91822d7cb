// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "core/text.h"
#include "molecular/input/bonded_lookup.h"
#include "molecular/input/connectivity.h"
#include "molecular/input/molecule_type.h"
#include "molecular/input/nonbonded_table.h"
#include "molecular/input/text_file.h"
#include "molecular/model/elements.h"

namespace aula::molecular {

namespace {

constexpr double kDegree = std::numbers::pi / 180;
/// 100 million atoms of 100 bytes and more are 10 GB: what a machine may hold, not a slip of the keyboard.
constexpr long long kMostAtoms = 100'000'000;

class Resolver {
 public:
  explicit Resolver(const ForceFieldTables& tables)
      : tables_(tables),
        nonbonded_(tables),
        bonds_(tables.bondTypes),
        angles_(tables.angleTypes),
        dihedrals_(tables.dihedralTypes),
        constraints_(tables.constraintTypes) {}

  /// Atoms and terms of one molecule, without the table of types, which is not complete yet.
  Topology molecule(const MoleculeType& type) {
    molecule_ = &type;
    result_ = {};
    for (std::size_t n = 0; n < type.atoms.size(); ++n) atom(static_cast<int>(n));
    for (const Interaction& term : type.bonds) bond(term);
    for (const Interaction& term : type.angles) angle(term);
    for (const Interaction& term : type.dihedrals) dihedral(term);
    for (const Interaction& term : type.pairs) pair(term);
    for (const Interaction& term : type.constraints) constraint(term);
    for (const Interaction& term : type.settles) settle(term);
    for (const Interaction& term : type.positionRestraints) {
      if (term.function != 1) throw refused(term, "position restraint", "1 (harmonic)");
      const auto k = parameters(term.parameters, {3}, term, "position restraint");
      result_.positionRestraints.push_back({term.atoms[0], {}, {k[0], k[1], k[2]}});
    }
    connect(type, result_);
    return std::move(result_);
  }

  void storeTypes(Topology& topology) const { nonbonded_.store(topology); }

 private:
  [[nodiscard]] std::string atomText(int atom) const {
    const MoleculeAtom& a = molecule_->atoms[static_cast<std::size_t>(atom)];
    return a.residueName + " " + std::to_string(a.residueNumber) + " " + a.name;
  }
  [[nodiscard]] const ForceFieldTables::AtomType& typeOf(int atom) const {
    return nonbonded_.type(result_.types[static_cast<std::size_t>(atom)]);
  }
  /// "molecule Protein, atoms ALA 2 CA (CT), ...".
  [[nodiscard]] std::string atomsText(const Interaction& term) const {
    std::string text = "molecule " + molecule_->name + ", ";
    std::vector<std::string> atoms;
    for (const int atom : term.atoms) atoms.push_back(atomText(atom) + " (" + typeOf(atom).bondType + ")");
    return text + core::listed(atoms, "and");
  }
  [[nodiscard]] core::Error refused(const Interaction& term, const std::string& what,
                                    const std::string& allowed) const {
    return errorAt(term.place, what + " of function " + std::to_string(term.function) + " (" +
                                   atomsText(term) + ") is not supported; allowed: " + allowed);
  }
  [[nodiscard]] core::Error missing(const Interaction& term, const std::string& what) const {
    return errorAt(term.place, "no parameters for the " + what + " of function " +
                                   std::to_string(term.function) + " between " + atomsText(term));
  }

  /// The parameters of the first state; a second one, that says the same, may follow.
  [[nodiscard]] std::vector<double> parameters(const std::vector<double>& given,
                                               const std::vector<std::size_t>& counts,
                                               const Interaction& term, const std::string& what) const {
    const std::size_t own = counts[0];
    const bool fits = std::find(counts.begin(), counts.end(), given.size()) != counts.end();
    if (!fits && given.size() != 2 * own)
      throw errorAt(term.place, "the " + what + " between " + atomsText(term) + " has " +
                                    std::to_string(given.size()) + " parameters; " + std::to_string(own) +
                                    " are needed");
    for (std::size_t n = own; n < given.size(); ++n)
      if (given[n] != given[n - own])
        throw errorAt(term.place,
                      "the " + what + " between " + atomsText(term) +
                          " has a second, different state (free energies), which is not supported");
    return {given.begin(), given.begin() + static_cast<std::ptrdiff_t>(own)};
  }

  /// Given in the term itself, or from the table.
  std::vector<double> harmonic(const Interaction& term, BondedLookup& table, std::size_t count,
                               const std::string& what) {
    if (!term.parameters.empty()) return parameters(term.parameters, {count}, term, what);
    const auto& found = table.find(bondTypes(term), term.function);
    if (found.empty()) throw missing(term, what);
    return parameters(found.back()->parameters, {count}, term, what);
  }
  [[nodiscard]] std::vector<std::string> bondTypes(const Interaction& term) const {
    std::vector<std::string> types;
    for (const int atom : term.atoms) types.push_back(typeOf(atom).bondType);
    return types;
  }

  void atom(int index) {
    const MoleculeAtom& atom = molecule_->atoms[static_cast<std::size_t>(index)];
    const std::optional<int> used = nonbonded_.use(atom.type);
    const std::string where =
        "molecule " + molecule_->name + ", atom " + std::to_string(index + 1) + " (" + atomText(index) + ")";
    if (!used)
      throw core::inputError(where + ": the atom type " + core::quoted(atom.type) +
                             " is not in [ atomtypes ] (is the force field included?)");
    const ForceFieldTables::AtomType& type = nonbonded_.type(*used);
    const double mass = atom.hasMass ? atom.mass : type.mass;
    if (!(mass > 0))
      throw core::inputError(where + " has a mass of " + std::to_string(mass) +
                             " u; atoms need one above 0 (virtual sites are not supported)");
    result_.masses.push_back(mass);
    result_.charges.push_back(atom.hasCharge ? atom.charge : type.charge);
    result_.types.push_back(*used);
    const int number = type.atomicNumber;
    result_.elements.push_back(number > 0 ? number
                                          : guessElement(atom.name, type.mass > 0 ? type.mass : mass));
    result_.names.push_back(atom.name);
    const bool continues = !result_.residues.empty() && index > 0 &&
                           isSameResidue(atom, molecule_->atoms[static_cast<std::size_t>(index) - 1]);
    if (!continues)
      result_.residues.push_back(
          {atom.residueName, atom.residueNumber, atom.insertion, atom.chain, index, 0});
    ++result_.residues.back().atomCount;
    result_.residueOf.push_back(static_cast<int>(result_.residues.size()) - 1);
  }
  static bool isSameResidue(const MoleculeAtom& a, const MoleculeAtom& b) {
    return a.residueNumber == b.residueNumber && a.insertion == b.insertion &&
           a.residueName == b.residueName && a.chain == b.chain;
  }

  void bond(const Interaction& term) {
    if (term.function == 5) return;  // A connection without a potential: counts for exclusions alone.
    if (term.function != 1 && term.function != 6)
      throw refused(term, "a bond", "1 (harmonic), 5 (connection), 6 (harmonic, no exclusion)");
    const auto p = harmonic(term, bonds_, 2, "bond");
    result_.bonds.push_back({term.atoms[0], term.atoms[1], p[0], p[1]});
  }

  void angle(const Interaction& term) {
    if (term.function != 1) throw refused(term, "an angle", "1 (harmonic)");
    const auto p = harmonic(term, angles_, 2, "angle");
    result_.angles.push_back({term.atoms[0], term.atoms[1], term.atoms[2], p[0] * kDegree, p[1]});
  }

  void constraint(const Interaction& term) {
    if (term.function != 1 && term.function != 2)
      throw refused(term, "a constraint", "1 and 2 (no exclusion)");
    const double length = harmonic(term, constraints_, 1, "constraint")[0];
    if (!(length > 0))
      throw errorAt(term.place, "the constraint between " + atomsText(term) + " has no positive length");
    result_.constraints.push_back({term.atoms[0], term.atoms[1], length});
  }

  void settle(const Interaction& term) {
    if (term.function != 1) throw refused(term, "a settle", "1");
    const auto p = parameters(term.parameters, {2}, term, "settle");
    const int oxygen = term.atoms[0];
    if (oxygen + 2 >= static_cast<int>(molecule_->atoms.size()))
      throw errorAt(term.place, "the settle of molecule " + molecule_->name +
                                    " needs two hydrogens after atom " + std::to_string(oxygen + 1) +
                                    ", its oxygen");
    if (!(p[0] > 0) || !(p[1] > 0) || p[1] >= 2 * p[0])
      throw errorAt(term.place, "the settle of molecule " + molecule_->name + " is no triangle: O-H " +
                                    std::to_string(p[0]) + " nm, H-H " + std::to_string(p[1]) + " nm");
    result_.settles.push_back({oxygen, oxygen + 1, oxygen + 2, p[0], p[1]});
  }

  void dihedral(const Interaction& term) {
    if (!term.parameters.empty()) return dihedral(term, term.function, term.parameters);
    const auto& found = dihedrals_.find(bondTypes(term), term.function);
    if (found.empty()) throw missing(term, "dihedral");
    if (found.size() > 1 && term.function != 9)
      throw errorAt(term.place, "the dihedral between " + atomsText(term) + " is of function " +
                                    std::to_string(term.function) + ", and " + std::to_string(found.size()) +
                                    " lines of function 9 fit: let it be of function 9");
    for (const auto* entry : found) dihedral(term, entry->function, entry->parameters);
  }

  void dihedral(const Interaction& term, int function, const std::vector<double>& given) {
    const int i = term.atoms[0], j = term.atoms[1], k = term.atoms[2], l = term.atoms[3];
    if (function == 1 || function == 4 || function == 9) {
      // A second state repeats phase and constant; the multiplicity may be left out.
      std::vector<double> whole = given;
      if (whole.size() == 5) whole.push_back(whole[2]);
      const auto p = parameters(whole, {3}, term, "dihedral");
      if (p[2] != std::nearbyint(p[2]) || std::fabs(p[2]) > 1000)
        throw errorAt(term.place, "the dihedral between " + atomsText(term) + " has multiplicity " +
                                      std::to_string(p[2]) + "; it must be a whole number");
      // An improper by what the topology calls it, as GROMACS counts them.
      (term.function == 4 ? result_.improperDihedrals : result_.properDihedrals)
          .push_back({i, j, k, l, p[0] * kDegree, p[1], static_cast<int>(p[2])});
    } else if (function == 2) {
      const auto p = parameters(given, {2}, term, "improper");
      result_.harmonicImpropers.push_back({i, j, k, l, p[0] * kDegree, p[1]});
    } else if (function == 3) {
      const auto p = parameters(given, {6}, term, "dihedral");
      result_.ryckaertBellemans.push_back({i, j, k, l, {p[0], p[1], p[2], p[3], p[4], p[5]}});
    } else if (function == 5) {
      // Four Fourier terms F1..F4 (OPLS) in powers of cos(phi - pi).
      const auto f = parameters(given, {4}, term, "dihedral");
      result_.ryckaertBellemans.push_back(
          {i,
           j,
           k,
           l,
           {f[1] + (f[0] + f[2]) / 2, (3 * f[2] - f[0]) / 2, 4 * f[3] - f[1], -2 * f[2], -4 * f[3], 0}});
    } else {
      throw refused(term, "a dihedral", "1, 2, 3, 4, 5 and 9");
    }
  }

  void pair(const Interaction& term) {
    const int i = term.atoms[0], j = term.atoms[1];
    const auto at = [](int atom) { return static_cast<std::size_t>(atom); };
    const double charges = result_.charges[at(i)] * result_.charges[at(j)];
    if (term.function == 1) {
      std::optional<LennardJones> lj;
      if (term.parameters.empty())
        lj = nonbonded_.pair14(result_.types[at(i)], result_.types[at(j)]);
      else {
        const auto p = parameters(term.parameters, {2}, term, "pair");
        lj = nonbonded_.converted(p[0], p[1]);
      }
      if (!lj) throw missing(term, "pair");
      result_.pairs14.push_back({i, j, lj->c6, lj->c12, tables_.fudgeQQ * charges});
    } else if (term.function == 2) {
      const auto p = parameters(term.parameters, {5}, term, "pair");
      const LennardJones lj = nonbonded_.converted(p[3], p[4]);
      result_.pairs14.push_back({i, j, lj.c6, lj.c12, p[0] * p[1] * p[2]});
    } else {
      throw refused(term, "a pair", "1 and 2");
    }
  }

  const ForceFieldTables& tables_;
  NonbondedTable nonbonded_;
  BondedLookup bonds_, angles_, dihedrals_, constraints_;
  const MoleculeType* molecule_ = nullptr;
  Topology result_;
};

}  // namespace

Topology resolve(const ForceFieldTables& tables, const std::vector<MoleculeCount>& molecules) {
  Resolver resolver(tables);
  std::map<const MoleculeType*, Topology> parts;
  long long atoms = 0, exclusions = 0;
  for (const MoleculeCount& entry : molecules) {
    if (entry.type->atoms.empty() && entry.count > 0)
      throw core::inputError("molecule " + entry.type->name + " has no atoms");
    atoms += static_cast<long long>(entry.type->atoms.size()) * entry.count;
    if (atoms > kMostAtoms)
      throw core::inputError("the topology has more than " + std::to_string(kMostAtoms) +
                             " atoms by molecule " + entry.type->name);
    if (!parts.contains(entry.type)) parts.emplace(entry.type, resolver.molecule(*entry.type));
    exclusions += static_cast<long long>(parts.at(entry.type).exclusions.size()) * entry.count;
    if (exclusions > std::numeric_limits<int>::max())
      throw core::inputError("the topology has more than 2^31 exclusions by molecule " + entry.type->name);
  }
  Topology whole;
  resolver.storeTypes(whole);
  whole.exclusionStart.push_back(0);
  for (auto& [type, part] : parts) resolver.storeTypes(part);
  for (const MoleculeCount& entry : molecules) append(whole, parts.at(entry.type), entry.count);
  validate(whole);
  return whole;
}

}  // namespace aula::molecular
