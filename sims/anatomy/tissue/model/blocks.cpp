// SPDX-License-Identifier: Apache-2.0
#include "anatomy/tissue/model/blocks.h"

#include <cmath>
#include <numbers>

namespace aula::anatomy::tissue {

Body makeBlock(int x, int y, int z, const Vec3& size, const Matter& matter) {
  Body body;
  for (int k = 0; k <= z; ++k)
    for (int j = 0; j <= y; ++j)
      for (int i = 0; i <= x; ++i) body.positions.push_back({size.x * i / x, size.y * j / y, size.z * k / z});
  const auto index = [&](int i, int j, int k) {
    return static_cast<std::uint32_t>(i + (x + 1) * (j + (y + 1) * k));
  };
  // Each tetrahedron goes from the cube's first corner to its last along three edges, one an axis.
  constexpr int kOrders[6][3] = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {0, 2, 1}, {2, 1, 0}, {1, 0, 2}};
  for (int k = 0; k < z; ++k)
    for (int j = 0; j < y; ++j)
      for (int i = 0; i < x; ++i)
        for (int n = 0; n < 6; ++n) {
          int at[3] = {i, j, k};
          std::array<std::uint32_t, 4> corners{index(i, j, k), 0, 0, index(i + 1, j + 1, k + 1)};
          ++at[kOrders[n][0]];
          corners[1] = index(at[0], at[1], at[2]);
          ++at[kOrders[n][1]];
          corners[2] = index(at[0], at[1], at[2]);
          // Odd orders turn the other way.
          if (n >= 3) std::swap(corners[1], corners[2]);
          body.tetrahedra.push_back(corners);
        }
  const std::size_t count = body.tetrahedra.size();
  body.matter = {matter};
  body.matters.assign(count, 0);
  body.fibres.assign(count, Vec3{});
  body.groups.assign(count, 0);
  body.groupCount = 1;
  return body;
}

Body makeSpindle(int across, int along, double length, double radius, double endRadius,
                 const Matter& matter) {
  Body body = makeBlock(across, across, along, {2, 2, length}, matter);
  const auto radiusAt = [&](double z) {
    const double s = std::sin(std::numbers::pi * z / length);
    return endRadius + (radius - endRadius) * s * s;
  };
  const std::vector<Vec3> box = body.positions;
  for (Vec3& p : body.positions) {
    // Squares about the axis become circles: a point keeps its direction and its share of the way out.
    const double x = p.x - 1, y = p.y - 1, far = std::max(std::abs(x), std::abs(y));
    const double round = far > 0 ? far / std::hypot(x, y) : 0;
    // A corner half way between square and circle keeps its tetrahedra well shaped.
    const double factor = radiusAt(p.z) * (0.25 + 0.75 * round);
    p = {factor * x, factor * y, p.z};
  }
  for (std::size_t t = 0; t < body.tetrahedra.size(); ++t) {
    Vec3 centre;
    for (const std::uint32_t corner : body.tetrahedra[t]) centre = centre + 0.25 * body.positions[corner];
    const double step = 1e-6 * length;
    const double slope =
        (radiusAt(centre.z + step) - radiusAt(centre.z - step)) / (2 * step) / radiusAt(centre.z);
    body.fibres[t] = core::normalised({slope * centre.x, slope * centre.y, 1});
  }
  for (std::size_t n = 0; n < box.size(); ++n)
    if (box[n].z == 0 || box[n].z == length) body.held.push_back(static_cast<std::uint32_t>(n));
  return body;
}

}  // namespace aula::anatomy::tissue
