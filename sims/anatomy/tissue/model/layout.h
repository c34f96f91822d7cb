// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/tissue/model/solver.h"

/// A body as the fast solvers lay it out: points and tetrahedra in an order in which neighbours are near each
/// other, and all lists that a step needs. Double precision; the solvers round it.
namespace aula::anatomy::tissue {

struct ElementNumbers {
  std::array<Vec3, 3> gradients;  ///< Of the shape functions of corners 1 to 3, 1/m.
  double volume = 0;              ///< m^3
  double mu = 0, gamma = 0;       ///< Of model/formula/law.h, Pa.
  double pointsLambda = 0;        ///< Lame's lambda that goes to the points, Pa.
  double fibreStress = 0, fibreStiffness = 0;
  double shearDamping = 0, bulkDamping = 0;  ///< Pa
  Vec3 fibre;
  int group = 0;
};

struct Layout {
  std::vector<std::uint32_t> pointOf;        ///< The body's point at each place.
  std::vector<std::uint32_t> tetrahedronOf;  ///< Likewise.
  std::vector<std::int32_t> placeOf;         ///< Of each of the body's points.
  std::vector<std::array<std::int32_t, 4>> corners;
  std::vector<ElementNumbers> elements;

  /// Where each point is a corner: 4 tetrahedron + corner, rising. Of point n: from first[n] to first[n + 1].
  std::vector<std::int32_t> first, slots;
  /// Points that share a tetrahedron with it, itself included, rising; likewise.
  std::vector<std::int32_t> firstNeighbour, neighbours;
  /// For each entry of `slots`: where in the point's row of `neighbours` the tetrahedron's four corners are.
  std::vector<std::array<std::uint16_t, 4>> rowPlaces;

  std::vector<double> masses, volumes;  ///< kg, m^3 around points.
  /// Pa of pressure for a relative change of a point's volume, static and damped (by beta/h), over its
  /// volume: Pa/m^3.
  std::vector<double> stiffness, damping;
  std::vector<double> guideStiffness;
  std::vector<char> isHeld;
  bool hasFibre = false, isDamped = false;
};

/// `body` must be valid (validate.h).
[[nodiscard]] Layout makeLayout(const Body& body, const Settings& settings);

}  // namespace aula::anatomy::tissue
