// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "colour_map.glsl"
#include "gbuffer_out.glsl"
#include "stage_slice_uniforms.h"

layout(set = 0, binding = 1, std140) uniform Slice { StageSliceUniforms slice; };
layout(set = 0, binding = 2) uniform sampler2D plane;   // values as they are
layout(set = 0, binding = 3) uniform sampler3D volume;  // values over their largest
layout(set = 0, binding = 4) uniform sampler2D map;
layout(location = 0) in vec3 node;
layout(location = 1) in vec3 position;

float planeValue(vec2 at) {
  ivec2 low = ivec2(floor(at)), last = slice.nodes.xy - 1;
  vec2 f = at - vec2(low);
  ivec2 a = clamp(low, ivec2(0), last), b = clamp(low + 1, ivec2(0), last);
  return mix(mix(texelFetch(plane, a, 0).r, texelFetch(plane, ivec2(b.x, a.y), 0).r, f.x),
             mix(texelFetch(plane, ivec2(a.x, b.y), 0).r, texelFetch(plane, b, 0).r, f.x), f.y);
}

float valueAt(vec3 at) {
  if (slice.limits.z > 0.5) at = floor(at + 0.5);
  if (slice.nodes.w == 1) return planeValue(at.xy);
  return textureLod(volume, (at + 0.5) / vec3(slice.nodes.xyz), 0.0).r;
}

void main() {
  vec3 acrossX = dFdx(node), acrossY = dFdy(node);
  if (isClippedAway(position)) discard;
  // A cut may reach beyond the values; there is nothing to show there.
  if (slice.nodes.w == 0 && any(lessThan(min(node, vec3(slice.nodes.xyz - 1) - node), vec3(-1e-3)))) discard;
  // Where a pixel covers several nodes, average over it; else fine waves would turn into moiré.
  vec3 footprint = abs(acrossX) + abs(acrossY);
  int count = clamp(int(ceil(max(footprint.x, max(footprint.y, footprint.z)) - 0.01)), 1, 8);
  float sum = 0.0;
  for (int j = 0; j < count; ++j) {
    for (int i = 0; i < count; ++i) {
      vec2 offset = (vec2(i, j) + 0.5) / float(count) - 0.5;
      sum += valueAt(node + offset.x * acrossX + offset.y * acrossY);
    }
  }
  float value = sum / float(count * count);
  // A value that is not a number is grey: neither of the map's colours.
  vec3 shown = value == value ? decodeSrgb(mapColour(map, value * slice.limits.x + slice.limits.y)) : vec3(0.2140);
  vec3 normal = normalize(cross(slice.across.xyz, slice.up.xyz));
  if (dot(normal, towardsViewer(position)) < 0.0) normal = -normal;
  writeUnlit(shown, normal, motionOf(position, position));
}
