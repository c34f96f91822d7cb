// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "gbuffer_out.glsl"
#include "mesh.glsl"
#include "clip.glsl"

layout(set = 0, binding = 2) uniform sampler2D countImage;
layout(location = 0) in vec2 uv;
layout(depth_any) out float gl_FragDepth;

// A cut through solid matter: where cap_count.frag found the inside of this mesh, the plane itself, lit by its own normal.
void main() {
  vec4 counts = texelFetch(countImage, ivec2(gl_FragCoord.xy), 0);
  if (counts[mesh.flags.z] < 0.5) discard;
  vec3 far = stagePosition(uv, stage.eye.w > 0.5 ? 0.05 : 0.0);
  vec3 origin = stage.eye.w > 0.5 ? stage.eye.xyz : far - 8.0 * stage.forward.xyz;
  vec3 direction = stage.eye.w > 0.5 ? far - origin : stage.forward.xyz;
  ClipSpan span = clipSpan(origin, direction);
  if (span.plane < 0) discard;
  vec3 point = origin + span.enter * direction;
  vec4 clip = stage.clipFromStage * vec4(point, 1.0);
  if (clip.z > clip.w || clip.z < 0.0) discard;
  gl_FragDepth = clip.z / clip.w;
  vec2 motion = motionOf(point, point);
  vec3 normal = -stage.clips[span.plane].xyz;
  if (has(kMeshUnlit)) {
    writeUnlit(mesh.base.rgb, normal, motion);
  } else {
    writeSurface(Surface(mesh.base.rgb, 0.0, normal, max(mesh.surface.y, 0.35), mesh.surface.x, 0.0, 0.0, false),
                 mesh.emission.rgb, motion);
  }
}
