// SPDX-License-Identifier: Apache-2.0
#version 460

layout(set = 0, binding = 0) uniform sampler2D atlas;
layout(location = 0) in vec2 atlasTexel;
layout(location = 1) in float scale;  // texels a pixel
layout(location = 2) in vec4 textColour;
layout(location = 3) in vec4 haloColour;
layout(location = 0) out vec4 colour;

// As Font::kFieldSpread.
const float kSpread = 8.0;

void main() {
  // Pixels inwards from the outline; 128 of 255 lies on it.
  float field = textureLod(atlas, atlasTexel / vec2(textureSize(atlas, 0)), 0.0).r;
  float inside = (field * 255.0 - 128.0) / 127.0 * kSpread / scale;
  float glyph = clamp(inside + 0.5, 0.0, 1.0) * textColour.a;
  // As far out as the field reaches, at most two pixels and a half.
  float reach = min(2.5, 0.9 * kSpread / scale);
  float halo = clamp(inside + reach + 0.5, 0.0, 1.0) * haloColour.a * (1.0 - glyph);
  colour = vec4(textColour.rgb * glyph + haloColour.rgb * halo, glyph + halo);
}
