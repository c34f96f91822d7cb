// SPDX-License-Identifier: Apache-2.0
#include "render/stage/materials.h"

#include <algorithm>

namespace aula::render::stage {

SceneSubsurface subsurfaceOf(const scene::Frame& frame) {
  SceneSubsurface result;
  for (const scene::View& view : frame.views) {
    std::visit(
        [&](const auto& any) {
          if constexpr (requires { any.material; }) {
            const scene::Material& m = any.material;
            if (m.isUnlit || m.opacity < 1 || m.subsurface <= 0 || m.subsurfaceRadius <= result.radius)
              return;
            result.radius = m.subsurfaceRadius;
            result.tint = {m.subsurfaceTint.red, m.subsurfaceTint.green, m.subsurfaceTint.blue};
          }
        },
        view);
  }
  return result;
}

float subsurfaceShare(const scene::Material& material, const StageFrame& stage) {
  if (stage.subsurfaceRadius <= 0 || material.isUnlit) return 0;
  return std::clamp(material.subsurface, 0.0F, 1.0F) *
         std::clamp(material.subsurfaceRadius / stage.subsurfaceRadius, 0.0F, 1.0F);
}

}  // namespace aula::render::stage
