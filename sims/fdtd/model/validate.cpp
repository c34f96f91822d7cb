// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdarg>
#include <cstdio>

#include "core/units/constants.h"
#include "fdtd/model/setup.h"
#include "fdtd/model/shape.h"
#include "fdtd/model/validate_source.h"

namespace aula::fdtd {

std::string formatMessage(const char* format, ...) {
  char text[512];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  return text;
}

namespace {

using Messages = std::vector<std::string>;
using core::Vec3;

constexpr int kMaximumCellsAlongAxis = 100'000;
constexpr double kMaximumCells = 1e11;
constexpr std::size_t kMaximumMaterials = 255;  // Medium::dispersion holds a byte.

const char* const kAxisNames[3] = {"x", "y", "z"};

bool isPositive(double value) {
  return std::isfinite(value) && value > 0;
}
bool isNotNegative(double value) {
  return std::isfinite(value) && value >= 0;
}
bool isFinite(Vec3 v) {
  return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z);
}

void checkGrid(const Setup& setup, Messages& messages) {
  const Grid& grid = setup.grid;
  bool isUsable = isFinite(grid.origin);
  if (!isUsable) messages.push_back("The grid's origin is not a finite position.");
  double total = 1;
  for (int axis = 0; axis < 3; ++axis) {
    const int n = grid.cells(axis);
    total *= n;
    if (n < 1 || n > kMaximumCellsAlongAxis) {
      messages.push_back(formatMessage("The grid has %d cells along %s; allowed are 1 to %d.", n,
                                       kAxisNames[axis], kMaximumCellsAlongAxis));
      isUsable = false;
    }
    if (!isPositive(grid.spacing(axis))) {
      messages.push_back(
          formatMessage("The grid's cell size along %s is %g m; it must be positive and finite.",
                        kAxisNames[axis], grid.spacing(axis)));
      isUsable = false;
    }
  }
  if (isUsable && total > kMaximumCells)
    messages.push_back(
        formatMessage("The grid has %.3g cells; allowed are at most %.0e.", total, kMaximumCells));
  if (grid.dimensions != Dimensions::three && grid.nz != 1)
    messages.push_back(formatMessage("A two-dimensional grid has 1 cell along z; found %d.", grid.nz));
  if (!isUsable) return;

  // Waves faster than in vacuum, where eps mu < 1, need shorter steps.
  double slowestIndexSquare = 1;
  double epsilon = 1;
  double mu = 1;
  for (const Material& material : setup.materials) {
    if (material.isPerfectConductor) continue;
    epsilon = std::min(epsilon, material.permittivity);
    mu = std::min(mu, material.permeability);
  }
  if (epsilon > 0 && mu > 0) slowestIndexSquare = epsilon * mu;
  const double limit = courantLimit(grid) * std::sqrt(slowestIndexSquare);
  if (!isPositive(grid.dt)) {
    messages.push_back(formatMessage("The time step is %g s; it must be positive and finite.", grid.dt));
  } else if (grid.dt > limit * (1 + 1e-12)) {
    messages.push_back(formatMessage(
        "The time step %.6g s is above the Courant limit of this grid, %.6g s (Courant number %.4g; at "
        "most 1 is stable).",
        grid.dt, limit, grid.dt / limit));
  }
}

void checkBoundaries(const Setup& setup, Messages& messages) {
  const int axes = setup.grid.dimensions == Dimensions::three ? 3 : 2;
  for (int axis = 0; axis < axes; ++axis) {
    const auto& faces = setup.boundaries[axis];
    const char* name = kAxisNames[axis];
    if ((faces[0].kind == BoundaryKind::periodic) != (faces[1].kind == BoundaryKind::periodic))
      messages.push_back(
          formatMessage("Only one face along %s is periodic; periodic faces come in pairs.", name));
    std::int64_t layers = 0;
    for (const Boundary& face : faces) {
      if (face.kind != BoundaryKind::cpml) continue;
      const CpmlSettings& cpml = face.cpml;
      if (cpml.cells < 1) {
        messages.push_back(formatMessage("The absorbing layer along %s has %d cells; it needs at least 1.",
                                         name, cpml.cells));
        continue;
      }
      layers += cpml.cells;
      if (!isPositive(cpml.order) || !isPositive(cpml.sigmaFactor) || !isPositive(cpml.backgroundIndex) ||
          !isNotNegative(cpml.alphaMaximum) || !isNotNegative(cpml.alphaOrder))
        messages.push_back(formatMessage(
            "The absorbing layer along %s needs order, sigma factor and background index above 0, alpha and "
            "its order "
            "not below 0; found %g, %g, %g, %g, %g.",
            name, cpml.order, cpml.sigmaFactor, cpml.backgroundIndex, cpml.alphaMaximum, cpml.alphaOrder));
      if (!std::isfinite(cpml.kappaMaximum) || cpml.kappaMaximum < 1)
        messages.push_back(formatMessage("The absorbing layer along %s has kappa %g; it must be 1 or more.",
                                         name, cpml.kappaMaximum));
    }
    if (layers >= setup.grid.cells(axis) && setup.grid.cells(axis) > 0 && layers > 0)
      messages.push_back(
          formatMessage("The absorbing layers along %s take %lld cells of the grid's %d and leave nothing "
                        "between them.",
                        name, static_cast<long long>(layers), setup.grid.cells(axis)));
  }
}

void checkPole(const Pole& pole, const std::string& material, Messages& messages) {
  const char* name = material.c_str();
  switch (pole.kind) {
    case Pole::Kind::drude:
      if (!isPositive(pole.frequency) || !isNotNegative(pole.damping))
        messages.push_back(
            formatMessage("Material '%s': a Drude pole needs a plasma frequency above 0 and a damping of 0 "
                          "or more; found %g rad/s and %g 1/s.",
                          name, pole.frequency, pole.damping));
      break;
    case Pole::Kind::lorentz:
      if (!isPositive(pole.frequency) || !isNotNegative(pole.damping) || !isNotNegative(pole.strength))
        messages.push_back(formatMessage(
            "Material '%s': a Lorentz pole needs a frequency above 0, a damping and a strength of 0 or "
            "more; found %g rad/s, %g 1/s and %g.",
            name, pole.frequency, pole.damping, pole.strength));
      break;
    case Pole::Kind::debye:
      if (!isPositive(pole.relaxation) || !isNotNegative(pole.strength))
        messages.push_back(
            formatMessage("Material '%s': a Debye pole needs a relaxation time above 0 and a strength of 0 "
                          "or more; found %g s and %g.",
                          name, pole.relaxation, pole.strength));
      break;
  }
}

void checkMaterials(const Setup& setup, Messages& messages) {
  if (setup.materials.empty()) {
    messages.push_back("There is no material; the first one is the background.");
    return;
  }
  if (setup.materials.size() > kMaximumMaterials)
    messages.push_back(formatMessage("There are %zu materials; allowed are at most %zu.",
                                     setup.materials.size(), kMaximumMaterials));
  const Material& background = setup.materials.front();
  if (background.isPerfectConductor)
    messages.push_back("The background material cannot be a perfect conductor.");
  if (!background.poles.empty())
    messages.push_back(formatMessage(
        "The background material '%s' has poles; put a dispersive material into an object instead, "
        "a box that covers the domain if need be.",
        background.name.c_str()));
  for (const Material& material : setup.materials) {
    if (material.isPerfectConductor) continue;
    const char* name = material.name.c_str();
    if (!isPositive(material.permittivity) || !isPositive(material.permeability))
      messages.push_back(formatMessage(
          "Material '%s': permittivity and permeability must be positive and finite; found %g and %g.", name,
          material.permittivity, material.permeability));
    if (!isNotNegative(material.conductivity) || !isNotNegative(material.magneticConductivity))
      messages.push_back(
          formatMessage("Material '%s': conductivities must be 0 or more; found %g S/m and %g ohm/m.", name,
                        material.conductivity, material.magneticConductivity));
    if (material.poles.size() > std::size_t(kMaximumPoles))
      messages.push_back(formatMessage("Material '%s' has %zu poles; allowed are at most %d.", name,
                                       material.poles.size(), kMaximumPoles));
    for (const Pole& pole : material.poles) checkPole(pole, material.name, messages);
  }
}

/// Lengths that must be positive, and possibly infinite.
bool checkLength(const std::string& object, const char* what, double value, bool mayBeInfinite,
                 Messages& messages) {
  if (value > 0 && (mayBeInfinite || std::isfinite(value))) return true;
  messages.push_back(formatMessage("Object '%s': its %s is %g m; it must be positive%s.", object.c_str(),
                                   what, value, mayBeInfinite ? "" : " and finite"));
  return false;
}

bool checkShape(const std::string& name, const BoxShape& box, Messages& messages) {
  bool isGood = true;
  for (int axis = 0; axis < 3; ++axis) {
    const std::string what = std::string("size along ") + kAxisNames[axis];
    isGood &= checkLength(name, what.c_str(), box.size[axis], true, messages);
  }
  return isGood && isFinite(box.centre);
}
bool checkShape(const std::string& name, const SphereShape& sphere, Messages& messages) {
  return checkLength(name, "radius", sphere.radius, false, messages) && isFinite(sphere.centre);
}
bool checkShape(const std::string& name, const EllipsoidShape& ellipsoid, Messages& messages) {
  bool isGood = true;
  for (int axis = 0; axis < 3; ++axis) {
    const std::string what = std::string("semi-axis along ") + kAxisNames[axis];
    isGood &= checkLength(name, what.c_str(), ellipsoid.semiAxes[axis], false, messages);
  }
  return isGood && isFinite(ellipsoid.centre);
}
bool checkShape(const std::string& name, const CylinderShape& cylinder, Messages& messages) {
  const bool isGood = checkLength(name, "radius", cylinder.radius, false, messages) &&
                      checkLength(name, "height", cylinder.height, true, messages);
  if (!isPositive(core::length(cylinder.axis))) {
    messages.push_back(formatMessage("Object '%s': its axis has no direction.", name.c_str()));
    return false;
  }
  return isGood && isFinite(cylinder.centre);
}
bool checkShape(const std::string& name, const WedgeShape& wedge, Messages& messages) {
  const bool isGood = checkLength(name, "height", wedge.height, true, messages);
  const auto& c = wedge.corners;
  if (!isFinite(c[0]) || !isFinite(c[1]) || !isFinite(c[2])) return false;
  if (c[0].z != c[1].z || c[0].z != c[2].z) {
    messages.push_back(formatMessage("Object '%s': the three corners must have one z; found %g, %g and %g m.",
                                     name.c_str(), c[0].z, c[1].z, c[2].z));
    return false;
  }
  const double area = core::length(core::cross(c[1] - c[0], c[2] - c[0]));
  const double longest =
      std::max({core::length(c[1] - c[0]), core::length(c[2] - c[0]), core::length(c[2] - c[1])});
  if (area <= 1e-12 * longest * longest) {
    messages.push_back(formatMessage("Object '%s': its three corners lie on a line.", name.c_str()));
    return false;
  }
  return isGood;
}

void checkObjects(const Setup& setup, Messages& messages) {
  const Grid& grid = setup.grid;
  for (const Object& object : setup.objects) {
    const char* name = object.name.c_str();
    if (object.material < 0 || std::size_t(object.material) >= setup.materials.size())
      messages.push_back(formatMessage("Object '%s' is of material %d; there are materials 0 to %d.", name,
                                       object.material, int(setup.materials.size()) - 1));
    const std::size_t before = messages.size();
    if (!std::visit([&](const auto& shape) { return checkShape(object.name, shape, messages); },
                    object.shape)) {
      if (messages.size() == before)
        messages.push_back(formatMessage("Object '%s': its position is not finite.", name));
      continue;
    }
    const Bounds bounds = boundsOf(object.shape);
    for (int axis = 0; axis < 3; ++axis) {
      // A two-dimensional grid is the plane z = origin.z.
      const bool isPlane = axis == 2 && grid.dimensions != Dimensions::three;
      const double first = grid.origin[axis];
      const double last = isPlane ? first : first + grid.cells(axis) * grid.spacing(axis);
      if (bounds.upper[axis] > first - (isPlane ? 1e-12 * grid.dx : 0) && bounds.lower[axis] < last) continue;
      if (isPlane && bounds.lower[axis] <= last) continue;
      messages.push_back(formatMessage(
          "Object '%s' lies outside the domain: along %s it reaches from %.6g to %.6g m, the domain "
          "from %.6g to %.6g m.",
          name, kAxisNames[axis], bounds.lower[axis], bounds.upper[axis], first, last));
      break;
    }
  }
}

}  // namespace

std::vector<std::string> validate(const Setup& setup) {
  Messages messages;
  checkGrid(setup, messages);
  checkBoundaries(setup, messages);
  checkMaterials(setup, messages);
  // What follows measures against the grid, the materials and the faces.
  if (!messages.empty()) return messages;
  checkObjects(setup, messages);
  const bool areObjectsGood = messages.empty();
  for (const Source& source : setup.sources)
    std::visit([&](const auto& form) { checkSource(setup, form, areObjectsGood, messages); }, source);
  return messages;
}

}  // namespace aula::fdtd
