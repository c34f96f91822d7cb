// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "molecular/model/engine.h"

namespace aula::molecular::reference {

/// m += s a (x) b, the dyadic product.
inline void addDyad(Matrix3& m, double s, Vec3 a, Vec3 b) {
  for (int row = 0; row < 3; ++row) {
    auto& line = m[static_cast<std::size_t>(row)];
    line = line + (s * a[row]) * b;
  }
}

/// What one evaluation of the energy function adds up.
struct Sums {
  explicit Sums(int atoms) : forces(static_cast<std::size_t>(atoms)) {}

  std::vector<Vec3> forces;  ///< kJ/mol/nm
  Energies energies;         ///< Terms and virial; the rest is dynamics' affair.

  void add(Term term, double energy) { energies[term] += energy; }
  void addForce(int atom, Vec3 force) {
    Vec3& sum = forces[static_cast<std::size_t>(atom)];
    sum = sum + force;
  }
  /// `force` on i and its opposite on j; `apart` = r_i - r_j. The virial is -1/2 sum of r (x) f.
  void addPairForce(int i, int j, Vec3 apart, Vec3 force) {
    addForce(i, force);
    addForce(j, -force);
    addDyad(energies.virial, -0.5, apart, force);
  }
};

}  // namespace aula::molecular::reference
