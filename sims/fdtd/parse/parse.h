// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/vec3.h"
#include "fdtd/model/setup.h"
#include "lab/file/node.h"

/// The section "simulation" of a lab file becomes a Setup. Every problem goes to the lab's diagnostics with
/// its place; the functions then return something harmless and go on.
namespace aula::fdtd {

/// What the section "simulation" says.
struct ParsedSimulation {
  Setup setup;
  std::optional<Setup> reference;  ///< The same without the objects that "reference" names.
};

/// Reads the whole section; checks what needs the whole setup with validate() when nothing else was wrong.
[[nodiscard]] ParsedSimulation parseSimulation(const lab::Node& node);

/// A point or vector of the plane or of space: 3 quantities, or 2 in two dimensions (the third is then 0).
[[nodiscard]] core::Vec3 readVector(const lab::Node& node, const std::string& key, const std::string& unit,
                                    Dimensions dimensions, lab::Range range = lab::kAnyValue);
/// The same with a fallback for a missing key.
[[nodiscard]] core::Vec3 readVector(const lab::Node& node, const std::string& key, const std::string& unit,
                                    Dimensions dimensions, lab::Range range, core::Vec3 fallback);
/// A word "x", "y" or "z" as 0, 1, 2.
[[nodiscard]] int readAxis(const lab::Node& node, const std::string& key);
[[nodiscard]] int readAxis(const lab::Node& node, const std::string& key, const std::string& fallback);

/// The grid alone: "dimensions", "grid", "courant" or "time_step".
[[nodiscard]] Grid parseGrid(const lab::Node& node);
/// "materials" after the background; `background` is set from the key of that name.
[[nodiscard]] std::vector<Material> parseMaterials(const lab::Node& node);
[[nodiscard]] std::vector<Object> parseObjects(const lab::Node& node, const Grid& grid,
                                               const std::vector<Material>& materials);
[[nodiscard]] std::vector<Source> parseSources(const lab::Node& node, const Setup& setup);

/// The box of the domain without its absorbing layers.
struct Bounds {
  core::Vec3 lower, upper;
};
[[nodiscard]] Bounds domainBounds(const Grid& grid);
[[nodiscard]] Bounds interiorBounds(const Setup& setup);

/// A length as a person writes it: "532 nm", "1.2 mm".
[[nodiscard]] std::string lengthText(double metres);
/// "(1.2 um, 0, -3 um)"
[[nodiscard]] std::string pointText(core::Vec3 point, Dimensions dimensions);

}  // namespace aula::fdtd
