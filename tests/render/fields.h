// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "render/renderer.h"
#include "scene/view/view.h"

/// What the tests draw: made from formulas, so that every pixel can be told in advance.
namespace aula::render {

/// The software device with validation: what every test draws on.
[[nodiscard]] RendererOptions testOptions(int width, int height);

/// Nodes from `low` to `high`, both included; one node along an axis where they are equal there.
[[nodiscard]] scene::VolumeView sampled(const std::string& name, const scene::Quantity& quantity,
                                        core::Vec3 low, core::Vec3 high, int nx, int ny, int nz,
                                        const std::function<double(const core::Vec3&)>& field);

/// Waves behind two slits, and the screen's outline.
[[nodiscard]] scene::Frame doubleSlit(int nx, int ny);
/// The field of a radiating dipole, arbitrary but with its angular pattern.
[[nodiscard]] double dipoleField(const core::Vec3& at);
[[nodiscard]] scene::MeshView sphere(core::Vec3 middle, double radius, float opacity);
/// A rectangle at x = `x`, facing both ways.
[[nodiscard]] scene::MeshView wall(double x, double halfSide);

}  // namespace aula::render
