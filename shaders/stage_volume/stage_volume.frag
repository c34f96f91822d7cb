// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "stage.glsl"
#include "stage_volume_uniforms.h"

layout(set = 0, binding = 1, std140) uniform Volume { StageVolumeUniforms volume; };
layout(set = 0, binding = 2) uniform sampler3D values;
layout(set = 0, binding = 3) uniform sampler3D clearance;  // bricks around this one with nothing to see, over 255
layout(set = 0, binding = 4) uniform sampler2D tables;     // row 0: colour and extinction; row 1: their integrals
layout(set = 0, binding = 5) uniform sampler2D depth;
layout(set = 0, binding = 6, rgba16f) uniform image2D radiance;  // premultiplied
layout(location = 0) out vec4 motion;
layout(location = 1) out vec4 reactive;

vec4 tableAt(float t, int row) {
  float entry = clamp(t, 0.0, 1.0) * (volume.table.z - 1.0);
  int low = min(int(entry), int(volume.table.z) - 2);
  return mix(texelFetch(tables, ivec2(low, row), 0), texelFetch(tables, ivec2(low + 1, row), 0), entry - float(low));
}

vec3 texel(vec3 unit) { return (unit * (volume.nodes.xyz - 1.0) + 0.5) / volume.nodes.xyz; }
float valueAt(vec3 unit) { return textureLod(values, texel(unit), 0.0).r; }
float placeAt(vec3 unit) { return valueAt(unit) * volume.table.x + volume.table.y; }

// Mean colour times extinction, and mean extinction, between two places in the tables (Engel 2001, eq. 12).
vec4 between(float a, float b) {
  a = clamp(a, 0.0, 1.0);
  b = clamp(b, 0.0, 1.0);
  // Closer than an entry the difference of two integrals would be round-off.
  if (abs(b - a) * volume.table.z < 1.5) {
    vec4 look = tableAt(0.5 * (a + b), 0);
    return vec4(look.rgb * look.a, look.a);
  }
  return (tableAt(b, 1) - tableAt(a, 1)) / (b - a);
}

// How much light a surface square to the gradient shows the viewer: a lamp, the sky, and a small highlight. A field has no
// inside: both sides are lit.
vec2 lightOn(vec3 unit, vec3 towardsEye) {
  vec3 d = 1.0 / volume.nodes.xyz;
  vec3 g = vec3(valueAt(unit + vec3(d.x, 0, 0)) - valueAt(unit - vec3(d.x, 0, 0)),
                valueAt(unit + vec3(0, d.y, 0)) - valueAt(unit - vec3(0, d.y, 0)),
                valueAt(unit + vec3(0, 0, d.z)) - valueAt(unit - vec3(0, 0, d.z))) * volume.nodes.xyz;
  g = transpose(mat3(volume.unitFromStage)) * g;
  float slope = length(g);
  if (slope < 1e-6) return vec2(0.8, 0.0);
  vec3 n = g / slope;
  if (dot(n, towardsEye) < 0.0) n = -n;
  vec3 lamp = stage.counts.y > 0 ? stage.lightDirection[0].xyz : towardsEye;
  vec3 up = vec3(stage.viewFromStage[0].y, stage.viewFromStage[1].y, stage.viewFromStage[2].y);
  float diffuse = max(dot(n, lamp), 0.0);
  float sky = 0.5 + 0.5 * dot(n, up);
  float gloss = pow(max(dot(n, normalize(lamp + towardsEye)), 0.0), 30.0);
  return vec2(0.22 + 0.28 * sky + 0.55 * diffuse, 0.18 * gloss);
}

void main() {
  vec2 clip = 2.0 * gl_FragCoord.xy * stage.size.zw - 1.0;
  vec4 ahead = stage.stageFromClip * vec4(clip, 0.5, 1.0);
  vec3 through = ahead.xyz / ahead.w;
  vec3 origin, direction;
  if (stage.eye.w > 0.5) {
    origin = stage.eye.xyz;
    direction = normalize(through - origin);
  } else {
    direction = stage.forward.xyz;
    vec4 start = stage.stageFromClip * vec4(clip, 1.0, 1.0);
    origin = start.xyz / start.w;
  }

  // The ray in the volume's own cube; t stays a length in stage space.
  vec3 from = (volume.unitFromStage * vec4(origin, 1.0)).xyz;
  vec3 along = mat3(volume.unitFromStage) * direction;
  along += vec3(equal(along, vec3(0.0))) * 1e-12;
  vec3 a = -from / along, b = (1.0 - from) / along;
  vec3 nearSide = min(a, b), farSide = max(a, b);
  float start = max(max(nearSide.x, nearSide.y), max(nearSide.z, 0.0));
  float end = min(farSide.x, min(farSide.y, farSide.z));
  for (int i = 0; i < stage.counts.x; ++i) {
    float distance = dot(stage.clips[i].xyz, origin) + stage.clips[i].w;
    float rate = dot(stage.clips[i].xyz, direction);
    if (abs(rate) < 1e-9) {
      if (distance < 0.0) end = -1.0;
    } else if (rate > 0.0) {
      start = max(start, -distance / rate);
    } else {
      end = min(end, -distance / rate);
    }
  }
  // What is solid ends the ray.
  float solid = texelFetch(depth, ivec2(gl_FragCoord.xy), 0).r;
  if (solid > 0.0) {
    vec4 hit = stage.stageFromClip * vec4(clip, solid, 1.0);
    end = min(end, dot(hit.xyz / hit.w - origin, direction));
  }
  if (start >= end) discard;

  // The eighth towards the viewer, where it is cut away.
  vec2 gap = vec2(end);
  if (volume.options.y == 1) {
    vec3 low = 0.5 * vec3(volume.options.z & 1, (volume.options.z >> 1) & 1, (volume.options.z >> 2) & 1);
    vec3 c = (low - from) / along, d = (low + 0.5 - from) / along;
    vec3 into = min(c, d), leave = max(c, d);
    gap = vec2(max(into.x, max(into.y, into.z)), min(leave.x, min(leave.y, leave.z)));
    if (gap.x >= gap.y) gap = vec2(end);
  }

  float stepLength = 1.0 / (length(along * (volume.nodes.xyz - 1.0)) * volume.nodes.w);
  // Frames start at different depths, so that steps do not show as rings once frames are averaged (J. Jimenez, "Next
  // generation post processing in Call of Duty", 2014: interleaved gradient noise).
  vec2 noisy = gl_FragCoord.xy + 5.588238 * float(stage.counts.z % 64);
  float offset = fract(52.9829189 * fract(dot(noisy, vec2(0.06711056, 0.00583715))));

  vec3 light = vec3(0.0);
  float clear = 1.0, meanDepth = 0.0;
  float t = start;
  float entering = placeAt(from + t * along);
  float next = start + (offset + 1e-3) * stepLength;
  vec3 cellsPerUnit = volume.bricks.xyz;
  for (int i = 0; i < 8192 && t < end && clear > 0.004; ++i) {
    if (t >= gap.x && t < gap.y) {
      t = gap.y;
      if (t < end) entering = placeAt(from + t * along);
      next = t + stepLength;
      continue;
    }
    // Leap out of the bricks around that hold nothing to see.
    vec3 place = (from + t * along) * cellsPerUnit;
    ivec3 brick = clamp(ivec3(place + sign(along) * 1e-4), ivec3(0), textureSize(clearance, 0) - 1);
    int empty = int(texelFetch(clearance, brick, 0).r * 255.0 + 0.5);
    if (empty > 0) {
      vec3 far = mix(vec3(brick - (empty - 1)), vec3(brick + empty), greaterThan(along, vec3(0.0)));
      vec3 way = (far / cellsPerUnit - from) / along;
      float exit = min(way.x, min(way.y, way.z));
      t = max(exit, t) + 1e-5 * stepLength;
      if (t < end) entering = placeAt(from + t * along);
      next = t + stepLength;
      continue;
    }
    float to = min(next, t < gap.x ? min(end, gap.x) : end);
    vec3 unit = from + to * along;
    float leaving = placeAt(unit);
    // Emission and absorption front to back (N. Max, "Optical models for direct volume rendering", 1995, eq. 14).
    vec4 look = between(entering, leaving);
    if (look.a > 0.0) {
      float alpha = 1.0 - exp(-look.a * (to - t));
      vec3 shown = look.rgb / look.a;
      if (volume.options.x == 1 && alpha > 0.002) {
        vec2 lit = lightOn(from + 0.5 * (t + to) * along, -direction);
        shown = shown * lit.x + lit.y;
      }
      light += clear * alpha * shown;
      meanDepth += clear * alpha * 0.5 * (t + to);
      clear *= 1.0 - alpha;
    }
    entering = leaving;
    t = to;
    next = to + stepLength;
  }
  float alpha = 1.0 - clear;
  if (alpha < 1e-4) discard;
  // A fog's colours are meant as they are shown, so they are mixed with what is behind as that will be shown: mixed in the
  // scene's light, a white slice, which the film makes of light many times as strong, would outshine any fog before it.
  vec4 behind = imageLoad(radiance, ivec2(gl_FragCoord.xy));
  float covered = alpha + clear * behind.a;
  vec3 shown = light;
  if (behind.a > 0.0)
    shown += clear * behind.a * developed(behind.rgb / behind.a, stage.ambient.y, stage.counts.w);
  imageStore(radiance, ivec2(gl_FragCoord.xy), vec4(unlitRadiance(clamp(shown / covered, 0.0, 1.0)) * covered, covered));

  // What is mostly cloud moves like the middle of the cloud.
  vec3 middle = origin + meanDepth / alpha * direction;
  motion = vec4(motionOf(middle, middle), 0.0, alpha > 0.3 ? 1.0 : 0.0);
  reactive = vec4(1.0, 0.0, 0.0, 0.5 * alpha);
}
