// SPDX-License-Identifier: Apache-2.0
// The rectangle a rod is drawn on: in the plane that touches the rod along the line nearest to the eye, so that the whole
// rod is behind it. With the eye at distance d from the axis (all in radii) the two planes through the eye that touch the
// rod cut that plane sqrt((d - 1) / (d + 1)) to either side, as for a ball; the rims of the ends reach past the ends where
// their far points are seen beyond them. Seen nearly along its axis a rod is drawn on the square around its bounding ball;
// from within that ball, on the whole picture.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "particle_place.glsl"

layout(location = 0) out vec3 outOffset;        // From the first end, in radii.
layout(location = 1) flat out vec4 outRod;      // First end and radius, stage.
layout(location = 2) flat out vec4 outAxis;     // Unit; length in radii.
layout(location = 3) flat out vec3 outColour;   // Of the first half.
layout(location = 4) flat out vec3 outColour2;
layout(location = 5) flat out vec3 outPrevious; // First end before, stage.
layout(location = 6) flat out vec3 outPrevious2;

const vec2 kCorners[6] = vec2[6](vec2(-1.0, -1.0), vec2(1.0, -1.0), vec2(1.0, 1.0),
                                 vec2(-1.0, -1.0), vec2(1.0, 1.0), vec2(-1.0, 1.0));

void main() {
  uint slot = uint(gl_VertexIndex) / 6u;
  vec2 corner = kCorners[uint(gl_VertexIndex) - 6u * slot];
  uint rod = slot + uint(push.options.x);
  uint a = order[2u * rod], b = order[2u * rod + 1u];
  vec3 first = particlePosition(a), second = particlePosition(b);
  float radius = push.bond.x;
  vec3 between = second - first;
  float size = length(between);
  vec3 axis = between / size;
  float rodLength = size / radius;
  outRod = vec4(first, radius);
  outAxis = vec4(axis, rodLength);
  outColour = colourOf(a);
  outColour2 = colourOf(b);
  outPrevious = push.options.w != 0 ? previousPosition(a) : first;
  outPrevious2 = push.options.w != 0 ? previousPosition(b) : second;
  outOffset = vec3(0.0);
  gl_Position = kNowhere;
  bool isSeen = size > 0.0 && radius > 0.0;
  for (int k = 0; k < stage.counts.x; ++k) {
    vec4 plane = stage.clips[k];
    isSeen = isSeen && max(dot(plane.xyz, first), dot(plane.xyz, second)) + plane.w > -radius;
  }
  if (!isSeen) return;

  bool isPerspective = stage.eye.w > 0.5;
  vec3 eye = (stage.eye.xyz - first) / radius;
  float eyeHeight = dot(eye, axis);
  vec3 towards = isPerspective ? eye - eyeHeight * axis
                               : dot(stage.forward.xyz, axis) * axis - stage.forward.xyz;
  float distance = length(towards);
  vec3 out_ = towards / distance;
  vec3 across = cross(axis, out_);
  float pixel = 0.01 * stage.forward.w / radius;
  vec3 nearest = dot(stage.forward.xyz, axis) > 0.0 ? first : second;
  if (isPerspective ? distance > 1.2 : distance > 0.2) {
    float share = isPerspective ? (distance - 1.0) / (distance + 1.0) : 1.0;
    // Where the point of a rim farthest from the eye is seen on the plane, past the end.
    float past = isPerspective ? eyeHeight * (1.0 - share) : -2.0 * dot(stage.forward.xyz, axis) / distance;
    float past2 = isPerspective ? rodLength + (eyeHeight - rodLength) * (1.0 - share) : rodLength + past;
    float pad = pixel * (isPerspective ? length(eye) : 1.0);
    float low = min(0.0, past) - pad, high = max(rodLength, past2) + pad;
    outOffset = (corner.x < 0.0 ? low : high) * axis + out_ + corner.y * (sqrt(share) + pad) * across;
  } else {
    vec3 centre = 0.5 * rodLength * axis;
    float reach = length(vec2(1.0, 0.5 * rodLength));
    vec3 away = isPerspective ? centre - eye : stage.forward.xyz;
    float far = length(away);
    if (isPerspective && far <= 1.05 * reach) {
      vec4 point = stage.stageFromClip * vec4(corner, 1.0, 1.0);
      outOffset = (point.xyz / point.w - first) / radius;
      gl_Position = vec4(corner, 1.0, 1.0);
      return;
    }
    vec3 sight = away / far;
    vec3 right = squareTo(sight), up = cross(sight, right);
    float share = isPerspective ? sqrt((far - reach) / (far + reach)) : 1.0;
    share = share * reach + pixel * (isPerspective ? far : 1.0);
    outOffset = centre - reach * sight + share * (corner.x * right + corner.y * up);
  }
  gl_Position = clipOf(first + radius * outOffset, nearest - 3.0 * radius * stage.forward.xyz);
}
