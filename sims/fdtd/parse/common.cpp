// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <cstdio>

#include "fdtd/parse/parse.h"

namespace aula::fdtd {

core::Vec3 readVector(const lab::Node& node, const std::string& key, const std::string& unit,
                      Dimensions dimensions, lab::Range range) {
  const std::vector<double> values = node.quantities(key, unit, range);
  if (values.size() == 3) return {values[0], values[1], values[2]};
  if (values.size() == 2 && dimensions != Dimensions::three) return {values[0], values[1], 0};
  // An unreadable array has been reported already and comes back empty.
  if (!values.empty()) {
    node.errorAt(key,
                 "has " + std::to_string(values.size()) + " entries; give " +
                     (dimensions == Dimensions::three ? "3: x, y and z" : "2 (x and y) or 3 (x, y and z)"));
  }
  return {};
}

core::Vec3 readVector(const lab::Node& node, const std::string& key, const std::string& unit,
                      Dimensions dimensions, lab::Range range, core::Vec3 fallback) {
  return node.has(key) ? readVector(node, key, unit, dimensions, range) : fallback;
}

namespace {
int axisIndex(const std::string& word) {
  return word == "y" ? 1 : word == "z" ? 2 : 0;
}
}  // namespace

int readAxis(const lab::Node& node, const std::string& key) {
  return axisIndex(node.word(key, {"x", "y", "z"}));
}

int readAxis(const lab::Node& node, const std::string& key, const std::string& fallback) {
  return axisIndex(node.word(key, {"x", "y", "z"}, fallback));
}

Bounds domainBounds(const Grid& grid) {
  Bounds bounds{grid.origin, grid.origin};
  for (int axis = 0; axis < 3; ++axis) bounds.upper[axis] += grid.cells(axis) * grid.spacing(axis);
  return bounds;
}

Bounds interiorBounds(const Setup& setup) {
  Bounds bounds = domainBounds(setup.grid);
  for (int axis = 0; axis < 3; ++axis) {
    if (axis == 2 && setup.grid.dimensions != Dimensions::three) continue;
    const auto& [low, high] = setup.boundaries[std::size_t(axis)];
    if (low.kind == BoundaryKind::cpml) bounds.lower[axis] += low.cpml.cells * setup.grid.spacing(axis);
    if (high.kind == BoundaryKind::cpml) bounds.upper[axis] -= high.cpml.cells * setup.grid.spacing(axis);
  }
  return bounds;
}

std::string lengthText(double metres) {
  if (metres == 0) return "0";
  struct Prefix {
    double factor;
    const char* unit;
  };
  constexpr std::array<Prefix, 6> kPrefixes{Prefix{1, "m"}, {1e-2, "cm"}, {1e-3, "mm"},
                                            {1e-6, "um"},   {1e-9, "nm"}, {1e-12, "pm"}};
  char text[64];
  for (const Prefix& prefix : kPrefixes) {
    if (std::abs(metres) >= 0.9999999 * prefix.factor || prefix.factor == 1e-12) {
      std::snprintf(text, sizeof text, "%.6g %s", metres / prefix.factor, prefix.unit);
      break;
    }
  }
  return text;
}

std::string pointText(core::Vec3 point, Dimensions dimensions) {
  std::string text = "(" + lengthText(point.x) + ", " + lengthText(point.y);
  if (dimensions == Dimensions::three) text += ", " + lengthText(point.z);
  return text + ")";
}

}  // namespace aula::fdtd
