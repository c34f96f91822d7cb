// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "colour_map.glsl"
#include "slice_uniforms.h"

layout(set = 0, binding = 0) uniform Block { SliceUniforms u; };
layout(set = 0, binding = 1) uniform sampler2D values;
layout(set = 0, binding = 2) uniform sampler2D map;
layout(location = 0) in vec2 node;
layout(location = 0) out vec4 colour;

float nodeValue(ivec2 at) { return texelFetch(values, clamp(at, ivec2(0), u.options.xy - 1), 0).r; }

float valueAt(vec2 at) {
  if (u.options.z == 1) return nodeValue(ivec2(floor(at + 0.5)));
  ivec2 low = ivec2(floor(at));
  vec2 f = at - vec2(low);
  return mix(mix(nodeValue(low), nodeValue(low + ivec2(1, 0)), f.x),
             mix(nodeValue(low + ivec2(0, 1)), nodeValue(low + ivec2(1, 1)), f.x), f.y);
}

void main() {
  // Where a pixel covers several nodes, average over it; else fine waves would turn into moiré.
  vec2 acrossX = dFdx(node), acrossY = dFdy(node);
  vec2 footprint = abs(acrossX) + abs(acrossY);
  int count = clamp(int(ceil(max(footprint.x, footprint.y) - 0.01)), 1, 8);
  float sum = 0.0;
  for (int j = 0; j < count; ++j) {
    for (int i = 0; i < count; ++i) {
      vec2 offset = (vec2(i, j) + 0.5) / float(count) - 0.5;
      sum += valueAt(node + offset.x * acrossX + offset.y * acrossY);
    }
  }
  float value = sum / float(count * count);
  // A value that is not a number is grey: neither of the map's colours.
  vec3 rgb = value == value ? mapColour(map, (value - u.limits.x) * u.limits.y) : vec3(0.5);
  colour = vec4(rgb, u.limits.z);
}
