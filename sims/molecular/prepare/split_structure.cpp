// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <set>

#include "core/error.h"
#include "core/text.h"
#include "molecular/prepare/steps.h"
#include "molecular/prepare/template_search.h"

namespace aula::molecular {
namespace {

bool isPolymerType(const std::string& type) {
  return sameName(type, "Protein") || sameName(type, "DNA") || sameName(type, "RNA");
}

/// "A?A" is any name of three letters between As.
bool fits(const std::string& name, const std::string& pattern) {
  return name.size() == pattern.size() && std::equal(name.begin(), name.end(), pattern.begin(),
                                                     [](char c, char p) { return p == '?' || c == p; });
}

bool hasLooseName(const std::string& name) {
  return name.find("HOH") != std::string::npos || name.find("SOL") != std::string::npos ||
         name.find("WAT") != std::string::npos;
}

WorkResidue workResidue(const StructureResidue& residue, const std::string& chain, bool isWater,
                        const PrepareOptions& options, int& leftOut) {
  WorkResidue made;
  made.name = isWater ? "HOH" : residue.name;
  made.number = residue.number;
  made.insertion = residue.insertion;
  made.chain = chain;
  made.place = residue.place;
  for (const StructureAtom& atom : residue.atoms) {
    WorkAtom work{atom.name, atom.element, atom.position, true, atom.bFactor};
    if (!isWater && options.rebuildsHydrogens && isHydrogen(work)) {
      ++leftOut;
      continue;
    }
    made.atoms.push_back(std::move(work));
  }
  return made;
}

/// Both hydrogens of the file under the template's names, or neither; the oxygen, whatever it is called.
void tidyWater(WorkResidue& water) {
  std::vector<WorkAtom> hydrogens, oxygens;
  for (const WorkAtom& atom : water.atoms) {
    if (isHydrogen(atom))
      hydrogens.push_back(atom);
    else if (!atom.name.empty() && (atom.name[0] == 'O' || atom.name[0] == 'o'))
      oxygens.push_back(atom);
  }
  if (oxygens.size() != 1)
    throw core::inputError(water.where() + " is water with " + std::to_string(oxygens.size()) +
                           " oxygens; exactly one is needed");
  water.atoms = oxygens;
  water.atoms[0].name = "OW";
  if (hydrogens.size() != 2) return;
  for (std::size_t k = 0; k < 2; ++k) {
    hydrogens[k].name = k == 0 ? "HW1" : "HW2";
    water.atoms.push_back(hydrogens[k]);
  }
}

void renameAtoms(WorkResidue& residue, const ForceField& forceField) {
  const std::string type = forceField.typeOf(residue.name);
  for (WorkAtom& atom : residue.atoms) {
    // Old files put the number first: 1HB is HB1.
    if (atom.name.size() > 1 && std::isdigit(static_cast<unsigned char>(atom.name[0])))
      atom.name = atom.name.substr(1) + atom.name[0];
    for (const AtomRename& rename : forceField.fileAtomRenames) {
      const bool holds =
          rename.residue == "*" || sameName(rename.residue, type) ||
          (sameName(type, "Protein") && ((sameName(rename.residue, "protein-nterm") && residue.isFirst) ||
                                         (sameName(rename.residue, "protein-cterm") && residue.isLast))) ||
          fits(residue.name, rename.residue);
      if (holds && rename.from == atom.name) {
        atom.name = rename.to;
        break;
      }
    }
  }
}

void dropRepeats(WorkResidue& residue, std::vector<std::string>& remarks) {
  std::set<std::string, NameOrder> seen;
  std::vector<WorkAtom> kept;
  for (WorkAtom& atom : residue.atoms) {
    if (seen.insert(atom.name).second)
      kept.push_back(std::move(atom));
    else
      remarks.push_back("residue " + residue.title() + ": atom " + atom.name +
                        " stands twice; the first is kept");
  }
  residue.atoms = std::move(kept);
}

void refuseUnknown(const Structure& structure, const ForceField& forceField) {
  std::string unknown;
  int count = 0;
  for (const StructureChain& chain : structure.chains)
    for (const StructureResidue& residue : chain.residues) {
      if (hasLooseName(residue.name) || sameName(forceField.typeOf(residue.name), "Water") ||
          middleTemplate(forceField, residue.name) != nullptr)
        continue;
      if (++count > 5) continue;
      unknown += "\n  " + residue.name + " " + std::to_string(residue.number) +
                 (chain.name.empty() ? "" : " of chain " + chain.name) +
                 (residue.place.empty() ? "" : " (" + residue.place.substr(0, residue.place.find(',')) + ")");
    }
  if (count == 0) return;
  throw core::inputError("the force field " + forceField.name + " has no template (.rtp) for " +
                         (count == 1 ? "this residue" : std::to_string(count) + " residues") + ":" + unknown +
                         (count > 5 ? "\n  ..." : "") +
                         "\nLeave them out of the file, or use a force field that has them");
}

/// Empty, or why no bond joins two residues that follow each other.
std::string gapBetween(const WorkResidue& before, const WorkResidue& after, const ForceField& forceField,
                       double longest, bool& isLinkable) {
  const std::optional<std::array<std::string, 2>> link = linkOf(forceField, before.name, after.name);
  isLinkable = link.has_value();
  if (!link) return "no template joins them";
  const int a = before.find((*link)[0]), b = after.find((*link)[1]);
  if (a < 0 || b < 0) return "";  // Missing atoms are refused with a message of their own.
  const double distance = core::length(before.atoms[static_cast<std::size_t>(a)].position -
                                       after.atoms[static_cast<std::size_t>(b)].position);
  if (distance <= longest) return "";
  char text[160];
  std::snprintf(text, sizeof text, "%s and %s lie %.3f nm apart, a bond has %.3f nm at most",
                (*link)[0].c_str(), (*link)[1].c_str(), distance, longest);
  return text;
}

}  // namespace

bool isHydrogen(const WorkAtom& atom) {
  if (!atom.element.empty() && atom.element != "X")
    return sameName(atom.element, "H") || sameName(atom.element, "D");
  if (atom.name.empty()) return false;
  const std::size_t letter =
      std::isdigit(static_cast<unsigned char>(atom.name[0])) && atom.name.size() > 1 ? 1 : 0;
  return std::toupper(static_cast<unsigned char>(atom.name[letter])) == 'H';
}

std::vector<WorkMolecule> splitStructure(const Structure& structure, const ForceField& forceField,
                                         const PrepareOptions& options, std::vector<std::string>& remarks) {
  refuseUnknown(structure, forceField);
  std::vector<WorkMolecule> molecules, waters;
  int leftOut = 0;
  for (const StructureChain& chain : structure.chains) {
    std::string polymer;  // Type of the polymer that goes on; empty: none.
    for (const StructureResidue& residue : chain.residues) {
      const std::string type = forceField.typeOf(residue.name);
      const bool isWater = hasLooseName(residue.name) || sameName(type, "Water");
      WorkResidue work = workResidue(residue, chain.name, isWater, options, leftOut);
      if (isWater) {
        tidyWater(work);
        waters.push_back({"SOL", {std::move(work)}, {}, true});
        polymer.clear();
        continue;
      }
      const bool isLink = isPolymerType(type);
      bool goesOn = isLink && polymer == type;
      if (goesOn) {
        const WorkResidue& before = molecules.back().residues.back();
        bool isLinkable = true;
        const std::string gap = gapBetween(before, work, forceField, options.longestBond, isLinkable);
        if (!gap.empty() && isLinkable && options.chainBreaks == ChainBreaks::refuse)
          throw core::inputError(
              "the chain is broken between " + before.where() + " and " + work.where() + ": " + gap +
              ". Residues may be missing from the file: complete the structure, or let the chain be "
              "split there");
        const bool isSplit = !gap.empty() && (!isLinkable || options.chainBreaks == ChainBreaks::split);
        if (!gap.empty())
          remarks.push_back((isSplit ? "the chain is split between " : "a long bond joins ") +
                            before.title() + " and " + work.title() + ": " + gap);
        goesOn = !isSplit;
      }
      if (!goesOn)
        molecules.push_back(
            {isLink ? type + (chain.name.empty() ? "" : "_chain_" + chain.name) : residue.name,
             {},
             {},
             false});
      molecules.back().residues.push_back(std::move(work));
      polymer = isLink ? type : "";
    }
  }
  for (WorkMolecule& molecule : molecules) {
    std::vector<WorkResidue>& residues = molecule.residues;
    const bool isPolymer = isPolymerType(forceField.typeOf(residues.front().name));
    for (std::size_t r = 0; r < residues.size(); ++r) {
      residues[r].isFirst = isPolymer && r == 0;
      residues[r].isLast = isPolymer && r + 1 == residues.size();
      residues[r].hasPrevious = r > 0;
      residues[r].hasNext = r + 1 < residues.size();
      renameAtoms(residues[r], forceField);
      dropRepeats(residues[r], remarks);
    }
  }
  if (leftOut > 0)
    remarks.push_back(std::to_string(leftOut) + " hydrogens of the file are left out and built anew");
  std::move(waters.begin(), waters.end(), std::back_inserter(molecules));
  return molecules;
}

}  // namespace aula::molecular
