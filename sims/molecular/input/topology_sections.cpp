// SPDX-License-Identifier: Apache-2.0
#include "molecular/input/topology_sections.h"

namespace aula::molecular {

namespace {

using Tables = ForceFieldTables;
using Type = MoleculeType;

constexpr const char* kVirtual = ": atoms without mass, placed by others";

const Section kSections[] = {
    {"defaults"},
    {"atomtypes"},
    {"nonbond_params"},
    {"moleculetype"},
    {"atoms"},
    {"system"},
    {"molecules"},
    {"bondtypes", Role::bondedTypes, 2, &Tables::bondTypes},
    {"angletypes", Role::bondedTypes, 3, &Tables::angleTypes},
    {"dihedraltypes", Role::bondedTypes, 4, &Tables::dihedralTypes},
    {"constrainttypes", Role::bondedTypes, 2, &Tables::constraintTypes},
    {"pairtypes", Role::bondedTypes, 2, &Tables::pairTypes},
    {"bonds", Role::moleculeTerm, 2, nullptr, &Type::bonds},
    {"pairs", Role::moleculeTerm, 2, nullptr, &Type::pairs},
    {"angles", Role::moleculeTerm, 3, nullptr, &Type::angles},
    {"dihedrals", Role::moleculeTerm, 4, nullptr, &Type::dihedrals},
    {"constraints", Role::moleculeTerm, 2, nullptr, &Type::constraints},
    {"settles", Role::moleculeTerm, 1, nullptr, &Type::settles},
    {"exclusions", Role::moleculeTerm, 0, nullptr, &Type::exclusions},
    {"position_restraints", Role::moleculeTerm, 1, nullptr, &Type::positionRestraints},
    // Generalised Born as GROMACS had it up to version 4.6; CMAP tables that no [ cmap ] uses.
    {"implicit_genborn_params", Role::ignored},
    {"implicit_surface_params", Role::ignored},
    {"cmaptypes", Role::ignored},
    {"cmap", Role::unsupported, 0, nullptr, nullptr, " (CHARMM's correction maps)"},
    {"pairs_nb", Role::unsupported},
    {"virtual_sites1", Role::unsupported, 0, nullptr, nullptr, kVirtual},
    {"virtual_sites2", Role::unsupported, 0, nullptr, nullptr, kVirtual},
    {"virtual_sites3", Role::unsupported, 0, nullptr, nullptr, kVirtual},
    {"virtual_sites4", Role::unsupported, 0, nullptr, nullptr, kVirtual},
    {"virtual_sitesn", Role::unsupported, 0, nullptr, nullptr, kVirtual},
    {"dummies2", Role::unsupported, 0, nullptr, nullptr, kVirtual},
    {"dummies3", Role::unsupported, 0, nullptr, nullptr, kVirtual},
    {"dummies4", Role::unsupported, 0, nullptr, nullptr, kVirtual},
    {"polarization", Role::unsupported},
    {"water_polarization", Role::unsupported},
    {"thole_polarization", Role::unsupported},
    {"distance_restraints", Role::unsupported},
    {"dihedral_restraints", Role::unsupported},
    {"orientation_restraints", Role::unsupported},
    {"angle_restraints", Role::unsupported},
    {"angle_restraints_z", Role::unsupported},
    {"intermolecular_interactions", Role::unsupported},
};

}  // namespace

const Section* findSection(std::string_view name) {
  for (const Section& section : kSections)
    if (name == section.name) return &section;
  return nullptr;
}

std::vector<std::string> sectionNames() {
  std::vector<std::string> names;
  for (const Section& section : kSections) names.emplace_back(section.name);
  return names;
}

}  // namespace aula::molecular
