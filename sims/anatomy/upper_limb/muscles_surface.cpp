// SPDX-License-Identifier: Apache-2.0
#include "anatomy/upper_limb/muscles_surface.h"

#include <algorithm>
#include <cmath>

namespace aula::anatomy {

namespace {

constexpr int kRings = MuscleTube::kRings, kAround = MuscleTube::kAround;
/// Points of a tube: its rings, then the middles of both ends.
constexpr std::size_t kTubePoints = std::size_t(kRings) * std::size_t(kAround) + 2;

MuscleLayout makeTubeLayout() {
  MuscleLayout layout;
  const auto index = [](int ring, int k) {
    return std::uint32_t(ring) * std::uint32_t(kAround) + std::uint32_t(k % kAround);
  };
  const auto add = [&](std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    layout.triangles.insert(layout.triangles.end(), {a, b, c});
  };
  const auto first = std::uint32_t(kTubePoints - 2), last = std::uint32_t(kTubePoints - 1);
  for (int ring = 0; ring + 1 < kRings; ++ring)
    for (int k = 0; k < kAround; ++k) {
      add(index(ring, k), index(ring, k + 1), index(ring + 1, k));
      add(index(ring, k + 1), index(ring + 1, k + 1), index(ring + 1, k));
    }
  for (int k = 0; k < kAround; ++k) {
    add(first, index(0, k + 1), index(0, k));
    add(last, index(kRings - 1, k), index(kRings - 1, k + 1));
  }
  for (int ring = 0; ring < kRings; ++ring)
    for (int k = 0; k < kAround; ++k) {
      const float turn = float(k) / float(kAround);
      layout.textureCoordinates.push_back({float(ring) / float(kRings - 1), 1 - std::abs(2 * turn - 1)});
      const double from = double(MuscleTube::kFirst) + 2.5, to = double(MuscleTube::kLast) - 2.5;
      const double tendon = std::max((from - ring) / 3.0, (ring - to) / 3.0);
      layout.tendon.push_back(float(std::clamp(tendon, 0.0, 1.0)));
    }
  layout.textureCoordinates.push_back({0, 0.5F});
  layout.textureCoordinates.push_back({1, 0.5F});
  layout.tendon.insert(layout.tendon.end(), 2, 1.0F);
  return layout;
}

MuscleLayout makeSheetLayout() {
  MuscleLayout layout;
  layout.triangles = MuscleSheet::triangles();
  for (int face = 0; face < 2; ++face)
    for (int s = 0; s < MuscleSheet::kStrips; ++s)
      for (int r = 0; r < MuscleSheet::kRows; ++r) {
        const float row = float(r) / float(MuscleSheet::kRows - 1);
        layout.textureCoordinates.push_back({row, float(s) / float(MuscleSheet::kStrips - 1)});
        layout.tendon.push_back(std::max(std::clamp((row - 0.86F) / 0.12F, 0.0F, 1.0F),
                                         std::clamp((0.05F - row) / 0.05F, 0.0F, 0.7F)));
      }
  return layout;
}

/// By the triangles' areas: neighbours are alike in size.
void setNormals(MuscleSurface& surface, const std::vector<std::uint32_t>& triangles) {
  std::vector<Vec3> sums(surface.positions.size());
  for (std::size_t t = 0; t < triangles.size(); t += 3) {
    const std::size_t a = triangles[t], b = triangles[t + 1], c = triangles[t + 2];
    const Vec3 p = toVec3(surface.positions[a]);
    const Vec3 normal = cross(toVec3(surface.positions[b]) - p, toVec3(surface.positions[c]) - p);
    sums[a] = sums[a] + normal;
    sums[b] = sums[b] + normal;
    sums[c] = sums[c] + normal;
  }
  surface.normals.resize(sums.size());
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const double size = core::length(sums[i]);
    surface.normals[i] = scene::toFloat3(size > 1e-20 ? sums[i] / size : Vec3{0, 0, 1});
  }
}

}  // namespace

const MuscleLayout& tubeLayout() {
  static const MuscleLayout layout = makeTubeLayout();
  return layout;
}

const MuscleLayout& sheetLayout() {
  static const MuscleLayout layout = makeSheetLayout();
  return layout;
}

MuscleSurface surfaceOf(const MuscleTube& tube) {
  MuscleSurface surface;
  surface.positions.reserve(kTubePoints);
  for (int ring = 0; ring < kRings; ++ring)
    for (int k = 0; k < kAround; ++k) surface.positions.push_back(scene::toFloat3(tube.point(ring, k)));
  surface.positions.push_back(scene::toFloat3(tube.centre.front()));
  surface.positions.push_back(scene::toFloat3(tube.centre.back()));
  setNormals(surface, tubeLayout().triangles);
  // Outwards at the thickest place.
  surface.anchor = tube.point((MuscleTube::kFirst + MuscleTube::kLast) / 2, kAround / 4);
  surface.bellyVolume = tube.bellyVolume();
  return surface;
}

MuscleSurface surfaceOf(const MuscleSheet& sheet) {
  MuscleSurface surface;
  surface.positions.reserve(MuscleSheet::kPoints);
  for (const auto* face : {&sheet.inner, &sheet.outer})
    for (const MuscleSheet::Strip& strip : *face)
      for (const Vec3 p : strip) surface.positions.push_back(scene::toFloat3(p));
  setNormals(surface, MuscleSheet::triangles());
  surface.anchor = sheet.outer[MuscleSheet::kStrips / 2][MuscleSheet::kRows / 2];
  surface.bellyVolume = sheet.volume();
  return surface;
}

}  // namespace aula::anatomy
