// SPDX-License-Identifier: Apache-2.0
#version 460
#extension GL_GOOGLE_include_directive : require
#include "gbuffer_out.glsl"
#include "line_piece.h"

layout(push_constant) uniform Push { LinePush push; };
layout(location = 0) flat in vec4 ends;
layout(location = 1) flat in vec4 motions;
layout(location = 2) flat in vec2 lengths;

void main() {
  vec2 along = ends.zw - ends.xy, from = gl_FragCoord.xy - ends.xy;
  float share = clamp(dot(from, along) / max(dot(along, along), 1e-8), 0.0, 1.0);
  vec2 aside = from - share * along;
  // A pixel belongs to the line or not; edges are smoothed by the samples that are gathered.
  if (dot(aside, aside) > push.colour.a * push.colour.a) discard;
  if (push.dash.x > 0.0 && mod(mix(lengths.x, lengths.y, share), push.dash.y) > push.dash.x) discard;
  writeUnlit(push.colour.rgb, -stage.forward.xyz, mix(motions.xy, motions.zw, share));
}
