// SPDX-License-Identifier: Apache-2.0
// The triangle a ball is drawn on. Seen from the eye a ball of radius r at distance d fills the cone of half angle
// asin(r/d). The plane that touches the ball where it is nearest to the eye lies at distance d - r and cuts that cone in a
// circle of radius (d - r) tan(asin(r/d)) = r sqrt((d - r) / (d + r)); its picture is the ball's outline, exactly (the
// same ellipse that Mara and McGuire 2013, "2D polyhedral bounds of a clipped, perspective-projected 3D sphere", bound in
// the picture plane). The whole ball is behind that plane, so the triangle's depth is never behind the ball's. One
// triangle around the circle costs three vertices instead of a square's four and one setup instead of two.
#version 460
#extension GL_GOOGLE_include_directive : require
#include "particle_place.glsl"

layout(location = 0) out vec3 outOffset;          // From the ball's centre, in radii.
layout(location = 1) flat out vec4 outBall;       // Centre and radius, stage.
layout(location = 2) flat out vec3 outColour;
layout(location = 3) flat out vec3 outPrevious;   // Centre before, stage.

const vec2 kCorners[3] = vec2[3](vec2(0.0, 2.0), vec2(-1.7320508, -1.0), vec2(1.7320508, -1.0));

void main() {
  uint slot = uint(gl_VertexIndex) / 3u;
  uint corner = uint(gl_VertexIndex) - 3u * slot;
  uint number = slot + uint(push.options.x);
  uint i = push.options.y != 0 ? order[number] : number;
  vec3 centre = particlePosition(i);
  float radius = particleRadius(i);
  outBall = vec4(centre, radius);
  outColour = colourOf(i);
  outPrevious = push.options.w != 0 ? previousPosition(i) : centre;
  outOffset = vec3(0.0);
  gl_Position = kNowhere;

  bool isPerspective = stage.eye.w > 0.5;
  vec3 away = isPerspective ? centre - stage.eye.xyz : stage.forward.xyz;
  float distance = length(away);
  // Not for an eye inside the ball, nor for a ball that is cut away whole. Comparisons so that a position that is not a
  // number draws nothing.
  bool isSeen = radius > 0.0 && (!isPerspective || distance > radius);
  for (int k = 0; k < stage.counts.x; ++k) {
    isSeen = isSeen && dot(stage.clips[k].xyz, centre) + stage.clips[k].w > -radius;
  }
  if (!isSeen) return;

  vec3 axis = away / distance;
  vec3 right = squareTo(axis);
  vec3 up = cross(axis, right);
  float reach = isPerspective ? sqrt((distance - radius) / (distance + radius)) : 1.0;
  // A hundredth of a pixel more, for what rounding to the rasteriser's grid takes away.
  reach += 0.01 * stage.forward.w * (isPerspective ? distance : 1.0) / radius;
  outOffset = -axis + reach * (kCorners[corner].x * right + kCorners[corner].y * up);
  gl_Position = clipOf(centre + radius * outOffset, centre - 3.0 * radius * stage.forward.xyz);
}
