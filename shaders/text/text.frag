// SPDX-License-Identifier: Apache-2.0
#version 460

layout(set = 0, binding = 0) uniform sampler2D atlas;
layout(location = 0) in vec2 atlasTexel;
layout(location = 1) in vec4 textColour;
layout(location = 0) out vec4 colour;

// Glyphs were drawn at their final size: a pixel takes one texel.
void main() { colour = vec4(textColour.rgb, textColour.a * texelFetch(atlas, ivec2(floor(atlasTexel)), 0).r); }
