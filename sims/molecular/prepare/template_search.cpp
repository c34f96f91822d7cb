// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/template_search.h"

#include <algorithm>

namespace aula::molecular {
namespace {

bool isSign(char c) {
  return c == '+' || c == '-';
}

/// "CL" and "CL-".
bool sameButSign(const std::string& a, const std::string& b) {
  const std::string &shorter = a.size() < b.size() ? a : b, &longer = a.size() < b.size() ? b : a;
  return !shorter.empty() && longer.size() == shorter.size() + 1 && isSign(longer.back()) &&
         sameName(shorter, longer.substr(0, shorter.size()));
}

}  // namespace

const ResidueTemplate* findTemplate(const ForceField& forceField, const std::string& name) {
  if (const auto found = forceField.residues.find(name); found != forceField.residues.end())
    return &found->second;
  const ResidueTemplate* only = nullptr;
  for (const auto& [other, entry] : forceField.residues)
    if (sameButSign(name, other)) {
      if (only != nullptr) return nullptr;
      only = &entry;
    }
  return only;
}

const ResidueTemplate* middleTemplate(const ForceField& forceField, const std::string& residue) {
  // Histidine has no protons yet; which of its forms is looked at does not matter here.
  const std::string name = sameName(residue, "HIS") ? "HISE" : residue;
  for (const TemplateChoice& choice : forceField.templateChoices)
    if (choice.residue == name) {
      for (const std::string& entry : {choice.middle, choice.first, choice.last, choice.alone})
        if (entry != "-")
          if (const ResidueTemplate* found = findTemplate(forceField, entry)) return found;
    }
  if (const ResidueTemplate* found = findTemplate(forceField, name)) return found;
  return findTemplate(forceField, residue);
}

std::optional<std::array<std::string, 2>> linkOf(const ForceField& forceField, const std::string& before,
                                                 const std::string& after) {
  const auto search = [&](const std::string& residue,
                          char sign) -> std::optional<std::array<std::string, 2>> {
    const ResidueTemplate* entry = middleTemplate(forceField, residue);
    if (entry == nullptr) return std::nullopt;
    for (const TemplateBonded& bond : entry->bondeds.bonds)
      for (std::size_t k = 0; k < 2; ++k)
        if (bond.atoms[k][0] == sign && !isSign(bond.atoms[1 - k][0]))
          return std::array<std::string, 2>{bond.atoms[k].substr(1), bond.atoms[1 - k]};
    return std::nullopt;
  };
  if (const auto back = search(after, '-')) return back;
  if (const auto on = search(before, '+')) return std::array<std::string, 2>{(*on)[1], (*on)[0]};
  return std::nullopt;
}

}  // namespace aula::molecular
