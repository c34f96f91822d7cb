// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/vec3.h"

namespace aula::scene {

struct Ray {
  core::Vec3 origin;               ///< m
  core::Vec3 direction{0, 0, -1};  ///< Any length but zero.
};

}  // namespace aula::scene
