// SPDX-License-Identifier: Apache-2.0
#include "molecular/model/engine.h"

#include <numeric>

#include "core/assert.h"

namespace aula::molecular {

const char* termName(Term term) {
  switch (term) {
    case Term::bond:
      return "Bonds";
    case Term::angle:
      return "Angles";
    case Term::properDihedral:
      return "Proper dihedrals";
    case Term::improperDihedral:
      return "Improper dihedrals";
    case Term::ryckaertBellemans:
      return "Ryckaert-Bellemans dihedrals";
    case Term::lennardJones14:
      return "Lennard-Jones, 1-4";
    case Term::coulomb14:
      return "Coulomb, 1-4";
    case Term::lennardJones:
      return "Lennard-Jones";
    case Term::dispersionCorrection:
      return "Dispersion correction";
    case Term::coulombReal:
      return "Coulomb, real space";
    case Term::coulombReciprocal:
      return "Coulomb, reciprocal space";
    case Term::generalisedBorn:
      return "Generalised Born";
    case Term::positionRestraint:
      return "Position restraints";
    case Term::external:
      return "Pulls and fields";
  }
  AULA_ASSERT(false && "every term has a name");
  return "";
}

double Energies::potential() const {
  return std::accumulate(terms.begin(), terms.end(), 0.0);
}

}  // namespace aula::molecular
