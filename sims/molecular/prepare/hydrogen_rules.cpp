// SPDX-License-Identifier: Apache-2.0
#include "molecular/prepare/hydrogen_rules.h"

#include <array>
#include <cmath>

#include "core/units/constants.h"

namespace aula::molecular {
namespace {

constexpr double kPi = core::kPi;
constexpr double kHydrogenDistance = 0.1;  // nm
const double kTetrahedral = std::acos(-1.0 / 3.0);

double degrees(double value) {
  return value * kPi / 180;
}

/// Six orientations, as pairs of directions to the vertices of an octahedron's faces: the plane of the two
/// hydrogens and the axis change from one to the next. Components are 0.1 nm times sqrt(2/3), 0 and
/// 1/sqrt(3), cut to the digits that GROMACS keeps.
std::array<Vec3, 2> waterHydrogens(int orientation) {
  constexpr double a = 0.081649, c = 0.0577350;
  constexpr Vec3 right{a, 0, c}, left{-a, 0, c}, back{0, a, -c}, front{0, -a, -c};
  switch (orientation) {
    case 0:
      return {right, left};
    case 1:
      return {right, back};
    case 2:
      return {right, front};
    case 3:
      return {left, back};
    case 4:
      return {left, front};
    default:
      return {back, front};
  }
}

}  // namespace

int controlCount(int rule) {
  switch (rule) {
    case 5:
      return 4;
    case 7:
    case 10:
    case 11:
      return 1;
    default:
      return 3;
  }
}

int addedCount(int rule) {
  switch (rule) {
    case 1:
    case 2:
    case 5:
      return 1;
    case 4:
    case 9:
    case 10:
      return 3;
    case 11:
      return 4;
    default:
      return 2;
  }
}

Vec3 placeByInternal(Vec3 i, Vec3 j, Vec3 k, double distance, double angle, double dihedral) {
  const Vec3 along = core::normalised(i - j);
  const Vec3 normal = core::normalised(core::cross(along, j - k));
  const Vec3 trans = core::cross(normal, along);
  return i - distance * std::cos(angle) * along -
         distance * std::sin(angle) * (std::cos(dihedral) * trans + std::sin(dihedral) * normal);
}

std::vector<Vec3> placeByRule(int rule, int count, const std::vector<Vec3>& controls, int& waters) {
  const Vec3 i = controls[0];
  const auto at = [&](double distance, double angle, double dihedral) {
    return placeByInternal(i, controls[1], controls[2], distance, angle, dihedral);
  };
  std::vector<Vec3> placed;
  switch (rule) {
    case 1:
      placed = {i + kHydrogenDistance * core::normalised(core::normalised(i - controls[1]) +
                                                         core::normalised(i - controls[2]))};
      break;
    case 2:
      placed = {at(kHydrogenDistance, kTetrahedral, kPi)};
      break;
    case 3:
      placed = {at(kHydrogenDistance, 2 * kPi / 3, 0), at(kHydrogenDistance, 2 * kPi / 3, kPi)};
      break;
    case 4:
      placed = {at(kHydrogenDistance, kTetrahedral, kPi), at(kHydrogenDistance, kTetrahedral, -kPi / 3),
                at(kHydrogenDistance, kTetrahedral, kPi / 3)};
      break;
    case 5:
      placed = {i + kHydrogenDistance * core::normalised(i - (controls[1] + controls[2] + controls[3]) / 3)};
      break;
    case 6: {
      const Vec3 out = core::normalised(i - 0.5 * (controls[1] + controls[2]));
      const Vec3 side = core::normalised(core::cross(i - controls[1], i - controls[2]));
      const double half = kTetrahedral / 2;
      placed = {i + kHydrogenDistance * (std::cos(half) * out + std::sin(half) * side),
                i + kHydrogenDistance * (std::cos(half) * out - std::sin(half) * side)};
      break;
    }
    case 7:
    case 10:
    case 11: {
      const std::array<Vec3, 2> two = waterHydrogens(waters++ % 6);
      placed = {i + two[0], i + two[1], i, i};
      break;
    }
    case 8:
      placed = {at(0.136, degrees(117), 0), at(0.136, degrees(117), kPi)};
      break;
    case 9: {
      const Vec3 hydroxyl = at(0.125, degrees(115), kPi);
      placed = {at(0.123, degrees(121), 0), hydroxyl,
                placeByInternal(hydroxyl, i, controls[1], kHydrogenDistance, kTetrahedral, kPi)};
      break;
    }
    default:
      break;
  }
  placed.resize(static_cast<std::size_t>(count), i);
  return placed;
}

}  // namespace aula::molecular
