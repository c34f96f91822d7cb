// SPDX-License-Identifier: Apache-2.0
#include "render/stage/mesh_views.h"

#include <algorithm>
#include <cmath>

#include "render/colour/colour_limits.h"
#include "render/colour/colour_map.h"
#include "render/layout/theme.h"
#include "scene/geometry/iso_surface.h"
#include "scene/geometry/sweep.h"

namespace aula::render::stage {
namespace {

bool isSame(const scene::Material& a, const scene::Material& b) {
  return a.baseColour == b.baseColour && a.opacity == b.opacity && a.metallic == b.metallic &&
         a.roughness == b.roughness && a.clearCoat == b.clearCoat &&
         a.clearCoatRoughness == b.clearCoatRoughness && a.emission == b.emission &&
         a.subsurface == b.subsurface && a.subsurfaceRadius == b.subsurfaceRadius &&
         a.subsurfaceTint == b.subsurfaceTint && a.isTwoSided == b.isTwoSided && a.isUnlit == b.isUnlit;
}

bool isSame(const scene::IsoSurfaceView& a, const scene::IsoSurfaceView& b) {
  return a.volume.values == b.volume.values && a.level == b.level && a.volume.origin == b.volume.origin &&
         a.volume.spacing == b.volume.spacing && a.volume.nx == b.volume.nx && a.volume.ny == b.volume.ny &&
         isSame(a.material, b.material);
}

bool isSame(const scene::GlyphsView& a, const scene::GlyphsView& b) {
  return a.positions == b.positions && a.vectors == b.vectors && a.metresPerUnit == b.metresPerUnit &&
         a.longest == b.longest && a.lower == b.lower && a.upper == b.upper;
}

bool isSame(const scene::RibbonView& a, const scene::RibbonView& b) {
  return a.points == b.points && a.across == b.across && a.widths == b.widths && a.thickness == b.thickness &&
         a.colours == b.colours && isSame(a.material, b.material);
}

scene::MeshView make(const scene::IsoSurfaceView& view, const std::string&) {
  scene::MeshView mesh;
  mesh.name = view.name;
  mesh.mesh = std::make_shared<scene::TriangleMesh>(scene::makeIsoSurface(view.volume, view.level));
  mesh.material = view.material;
  // A surface of a field has no inside that one could not look into.
  mesh.material.isTwoSided = true;
  return mesh;
}

scene::MeshView make(const scene::GlyphsView& view, const std::string& map) {
  double lower = view.lower, upper = view.upper;
  if (lower == upper && view.vectors) {
    double strongest = 0;
    for (const scene::Float3& v : *view.vectors)
      strongest = std::max(strongest, core::length(scene::toVec3(v)));
    lower = 0;
    upper = strongest > 0 ? niceCeiling(strongest) : 1;
  }
  const ColourMap& colours = ColourMap::named(map);
  return scene::makeArrows(view, [&](double strength) {
    const Srgb c = colours.at((strength - lower) / (upper - lower));
    const auto byte = [](float v) {
      return static_cast<std::uint8_t>(std::lround(255 * std::clamp(v, 0.0F, 1.0F)));
    };
    return linearColour({byte(c[0]), byte(c[1]), byte(c[2]), 255});
  });
}

scene::MeshView make(const scene::RibbonView& view, const std::string&) {
  return scene::makeRibbon(view);
}

}  // namespace

template <class Kind>
const scene::MeshView& MeshViews::made(const Kind& view, const std::string& map) {
  Made& made = made_[view.name];
  const Kind* source = std::get_if<Kind>(&made.source);
  if (source == nullptr || !made.mesh.mesh || !isSame(*source, view) || made.map != map) {
    made.mesh = make(view, map);
    made.source = view;
    made.map = map;
  }
  made.isUsed = true;
  return made.mesh;
}

scene::Frame MeshViews::of(const scene::Frame& frame, const SceneStyle& style) {
  const std::string map = style.sequentialMap.empty() ? "dusk" : style.sequentialMap;
  scene::Frame shown = frame;
  for (scene::View& any : shown.views) {
    const scene::MeshView* mesh = std::visit(
        [&](const auto& view) -> const scene::MeshView* {
          if constexpr (requires { make(view, map); }) return &made(view, map);
          return nullptr;
        },
        any);
    if (mesh != nullptr) any = *mesh;
  }
  std::erase_if(made_, [](const auto& entry) { return !entry.second.isUsed; });
  for (auto& [name, entry] : made_) entry.isUsed = false;
  return shown;
}

}  // namespace aula::render::stage
