// SPDX-License-Identifier: Apache-2.0
#include "fdtd/model/mixture.h"

#include <algorithm>
#include <cmath>

namespace aula::fdtd {

using core::Vec3;

/// Volume integrals over a cell, shares adding up to 1.
struct Scene::Sums {
  double mean = 0, meanInverse = 0;
  Vec3 slope;  ///< Points across the interface; only its direction counts.
  bool isMixed = false;
};

Scene::Scene(const Setup& setup) : setup_(setup), axes_(setup.grid.dimensions == Dimensions::three ? 3 : 2) {
  for (const Object& object : setup.objects) {
    if (axes_ == 3) {
      bodies_.push_back({object.shape, object.material, boundsOf(object.shape)});
    } else if (const auto cut = sliceAt(object.shape, setup.grid.origin.z)) {
      bodies_.push_back({*cut, object.material, boundsOf(*cut)});
    }
  }
  double smallest = std::min(setup.grid.dx, setup.grid.dy);
  if (axes_ == 3) smallest = std::min(smallest, setup.grid.dz);
  tolerance_ = 1e-6 * smallest;
}

Scene::Candidates Scene::candidatesNear(Vec3 centre, double radius) const {
  Candidates near;
  for (int index = int(bodies_.size()) - 1; index >= 0; --index) {
    const Body& body = bodies_[std::size_t(index)];
    // Most bodies are far away: their boxes tell.
    const double reach = radius + tolerance_;
    bool isFar = false;
    for (int axis = 0; axis < axes_; ++axis)
      isFar |=
          centre[axis] + reach < body.bounds.lower[axis] || centre[axis] - reach > body.bounds.upper[axis];
    if (isFar) continue;
    const double distance = signedDistance(body.shape, centre);
    if (distance < -radius) {
      near.below = body.material;
      break;
    }
    if (distance < radius + tolerance_) near.objects.push_back(index);
  }
  return near;
}

Scene::Candidates Scene::all() const {
  Candidates near;
  for (int index = int(bodies_.size()) - 1; index >= 0; --index) near.objects.push_back(index);
  return near;
}

int Scene::materialAt(Vec3 point, const Candidates& near) const {
  for (const int index : near.objects) {
    const Body& body = bodies_[std::size_t(index)];
    if (signedDistance(body.shape, point) <= tolerance_) return body.material;
  }
  return near.below;
}

Vec3 Scene::wrapped(Vec3 point) const {
  const Grid& grid = setup_.grid;
  for (int axis = 0; axis < axes_; ++axis) {
    if (setup_.boundaries[axis][0].kind != BoundaryKind::periodic) continue;
    const double period = grid.cells(axis) * grid.spacing(axis);
    const double turns = std::floor((point[axis] - grid.origin[axis]) / period + 1e-9);
    point[axis] -= turns * period;
  }
  return point;
}

double Scene::valueOf(int material, Property property) const {
  const Material& m = setup_.materials[std::size_t(material)];
  return property == Property::permittivity ? m.permittivity : m.permeability;
}

std::optional<Mixture> Scene::mix(Vec3 centre, Property property, const Candidates& near) const {
  const Grid& grid = setup_.grid;
  // Split the cell where it leaves the domain: cut off there, or continued at the other side.
  std::vector<Part> parts{{centre, {0.5 * grid.dx, 0.5 * grid.dy, axes_ == 3 ? 0.5 * grid.dz : 0}}};
  for (int axis = 0; axis < axes_; ++axis) {
    const double d = grid.spacing(axis);
    const double first = grid.origin[axis];
    const double last = first + grid.cells(axis) * d;
    const bool isPeriodic = setup_.boundaries[axis][0].kind == BoundaryKind::periodic;
    const bool isLow = centre[axis] - 0.5 * d < first - 1e-6 * d;
    const bool isHigh = centre[axis] + 0.5 * d > last + 1e-6 * d;
    if (!isLow && !isHigh) continue;
    std::vector<Part> split;
    for (Part part : parts) {
      part.half[axis] = 0.25 * d;
      part.centre[axis] = isLow ? first + 0.25 * d : last - 0.25 * d;
      split.push_back(part);
      if (!isPeriodic) continue;
      part.centre[axis] = isLow ? last - 0.25 * d : first + 0.25 * d;
      split.push_back(part);
    }
    parts = std::move(split);
  }

  Sums sums;
  for (const Part& part : parts)
    if (!addPart(part, 1.0 / double(parts.size()), property, near, sums)) return std::nullopt;
  const double length = core::length(sums.slope);
  // Nothing to average, or as much on one side as on the other: no direction to tell.
  if (!sums.isMixed && std::abs(sums.mean * sums.meanInverse - 1) < 1e-12) return std::nullopt;
  Mixture mixture{sums.mean, sums.meanInverse, {}};
  if (length > 0) mixture.normal = sums.slope / length;
  return mixture;
}

bool Scene::addPart(const Part& part, double share, Property property, const Candidates& near,
                    Sums& sums) const {
  // Who passes through this part?
  const double radius = core::length(part.half);
  int crossing = -1;
  int crossings = 0;
  int below = near.below;
  for (const int index : near.objects) {
    const double distance = signedDistance(bodies_[std::size_t(index)].shape, part.centre);
    if (distance <= -radius) {
      below = bodies_[std::size_t(index)].material;
      break;
    }
    if (distance < radius) crossing = index, ++crossings;
  }
  if (crossings == 0) {
    if (!isAveraged(setup_.materials[std::size_t(below)])) return false;
    const double value = valueOf(below, property);
    sums.mean += share * value;
    sums.meanInverse += share / value;
    return true;
  }
  if (crossings > 1) return addSamples(part, share, property, near, sums);

  const Body& body = bodies_[std::size_t(crossing)];
  if (!isAveraged(setup_.materials[std::size_t(body.material)]) ||
      !isAveraged(setup_.materials[std::size_t(below)]))
    return false;
  const double inside = valueOf(body.material, property);
  const double outside = valueOf(below, property);

  // A plane in each of eight smaller boxes follows a curved surface; where their normals part, there is an
  // edge.
  const Vec3 normal = outwardNormal(body.shape, part.centre);
  const Vec3 quarter = 0.5 * part.half;
  double fill = 0;
  for (int corner = 0; corner < 8; ++corner) {
    const Vec3 x = part.centre + Vec3{(corner & 1) != 0 ? quarter.x : -quarter.x,
                                      (corner & 2) != 0 ? quarter.y : -quarter.y,
                                      (corner & 4) != 0 ? quarter.z : -quarter.z};
    const Vec3 localNormal = outwardNormal(body.shape, x);
    if (core::dot(localNormal, normal) < 0.9) return addSamples(part, share, property, near, sums);
    fill += planeCutFraction(quarter, localNormal, -signedDistance(body.shape, x)) / 8;
  }
  sums.mean += share * (fill * inside + (1 - fill) * outside);
  sums.meanInverse += share * (fill / inside + (1 - fill) / outside);
  const double step = outside - inside;
  for (int axis = 0; axis < axes_; ++axis)
    sums.slope[axis] += share * step * fill * (1 - fill) * normal[axis];
  sums.isMixed |= fill > 0 && fill < 1 && step != 0;
  return true;
}

bool Scene::addSamples(const Part& part, double share, Property property, const Candidates& near,
                       Sums& sums) const {
  constexpr int kSamples = 8;
  const int layers = axes_ == 3 ? kSamples : 1;
  const double weight = share / (kSamples * kSamples * layers);
  const auto at = [](int sample, int count) { return count == 1 ? 0 : (2.0 * sample + 1) / count - 1; };
  for (int k = 0; k < layers; ++k)
    for (int j = 0; j < kSamples; ++j)
      for (int i = 0; i < kSamples; ++i) {
        const Vec3 offset{at(i, kSamples) * part.half.x, at(j, kSamples) * part.half.y,
                          at(k, layers) * part.half.z};
        const int material = materialAt(part.centre + offset, near);
        if (!isAveraged(setup_.materials[std::size_t(material)])) return false;
        const double value = valueOf(material, property);
        sums.mean += weight * value;
        sums.meanInverse += weight / value;
        // The first moment of eps points from low to high permittivity.
        for (int axis = 0; axis < axes_; ++axis)
          if (part.half[axis] > 0) sums.slope[axis] += weight * value * offset[axis] / part.half[axis];
      }
  sums.isMixed = true;
  return true;
}

}  // namespace aula::fdtd
