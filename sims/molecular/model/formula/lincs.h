// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "molecular/model/formula/elementary.h"
#include "molecular/model/formula/vector.h"

/// Pieces of LINCS (Hess, Bekker, Berendsen and Fraaije, J. Comput. Chem. 18, 1463, 1997; Hess, J. Chem.
/// Theory Comput. 4, 116, 2008). S = diag(1/sqrt(1/m_i + 1/m_j)), B the directions before the step; the
/// coupling matrix A = 1 - S B M^-1 B^T S is expanded in powers: (1 - A)^-1 = 1 + A + A^2 + ...
namespace aula::molecular {

/// Off-diagonal element of A between constraints that share an atom: `coupling` is -+ S_c S_d / m_shared,
/// minus where the shared atom is the first (or the second) of both.
template <class Real>
AULA_HD Real lincsElement(Real coupling, Vector<Real> directionC, Vector<Real> directionD) {
  return coupling * dot(directionC, directionD);
}

/// Right side of the second pass: the length that the projection along B must have for the turned bond to be
/// as long as it should (1997, eq. 14): p = sqrt(2 d^2 - l^2), l the length found.
template <class Real>
AULA_HD Real lincsTurned(Real length, Vector<Real> found) {
  return length - squareRoot(larger(Real(2) * length * length - dot(found, found), Real(0)));
}

}  // namespace aula::molecular
