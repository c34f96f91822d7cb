// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "colour_map.glsl"
#include "volume_uniforms.h"

layout(set = 0, binding = 0) uniform Block { VolumeUniforms u; };
layout(set = 0, binding = 1) uniform sampler3D values;  // -1 to 1 (diverging) or 0 to 1
layout(set = 0, binding = 2) uniform sampler2D map;
layout(set = 0, binding = 3) uniform sampler2D depth;
layout(location = 0) out vec4 colour;

vec3 unitFromClip(vec3 clip) {
  vec4 p = u.unitFromClip * vec4(clip, 1.0);
  return p.xyz / p.w;
}

// Where the ray enters and leaves the box from `low` to `high`, in multiples of its direction.
vec2 crossBox(vec3 origin, vec3 direction, vec3 low, vec3 high) {
  vec3 inverse = 1.0 / direction;
  vec3 a = (low - origin) * inverse, b = (high - origin) * inverse;
  vec3 near = min(a, b), far = max(a, b);
  return vec2(max(max(near.x, near.y), near.z), min(min(far.x, far.y), far.z));
}

float sampleValue(vec3 unit) { return textureLod(values, (unit * (u.nodes.xyz - 1.0) + 0.5) / u.nodes.xyz, 0.0).r; }

// Emission and absorption along a ray, front to back (N. Max, "Optical models for direct volume rendering", 1995, eq. 14):
// over a step of length s the colour c adds (1 - exp(-k s)) c times what still shines through.
void main() {
  vec2 pixel = gl_FragCoord.xy - u.viewport.xy;
  vec2 clip = 2.0 * pixel / u.viewport.zw - 1.0;
  vec3 origin = unitFromClip(vec3(clip, 0.0));
  vec3 end = unitFromClip(vec3(clip, 1.0));
  vec3 direction = end - origin;
  direction += vec3(equal(direction, vec3(0.0))) * 1e-9;

  vec2 span = crossBox(origin, direction, vec3(0.0), vec3(1.0));
  span.x = max(span.x, 0.0);
  // What is solid ends the ray.
  float solid = texelFetch(depth, ivec2(gl_FragCoord.xy), 0).r;
  if (solid < 1.0) {
    vec3 hit = unitFromClip(vec3(clip, solid)) - origin;
    span.y = min(span.y, dot(hit, direction) / dot(direction, direction));
  }
  if (span.x >= span.y) discard;

  vec2 gap = vec2(2.0, 2.0);
  if (u.options.y == 1) {
    vec3 low = 0.5 * vec3(u.options.z & 1, (u.options.z >> 1) & 1, (u.options.z >> 2) & 1);
    gap = crossBox(origin, direction, low, low + 0.5);
    if (gap.x >= gap.y) gap = vec2(2.0, 2.0);
  }

  // Steps of a fixed share of the distance between nodes, the same number of them per length in every direction.
  float length1 = length(direction * u.size.xyz);
  float nodesCrossed = length(direction * (u.nodes.xyz - 1.0)) * (span.y - span.x);
  int steps = clamp(int(ceil(nodesCrossed * u.size.w)), 1, 4096);
  float dt = (span.y - span.x) / float(steps);
  float stepLength = dt * length1;

  vec3 light = vec3(0.0);
  float through = 1.0;
  for (int i = 0; i < steps; ++i) {
    float t = span.x + (float(i) + 0.5) * dt;
    if (t > gap.x && t < gap.y) continue;
    float value = sampleValue(origin + t * direction);
    // Opaque where strong, clear where weak: only the shells of a wave remain.
    float strength = clamp(abs(value), 0.0, 1.0);
    float absorption = u.nodes.w * strength * strength;
    float alpha = 1.0 - exp(-absorption * stepLength);
    if (alpha > 0.0) {
      vec3 rgb = mapColour(map, u.options.x == 1 ? 0.5 + 0.5 * value : value);
      light += through * alpha * rgb;
      through *= 1.0 - alpha;
      if (through < 0.004) break;
    }
  }
  colour = vec4(light, 1.0 - through);
}
