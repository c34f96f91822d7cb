// SPDX-License-Identifier: Apache-2.0
// Where a ray of sight meets a ball or a rod. All lengths in radii from the ball's centre (the rod's first end), so that
// nothing small is ever the difference of large numbers: the offset was interpolated over a triangle of about the body's
// size, and only the direction depends on how far away the eye is.
#include "stage.glsl"
#include "particle_push.h"

layout(push_constant) uniform Push { ParticlePush push; };

struct Hit {
  bool isHit;
  vec3 local;    // In radii.
  vec3 normal;   // Unit, outwards.
  bool isCut;    // On a clip plane's flat face.
};

vec3 sightThrough(vec3 position) {
  return stage.eye.w > 0.5 ? normalize(position - stage.eye.xyz) : stage.forward.xyz;
}

// What the clip planes leave of the ray from `start` along `along` between `entry` and `exit`. A body cut open is solid:
// where a plane comes first, its flat face is seen.
void cutByPlanes(vec3 centre, float radius, vec3 start, vec3 along, inout float entry, inout float exit, inout vec3 normal,
                 inout bool isCut) {
  for (int k = 0; k < stage.counts.x; ++k) {
    vec4 plane = stage.clips[k];
    float value = (dot(plane.xyz, centre) + plane.w) / radius + dot(plane.xyz, start);
    float slope = dot(plane.xyz, along);
    if (slope > 0.0) {
      float meets = -value / slope;
      if (meets > entry) {
        entry = meets;
        normal = -plane.xyz;
        isCut = true;
      }
    } else if (slope < 0.0) {
      exit = min(exit, -value / slope);
    } else if (value < 0.0) {
      exit = entry - 1.0;
    }
  }
}

// |nearest + s along|^2 = 1 with `nearest` square to `along`: no cancellation (Hearn and Baker's form, as in Haines et al.
// 2019, "Precision improvements for ray/sphere intersection", Ray Tracing Gems, ch. 7).
Hit hitBall(vec4 ball, vec3 offset) {
  vec3 along = sightThrough(ball.xyz + ball.w * offset);
  vec3 nearest = offset - dot(offset, along) * along;
  float square = 1.0 - dot(nearest, nearest);
  float entry = -sqrt(max(square, 0.0)), exit = -entry;
  vec3 normal = nearest + entry * along;
  bool isCut = false;
  if (stage.counts.x > 0) cutByPlanes(ball.xyz, ball.w, nearest, along, entry, exit, normal, isCut);
  return Hit(square > 0.0 && entry <= exit, nearest + entry * along, normal, isCut);
}

// The rod |p - (p.axis) axis| = 1 between its flat ends p.axis = 0 and `length`.
Hit hitRod(vec4 rod, vec4 axisLength, vec3 offset) {
  vec3 along = sightThrough(rod.xyz + rod.w * offset);
  vec3 axis = axisLength.xyz;
  float climb = dot(along, axis), height = dot(offset, axis);
  vec3 alongAcross = along - climb * axis, offsetAcross = offset - height * axis;
  float slant = max(dot(alongAcross, alongAcross), 1e-12);
  float middle = -dot(offsetAcross, alongAcross) / slant;
  vec3 nearest = offsetAcross + middle * alongAcross;
  float square = 1.0 - dot(nearest, nearest);
  float half_ = sqrt(max(square, 0.0) / slant);
  float entry = middle - half_, exit = middle + half_;
  vec3 normal = nearest - half_ * alongAcross;
  if (abs(climb) > 1e-7) {
    float bottom = -height / climb, top = (axisLength.w - height) / climb;
    if (min(bottom, top) > entry) {
      entry = min(bottom, top);
      normal = climb > 0.0 ? -axis : axis;
    }
    exit = min(exit, max(bottom, top));
  } else if (height < 0.0 || height > axisLength.w) {
    exit = entry - 1.0;
  }
  bool isCut = false;
  if (stage.counts.x > 0) cutByPlanes(rod.xyz, rod.w, offset, along, entry, exit, normal, isCut);
  return Hit(square > 0.0 && entry <= exit, offset + entry * along, normal, isCut);
}

// Faces of bodies that overlap where a plane cuts them lie in that plane together: the one that is deeper inside its body
// wins, so that the cut shows where the bodies meet and not the rounding of depths. 2e-5 of the distance is invisible and a
// hundred times those roundings.
float depthOfFace(float depth, float inside) { return depth * (1.0 + 2e-5 * clamp(inside, 0.0, 1.0)); }

float depthOf(vec3 position) {
  vec4 clip = stage.clipFromStage * vec4(position, 1.0);
  return clip.z / clip.w;
}
