// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "scene/float3.h"

namespace aula::scene {

/// A picture for surfaces: 8 bits a channel, rows from the top. Immutable once in a material, known by its
/// address.
struct Texture {
  int width = 0, height = 0;
  bool isSrgb = true;  ///< Base colours and emission are; normals and roughness are plain numbers.
  std::vector<std::uint8_t> pixels;  ///< width*height*4: red, green, blue, alpha.
};

/// How a surface answers light: the metal-roughness model of glTF 2.0 (Khronos 2021, section 3.9 and appendix
/// B) with its clear coat, and light that travels below the skin.
struct Material {
  Colour baseColour;
  float opacity = 1;   ///< Below 1: drawn see-through, whatever lies behind.
  float metallic = 0;  ///< 0 (plastic, tissue) to 1.
  float roughness = 0.5F;
  float clearCoat = 0;  ///< 0 to 1: a thin layer of varnish or moisture, index 1.5.
  float clearCoatRoughness = 0.1F;
  Colour emission{0, 0, 0};
  float subsurface = 0;        ///< 0 to 1: share of diffuse light that scatters below the surface.
  float subsurfaceRadius = 0;  ///< m: how far the reddest of it travels.
  Colour subsurfaceTint{1, 0.37F,
                        0.3F};  ///< Distance a channel relative to that radius (Jimenez 2015: skin).
  bool isTwoSided = false;      ///< Seen from behind as well; otherwise the back is left out.
  bool isUnlit = false;  ///< Shown exactly in its base colour, untouched by light, exposure and tone mapping.
  std::shared_ptr<const Texture> baseColourTexture, normalTexture, metallicRoughnessTexture, emissionTexture;
};

}  // namespace aula::scene
