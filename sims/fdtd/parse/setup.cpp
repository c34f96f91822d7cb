// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "fdtd/parse/parse.h"

namespace aula::fdtd {

namespace {

/// More cells than this along one axis or in all is a slip of the pen, not a simulation: 2e10 cells are about
/// a terabyte.
constexpr double kMaximumCellsAlong = 1 << 20;
constexpr double kMaximumCells = 2e10;

std::string countText(double count) {
  char text[64];
  std::snprintf(text, sizeof text, "%.4g", count);
  return text;
}

/// A face as a word, "pec", or as an object, {"kind": "cpml", "cells": 12}.
Boundary parseFace(const lab::Node& parent, const std::string& key) {
  Boundary boundary;
  const bool isWord = parent.isText(key);
  const lab::Node node = isWord ? parent : parent.child(key);
  const std::string kind = node.word(isWord ? key : "kind", {"cpml", "pec", "pmc", "periodic"});
  if (kind == "pec") boundary.kind = BoundaryKind::pec;
  if (kind == "pmc") boundary.kind = BoundaryKind::pmc;
  if (kind == "periodic") boundary.kind = BoundaryKind::periodic;
  if (boundary.kind == BoundaryKind::cpml && !isWord) {
    boundary.cpml.cells = int(node.integer("cells", 2, 100, boundary.cpml.cells));
  }
  return boundary;
}

void parseBoundaries(const lab::Node& node, Setup& setup) {
  const auto boundaries = node.optionalChild("boundaries");
  constexpr const char* kAxes[] = {"x", "y", "z"};
  for (int axis = 0; axis < 3; ++axis) {
    auto& faces = setup.boundaries[std::size_t(axis)];
    const bool isUnused = axis == 2 && setup.grid.dimensions != Dimensions::three;
    if (isUnused) faces[0].kind = faces[1].kind = BoundaryKind::periodic;
    if (!boundaries || !boundaries->has(kAxes[axis])) continue;
    const std::string key = kAxes[axis];
    if (isUnused) {
      boundaries->errorAt(
          key,
          "nothing varies along z in two dimensions: leave this out, or set simulation.dimensions to \"3d\"");
      continue;
    }
    const auto along = boundaries->isText(key) ? std::nullopt : boundaries->optionalChild(key);
    if (along && (along->has("low") || along->has("high"))) {
      faces[0] = parseFace(*along, "low");
      faces[1] = parseFace(*along, "high");
      if ((faces[0].kind == BoundaryKind::periodic) != (faces[1].kind == BoundaryKind::periodic)) {
        boundaries->errorAt(
            key, "one face is periodic and the other is not: a periodic boundary joins both faces");
      }
    } else {
      faces[0] = faces[1] = parseFace(*boundaries, key);
    }
  }
  // The layers must leave room for something between them.
  for (int axis = 0; axis < 3; ++axis) {
    int layers = 0;
    for (const Boundary& face : setup.boundaries[std::size_t(axis)]) {
      if (face.kind == BoundaryKind::cpml) layers += face.cpml.cells;
    }
    const int cells = setup.grid.cells(axis);
    if (layers > 0 && cells < layers + 4) {
      node.errorAt("boundaries",
                   std::string("the absorbing layers along ") + kAxes[axis] + " take " +
                       std::to_string(layers) + " of " + std::to_string(cells) +
                       " cells; at least 4 must be left between them: enlarge simulation.grid.size or "
                       "make the layers thinner");
    }
  }
}

}  // namespace

Grid parseGrid(const lab::Node& node) {
  Grid grid;
  const std::string dimensions = node.word("dimensions", {"3d", "tm", "te"}, "3d");
  grid.dimensions = dimensions == "tm"   ? Dimensions::tm
                    : dimensions == "te" ? Dimensions::te
                                         : Dimensions::three;
  const bool isFlat = grid.dimensions != Dimensions::three;

  const lab::Node section = node.child("grid");
  core::Vec3 spacing{1, 1, 1};
  if (section.has("cells")) {
    spacing = readVector(section, "cells", "m", grid.dimensions, lab::kPositive);
    if (section.has("cell")) section.errorAt("cells", "give either cell or cells, not both");
    if (isFlat) spacing.z = spacing.x;
  } else {
    const double cell = section.quantity("cell", "m", lab::kPositive);
    spacing = {cell, cell, cell};
  }
  const core::Vec3 size = readVector(section, "size", "m", grid.dimensions);
  const core::Vec3 centre = readVector(section, "centre", "m", grid.dimensions, lab::kAnyValue, {0, 0, 0});

  double total = 1;
  int* counts[] = {&grid.nx, &grid.ny, &grid.nz};
  double* spacings[] = {&grid.dx, &grid.dy, &grid.dz};
  constexpr const char* kAxes[] = {"x", "y", "z"};
  for (int axis = 0; axis < 3; ++axis) {
    *spacings[axis] = spacing[axis] > 0 ? spacing[axis] : 1;
    if (axis == 2 && isFlat) break;
    if (!(size[axis] > 0) || !(spacing[axis] > 0)) {
      if (spacing[axis] > 0 && section.has("size")) {
        section.errorAt("size", std::string("is ") + lengthText(size[axis]) + " along " + kAxes[axis] +
                                    "; it must be greater than 0");
      }
      continue;
    }
    const double count = std::max(1.0, std::round(size[axis] / spacing[axis]));
    if (!(count <= kMaximumCellsAlong)) {
      section.errorAt("size", std::string("asks for ") + countText(count) + " cells along " + kAxes[axis] +
                                  " (" + lengthText(size[axis]) + " in cells of " +
                                  lengthText(spacing[axis]) + "); at most " + countText(kMaximumCellsAlong) +
                                  " are allowed");
      continue;
    }
    *counts[axis] = int(count);
    total *= count;
  }
  if (total > kMaximumCells) {
    section.errorAt("size", "asks for " + countText(total) + " cells (" + std::to_string(grid.nx) + " x " +
                                std::to_string(grid.ny) + " x " + std::to_string(grid.nz) + "); at most " +
                                countText(kMaximumCells) + " are allowed");
    grid.nx = grid.ny = grid.nz = 1;
  }
  grid.origin = centre;
  for (int axis = 0; axis < (isFlat ? 2 : 3); ++axis)
    grid.origin[axis] -= 0.5 * grid.cells(axis) * grid.spacing(axis);

  const double limit = courantLimit(grid);
  if (node.has("time_step")) {
    if (node.has("courant")) node.errorAt("time_step", "give either courant or time_step, not both");
    grid.dt = node.quantity("time_step", "s", lab::kPositive);
    // A hair's breadth above the limit is rounding of the file's digits, and harmless.
    if (grid.dt > limit * (1 + 1e-9)) {
      node.errorAt("time_step", "is " + countText(grid.dt) + " s, above the Courant limit of " +
                                    countText(limit) + " s for this grid: fields would grow without bound");
      grid.dt = limit;
    }
  } else {
    const double courant = node.quantity("courant", "1", lab::kPositive, 0.95);
    if (courant > 1) {
      node.errorAt("courant",
                   "is " + countText(courant) +
                       "; it must be at most 1, the Courant limit: above it fields grow without bound");
    }
    grid.dt = std::clamp(courant, 1e-6, 1.0) * limit;
  }
  return grid;
}

namespace {

/// Stands in for a grid that could not be read: so large that nothing lies outside it and every layer fits,
/// so that only what is wrong in its own right is reported of the rest.
Grid boundlessGrid(Dimensions dimensions) {
  Grid grid;
  grid.dimensions = dimensions;
  const bool isFlat = dimensions != Dimensions::three;
  grid.nx = grid.ny = 1000;
  grid.nz = isFlat ? 1 : 1000;
  grid.dx = grid.dy = grid.dz = 1e6;
  grid.origin = {-5e8, -5e8, isFlat ? 0 : -5e8};
  grid.dt = courantLimit(grid);
  return grid;
}

}  // namespace

ParsedSimulation parseSimulation(const lab::Node& node) {
  ParsedSimulation parsed;
  Setup& setup = parsed.setup;
  setup.grid = parseGrid(node);
  // Nothing can be said of points while it is open how many numbers make one.
  if (node.isDoubtful("dimensions")) return parsed;
  if (node.isDoubtful("grid")) setup.grid = boundlessGrid(setup.grid.dimensions);
  setup.materials = parseMaterials(node);
  parseBoundaries(node, setup);
  const double index = std::sqrt(setup.materials[0].permittivity * setup.materials[0].permeability);
  for (auto& faces : setup.boundaries) {
    for (Boundary& face : faces) face.cpml.backgroundIndex = index;
  }
  setup.objects = parseObjects(node, setup.grid, setup.materials);
  setup.sources = parseSources(node, setup);
  setup.hasSubpixelAveraging = node.boolean("subpixel", true);

  if (const auto reference = node.optionalChild("reference")) {
    parsed.reference = setup;
    for (const std::string& name : reference->texts("without")) {
      auto& objects = parsed.reference->objects;
      const auto removed =
          std::remove_if(objects.begin(), objects.end(), [&](const Object& o) { return o.name == name; });
      if (removed == objects.end()) {
        std::string names;
        for (const Object& object : setup.objects) {
          if (!object.name.empty()) names += (names.empty() ? "" : ", ") + object.name;
        }
        reference->errorAt("without", "there is no object named \"" + name + "\"; " +
                                          (names.empty() ? "no object has a name" : "objects: " + names));
      }
      objects.erase(removed, objects.end());
    }
  }
  return parsed;
}

}  // namespace aula::fdtd
