// SPDX-License-Identifier: Apache-2.0
#include "render/temporal/jitter.h"

#include <cmath>
#include <glm/common.hpp>

#include "core/assert.h"

namespace aula::render::temporal {
namespace {

/// The digits of `index` mirrored at the point (Halton 1960).
double radicalInverse(int index, int base) {
  double value = 0, digit = 1.0 / base;
  for (; index > 0; index /= base, digit /= base) value += digit * (index % base);
  return value;
}

}  // namespace

int jitterLength(double ratio) {
  AULA_ASSERT(ratio >= 1 && ratio <= 8);
  return static_cast<int>(std::ceil(8 * ratio * ratio - 1e-9));
}

glm::vec2 jitterAt(int index, double ratio) {
  AULA_ASSERT(index >= 0);
  const int length = jitterLength(ratio);
  // The sequence starts at 1: its zeroth point is a corner.
  glm::dvec2 mean(0);
  for (int i = 1; i <= length; ++i) mean += glm::dvec2(radicalInverse(i, 2), radicalInverse(i, 3));
  mean /= length;
  const int i = index % length + 1;
  const glm::dvec2 place = glm::dvec2(radicalInverse(i, 2), radicalInverse(i, 3)) - mean;
  return glm::vec2(glm::clamp(place, glm::dvec2(-0.5), glm::dvec2(0.5)));
}

}  // namespace aula::render::temporal
