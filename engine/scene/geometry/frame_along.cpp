// SPDX-License-Identifier: Apache-2.0
#include "scene/geometry/frame_along.h"

#include <cmath>

#include "scene/bounds.h"

namespace aula::scene {

Across anyAcross(core::Vec3 direction) {
  const double sign = std::copysign(1.0, direction.z);
  const double a = -1 / (sign + direction.z), b = direction.x * direction.y * a;
  return {{1 + sign * direction.x * direction.x * a, sign * b, -sign * direction.x},
          {b, sign + direction.y * direction.y * a, -direction.y}};
}

std::vector<core::Vec3> tangentsOf(const std::vector<core::Vec3>& points, bool isLoop) {
  const std::size_t n = points.size();
  std::vector<core::Vec3> tangents(n);
  for (std::size_t i = 0; i < n; ++i) {
    const bool hasBefore = isLoop || i > 0, hasAfter = isLoop || i + 1 < n;
    const core::Vec3 before = hasBefore ? normalised(points[i] - points[(i + n - 1) % n]) : core::Vec3{};
    const core::Vec3 after = hasAfter ? normalised(points[(i + 1) % n] - points[i]) : core::Vec3{};
    const core::Vec3 sum = before + after;
    tangents[i] = length(sum) > 1e-6 ? normalised(sum) : before;
  }
  return tangents;
}

core::Vec3 transported(core::Vec3 vector, core::Vec3 from, core::Vec3 to, core::Vec3 step) {
  const double along = dot(step, step);
  if (along > 0) {
    // The first reflection takes one point to the other, the second the reflected tangent to the true one.
    vector = vector - (2 / along * dot(step, vector)) * step;
    from = from - (2 / along * dot(step, from)) * step;
  }
  const core::Vec3 turn = to - from;
  const double size = dot(turn, turn);
  if (size > 0) vector = vector - (2 / size * dot(turn, vector)) * turn;
  // Rounding adds up over thousands of points.
  vector = vector - dot(vector, to) * to;
  const double rest = length(vector);
  return rest > 1e-9 ? vector / rest : anyAcross(to).u;
}

std::vector<core::Vec3> withoutRepeats(const std::vector<core::Vec3>& points, bool isLoop,
                                       std::vector<std::size_t>* kept) {
  Bounds bounds;
  for (const core::Vec3 p : points) bounds.add(p);
  const double nearest = 1e-6 * bounds.diagonal();
  std::vector<core::Vec3> result;
  if (kept) kept->clear();
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!result.empty() && length(points[i] - result.back()) <= nearest) continue;
    result.push_back(points[i]);
    if (kept) kept->push_back(i);
  }
  while (isLoop && result.size() > 1 && length(result.back() - result.front()) <= nearest) {
    result.pop_back();
    if (kept) kept->pop_back();
  }
  return result;
}

}  // namespace aula::scene
