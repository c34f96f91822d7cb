// SPDX-License-Identifier: Apache-2.0
// Paths from the camera (Kajiya 1986): at each scattering one direction chosen by the lights and one by the surface, combined by
// the power heuristic (Veach 1995), ended by roulette. Unlit things (lines, slices, fog) are seen by the camera alone, directly
// and through what is see-through: they are marks, not lamps.
#include "tone_map.glsl"
#include "path_albedo.glsl"
#include "path_random.glsl"
#include "path_lights.glsl"
#include "path_volume.glsl"
#include "path_surface.glsl"

layout(push_constant) uniform Push {
  ivec4 tile;     // Left, top, width, height in the picture.
  ivec4 samples;  // First, count; unused.
  uvec4 sums;     // Addresses: four floats a pixel of the tile; counters.
} push;

layout(buffer_reference, std430, buffer_reference_align = 16) buffer Sums { vec4 at[]; };
layout(buffer_reference, std430, buffer_reference_align = 4) buffer Counters { uint rays; uint faults; };

uint rays = 0u;

// Where a ray enters what the clip planes keep it may do so inside of a closed thing: the innermost of those that are left
// before they were entered. Balls and rods tell by their second crossing alone.
bool findCut(vec3 origin, vec3 direction, vec2 span, uint mask, int entry, inout Hit cut) {
  uint seen[8];
  int count = 0;
  float t = span.x;
  for (int i = 0; i < 24; ++i) {
    Hit hit = traceNearest(origin, direction, t, span.y, mask, false);
    ++rays;
    if (hit.t < 0.0) return false;
    PathInstance instance = Instances(u.records.xy).at[hit.instance];
    bool isShape = instance.kind.x != PATH_TRIANGLES;
    uint key = isShape ? hashed(hit.instance, hit.primitive) : hit.instance;
    bool isSeen = false;
    for (int k = 0; k < count; ++k) isSeen = isSeen || seen[k] == key;
    if (!isSeen) {
      bool isLeaving = !hit.isFront;
      if (isShape) isLeaving = dot(shapeNormal(instance, hit.primitive, origin + hit.t * direction), direction) > 0.0;
      if (isLeaving && (uint(Materials(u.records.zw).at[instance.kind.y].emission.w) & PATH_MATERIAL_CLOSED) != 0u) {
        cut = hit;
        cut.t = span.x;
        cut.cap = entry;
        return true;
      }
      if (count < 8) seen[count++] = key;
    }
    t = hit.t * 1.000001 + 1e-6;
  }
  return false;
}

Hit traceScene(vec3 origin, vec3 direction, float nearest, bool isFromCamera) {
  Hit hit = kNoHit;
  float farthest = kFar;
  if ((u.counts.w & PATH_HAS_WHOLE) != 0 || u.counts.x == 0) {
    uint mask = u.counts.x == 0 ? 0xffu : PATH_MASK_SOLID_WHOLE | PATH_MASK_UNLIT_WHOLE;
    if (!isFromCamera) mask &= PATH_MASK_SOLID | PATH_MASK_SOLID_WHOLE;
    hit = traceNearest(origin, direction, nearest, farthest, mask, isFromCamera);
    ++rays;
    if (u.counts.x == 0) return hit;
    if (hit.t >= 0.0) farthest = hit.t;
  }
  if ((u.counts.w & PATH_HAS_CLIPPED) == 0) return hit;
  int entry;
  vec2 span = keptSpan(origin, direction, nearest, farthest, entry);
  if (!(span.x < span.y)) return hit;
  uint mask = PATH_MASK_SOLID | (isFromCamera ? PATH_MASK_UNLIT : 0u);
  Hit cut = kNoHit;
  if (entry > 0 && findCut(origin, direction, span, PATH_MASK_SOLID, entry, cut)) return cut;
  Hit clipped = traceNearest(origin, direction, span.x, span.y, mask, isFromCamera);
  ++rays;
  return clipped.t >= 0.0 ? clipped : hit;
}

vec2 volumeSpan(vec3 origin, vec3 direction, float farthest) {
  int entry;
  return keptSpan(origin, direction, 0.0, farthest, entry);
}

// How much of the light from a direction arrives.
float visibility(vec3 origin, vec3 direction, inout Random random) {
  float through = 1.0;
  if ((u.counts.w & PATH_HAS_SEE_THROUGH) == 0) {
    if ((u.counts.w & PATH_HAS_WHOLE) != 0 || u.counts.x == 0) {
      ++rays;
      if (traceAny(origin, direction, 0.0, kFar,
                   u.counts.x == 0 ? PATH_MASK_SOLID | PATH_MASK_SOLID_WHOLE : PATH_MASK_SOLID_WHOLE))
        return 0.0;
    }
    if (u.counts.x > 0 && (u.counts.w & PATH_HAS_CLIPPED) != 0) {
      int entry;
      vec2 span = keptSpan(origin, direction, 0.0, kFar, entry);
      if (span.x < span.y) {
        ++rays;
        if (traceAny(origin, direction, span.x, span.y, PATH_MASK_SOLID)) return 0.0;
      }
    }
  } else {
    float nearest = 0.0;
    for (int i = 0; i < 64; ++i) {
      Hit hit = traceScene(origin, direction, nearest, false);
      if (hit.t < 0.0) break;
      through *= 1.0 - placeOf(hit, origin, direction).opacity;
      if (through < 1e-3) return 0.0;
      nearest = hit.t * 1.000001 + 1e-6;
    }
  }
  if ((u.counts.w & PATH_HAS_SHADING_VOLUMES) == 0) return through;
  vec2 span = volumeSpan(origin, direction, kFar);
  for (int i = 0; i < u.counts.z && through > 0.0; ++i) {
    PathVolume volume = Volumes(u.records2.xy).at[i];
    vec4 entry;
    if (volume.low.w != 0.0 && volume.high.w > 0.0)
      trackVolume(volume, origin, direction, span.x, span.y, false, random, through, entry);
  }
  return through;
}

float powerHeuristic(float a, float b) {
  float a2 = a * a;
  return a2 / max(a2 + b * b, 1e-30);
}

struct Path {
  vec3 origin, direction, throughput, light;
  float coverage, density, nearest;
  int scatterings;
  Random random;
};

Path startPath(ivec2 pixel, uint index) {
  Path path;
  path.random = startRandom(uvec2(pixel), index, uint(u.size.z));
  vec2 at = (vec2(pixel) + next2(path.random)) / vec2(u.size.xy) * 2.0 - 1.0;
  vec3 across = at.x * u.right.xyz - at.y * u.up.xyz;
  bool isPerspective = u.eye.w > 0.5;
  path.origin = isPerspective ? u.eye.xyz : u.eye.xyz + across;
  path.direction = isPerspective ? normalize(u.forward.xyz + across) : u.forward.xyz;
  path.throughput = vec3(1.0);
  path.light = vec3(0.0);
  path.coverage = 0.0;
  path.density = 0.0;
  path.nearest = u.forward.w;
  path.scatterings = 0;
  return path;
}

// Radiance that is developed to exactly this colour.
vec3 unlitLight(vec3 colour) { return undeveloped(colour, u.environment.w, u.table.w); }

// One stretch of a path. False: it has ended.
bool extend(inout Path path) {
  bool isFromCamera = path.scatterings == 0;
  Hit hit = traceScene(path.origin, path.direction, path.nearest, isFromCamera);
  float reach = hit.t >= 0.0 ? hit.t : kFar;

  // The nearest collision in any of the volumes comes first.
  int inVolume = -1;
  vec4 entry = vec4(0.0);
  if (u.counts.z > 0) {
    vec2 span = volumeSpan(path.origin, path.direction, reach);
    span.x = max(span.x, path.nearest);
    for (int i = 0; i < u.counts.z; ++i) {
      PathVolume volume = Volumes(u.records2.xy).at[i];
      if (volume.high.w <= 0.0 || (volume.low.w == 0.0 && !isFromCamera)) continue;
      float unused = 1.0;
      vec4 found;
      float t = trackVolume(volume, path.origin, path.direction, span.x, min(span.y, reach), true, path.random, unused, found);
      if (t >= 0.0) {
        reach = t;
        inVolume = i;
        entry = found;
      }
    }
  }

  if (inVolume < 0 && hit.t < 0.0) {
    if (isFromCamera) return false;
    vec3 light = distantLight(path.direction);
    path.light += path.throughput * light * powerHeuristic(path.density, distantDensity(path.direction));
    return false;
  }

  Place place;
  if (inVolume >= 0) {
    PathVolume volume = Volumes(u.records2.xy).at[inVolume];
    if (volume.low.w == 0.0) {
      path.coverage = 1.0;
      path.light += path.throughput * unlitLight(entry.rgb);
      return false;
    }
    place.position = path.origin + reach * path.direction;
    vec3 gradient = volumeGradient(volume, place.position);
    float steepness = length(gradient);
    place.normal = steepness > 0.0 ? -gradient / steepness : -path.direction;
    if (dot(place.normal, path.direction) > 0.0) place.normal = -place.normal;
    place.geometric = place.normal;
    place.base = entry.rgb;
    place.emission = vec3(0.0);
    place.metallic = 0.0;
    place.roughness = 0.6;
    place.clearCoat = 0.0;
    place.clearCoatRoughness = 0.1;
    place.opacity = 1.0;
    place.flags = 0u;
    place.isNothing = false;
  } else {
    place = placeOf(hit, path.origin, path.direction);
  }

  // Through what is see-through, straight on.
  bool isPassed = place.isNothing;
  if (!isPassed && place.opacity < 1.0) isPassed = nextFree(path.random) >= place.opacity;
  if (isPassed) {
    path.nearest = hit.t * 1.000001 + 1e-6;
    return true;
  }
  if (isFromCamera) path.coverage = 1.0;
  if ((place.flags & PATH_MATERIAL_UNLIT) != 0u) {
    path.light += path.throughput * unlitLight(place.base);
    return false;
  }
  path.light += path.throughput * place.emission;
  if (path.scatterings >= u.size.w) return false;

  vec3 towards = -path.direction;
  Brdf brdf = makeBrdf(place.base, place.metallic, place.roughness, place.clearCoat, place.clearCoatRoughness,
                       max(dot(place.normal, towards), 1e-4));
  bool isInVolume = inVolume >= 0;
  float scale = max(1.0, max(abs(place.position.x), max(abs(place.position.y), abs(place.position.z))));
  vec3 start = place.position + (isInVolume ? 0.0 : 4e-6 * scale) * place.geometric;

  // Lamps without shadows shine through everything, as in the live picture.
  for (int i = 0; i < u.counts.y; ++i) {
    if (u.lampIlluminance[i].w == 0.0) continue;
    vec3 direction = u.lampDirection[i].xyz;
    if (dot(direction, place.geometric) > 0.0 || isInVolume)
      path.light += path.throughput * u.lampIlluminance[i].rgb * evaluateBrdf(brdf, place.normal, towards, direction);
  }

  vec2 choice = next2(path.random), aim = next2(path.random);
  vec3 towardsLight = sampleDistant(choice.x, aim);
  float lightDensity = distantDensity(towardsLight);
  if (lightDensity > 0.0 && dot(towardsLight, place.normal) > 0.0 && dot(towardsLight, place.geometric) > 0.0) {
    vec3 share = evaluateBrdf(brdf, place.normal, towards, towardsLight) * distantLight(towardsLight) / lightDensity *
                 powerHeuristic(lightDensity, brdfDensity(brdf, place.normal, towards, towardsLight));
    if (any(greaterThan(share, vec3(0.0)))) path.light += path.throughput * share * visibility(start, towardsLight, path.random);
  }

  BrdfSample next = sampleBrdf(brdf, place.normal, towards, vec3(next2(path.random), choice.y));
  if (next.density <= 0.0 || dot(next.direction, place.geometric) <= 0.0) return false;
  path.throughput *= next.weight;
  path.density = next.density;
  path.origin = start;
  path.direction = next.direction;
  path.nearest = 0.0;
  ++path.scatterings;
  // Roulette (Arvo and Kirk 1990) by what is left to carry.
  if (path.scatterings > 3) {
    float survival = min(1.0, max(path.throughput.x, max(path.throughput.y, path.throughput.z)));
    if (nextFree(path.random) >= survival) return false;
    path.throughput /= survival;
  }
  return true;
}

void tracePixel(uvec2 local) {
  if (local.x >= uint(push.tile.z) || local.y >= uint(push.tile.w)) return;
  ivec2 pixel = push.tile.xy + ivec2(local);
  Sums sums = Sums(push.sums.xy);
  uint at = local.y * uint(push.tile.z) + local.x;
  vec4 sum = sums.at[at];
  uint index = uint(push.samples.x), end = index + uint(push.samples.y);
  uint faults = 0u;
  Path path;
  bool isOnItsWay = false;
  // The next sample begins in the turn after the last one has ended, so that neighbours computed together stay busy. Each is
  // added by itself: any division of the samples gives the same bits.
  while (true) {
    if (!isOnItsWay) {
      if (index == end) break;
      path = startPath(pixel, index);
    }
    isOnItsWay = extend(path);
    if (!isOnItsWay) {
      vec4 found = vec4(path.light, path.coverage);
      if (any(isnan(found)) || any(isinf(found)) || any(lessThan(found, vec4(0.0))))
        ++faults;
      else
        sum += found;
      ++index;
    }
  }
  sums.at[at] = sum;
  Counters counters = Counters(push.sums.zw);
  atomicAdd(counters.rays, rays);
  if (faults > 0u) atomicAdd(counters.faults, faults);
}
