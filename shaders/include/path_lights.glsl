// SPDX-License-Identifier: Apache-2.0
// Light from far away: the studio and the lamps' discs, as one density of directions to choose from.
#include "environment.glsl"

vec3 environmentLight(vec3 direction) {
  return u.environment.x * environmentRadiance(direction, 0.0, int(u.environment.z));
}

// Table of equal-area cells: height along z, angle around it (piecewise constant; Pharr, Jakob and Humphreys 2016, 14.2.4).
// A cell's entry: alias method (Vose 1991) threshold, alias, probability.
uint environmentCell(vec3 direction) {
  float turn = atan(direction.y, direction.x) / (2.0 * kPi);
  ivec2 cell = ivec2(vec2(turn - floor(turn), 0.5 + 0.5 * direction.z) * vec2(u.table.xy));
  cell = clamp(cell, ivec2(0), u.table.xy - 1);
  return uint(cell.y * u.table.x + cell.x);
}

float environmentDensity(vec3 direction) {
  float cells = float(u.table.x * u.table.y);
  return Vectors(u.tables.xy).at[environmentCell(direction)].z * cells / (4.0 * kPi);
}

vec3 sampleEnvironment(vec2 random) {
  int cells = u.table.x * u.table.y;
  float scaled = random.x * float(cells);
  int cell = min(int(scaled), cells - 1);
  float rest = scaled - float(cell);
  vec4 entry = Vectors(u.tables.xy).at[cell];
  if (rest < entry.x) {
    rest /= entry.x;
  } else {
    cell = int(entry.y);
    rest = (rest - entry.x) / max(1.0 - entry.x, 1e-7);
  }
  vec2 inside = vec2(min(rest, 0.999999), random.y);
  vec2 at = (vec2(cell % u.table.x, cell / u.table.x) + inside) / vec2(u.table.xy);
  float z = 2.0 * at.y - 1.0, r = sqrt(max(0.0, 1.0 - z * z)), turn = 2.0 * kPi * at.x;
  return vec3(r * cos(turn), r * sin(turn), z);
}

// Whether a lamp's disc lies in a direction: by one minus the cosine, which floats hold for narrow discs too.
bool isInDisc(vec3 direction, int lamp) {
  vec3 off = direction - u.lampDirection[lamp].xyz;
  return 0.5 * dot(off, off) <= u.lampDirection[lamp].w;
}

// All that shines from a direction and casts shadows.
vec3 distantLight(vec3 direction) {
  vec3 light = environmentLight(direction);
  for (int i = 0; i < u.counts.y; ++i) {
    if (u.lampIlluminance[i].w == 0.0 && isInDisc(direction, i))
      light += u.lampRadiance[i].rgb;
  }
  return light;
}

float distantDensity(vec3 direction) {
  float density = u.environment.y > 0.0 ? u.environment.y * environmentDensity(direction) : 0.0;
  for (int i = 0; i < u.counts.y; ++i) {
    if (u.lampRadiance[i].w > 0.0 && isInDisc(direction, i))
      density += u.lampRadiance[i].w / (2.0 * kPi * u.lampDirection[i].w);
  }
  return density;
}

vec3 sampleDistant(float choice, vec2 random) {
  if (choice < u.environment.y) return sampleEnvironment(random);
  choice -= u.environment.y;
  int lamp = -1;
  for (int i = 0; i < u.counts.y; ++i) {
    if (u.lampRadiance[i].w <= 0.0) continue;
    lamp = i;
    if (choice < u.lampRadiance[i].w) break;
    choice -= u.lampRadiance[i].w;
  }
  if (lamp < 0) return vec3(0.0);
  vec3 axis = u.lampDirection[lamp].xyz;
  vec3 t = tangentOf(axis), s = cross(axis, t);
  // Even over the cap; one minus the cosine first, which is small.
  float fall = random.x * u.lampDirection[lamp].w;
  float r = sqrt(max(0.0, fall * (2.0 - fall))), turn = 2.0 * kPi * random.y;
  return normalize(axis * (1.0 - fall) + t * (r * cos(turn)) + s * (r * sin(turn)));
}
