// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "anatomy/shape/part.h"
#include "anatomy/upper_limb/muscles.h"
#include "anatomy/upper_limb/skin.h"

namespace aula::anatomy::limb {

/// What an arm is drawn with, made once for the program.
struct Shapes {
  std::vector<Part> bones;
  const UpperLimbMuscles* muscles = nullptr;
  scene::Material muscleMaterial;

  /// Where labels end so that nothing lies before them at rest: on bones (m, in the anatomical position),
  /// where they are bare of muscles; points of muscles, where they are bare of each other.
  std::vector<Vec3> bareBones;
  std::vector<std::size_t> bareMuscles;

  static std::shared_ptr<const Shapes> get();
  /// Made when it is first asked for.
  [[nodiscard]] const UpperLimbSkin& skin() const;

 private:
  mutable std::once_flag isSkinMade_;
  mutable std::unique_ptr<const UpperLimbSkin> skin_;
};

/// Of iron, about its middle, along x; `radius`: of its heads, m.
[[nodiscard]] scene::TriangleMesh dumbBell(double mass, double& radius);

}  // namespace aula::anatomy::limb
