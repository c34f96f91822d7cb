// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "molecular/model/elements.h"
#include "molecular/units.h"
#include "molecular/view/painter.h"

namespace aula::molecular {

namespace {
constexpr double kSpacing = 0.06;  ///< nm
constexpr double kReach = 0.7;     ///< nm: beyond it an atom adds less than a thousandth.
constexpr double kBlobbiness =
    2.35;  ///< Of Blinn's Gaussian: the surface then lies near that of a probe of water.
constexpr double kMostNodes = 8e6;
}  // namespace

/// Blinn's density (ACM Trans. Graphics 1, 235, 1982): the sum over atoms of exp(-B (r^2/R^2 - 1)); where it
/// is 1 a lone atom has its van der Waals radius, and neighbours flow into each other as a rolling probe
/// would have them.
void Painter::surface(scene::Frame& frame, Moment& moment, const Representation& one,
                      const std::vector<int>& atoms) const {
  const std::vector<Vec3>& whole = moment.wholePositions();
  Vec3 lower = whole[static_cast<std::size_t>(atoms.front())], upper = lower;
  for (const int atom : atoms)
    for (int axis = 0; axis < 3; ++axis) {
      lower[axis] = std::min(lower[axis], whole[static_cast<std::size_t>(atom)][axis]);
      upper[axis] = std::max(upper[axis], whole[static_cast<std::size_t>(atom)][axis]);
    }
  const Vec3 margin{kReach, kReach, kReach};
  lower = lower - margin;
  upper = upper + margin;
  const Vec3 size = upper - lower;
  const double spacing = std::max(kSpacing, std::cbrt(size.x * size.y * size.z / kMostNodes));
  scene::IsoSurfaceView view;
  view.name = one.name;
  view.volume.name = one.name;
  view.volume.quantity = {"Density", ""};
  int counts[3];
  for (int axis = 0; axis < 3; ++axis)
    counts[axis] = std::max(3, static_cast<int>(std::ceil(size[axis] / spacing)) + 1);
  view.volume.nx = counts[0], view.volume.ny = counts[1], view.volume.nz = counts[2];
  view.volume.origin = kNanometre * lower;
  view.volume.spacing = kNanometre * Vec3{spacing, spacing, spacing};
  auto values = std::make_shared<std::vector<float>>(static_cast<std::size_t>(counts[0]) *
                                                         static_cast<std::size_t>(counts[1]) *
                                                         static_cast<std::size_t>(counts[2]),
                                                     0.0F);
  for (const int atom : atoms) {
    const auto n = static_cast<std::size_t>(atom);
    const double radius = element(topology_.elements[n]).vdwRadius * one.scale;
    const Vec3 place = whole[n] - lower;
    int from[3], to[3];
    for (int axis = 0; axis < 3; ++axis) {
      from[axis] = std::max(0, static_cast<int>((place[axis] - kReach) / spacing));
      to[axis] = std::min(counts[axis] - 1, static_cast<int>((place[axis] + kReach) / spacing) + 1);
    }
    for (int k = from[2]; k <= to[2]; ++k)
      for (int j = from[1]; j <= to[1]; ++j) {
        const double dy = j * spacing - place.y, dz = k * spacing - place.z;
        float* row = values->data() + (static_cast<std::size_t>(k) * static_cast<std::size_t>(counts[1]) +
                                       static_cast<std::size_t>(j)) *
                                          static_cast<std::size_t>(counts[0]);
        for (int i = from[0]; i <= to[0]; ++i) {
          const double dx = i * spacing - place.x;
          const double r2 = dx * dx + dy * dy + dz * dz;
          if (r2 < kReach * kReach)
            row[i] += static_cast<float>(std::exp(-kBlobbiness * (r2 / (radius * radius) - 1)));
        }
      }
  }
  view.volume.values = values;
  view.level = 1;
  view.material.baseColour = one.colour;
  view.material.opacity = one.opacity;
  view.material.roughness = 0.4F;
  frame.views.emplace_back(std::move(view));
}

}  // namespace aula::molecular
