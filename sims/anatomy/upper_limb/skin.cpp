// SPDX-License-Identifier: Apache-2.0
#include "anatomy/upper_limb/skin.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "anatomy/upper_limb/skin_solid.h"

namespace aula::anatomy {

namespace {

double smoothStep(double from, double to, double x) {
  const double t = std::clamp((x - from) / (to - from), 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

/// A joint's turn is spread over this much of the limb to both sides, m.
constexpr double kElbowReach = 0.055;
/// Muscles are looked for this far from the skin, and are covered by so much of it, m.
constexpr double kFarthest = 0.024, kCover = 0.0015;
/// Farther muscles do not move the skin, m.
constexpr double kNear = 0.028;

}  // namespace

UpperLimbSkin::UpperLimbSkin(const UpperLimbMuscles& muscles, double spacing) : limb_(muscles.limb()) {
  const Pose rest;
  const scene::TriangleMesh mesh = polygonise(skinSolid(muscles, 0.8 * spacing), {spacing});
  triangles_ = mesh.triangles;
  for (const scene::Float3 p : mesh.positions) rest_.push_back(scene::toVec3(p));
  for (const scene::Float3 n : mesh.normals) restNormals_.push_back(scene::toVec3(n));

  std::vector<std::vector<std::uint32_t>> around(rest_.size());
  for (std::size_t t = 0; t < triangles_.size(); t += 3)
    for (std::size_t c = 0; c < 3; ++c) around[triangles_[t + c]].push_back(triangles_[t + (c + 1) % 3]);
  neighbours_ = std::move(around);

  // The nearest flesh below each point, found through cells as wide as the search.
  const std::vector<MuscleSurface> surfaces = muscles.at(rest);
  const auto cellOf = [](Vec3 p) {
    return std::array<int, 3>{int(std::floor(p.x / kNear)), int(std::floor(p.y / kNear)),
                              int(std::floor(p.z / kNear))};
  };
  std::map<std::array<int, 3>, std::vector<Below>> cells;
  for (std::size_t m = 0; m < surfaces.size(); ++m)
    for (std::size_t i = 0; i < surfaces[m].positions.size(); ++i)
      if (muscles.layout(m).tendon[i] < 0.5F)
        cells[cellOf(scene::toVec3(surfaces[m].positions[i]))].push_back(
            {std::uint32_t(m), std::uint32_t(i), 1});
  for (std::size_t i = 0; i < rest_.size(); ++i) {
    Below best;
    double nearest = kNear;
    const auto middle = cellOf(rest_[i]);
    for (int dx = -1; dx <= 1; ++dx)
      for (int dy = -1; dy <= 1; ++dy)
        for (int dz = -1; dz <= 1; ++dz) {
          const auto found = cells.find({middle[0] + dx, middle[1] + dy, middle[2] + dz});
          if (found == cells.end()) continue;
          for (const Below& one : found->second) {
            const double distance =
                core::length(scene::toVec3(surfaces[one.muscle].positions[one.point]) - rest_[i]);
            if (distance < nearest) nearest = distance, best = one;
          }
        }
    best.weight = best.weight > 0 ? float(1 - smoothStep(0.5 * kNear, kNear, nearest)) : 0.0F;
    below_.push_back(best);
    belowAtRest_.push_back(best.weight > 0 ? scene::toVec3(surfaces[best.muscle].positions[best.point])
                                           : rest_[i]);
  }
}

std::vector<Vec3> UpperLimbSkin::bent(const std::vector<Vec3>& points, const Pose& pose) const {
  // A hinge's turn in parts keeps lengths and volume where a blend of matrices would pinch the crease.
  constexpr int kShares = 16;
  std::array<std::array<scene::Transform, kBodies>, kShares + 1> shares;
  for (int s = 0; s <= kShares; ++s) {
    const double part = double(s) / kShares;
    shares[std::size_t(s)] = placesOf(limb_, {part * pose.elbowFlexion, pose.shoulderFlexion,
                                              pose.shoulderAbduction, pose.shoulderRotation});
  }
  std::vector<Vec3> moved;
  moved.reserve(points.size());
  for (const Vec3 p : points) {
    const double below = dot(limb_.elbowCentre - p, {0, 0, 1});
    const double part = kShares * smoothStep(-kElbowReach, kElbowReach, below);
    const auto i = std::min(std::size_t(part), std::size_t(kShares - 1));
    const double w = part - double(i);
    const std::size_t forearm = std::size_t(Body::forearm);
    Vec3 q = (1 - w) * shares[i][forearm].point(p) + w * shares[i + 1][forearm].point(p);
    // Near its top the skin stays with the trunk.
    const double trunk = smoothStep(-0.03, 0.05, p.z);
    if (trunk > 0) q = (1 - trunk) * q + trunk * p;
    moved.push_back(q);
  }
  return moved;
}

std::vector<double> UpperLimbSkin::lackOver(const std::vector<Vec3>& points, const std::vector<Vec3>& normals,
                                            const std::vector<MuscleSurface>& surfaces) {
  // Points of the skin by cells as wide as the search.
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> cells;
  const auto key = [](int x, int y, int z) {
    return (std::uint64_t(std::uint32_t(x + 4096)) << 40) ^ (std::uint64_t(std::uint32_t(y + 4096)) << 20) ^
           std::uint64_t(std::uint32_t(z + 4096));
  };
  const auto cell = [](double x) { return int(std::floor(x / kFarthest)); };
  for (std::size_t i = 0; i < points.size(); ++i)
    cells[key(cell(points[i].x), cell(points[i].y), cell(points[i].z))].push_back(std::uint32_t(i));
  std::vector<double> lack(points.size(), 0.0);
  for (const MuscleSurface& surface : surfaces)
    for (std::size_t k = 0; k < surface.positions.size(); k += 2) {
      const Vec3 p = scene::toVec3(surface.positions[k]);
      double least = kFarthest * kFarthest;
      std::size_t nearest = points.size();
      for (int x = cell(p.x) - 1; x <= cell(p.x) + 1; ++x)
        for (int y = cell(p.y) - 1; y <= cell(p.y) + 1; ++y)
          for (int z = cell(p.z) - 1; z <= cell(p.z) + 1; ++z) {
            const auto found = cells.find(key(x, y, z));
            if (found == cells.end()) continue;
            for (const std::uint32_t i : found->second) {
              const double square = dot(points[i] - p, points[i] - p);
              if (square < least) least = square, nearest = i;
            }
          }
      if (nearest == points.size()) continue;
      const double out = dot(p - points[nearest], normals[nearest]);
      if (out > -kCover) lack[nearest] = std::max(lack[nearest], out + kCover);
    }
  return lack;
}

UpperLimbSkin::Surface UpperLimbSkin::at(const Pose& pose, const std::vector<MuscleSurface>& surfaces) const {
  std::vector<Vec3> points = bent(rest_, pose);
  const std::vector<Vec3> below = bent(belowAtRest_, pose);
  const auto normalsOf = [&](const std::vector<Vec3>& at) {
    std::vector<Vec3> normals(at.size());
    for (std::size_t t = 0; t < triangles_.size(); t += 3) {
      const std::size_t a = triangles_[t], b = triangles_[t + 1], c = triangles_[t + 2];
      const Vec3 normal = cross(at[b] - at[a], at[c] - at[a]);
      for (const std::size_t corner : {a, b, c}) normals[corner] = normals[corner] + normal;
    }
    for (Vec3& normal : normals) {
      const double size = core::length(normal);
      normal = size > 1e-20 ? normal / size : Vec3{0, 0, 1};
    }
    return normals;
  };
  std::vector<Vec3> normals = normalsOf(points);
  // How far flesh has come nearer to the skin than it was at rest.
  std::vector<double> push(points.size(), 0.0);
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (below_[i].weight <= 0) continue;
    const Vec3 now = scene::toVec3(surfaces[below_[i].muscle].positions[below_[i].point]);
    push[i] = double(below_[i].weight) * std::clamp(dot(now - below[i], normals[i]), -0.012, 0.06);
  }
  for (int pass = 0; pass < 4; ++pass) {
    const std::vector<double> before = push;
    for (std::size_t i = 0; i < points.size(); ++i) {
      double sum = before[i];
      for (const std::uint32_t j : neighbours_[i]) sum += before[j];
      push[i] = sum / double(neighbours_[i].size() + 1);
    }
  }
  for (std::size_t i = 0; i < points.size(); ++i) points[i] = points[i] + push[i] * normals[i];
  // A belly that bends away from the bone, as the brachioradialis does, still comes through: once more, by
  // what stands out.
  for (int round = 0; round < 3; ++round) {
    normals = normalsOf(points);
    std::vector<double> lack = lackOver(points, normals, surfaces);
    if (*std::max_element(lack.begin(), lack.end()) <= 0) break;
    for (int pass = 0; pass < 6; ++pass) {
      const std::vector<double> before = lack;
      for (std::size_t i = 0; i < points.size(); ++i) {
        double sum = 0;
        for (const std::uint32_t j : neighbours_[i]) sum += before[j];
        // What is lacking is kept; its surroundings rise with it.
        lack[i] = std::max(before[i], 0.96 * sum / double(neighbours_[i].size()));
      }
    }
    for (std::size_t i = 0; i < points.size(); ++i) points[i] = points[i] + lack[i] * normals[i];
  }
  normals = normalsOf(points);
  Surface surface;
  surface.positions.reserve(points.size());
  surface.normals.reserve(points.size());
  for (const Vec3 p : points) surface.positions.push_back(scene::toFloat3(p));
  for (const Vec3 n : normals) surface.normals.push_back(scene::toFloat3(n));
  return surface;
}

}  // namespace aula::anatomy
