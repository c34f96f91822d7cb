// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vec3.h"

namespace aula::scene {

/// Three floats, packed as graphics devices read them: what large arrays of points are made of.
struct Float3 {
  float x = 0, y = 0, z = 0;
  constexpr bool operator==(const Float3&) const = default;
};
static_assert(sizeof(Float3) == 12);

constexpr Float3 toFloat3(core::Vec3 v) {
  return {static_cast<float>(v.x), static_cast<float>(v.y), static_cast<float>(v.z)};
}
constexpr core::Vec3 toVec3(Float3 v) {
  return {v.x, v.y, v.z};
}

/// A colour in linear light, sRGB primaries; 1 is a white surface.
struct Colour {
  float red = 0.7F, green = 0.7F, blue = 0.7F;
  constexpr bool operator==(const Colour&) const = default;
};

}  // namespace aula::scene
