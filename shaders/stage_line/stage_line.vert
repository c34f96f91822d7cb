// SPDX-License-Identifier: Apache-2.0
// One piece of a line as a rectangle in the picture, longer at both ends by half the width: the fragment shader rounds the
// ends off, so that pieces of a polyline meet in round joins whatever their angle.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "stage.glsl"
#include "line_piece.h"

layout(std430, binding = 1) readonly buffer Pieces { LinePiece pieces[]; };
layout(push_constant) uniform Push { LinePush push; };

layout(location = 0) flat out vec4 ends;     // Pixels: from, to.
layout(location = 1) flat out vec4 motions;  // Of the two ends.
layout(location = 2) flat out vec2 lengths;

// A line on a surface is drawn as far in front of it as half of it would sink in, where the surface slopes away: by its own
// width and a little more, which is enough up to slopes of about 65 degrees.
float depthInFront(vec3 p) {
  float lift = (2.2 * push.colour.a + 1.5) * pixelSize(p);
  vec4 clip = stage.clipFromStage * vec4(p + lift * towardsViewer(p), 1.0);
  // Nothing is lifted past the near plane.
  return clip.w > 0.0 ? min(clip.z / clip.w, 1.0) : 1.0;
}

void main() {
  const vec2 corners[6] = vec2[6](vec2(0.0, -1.0), vec2(1.0, -1.0), vec2(1.0, 1.0), vec2(0.0, -1.0), vec2(1.0, 1.0),
                                  vec2(0.0, 1.0));
  LinePiece piece = pieces[gl_VertexIndex / 6];
  vec2 corner = corners[gl_VertexIndex % 6];
  vec4 a = stage.clipFromStage * vec4(piece.from.xyz, 1.0);
  vec4 b = stage.clipFromStage * vec4(piece.to.xyz, 1.0);
  vec2 from = (0.5 * a.xy / a.w + 0.5) * stage.size.xy;
  vec2 to = (0.5 * b.xy / b.w + 0.5) * stage.size.xy;
  ends = vec4(from, to);
  motions = vec4(motionOf(piece.from.xyz, piece.previousFrom.xyz), motionOf(piece.to.xyz, piece.previousTo.xyz));
  lengths = vec2(piece.from.w, piece.to.w);

  // A quarter of a pixel more than the line, for the rasteriser's grid.
  float reach = push.colour.a + 0.25;
  float span = length(to - from);
  vec2 along = span > 1e-4 ? (to - from) / span : vec2(1.0, 0.0);
  vec2 across = vec2(-along.y, along.x);
  vec2 at = mix(from, to, corner.x) + reach * ((2.0 * corner.x - 1.0) * along + corner.y * across);
  float near = depthInFront(piece.from.xyz), far = depthInFront(piece.to.xyz);
  // Depth is linear in the picture; continued past the ends so that it is right between them.
  float depth = mix(near, far, corner.x) + (2.0 * corner.x - 1.0) * (far - near) * min(reach / max(span, 1e-4), 1.0);
  gl_Position = vec4(at * stage.size.zw * 2.0 - 1.0, clamp(depth, 0.0, 1.0), 1.0);
}
