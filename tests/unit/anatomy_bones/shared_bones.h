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

inline const BoneSolid& boneSolid(const std::string& id) {
  for (const BoneSolid& bone : upperLimbBoneSolids())
    if (bone.id == id) return bone;
  throw std::runtime_error("no bone " + id);
}

/// A bone's surface, made when first asked for.
inline const Part& bone(const std::string& id) {
  static std::map<std::string, Part> byId;
  const auto found = byId.find(id);
  return found != byId.end() ? found->second
                             : byId.emplace(id, bonePart(boneSolid(id), kSpacing)).first->second;
}

}  // namespace aula::anatomy
