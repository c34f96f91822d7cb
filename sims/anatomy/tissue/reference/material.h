// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "anatomy/tissue/model/solver.h"

/// The material law of one tetrahedron in double precision, by index notation from the cited papers; nothing
/// here is shared with the fast solvers.
namespace aula::anatomy::tissue::reference {

using Matrix3 = std::array<std::array<double, 3>, 3>;  ///< [row][column]
using Matrix9 = std::array<std::array<double, 9>, 9>;  ///< Row and column 3 i + j for the element (i, j).

/// A matter's constants as the papers have them.
struct Law {
  double shear = 0, ownLambda = 0;  ///< Lame's, of the tetrahedron by itself.
  double pointsLambda = 0;          ///< What is left of Lame's lambda for the volume around points.
  double density = 0, damping = 0;
  double fibreStress = 0, fibreStiffness = 0;
};
[[nodiscard]] Law lawOf(const Matter& matter);

/// Energy density, J/m^3 (0 at rest), first Piola-Kirchhoff stress, Pa, and its derivative by F. Of the
/// tetrahedron by itself: without the volume around its points and without damping. `fibre` null: none.
[[nodiscard]] double energy(const Law& law, const Matrix3& f, const Vec3& fibre, double activation);
[[nodiscard]] Matrix3 stress(const Law& law, const Matrix3& f, const Vec3& fibre, double activation);
[[nodiscard]] Matrix9 tangent(const Law& law, const Matrix3& f, const Vec3& fibre, double activation);

/// Of damping over a step of `timeStep` (s) that began at `before`.
[[nodiscard]] double dampingEnergy(const Law& law, const Matrix3& f, const Matrix3& before, double timeStep);
[[nodiscard]] Matrix3 dampingStress(const Law& law, const Matrix3& f, const Matrix3& before, double timeStep);
[[nodiscard]] Matrix9 dampingTangent(const Law& law, const Matrix3& f, const Matrix3& before,
                                     double timeStep);

/// dW/dJ, Pa, the factor of the curvature of J in the tangent; and a size of it at which the first term of
/// the stress, mu (1 - 1/(I_C + 1)), still outweighs that curvature, whose eigenvalues are no larger than the
/// largest stretch.
[[nodiscard]] double volumeFactor(const Law& law, const Matrix3& f);
[[nodiscard]] double safeVolumeFactor(const Law& law, const Matrix3& f);

/// What the diagonal block of the shape function with gradient `b` (1/m) must be given to be positive
/// definite, Pa/m^2: the softening of a fibre past its optimal length, the stress of damping in compression.
[[nodiscard]] Matrix3 blockRepair(const Law& law, const Matrix3& f, const Vec3& fibre, double activation,
                                  const Matrix3& before, double timeStep, const Vec3& b);

[[nodiscard]] double determinant(const Matrix3& f);
/// Its derivative by f.
[[nodiscard]] Matrix3 cofactors(const Matrix3& f);

}  // namespace aula::anatomy::tissue::reference
