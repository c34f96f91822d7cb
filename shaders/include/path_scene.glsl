// SPDX-License-Identifier: Apache-2.0
// The scene as the path tracer reads it: records and arrays by address.
#extension GL_EXT_buffer_reference : require
#extension GL_EXT_buffer_reference_uvec2 : require
#include "path_constants.h"
#include "path_uniforms.h"

layout(set = 0, binding = 0) uniform Block { PathUniforms u; };

layout(buffer_reference, std430, buffer_reference_align = 4) readonly buffer Floats { float at[]; };
layout(buffer_reference, std430, buffer_reference_align = 4) readonly buffer Words { uint at[]; };
layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Vectors { vec4 at[]; };
layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Instances { PathInstance at[]; };
layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Materials { PathMaterial at[]; };
layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Textures { PathTexture at[]; };
layout(buffer_reference, std430, buffer_reference_align = 16) readonly buffer Volumes { PathVolume at[]; };

const float kFar = 1e30;

bool isThere(uvec2 address) { return (address.x | address.y) != 0u; }

vec3 vector3(uvec2 address, uint index) {
  Floats values = Floats(address);
  return vec3(values.at[3u * index], values.at[3u * index + 1u], values.at[3u * index + 2u]);
}

struct Hit {
  float t;          // Below 0: nothing.
  uint instance, primitive;
  vec2 barycentric; // Of triangles.
  bool isFront;
  int cap;          // Above 0: the clip plane, counted from 1, whose cut is seen.
};

const Hit kNoHit = Hit(-1.0, 0u, 0u, vec2(0.0), true, 0);

// The part of a ray within what the clip planes keep; empty where x >= y.
vec2 keptSpan(vec3 origin, vec3 direction, float nearest, float farthest, out int entry) {
  vec2 span = vec2(nearest, farthest);
  entry = 0;
  for (int i = 0; i < u.counts.x; ++i) {
    float height = dot(u.clips[i].xyz, origin) + u.clips[i].w;
    float slope = dot(u.clips[i].xyz, direction);
    if (abs(slope) < 1e-12) {
      if (height < 0.0) return vec2(1.0, 0.0);
      continue;
    }
    float t = -height / slope;
    if (slope > 0.0 && t > span.x) {
      span.x = t;
      entry = i + 1;
    } else if (slope < 0.0) {
      span.y = min(span.y, t);
    }
  }
  return span;
}

// ---- Shapes. All give the nearest distance beyond `nearest`, or below 0.

// Exact, and stable for balls far away: the discriminant from the ray's closest point (Haines, Gunther and Akenine-Moller
// 2019, "Precision Improvements for Ray/Sphere Intersection", equation 5).
float meetBall(vec3 origin, vec3 direction, vec3 centre, float radius, float nearest, bool onlyFront) {
  vec3 from = origin - centre;
  float a = dot(direction, direction);
  float b = -dot(from, direction);
  vec3 closest = from + (b / a) * direction;
  float discriminant = radius * radius - dot(closest, closest);
  if (discriminant < 0.0) return -1.0;
  float root = sqrt(a * discriminant);
  float q = b + (b < 0.0 ? -root : root);
  float c = dot(from, from) - radius * radius;
  float t0 = c / q, t1 = q / a;
  if (t0 > t1) {
    float swap = t0;
    t0 = t1;
    t1 = swap;
  }
  if (t0 > nearest) return t0;
  return t1 > nearest && !onlyFront ? t1 : -1.0;
}

// The side of a cylinder between two points; its ends are open (they lie inside balls).
float meetRod(vec3 origin, vec3 direction, vec3 from, vec3 to, float radius, float nearest, bool onlyFront) {
  vec3 axis = to - from;
  float lengthSquared = dot(axis, axis);
  if (lengthSquared == 0.0) return -1.0;
  // Near the rod, so that its square is not lost against the distance's.
  float shift = dot(from + 0.5 * axis - origin, direction) / dot(direction, direction);
  vec3 start = origin + shift * direction - from;
  vec3 d = direction - axis * (dot(direction, axis) / lengthSquared);
  vec3 o = start - axis * (dot(start, axis) / lengthSquared);
  float a = dot(d, d);
  if (a < 1e-14 * dot(direction, direction)) return -1.0;
  float b = dot(o, d), c = dot(o, o) - radius * radius;
  float discriminant = b * b - a * c;
  if (discriminant < 0.0) return -1.0;
  float root = sqrt(discriminant);
  for (int i = onlyFront ? 1 : 0; i < 2; ++i) {
    // The nearer crossing first.
    float local = (onlyFront || i == 0) ? (-b - root) / a : (-b + root) / a;
    float t = local + shift;
    float along = dot(start + local * direction, axis);
    if (t > nearest && along >= 0.0 && along <= lengthSquared) return t;
  }
  return -1.0;
}

float meetShape(PathInstance instance, uint primitive, vec3 origin, vec3 direction, float nearest, bool onlyFront) {
  Vectors shapes = Vectors(instance.shape.xy);
  if (instance.kind.x == PATH_BALLS) {
    vec4 ball = shapes.at[primitive];
    return meetBall(origin, direction, ball.xyz, ball.w, nearest, onlyFront);
  }
  vec4 from = shapes.at[2u * primitive], to = shapes.at[2u * primitive + 1u];
  float t = meetRod(origin, direction, from.xyz, to.xyz, from.w, nearest, onlyFront);
  if (instance.kind.x == PATH_RODS) return t;
  float ends[2] = float[](meetBall(origin, direction, from.xyz, from.w, nearest, onlyFront),
                          meetBall(origin, direction, to.xyz, from.w, nearest, onlyFront));
  for (int i = 0; i < 2; ++i) {
    if (ends[i] >= 0.0 && (t < 0.0 || ends[i] < t)) t = ends[i];
  }
  return t;
}

// Outwards.
vec3 shapeNormal(PathInstance instance, uint primitive, vec3 position) {
  Vectors shapes = Vectors(instance.shape.xy);
  if (instance.kind.x == PATH_BALLS) return normalize(position - shapes.at[primitive].xyz);
  vec3 from = shapes.at[2u * primitive].xyz, axis = shapes.at[2u * primitive + 1u].xyz - from;
  float along = dot(position - from, axis) / max(dot(axis, axis), 1e-30);
  if (instance.kind.x == PATH_CAPSULES) along = clamp(along, 0.0, 1.0);
  return normalize(position - from - along * axis);
}
