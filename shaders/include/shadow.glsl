// SPDX-License-Identifier: Apache-2.0
// Soft shadows of far lamps: percentage-closer soft shadows (Fernando 2005). All lamps' maps lie side by side in one image,
// depth 1 nearest to the lamp, 0 where nothing is. Needs stage.glsl.
#ifndef AULA_SHADOW
#define AULA_SHADOW
#include "noise.glsl"

const int kBlockerTaps = 8;
const int kShadowTaps = 12;

// Taps lie evenly on a disc (Vogel 1979): the next is turned by the golden angle, further out by the square root.
vec2 turnedOn(vec2 v) { return vec2(-0.73736888 * v.x - 0.67549029 * v.y, 0.67549029 * v.x - 0.73736888 * v.y); }

// Share of a lamp's disc that is seen from the point; `pixel` turns the taps, so that neighbours err differently.
float lampSeen(sampler2D maps, int lamp, vec3 point, vec3 normal, vec2 pixel) {
  int tile = int(stage.lightDirection[lamp].w);
  if (tile < 0) return 1.0;
  mat4 m = stage.shadowFromStage[lamp];
  // Rows: how texture coordinates and depth grow along the stage's axes.
  vec3 rx = vec3(m[0].x, m[1].x, m[2].x), ry = vec3(m[0].y, m[1].y, m[2].y), rz = vec3(m[0].z, m[1].z, m[2].z);
  vec2 texel = 1.0 / vec2(textureSize(maps, 0));
  float size = texel.y / length(ry);  // Of a texel, in the stage.
  vec3 at = (m * vec4(point + normal * (1.5 * size), 1.0)).xyz;
  // The depth of the surface's own plane beside the point, so that it does not shadow itself.
  vec3 plane = vec3(dot(normal, rx) / dot(rx, rx), dot(normal, ry) / dot(ry, ry), dot(normal, rz) / dot(rz, rz));
  vec2 slope = abs(plane.z) > 1e-6 ? -plane.xy / plane.z : vec2(0.0);
  float steepest = 4.0 * length(rz) / length(ry);
  slope *= min(1.0, steepest * inversesqrt(max(dot(slope, slope), 1e-12)));
  float bias = 0.75 * size * length(rz);

  vec2 low = vec2(float(tile) * float(textureSize(maps, 0).y) * texel.x, 0.0) + 0.5 * texel;
  vec2 high = low + vec2(float(textureSize(maps, 0).y) * texel.x, 1.0) - texel;
  vec2 perStage = vec2(length(rx), length(ry));
  float tangent = stage.lightColour[lamp].w;
  float turn = 6.2831853 * frameNoise(pixel);
  vec2 spoke = vec2(cos(turn), sin(turn));
  vec2 way = spoke;

  // How far above are what hides the lamp?
  vec2 reach = perStage * max(tangent * (1.0 - at.z) / length(rz), size);
  float sum = 0.0;
  float found = 0.0;
  [[dont_unroll]] for (int i = 0; i < kBlockerTaps; ++i) {
    vec2 offset = way * sqrt((float(i) + 0.5) / float(kBlockerTaps)) * reach;
    way = turnedOn(way);
    float depth = textureLod(maps, clamp(at.xy + offset, low, high), 0.0).r;
    if (depth > at.z + dot(slope, offset) + bias + 0.5 * dot(abs(slope), texel)) {
      sum += depth;
      found += 1.0;
    }
  }
  if (found == 0.0) return 1.0;
  vec2 spread = perStage * max(tangent * (sum / found - at.z) / length(rz), 0.75 * size);
  float seen = 0.0;
  way = spoke;
  [[dont_unroll]] for (int i = 0; i < kShadowTaps; ++i) {
    vec2 offset = way * sqrt((float(i) + 0.5) / float(kShadowTaps)) * spread;
    way = turnedOn(way);
    vec2 uv = clamp(at.xy + offset, low, high);
    float limit = at.z + dot(slope, offset) + bias + 0.5 * dot(abs(slope), texel);
    vec4 depths = textureGather(maps, uv);
    vec4 lit = vec4(lessThanEqual(depths, vec4(limit)));
    vec2 f = fract(uv / texel - 0.5);
    seen += mix(mix(lit.w, lit.z, f.x), mix(lit.x, lit.y, f.x), f.y);
  }
  return seen / float(kShadowTaps);
}
#endif
