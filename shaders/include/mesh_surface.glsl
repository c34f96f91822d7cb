// SPDX-License-Identifier: Apache-2.0
// For fragment shaders of meshes: the surface at a pixel from the material, its textures and the corners.
#include "gbuffer.glsl"
#include "mesh.glsl"

layout(constant_id = 0) const int kIsClipped = 0;
layout(constant_id = 1) const int kIsTextured = 0;
layout(set = 0, binding = 4) uniform sampler2D baseTexture;
layout(set = 0, binding = 5) uniform sampler2D normalTexture;
layout(set = 0, binding = 6) uniform sampler2D roughnessTexture;
layout(set = 0, binding = 7) uniform sampler2D emissionTexture;
layout(location = 0) in vec3 point;
layout(location = 1) in vec3 before;
layout(location = 2) in vec3 normal;
layout(location = 3) in vec2 textureAt;
layout(location = 4) in vec3 colour;
layout(location = 5) flat in float mirror;

struct MeshSurface {
  Surface surface;
  vec3 emission;
  float opacity;
};

// A normal map's frame from how position and texture change over the picture (Mikkelsen 2020, eq. 4): no tangents needed.
vec3 bumped(vec3 n) {
  vec3 px = dFdx(point), py = dFdy(point);
  vec2 tx = dFdx(textureAt), ty = dFdy(textureAt);
  vec3 across = cross(py, n), along = cross(n, px);
  // The picture's rows go down: so does dFdy, and the frame turns round unless its sense is asked for.
  float sense = dot(cross(px, py), n) < 0.0 ? -1.0 : 1.0;
  vec3 t = sense * (across * tx.x + along * ty.x);
  vec3 b = sense * (across * tx.y + along * ty.y);
  float largest = max(dot(t, t), dot(b, b));
  if (largest <= 0.0) return n;
  // The map's green points up, texture coordinates down.
  vec3 m = texture(normalTexture, textureAt).xyz * 2.0 - 1.0;
  return normalize(inversesqrt(largest) * (t * m.x - b * m.y) + n * m.z);
}

MeshSurface surfaceHere() {
  if (kIsClipped != 0 && isClippedAway(point)) discard;
  vec3 view = towardsViewer(point);
  vec3 n;
  if (has(kMeshFlat)) {
    n = normalize(cross(dFdx(point), dFdy(point)));
    if (dot(n, view) < 0.0) n = -n;
  } else {
    n = normalize(normal);
    if (gl_FrontFacing != (mirror > 0.0)) n = -n;
  }
  MeshSurface s;
  vec4 base = mesh.base;
  base.rgb *= colour;
  vec4 material = mesh.surface;
  s.emission = mesh.emission.rgb;
  if (kIsTextured != 0) {
    if (has(kMeshHasBaseTexture)) base *= texture(baseTexture, textureAt);
    if (has(kMeshHasRoughnessTexture)) {
      vec4 texel = texture(roughnessTexture, textureAt);
      material.xy *= texel.bg;
    }
    if (has(kMeshHasEmissionTexture)) s.emission *= texture(emissionTexture, textureAt).rgb;
    if (has(kMeshHasNormalTexture)) n = bumped(n);
    if (mesh.base.a >= 1.0 && base.a < 0.5) discard;
  }
  s.opacity = base.a;
  s.surface = Surface(base.rgb, mesh.emission.a, n, material.y, material.x, material.z, material.w, has(kMeshUnlit));
  return s;
}
