// SPDX-License-Identifier: Apache-2.0
#include "anatomy/tissue/model/layout.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "anatomy/tissue/model/formula/law.h"

namespace aula::anatomy::tissue {

namespace {

/// Points along a Morton curve through 1024 cells an axis.
std::vector<std::uint32_t> orderOfPoints(const std::vector<Vec3>& positions) {
  Vec3 lower = positions[0], upper = positions[0];
  for (const Vec3& p : positions)
    for (int axis = 0; axis < 3; ++axis) {
      lower[axis] = std::min(lower[axis], p[axis]);
      upper[axis] = std::max(upper[axis], p[axis]);
    }
  double extent = 0;
  for (int axis = 0; axis < 3; ++axis) extent = std::max(extent, upper[axis] - lower[axis]);
  std::vector<std::uint32_t> keys(positions.size()), order(positions.size());
  for (std::size_t n = 0; n < positions.size(); ++n) {
    std::uint32_t key = 0;
    for (int axis = 0; axis < 3; ++axis) {
      const auto cell = static_cast<std::uint32_t>(1023 * (positions[n][axis] - lower[axis]) / extent);
      for (int bit = 0; bit < 10; ++bit) key |= (cell >> bit & 1U) << (3 * bit + axis);
    }
    keys[n] = key;
  }
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return keys[a] < keys[b]; });
  return order;
}

void makeElements(Layout& layout, const Body& body, const Settings& settings) {
  const std::size_t count = body.tetrahedra.size();
  layout.tetrahedronOf.resize(count);
  std::iota(layout.tetrahedronOf.begin(), layout.tetrahedronOf.end(), 0U);
  const auto sum = [&](std::uint32_t t) {
    std::int64_t total = 0;
    for (const std::uint32_t corner : body.tetrahedra[t]) total += layout.placeOf[corner];
    return total;
  };
  std::stable_sort(layout.tetrahedronOf.begin(), layout.tetrahedronOf.end(),
                   [&](auto a, auto b) { return sum(a) < sum(b); });
  for (const std::uint32_t t : layout.tetrahedronOf) {
    const auto& corners = body.tetrahedra[t];
    std::array<std::int32_t, 4> places{};
    for (std::size_t n = 0; n < 4; ++n) places[n] = layout.placeOf[corners[n]];
    layout.corners.push_back(places);
    const Vec3 a = body.positions[corners[0]];
    const Vec3 e1 = body.positions[corners[1]] - a, e2 = body.positions[corners[2]] - a,
               e3 = body.positions[corners[3]] - a;
    const double six = dot(cross(e1, e2), e3);
    const Matter& matter = body.matter[body.matters[t]];
    ElementNumbers e;
    e.gradients = {cross(e2, e3) / six, cross(e3, e1) / six, cross(e1, e2) / six};
    e.volume = six / 6;
    e.mu = 4.0 / 3 * matter.shear;
    const double own = std::min(matter.bulk, kOwnLambda * matter.shear);
    e.gamma = own + 5.0 / 6 * matter.shear;
    e.pointsLambda = matter.bulk - own;
    e.fibre = body.fibres[t];
    const bool hasFibre = dot(e.fibre, e.fibre) > 0;
    e.fibreStress = hasFibre ? matter.fibreStress : 0;
    e.fibreStiffness = hasFibre ? matter.fibreStiffness : 0;
    e.shearDamping = matter.damping * matter.shear / settings.timeStep;
    e.bulkDamping = matter.damping * own / (2 * settings.timeStep);
    e.group = body.groups[t];
    layout.hasFibre = layout.hasFibre || e.fibreStress > 0 || e.fibreStiffness > 0;
    layout.isDamped = layout.isDamped || matter.damping > 0;
    for (const std::int32_t place : places) {
      const auto n = static_cast<std::size_t>(place);
      layout.masses[n] += matter.density * e.volume / 4;
      layout.volumes[n] += e.volume / 4;
      layout.stiffness[n] += e.pointsLambda * e.volume / 4;
      layout.damping[n] += e.pointsLambda * matter.damping / settings.timeStep * e.volume / 4;
    }
    layout.elements.push_back(e);
  }
}

void makeLists(Layout& layout) {
  const std::size_t points = layout.pointOf.size();
  std::vector<std::vector<std::int32_t>> slots(points);
  for (std::size_t t = 0; t < layout.corners.size(); ++t)
    for (std::size_t n = 0; n < 4; ++n)
      slots[static_cast<std::size_t>(layout.corners[t][n])].push_back(static_cast<std::int32_t>(4 * t + n));
  layout.first = layout.firstNeighbour = {0};
  for (std::size_t point = 0; point < points; ++point) {
    std::vector<std::int32_t> row;
    for (const std::int32_t slot : slots[point])
      for (const std::int32_t other : layout.corners[static_cast<std::size_t>(slot / 4)])
        row.push_back(other);
    std::sort(row.begin(), row.end());
    row.erase(std::unique(row.begin(), row.end()), row.end());
    for (const std::int32_t slot : slots[point]) {
      layout.slots.push_back(slot);
      std::array<std::uint16_t, 4> places{};
      for (std::size_t n = 0; n < 4; ++n)
        places[n] = static_cast<std::uint16_t>(
            std::lower_bound(row.begin(), row.end(), layout.corners[static_cast<std::size_t>(slot / 4)][n]) -
            row.begin());
      layout.rowPlaces.push_back(places);
    }
    layout.neighbours.insert(layout.neighbours.end(), row.begin(), row.end());
    layout.first.push_back(static_cast<std::int32_t>(layout.slots.size()));
    layout.firstNeighbour.push_back(static_cast<std::int32_t>(layout.neighbours.size()));
  }
}

}  // namespace

Layout makeLayout(const Body& body, const Settings& settings) {
  Layout layout;
  layout.pointOf = orderOfPoints(body.positions);
  const std::size_t points = layout.pointOf.size();
  layout.placeOf.resize(points);
  for (std::size_t n = 0; n < points; ++n) layout.placeOf[layout.pointOf[n]] = static_cast<std::int32_t>(n);
  layout.masses.assign(points, 0);
  layout.volumes.assign(points, 0);
  layout.stiffness.assign(points, 0);
  layout.damping.assign(points, 0);
  layout.guideStiffness.assign(points, 0);
  layout.isHeld.assign(points, 0);
  makeElements(layout, body, settings);
  makeLists(layout);
  for (std::size_t n = 0; n < points; ++n) {
    // Sums of lambda times volume become lambda (their mean) over the volume.
    layout.stiffness[n] /= layout.volumes[n] * layout.volumes[n];
    layout.damping[n] /= layout.volumes[n] * layout.volumes[n];
  }
  for (const std::uint32_t point : body.held)
    layout.isHeld[static_cast<std::size_t>(layout.placeOf[point])] = 1;
  for (std::size_t n = 0; n < body.guided.size(); ++n)
    layout.guideStiffness[static_cast<std::size_t>(layout.placeOf[body.guided[n]])] = body.guideStiffness[n];
  return layout;
}

}  // namespace aula::anatomy::tissue
