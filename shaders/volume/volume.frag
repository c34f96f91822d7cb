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

vec3 light = vec3(0.0);
float through = 1.0;

// Emission and absorption along a ray, front to back (N. Max, "Optical models for direct volume rendering", 1995, eq. 14):
// over a step of length s the colour c adds (1 - exp(-k s)) c times what still shines through.
void march(vec3 origin, vec3 direction, vec2 span) {
  if (span.x >= span.y) return;
  // As many steps for a distance between nodes in every direction.
  float nodesCrossed = length(direction * (u.nodes.xyz - 1.0)) * (span.y - span.x);
  int steps = clamp(int(ceil(nodesCrossed * u.size.w)), 1, 4096);
  float dt = (span.y - span.x) / float(steps);
  float stepLength = dt * length(direction * u.size.xyz);
  for (int i = 0; i < steps && through > 0.004; ++i) {
    float value = sampleValue(origin + (span.x + (float(i) + 0.5) * dt) * direction);
    // Opaque where strong, clear where weak: the shells of a wave remain.
    float strength = clamp(abs(value), 0.0, 1.0);
    if (strength < 0.02) continue;
    float alpha = 1.0 - exp(-u.nodes.w * strength * sqrt(strength) * stepLength);
    // The background already thins the colour; the map's own pale end would thin it twice.
    float shown = sign(value) * mix(0.3, 1.0, strength);
    light += through * alpha * mapColour(map, u.options.x == 1 ? 0.5 + 0.5 * shown : shown);
    through *= 1.0 - alpha;
  }
}

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

  // A ray through the eighth that is cut away falls into two pieces.
  vec2 first = span, second = vec2(0.0);
  if (u.options.y == 1) {
    vec3 low = 0.5 * vec3(u.options.z & 1, (u.options.z >> 1) & 1, (u.options.z >> 2) & 1);
    vec2 gap = crossBox(origin, direction, low, low + 0.5);
    if (gap.x < gap.y) {
      first.y = min(span.y, gap.x);
      second = vec2(max(span.x, gap.y), span.y);
    }
  }
  march(origin, direction, first);
  march(origin, direction, second);
  colour = vec4(light, 1.0 - through);
}
