// SPDX-License-Identifier: Apache-2.0
// What every shader of the scene knows of the frame, at binding 0, and what follows from it.
#ifndef AULA_STAGE
#define AULA_STAGE
#include "stage_uniforms.h"
#include "tone_map.glsl"

layout(set = 0, binding = 0, std140) uniform StageBlock { StageUniforms stage; };

// uv: 0 to 1, y down; depth: as stored, 1 near, 0 far.
vec3 stagePosition(vec2 uv, float depth) {
  vec4 p = stage.stageFromClip * vec4(uv * 2.0 - 1.0, depth, 1.0);
  return p.xyz / p.w;
}

// Unit, from the point to the viewer.
vec3 towardsViewer(vec3 point) {
  return stage.eye.w > 0.5 ? normalize(stage.eye.xyz - point) : -stage.forward.xyz;
}

// A pixel's size at the point, in the stage's units.
float pixelSize(vec3 point) {
  return stage.eye.w > 0.5 ? stage.forward.w * max(dot(point - stage.eye.xyz, stage.forward.xyz), 1e-6) : stage.forward.w;
}

// How far the picture of a point moved since the frame before, in units of the picture, y down, without jitter. The point
// before is in the stage's frame of now.
vec2 motionOf(vec3 now, vec3 before) {
  vec4 a = stage.steadyClipFromStage * vec4(now, 1.0);
  vec4 b = stage.previousSteadyClipFromStage * (stage.previousStageFromStage * vec4(before, 1.0));
  return 0.5 * (a.xy / a.w - b.xy / b.w);
}

bool isClippedAway(vec3 point) {
  for (int i = 0; i < stage.counts.x; ++i) {
    if (dot(stage.clips[i].xyz, point) + stage.clips[i].w < 0.0) return true;
  }
  return false;
}

// Radiance that comes out of exposure and tone mapping as exactly this (linear) colour: colour maps, lines, labels.
vec3 unlitRadiance(vec3 colour) { return undeveloped(colour, stage.ambient.y, stage.counts.w); }
#endif
