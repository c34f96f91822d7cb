// SPDX-License-Identifier: Apache-2.0
// What a ray has met: its place, its two normals, its material with textures.
struct Place {
  vec3 position;
  vec3 geometric;  // Unit, of the triangle or shape itself; on the ray's side.
  vec3 normal;     // Unit, for shading; on the ray's side.
  vec3 base, emission;
  float opacity, metallic, roughness, clearCoat, clearCoatRoughness;
  uint flags;      // PATH_MATERIAL_*
  bool isNothing;  // A slice outside of its volume.
};

vec4 texel(PathTexture texture_, ivec2 at) {
  ivec2 size = ivec2(texture_.texels.z & 0x7fffffffu, texture_.texels.w);
  at = ivec2(at.x - size.x * int(floor(float(at.x) / float(size.x))), at.y - size.y * int(floor(float(at.y) / float(size.y))));
  at = clamp(at, ivec2(0), size - 1);
  vec4 value = unpackUnorm4x8(Words(texture_.texels.xy).at[at.y * size.x + at.x]);
  if ((texture_.texels.z >> 31u) != 0u) value.rgb = decodeSrgb(value.rgb);
  return value;
}

// Linear between texels, repeated beyond the edges.
vec4 textureAt(uint number, vec2 uv) {
  PathTexture texture_ = Textures(u.records2.zw).at[number - 1u];
  vec2 at = fract(uv) * vec2(texture_.texels.z & 0x7fffffffu, texture_.texels.w) - 0.5;
  ivec2 cell = ivec2(floor(at));
  vec2 w = at - vec2(cell);
  return mix(mix(texel(texture_, cell), texel(texture_, cell + ivec2(1, 0)), w.x),
             mix(texel(texture_, cell + ivec2(0, 1)), texel(texture_, cell + ivec2(1, 1)), w.x), w.y);
}

vec3 stagePoint(PathInstance instance, vec3 p) {
  vec4 q = vec4(p, 1.0);
  return vec3(dot(instance.stageFromObject[0], q), dot(instance.stageFromObject[1], q), dot(instance.stageFromObject[2], q));
}
vec3 stageVector(PathInstance instance, vec3 v) {
  return vec3(dot(instance.stageFromObject[0].xyz, v), dot(instance.stageFromObject[1].xyz, v),
              dot(instance.stageFromObject[2].xyz, v));
}
vec3 stageNormal(PathInstance instance, vec3 n) {
  return vec3(dot(instance.normalFromObject[0].xyz, n), dot(instance.normalFromObject[1].xyz, n),
              dot(instance.normalFromObject[2].xyz, n));
}

// A normal that reflects the ray to the outside of the surface: shading normals may lean so far from the ray that the mirrored
// ray would go inside, and its light be lost (Keller et al. 2017, "The Iray Light Transport Simulation", appendix A.3).
vec3 reflectingNormal(vec3 geometric, vec3 normal, vec3 towards) {
  vec3 mirrored = 2.0 * dot(normal, towards) * normal - towards;
  float least = min(0.9 * dot(towards, geometric), 0.01);
  if (dot(geometric, mirrored) >= least) return normal;
  vec3 across = normal - dot(normal, geometric) * geometric;
  if (dot(across, across) < 1e-12) return geometric;
  across = normalize(across);
  float x = dot(towards, across), z = dot(towards, geometric);
  float a = x * x + z * z;
  float best = sqrt(max(0.0, a * a - least * least * a)) * abs(x);
  // The mirrored direction's height over the surface is exactly `least` for this height of the normal.
  float height2 = (best + (z * least + a)) / (2.0 * a);
  float height1 = (-best + (z * least + a)) / (2.0 * a);
  float height = (height1 > 1e-5 && height1 <= 1.00001) ? height1 : height2;
  height = clamp(height, 1e-5, 1.0);
  return normalize(across * sqrt(max(0.0, 1.0 - height)) + geometric * sqrt(height));
}

void shadeTriangle(Hit hit, PathInstance instance, PathMaterial material, inout Place place) {
  Words indices = Words(instance.shape.zw);
  uint corner[3] = uint[](indices.at[3u * hit.primitive], indices.at[3u * hit.primitive + 1u], indices.at[3u * hit.primitive + 2u]);
  vec3 weight = vec3(1.0 - hit.barycentric.x - hit.barycentric.y, hit.barycentric);
  vec3 a = vector3(instance.shape.xy, corner[0]);
  vec3 ab = vector3(instance.shape.xy, corner[1]) - a;
  vec3 ac = vector3(instance.shape.xy, corner[2]) - a;
  place.position = stagePoint(instance, a + weight.y * ab + weight.z * ac);
  place.geometric = normalize(stageNormal(instance, cross(ab, ac)));
  place.normal = place.geometric;
  if (isThere(instance.attributes.xy)) {
    vec3 n = vec3(0.0);
    for (int i = 0; i < 3; ++i) n += weight[i] * vector3(instance.attributes.xy, corner[i]);
    n = stageNormal(instance, n);
    if (dot(n, n) > 1e-12) place.normal = normalize(n);
  }
  if (instance.kind.w % 2u == 1u) {
    vec3 colour = vec3(0.0);
    for (int i = 0; i < 3; ++i) colour += weight[i] * vector3(instance.colours.xy, corner[i]);
    place.base *= colour;
  }
  if (!isThere(instance.attributes.zw) || material.textures == uvec4(0u)) return;
  Floats coordinates = Floats(instance.attributes.zw);
  vec2 uv[3];
  for (int i = 0; i < 3; ++i) uv[i] = vec2(coordinates.at[2u * corner[i]], coordinates.at[2u * corner[i] + 1u]);
  vec2 at = weight.x * uv[0] + weight.y * uv[1] + weight.z * uv[2];
  if (material.textures.x != 0u) {
    vec4 colour = textureAt(material.textures.x, at);
    place.base *= colour.rgb;
    place.opacity *= colour.a;
  }
  if (material.textures.z != 0u) {
    vec4 values = textureAt(material.textures.z, at);
    place.roughness *= values.g;
    place.metallic *= values.b;
  }
  if (material.textures.w != 0u) place.emission *= textureAt(material.textures.w, at).rgb;
  if (material.textures.y != 0u) {
    vec2 d1 = uv[1] - uv[0], d2 = uv[2] - uv[0];
    float area = d1.x * d2.y - d1.y * d2.x;
    if (abs(area) > 1e-12) {
      vec3 bumps = textureAt(material.textures.y, at).rgb * 2.0 - 1.0;
      vec3 along = stageVector(instance, (ab * d2.y - ac * d1.y) / area);
      vec3 down = stageVector(instance, (ac * d1.x - ab * d2.x) / area);
      along -= dot(along, place.normal) * place.normal;
      if (dot(along, along) > 1e-20) {
        along = normalize(along);
        // glTF 2.0, 3.7.2.1: the picture's v runs down, a normal's green up.
        vec3 across = cross(place.normal, along);
        if (dot(across, down) > 0.0) across = -across;
        place.normal = normalize(bumps.x * along + bumps.y * across + max(bumps.z, 1e-3) * place.normal);
      }
    }
  }
}

Place placeOf(Hit hit, vec3 origin, vec3 direction) {
  PathInstance instance = Instances(u.records.xy).at[hit.instance];
  PathMaterial material = Materials(u.records.zw).at[instance.kind.y];
  Place place;
  place.base = material.base.rgb * instance.tint.rgb;
  place.opacity = material.base.a;
  place.metallic = material.surface.x;
  place.roughness = material.surface.y;
  place.clearCoat = material.surface.z;
  place.clearCoatRoughness = material.surface.w;
  place.emission = material.emission.rgb;
  place.flags = uint(material.emission.w);
  place.isNothing = false;
  if (hit.cap > 0) {
    place.position = origin + hit.t * direction;
    place.geometric = -u.clips[hit.cap - 1].xyz;
    place.normal = place.geometric;
  } else if (instance.kind.x == PATH_TRIANGLES) {
    shadeTriangle(hit, instance, material, place);
  } else {
    place.position = origin + hit.t * direction;
    place.geometric = shapeNormal(instance, hit.primitive, place.position);
    if (instance.kind.x == PATH_BALLS) {
      // Onto the ball itself: the way from a far eye has lost digits.
      vec4 ball = Vectors(instance.shape.xy).at[hit.primitive];
      place.position = ball.xyz + ball.w * place.geometric;
    }
    place.normal = place.geometric;
    if (instance.kind.w % 2u == 1u) {
      uint index = hit.primitive;
      if (instance.kind.x == PATH_RODS) {
        Vectors shapes = Vectors(instance.shape.xy);
        vec3 from = shapes.at[2u * index].xyz, axis = shapes.at[2u * index + 1u].xyz - from;
        index = 2u * index + (2.0 * dot(place.position - from, axis) > dot(axis, axis) ? 1u : 0u);
      }
      place.base *= vector3(instance.colours.xy, index);
    }
  }
  if (instance.kind.z != 0u) {
    PathVolume volume = Volumes(u.records2.xy).at[instance.kind.z - 1u];
    vec3 unit = volumeUnit(volume, place.position);
    // Half a thousandth of slack at the faces; a volume one node thick counts through its whole thickness.
    place.isNothing = any(lessThan(unit, vec3(-5e-4))) || any(greaterThan(unit, vec3(1.0005)));
    float value = volumeValue(volume, unit);
    place.base = isnan(value) ? vec3(0.5) : volumeEntry(volume, value).rgb;
  }
  if (dot(place.geometric, direction) > 0.0) {
    place.geometric = -place.geometric;
    place.normal = -place.normal;
  }
  place.normal = reflectingNormal(place.geometric, place.normal, -direction);
  return place;
}
