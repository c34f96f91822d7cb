// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include "anatomy/upper_limb/bones.h"

namespace aula::anatomy {

/// Of the meshes here, m: the program's own.
inline constexpr double kSpacing = 0.0012;

/// All bones, made once for the test program.
inline const std::map<std::string, Part>& bones() {
  static const std::map<std::string, Part> byId = [] {
    std::map<std::string, Part> all;
    for (Part& part : upperLimbBones(kSpacing)) all.emplace(part.id, std::move(part));
    return all;
  }();
  return byId;
}

inline const BoneSolid& boneSolid(const std::string& id) {
  for (const BoneSolid& bone : upperLimbBoneSolids())
    if (bone.id == id) return bone;
  throw std::runtime_error("no bone " + id);
}

}  // namespace aula::anatomy
