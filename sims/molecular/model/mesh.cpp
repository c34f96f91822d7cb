// SPDX-License-Identifier: Apache-2.0
#include "molecular/model/mesh.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/error.h"

namespace aula::molecular {

namespace {

bool transformsWell(int size) {
  if (size % 2 != 0) return false;
  for (const int prime : {11, 13})
    if (size % (4 * prime) == 0) {
      size /= prime;
      break;
    }
  for (const int prime : {2, 3, 5, 7})
    while (size % prime == 0) size /= prime;
  return size == 1;
}

}  // namespace

std::array<int, 3> meshSize(const NonbondedSettings& settings, const Box& box) {
  if (!box.isPeriodic())
    throw core::inputError("particle mesh Ewald needs a periodic box; this one has none");
  std::array<int, 3> size = settings.mesh;
  const double lengths[] = {core::length(box.a), core::length(box.b), core::length(box.c)};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    if (size[axis] <= 0) {
      if (!(settings.meshSpacing > 0))
        throw core::inputError("the mesh spacing is " + std::to_string(settings.meshSpacing) +
                               " nm; it must be above 0");
      // A hair less, so that a box of exactly 25 spacings is not made 26 by rounding.
      size[axis] = static_cast<int>(std::ceil(lengths[axis] / settings.meshSpacing - 1e-9));
      size[axis] = std::max(size[axis], 2 * settings.meshOrder);
      while (!transformsWell(size[axis])) ++size[axis];
    }
    if (size[axis] < settings.meshOrder)
      throw core::inputError("a mesh of " + std::to_string(size[axis]) + " points is too small for splines " +
                             "of order " + std::to_string(settings.meshOrder));
  }
  return size;
}

}  // namespace aula::molecular
