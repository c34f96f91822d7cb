// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>
#include <set>

#include "fdtd/parse/parse.h"

namespace aula::fdtd {

namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr std::size_t kMaximumObjects = 100000;
constexpr lab::Range kPositiveOrInfinite{0.0, kInfinite, true, true};

BoxShape parseBox(const lab::Node& node, Dimensions dimensions) {
  BoxShape box;
  if (node.has("low") || node.has("high")) {
    if (node.has("centre") || node.has("size")) node.error("give either low and high, or centre and size");
    const core::Vec3 low = readVector(node, "low", "m", dimensions);
    const core::Vec3 high = readVector(node, "high", "m", dimensions);
    box.centre = 0.5 * (low + high);
    box.size = high - low;
    for (int axis = 0; axis < (dimensions == Dimensions::three ? 3 : 2); ++axis) {
      if (!(box.size[axis] > 0)) {
        node.errorAt("high", "must be greater than low along every axis; found " +
                                 pointText(low, dimensions) + " to " + pointText(high, dimensions));
        break;
      }
    }
  } else {
    box.centre = readVector(node, "centre", "m", dimensions);
    box.size = readVector(node, "size", "m", dimensions, kPositiveOrInfinite);
  }
  if (dimensions != Dimensions::three) box.size.z = kInfinite;
  return box;
}

/// A plate without edges: a box that is infinite along two axes.
BoxShape parseSlab(const lab::Node& node) {
  const int axis = readAxis(node, "axis");
  BoxShape box;
  box.size = {kInfinite, kInfinite, kInfinite};
  box.centre[axis] = node.quantity("centre", "m", lab::kAnyValue, 0.0);
  box.size[axis] = node.quantity("thickness", "m", lab::kPositive);
  return box;
}

CylinderShape parseCylinder(const lab::Node& node, Dimensions dimensions) {
  CylinderShape cylinder;
  cylinder.centre = readVector(node, "centre", "m", dimensions);
  cylinder.radius = node.quantity("radius", "m", lab::kPositive);
  cylinder.height = node.quantity("height", "m", kPositiveOrInfinite, kInfinite);
  if (node.has("direction")) {
    if (node.has("axis")) node.errorAt("direction", "give either axis or direction, not both");
    cylinder.axis = readVector(node, "direction", "1", dimensions);
    if (core::dot(cylinder.axis, cylinder.axis) == 0) {
      node.errorAt("direction", "is zero; give a vector along the cylinder's axis");
      cylinder.axis = {0, 0, 1};
    }
  } else {
    cylinder.axis = {0, 0, 0};
    cylinder.axis[readAxis(node, "axis", "z")] = 1;
  }
  return cylinder;
}

WedgeShape parseWedge(const lab::Node& node) {
  WedgeShape wedge;
  const double z = node.quantity("z", "m", lab::kAnyValue, 0.0);
  wedge.height = node.quantity("height", "m", kPositiveOrInfinite, kInfinite);
  const auto corners = node.children("corners");
  if (corners.size() != 3) {
    node.errorAt("corners", "has " + std::to_string(corners.size()) +
                                " entries; a wedge has 3, each {\"x\": ..., \"y\": ...}");
  }
  for (std::size_t i = 0; i < corners.size() && i < 3; ++i) {
    wedge.corners[i] = {corners[i].quantity("x", "m"), corners[i].quantity("y", "m"), z};
  }
  const core::Vec3 area =
      core::cross(wedge.corners[1] - wedge.corners[0], wedge.corners[2] - wedge.corners[0]);
  if (corners.size() == 3 && core::length(area) == 0) {
    node.errorAt("corners", "lie on one line; the wedge would have no volume");
  }
  return wedge;
}

/// A box around a shape; generous for an oblique cylinder.
Bounds boundsOf(const Shape& shape) {
  struct Visitor {
    Bounds operator()(const BoxShape& s) const { return {s.centre - 0.5 * s.size, s.centre + 0.5 * s.size}; }
    Bounds operator()(const SphereShape& s) const {
      const core::Vec3 r{s.radius, s.radius, s.radius};
      return {s.centre - r, s.centre + r};
    }
    Bounds operator()(const EllipsoidShape& s) const {
      return {s.centre - s.semiAxes, s.centre + s.semiAxes};
    }
    Bounds operator()(const CylinderShape& s) const {
      const core::Vec3 u = core::normalised(s.axis);
      core::Vec3 r;
      for (int axis = 0; axis < 3; ++axis) {
        const double along = std::abs(u[axis]) > 0 ? 0.5 * s.height * std::abs(u[axis]) : 0;
        r[axis] = along + s.radius * std::sqrt(std::max(0.0, 1 - u[axis] * u[axis]));
      }
      return {s.centre - r, s.centre + r};
    }
    Bounds operator()(const WedgeShape& s) const {
      Bounds b{s.corners[0], s.corners[0]};
      for (const core::Vec3& corner : s.corners) {
        for (int axis = 0; axis < 2; ++axis) {
          b.lower[axis] = std::min(b.lower[axis], corner[axis]);
          b.upper[axis] = std::max(b.upper[axis], corner[axis]);
        }
      }
      b.lower.z -= 0.5 * s.height;
      b.upper.z += 0.5 * s.height;
      return b;
    }
  };
  return std::visit(Visitor{}, shape);
}

/// A body that no part of the domain touches was put there by mistake.
void checkInside(const lab::Node& node, const Shape& shape, const Grid& grid) {
  const Bounds domain = domainBounds(grid);
  const Bounds body = boundsOf(shape);
  constexpr const char* kAxes[] = {"x", "y", "z"};
  for (int axis = 0; axis < (grid.dimensions == Dimensions::three ? 3 : 2); ++axis) {
    if (body.lower[axis] >= domain.upper[axis] || body.upper[axis] <= domain.lower[axis]) {
      node.error(std::string("lies outside the domain: it spans ") + lengthText(body.lower[axis]) + " to " +
                 lengthText(body.upper[axis]) + " along " + kAxes[axis] + ", the domain " +
                 lengthText(domain.lower[axis]) + " to " + lengthText(domain.upper[axis]));
      return;
    }
  }
}

}  // namespace

std::vector<Object> parseObjects(const lab::Node& node, const Grid& grid,
                                 const std::vector<Material>& materials) {
  std::vector<Object> objects;
  const auto nodes = node.children("objects");
  if (nodes.size() > kMaximumObjects) {
    node.errorAt("objects", "has " + std::to_string(nodes.size()) + " entries; at most " +
                                std::to_string(kMaximumObjects) + " are allowed");
    return objects;
  }
  std::vector<std::string> materialNames;
  for (const Material& material : materials) materialNames.push_back(material.name);
  std::set<std::string> names;
  for (const lab::Node& entry : nodes) {
    Object object;
    object.name = entry.text("name", "");
    if (!object.name.empty() && !names.insert(object.name).second) {
      entry.errorAt("name", "\"" + object.name + "\" is already the name of another object");
    }
    const std::string material = entry.word("material", materialNames);
    for (std::size_t i = 0; i < materialNames.size(); ++i) {
      if (materialNames[i] == material) object.material = int(i);
    }
    const std::string shape =
        entry.word("shape", {"box", "slab", "sphere", "ellipsoid", "cylinder", "wedge"});
    if (shape == "box") object.shape = parseBox(entry, grid.dimensions);
    if (shape == "slab") object.shape = parseSlab(entry);
    if (shape == "sphere") {
      object.shape = SphereShape{readVector(entry, "centre", "m", grid.dimensions),
                                 entry.quantity("radius", "m", lab::kPositive)};
    }
    if (shape == "ellipsoid") {
      EllipsoidShape ellipsoid{readVector(entry, "centre", "m", grid.dimensions),
                               readVector(entry, "semi_axes", "m", grid.dimensions, lab::kPositive)};
      // In the plane any third half axis gives the same ellipse.
      if (grid.dimensions != Dimensions::three && !(ellipsoid.semiAxes.z > 0))
        ellipsoid.semiAxes.z = ellipsoid.semiAxes.x;
      object.shape = ellipsoid;
    }
    if (shape == "cylinder") object.shape = parseCylinder(entry, grid.dimensions);
    if (shape == "wedge") object.shape = parseWedge(entry);
    checkInside(entry, object.shape, grid);
    objects.push_back(std::move(object));
  }
  return objects;
}

}  // namespace aula::fdtd
