// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "core/error.h"
#include "core/text.h"
#include "molecular/prepare/steps.h"
#include "molecular/prepare/template_search.h"

namespace aula::molecular {
namespace {

std::string forPlace(const WorkResidue& residue, const TemplateChoice& choice) {
  if (residue.isFirst && residue.isLast) return choice.alone;
  return residue.isFirst ? choice.first : residue.isLast ? choice.last : choice.middle;
}

/// The force field's name for a residue where it stands.
std::string entryOf(const WorkResidue& residue, const ForceField& forceField) {
  const auto search = [&](bool byTemplate) {
    return std::find_if(forceField.templateChoices.begin(), forceField.templateChoices.end(),
                        [&](const TemplateChoice& choice) {
                          return residue.entry == (byTemplate ? choice.middle : choice.residue);
                        });
  };
  auto found = search(false);
  // A file may use the force field's own names, which need their terminal form as well.
  if (found == forceField.templateChoices.end() && (residue.isFirst || residue.isLast)) found = search(true);
  if (found == forceField.templateChoices.end()) return residue.entry;
  std::string entry = forPlace(residue, *found);
  if (entry == "-")
    throw core::inputError(residue.where() + " stands " +
                           (residue.isFirst && residue.isLast ? "alone"
                            : residue.isFirst                 ? "first"
                            : residue.isLast                  ? "last"
                                                              : "in the middle") +
                           " in its chain; the force field " + forceField.name + " has no template of " +
                           residue.entry +
                           " for that place (.r2b). Cap the chain (ACE before, NME after), or choose "
                           "another form of the residue");
  return entry;
}

/// The first terminus that may stand at `residue`: those of the residue by name ("GLY-NH3+"), then those for
/// all
/// ("NH3+"), "None" at the end.
const Terminus* terminusFor(const WorkResidue& residue, const std::vector<Terminus>& termini,
                            const std::string& wanted) {
  if (termini.empty()) return nullptr;
  std::vector<const Terminus*> fitting;
  const std::string three = residue.name.substr(0, 3);
  for (const Terminus& terminus : termini)
    for (std::size_t at = 0; at != std::string::npos && at < terminus.name.size();) {
      if (sameName(terminus.name.substr(at, 3), three)) {
        fitting.push_back(&terminus);
        break;
      }
      at = terminus.name.find('|', at);
      if (at != std::string::npos) ++at;
    }
  const Terminus* none = nullptr;
  for (const Terminus& terminus : termini) {
    const std::size_t hyphen = terminus.name.find('-');
    if (sameName(terminus.name, "None")) {
      none = &terminus;
    } else if (hyphen == std::string::npos || hyphen + 1 == terminus.name.size()) {
      if (std::none_of(fitting.begin(), fitting.end(), [&](const Terminus* other) {
            return other->name.find(terminus.name) != std::string::npos;
          }))
        fitting.push_back(&terminus);
    }
  }
  if (none != nullptr) fitting.push_back(none);
  if (fitting.empty()) return nullptr;
  if (wanted.empty()) return fitting.front();
  std::vector<std::string> names;
  for (const Terminus* terminus : fitting) {
    if (sameName(terminus->name, wanted)) return terminus;
    names.push_back(terminus->name);
  }
  throw core::inputError(residue.where() + " cannot have the terminus " + core::quoted(wanted) +
                         "; there are " + core::listed(names, "and"));
}

bool names(const TemplateBonded& bonded, char sign) {
  return std::any_of(bonded.atoms.begin(), bonded.atoms.end(),
                     [&](const std::string& atom) { return atom[0] == sign; });
}

/// The template's terms after the termini's own, which replace those of the same atoms. Returns whether a
/// bond to a neighbour that is not there fell away.
bool mergeBondeds(const TemplateBondeds& from, TemplateBondeds& into, bool isFirst, bool isLast) {
  bool isBondDropped = false;
  for (auto list :
       {&TemplateBondeds::bonds, &TemplateBondeds::angles, &TemplateBondeds::dihedrals,
        &TemplateBondeds::impropers, &TemplateBondeds::exclusions, &TemplateBondeds::correctionMaps}) {
    std::vector<TemplateBonded>& target = into.*list;
    const std::size_t own = target.size();
    for (const TemplateBonded& bonded : from.*list) {
      const bool isReplaced = std::any_of(target.begin(), target.begin() + static_cast<std::ptrdiff_t>(own),
                                          [&](const TemplateBonded& other) {
                                            return other.atoms == bonded.atoms ||
                                                   std::equal(other.atoms.rbegin(), other.atoms.rend(),
                                                              bonded.atoms.begin(), bonded.atoms.end());
                                          });
      if (isReplaced) continue;
      if ((isFirst && names(bonded, '-')) || (isLast && names(bonded, '+')))
        isBondDropped = isBondDropped || list == &TemplateBondeds::bonds;
      else
        target.push_back(bonded);
    }
  }
  return isBondDropped;
}

void patchAtoms(WorkResidue& residue, const AtomPatch& patch) {
  std::vector<TemplateAtom>& atoms = residue.pattern.atoms;
  const auto found = std::find_if(atoms.begin(), atoms.end(), [&](const TemplateAtom& atom) {
    return atom.name == (patch.adds() ? patch.controls[0] : patch.oldName);
  });
  if (found == atoms.end()) {
    if (patch.adds())
      throw core::inputError(patch.place + ": adds to atom " + core::quoted(patch.controls[0]) +
                             ", which template " + residue.pattern.name + " of " + residue.where() +
                             " does not have");
  } else if (patch.adds()) {
    std::vector<TemplateAtom> added(static_cast<std::size_t>(patch.count), *patch.atom);
    for (int k = 0; k < patch.count; ++k) added[static_cast<std::size_t>(k)].name = patch.added(k);
    atoms.insert(found + 1, added.begin(), added.end());
  } else if (patch.removes()) {
    atoms.erase(found);
  } else {
    *found = *patch.atom;
  }
}

void applyPatches(WorkResidue& residue) {
  for (std::size_t k = 0; k < residue.terminusPatches; ++k) patchAtoms(residue, residue.patches[k]);
  // A terminus may rename an atom and add one of the same name: the first holds.
  std::vector<TemplateAtom> kept;
  for (TemplateAtom& atom : residue.pattern.atoms)
    if (std::none_of(kept.begin(), kept.end(),
                     [&](const TemplateAtom& other) { return sameName(other.name, atom.name); }))
      kept.push_back(std::move(atom));
  residue.pattern.atoms = std::move(kept);
}

void choosePattern(WorkResidue& residue, const ForceField& forceField, const PrepareOptions& options) {
  const ResidueTemplate* entry = findTemplate(forceField, residue.entry);
  if (entry == nullptr)
    throw core::inputError("the force field " + forceField.name + " has no template (.rtp) " +
                           core::quoted(residue.entry) + " for " + residue.where());
  residue.entry = entry->name;
  residue.pattern = *entry;
  residue.pattern.bondeds = {};
  if (residue.isFirst)
    residue.firstTerminus = terminusFor(residue, forceField.firstTermini, options.firstTerminus);
  if (residue.isLast)
    residue.lastTerminus = terminusFor(residue, forceField.lastTermini, options.lastTerminus);
  for (const Terminus* terminus : {residue.firstTerminus, residue.lastTerminus})
    if (terminus != nullptr) {
      residue.patches.insert(residue.patches.end(), terminus->patches.begin(), terminus->patches.end());
      mergeBondeds(terminus->bondeds, residue.pattern.bondeds, false, false);
    }
  residue.terminusPatches = residue.patches.size();
  const bool isBondDropped =
      mergeBondeds(entry->bondeds, residue.pattern.bondeds, residue.isFirst, residue.isLast);
  const auto isBare = [](bool isEnd, const Terminus* terminus) {
    return isEnd && (terminus == nullptr || terminus->patches.empty());
  };
  if (isBondDropped &&
      (isBare(residue.isFirst, residue.firstTerminus) || isBare(residue.isLast, residue.lastTerminus)))
    throw core::inputError(residue.where() + " ends a chain, but its template " + residue.entry +
                           " is bonded on, and the force field " + forceField.name +
                           " has no terminus for it (.r2b, .tdb). Cap the chain (ACE before, NME after)");
  applyPatches(residue);
  if (const auto found = forceField.hydrogens.find(residue.entry); found != forceField.hydrogens.end())
    residue.patches.insert(residue.patches.end(), found->second.begin(), found->second.end());
}

bool hasPatternAtom(const WorkResidue& residue, const std::string& name) {
  return std::any_of(residue.pattern.atoms.begin(), residue.pattern.atoms.end(),
                     [&](const TemplateAtom& atom) { return sameName(atom.name, name); });
}

void renameForTemplate(WorkResidue& residue, const ForceField& forceField) {
  // An ion is its only atom, however files write that (NA+, Na).
  if (residue.atoms.size() == 1 && residue.pattern.atoms.size() == 1)
    residue.atoms[0].name = residue.pattern.atoms[0].name;
  for (WorkAtom& atom : residue.atoms)
    for (const AtomRename& rename : forceField.atomRenames)
      if (sameName(rename.family, residue.pattern.family) &&
          (rename.residue == "*" || rename.residue == residue.entry ||
           sameName(rename.residue, forceField.typeOf(residue.entry)) ||
           (sameName(rename.residue, "protein-nterm") && residue.isFirst) ||
           (sameName(rename.residue, "protein-cterm") && residue.isLast)) &&
          rename.from == atom.name) {
        atom.name = rename.to;
        break;
      }
  std::vector<WorkAtom> kept;
  for (WorkAtom& atom : residue.atoms) {
    bool isDropped = false;
    if (!hasPatternAtom(residue, atom.name))
      for (std::size_t k = 0; k < residue.terminusPatches; ++k) {
        const AtomPatch& patch = residue.patches[k];
        if (patch.adds() || !sameName(patch.oldName, atom.name)) continue;
        isDropped = isDropped || patch.removes();
        if (patch.replaces()) {
          atom.name = patch.newName;
          break;
        }
      }
    if (!isDropped) kept.push_back(std::move(atom));
  }
  residue.atoms = std::move(kept);
}

void sortAtoms(WorkResidue& residue, const ForceField& forceField, std::vector<std::string>& remarks) {
  std::map<std::string, std::size_t, NameOrder> rank;
  for (const TemplateAtom& atom : residue.pattern.atoms) rank.emplace(atom.name, rank.size());
  for (const WorkAtom& atom : residue.atoms) {
    if (rank.count(atom.name) != 0) continue;
    std::vector<std::string> known;
    for (const TemplateAtom& other : residue.pattern.atoms) known.push_back(other.name);
    throw core::inputError(
        residue.where() + " has an atom " + core::quoted(atom.name) + " that template " + residue.entry +
        " of the force field " + forceField.name + " does not know; it has " + core::listed(known, "and") +
        (isHydrogen(atom) ? ". Hydrogens of other names or of another state of the residue need not "
                            "be kept: let them be built anew, or choose the residue's state"
                          : ". Rename or remove it"));
  }
  std::stable_sort(residue.atoms.begin(), residue.atoms.end(), [&](const WorkAtom& a, const WorkAtom& b) {
    return rank.find(a.name)->second < rank.find(b.name)->second;
  });
  const auto repeated =
      std::unique(residue.atoms.begin(), residue.atoms.end(),
                  [](const WorkAtom& a, const WorkAtom& b) { return sameName(a.name, b.name); });
  if (repeated != residue.atoms.end()) {
    remarks.push_back("residue " + residue.title() +
                      ": two atoms of the file are one in the force field; the first "
                      "is kept");
    residue.atoms.erase(repeated, residue.atoms.end());
  }
}

}  // namespace

void chooseTemplates(WorkMolecule& molecule, const ForceField& forceField, const PrepareOptions& options,
                     std::vector<std::string>& remarks) {
  for (WorkResidue& residue : molecule.residues) {
    if (residue.entry.empty()) residue.entry = residue.name;
    residue.entry = entryOf(residue, forceField);
    choosePattern(residue, forceField, options);
    if (!(residue.pattern.rules == molecule.residues.front().pattern.rules))
      throw core::inputError(residue.where() + " and " + molecule.residues.front().where() +
                             " are one molecule, but their templates come with different [ bondedtypes ]");
    renameForTemplate(residue, forceField);
    sortAtoms(residue, forceField, remarks);
  }
}

}  // namespace aula::molecular
