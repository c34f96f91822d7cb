// SPDX-License-Identifier: Apache-2.0
// How a surface answers light, for the rasteriser and the path tracer alike: metal-roughness with a clear coat (glTF 2.0,
// appendix B). Written in the part of GLSL that is also C++ with glm, so that tests integrate it on the CPU.
//
// Specular: GGX (Walter 2007, eq. 33) with height-correlated Smith masking (Heitz 2014, eq. 99) and Schlick's Fresnel term
// (1994, eq. 15), scaled for the light that bounces between facets (Turquin 2019, eq. 16) so that a white metal gives back
// everything. Diffuse: Lambert, with what the specular lobe and the coat gave back towards the viewer taken away (the
// view's half of Kelemen and Szirmay-Kalos 2001): each viewing direction gives back exactly what arrives for a white
// surface in uniform light. The price is that viewer and lamp cannot be exchanged, which neither renderer needs.
#ifndef AULA_BRDF
#define AULA_BRDF

const float kPi = 3.14159265358979;
const float kLeastAlpha = 0.002;  // Smoother counts as this: a highlight that 32-bit floats still resolve.
const float kDielectricF0 = 0.04; // Index 1.5.

struct Brdf {
  vec3 diffuse;       // Albedo of the matt part, before Fresnel losses.
  vec3 f0;            // Reflectance seen straight on.
  float alpha;        // Roughness squared.
  float clearCoat;
  float coatAlpha;
  vec3 boost;         // Of the specular lobe, for light bouncing between facets.
  vec3 specularAlbedo;// Of the specular lobe towards the viewer.
  float coatAlbedo;
  float mattSpecularAlbedo;// Of a surface that is no metal.
};

#ifndef AULA_FACET_ALBEDO_TABLE  // The path tracer brings the integrals themselves.
// Share of uniform light that a mirror of GGX facets gives back in single bounces: x for reflectance 1; y the same weighted
// with Schlick's (1 - cos)^5. Polynomials fitted to numerical integrals; error below 0.003 (0.0035) for cos >= 0.15, rising
// to 0.02 (0.04) where the surface is seen edge on.
vec2 facetAlbedo(float cosine, float alpha) {
  float a = clamp(alpha, 0.002f, 1.0f);
  float mu = clamp(cosine, 0.001f, 1.0f);
  float q = a / (mu + a);
  float lost = -8.160710f;
  lost = lost * q + (-5.119167f * a + 22.524447f);
  lost = lost * q + ((11.707383f * a + 2.898486f) * a - 19.908146f);
  lost = lost * q + (((-12.225033f * a - 15.283434f) * a + 6.564188f) * a + 4.775029f);
  lost = lost * q + ((((-4.810940f * a + 33.324926f) * a - 5.730563f) * a - 5.242570f) * a + 0.882165f);
  lost = lost * q + (((((-1.276418f * a + 10.060818f) * a - 30.281713f) * a + 12.962958f) * a + 0.168698f) * a - 0.049563f);
  lost = lost * q +
         ((((((1.606586f * a - 4.654179f) * a + 2.817152f) * a + 3.830231f) * a - 1.511235f) * a + 0.147357f) * a - 0.003499f);
  float x = sqrt(mu);
  float y = sqrt(sqrt(a));
  float root = 8.954460f;
  root = root * x + (-3.584663f * y - 22.758929f);
  root = root * x + ((-56.066187f * y + 66.335757f) * y + 9.528690f);
  root = root * x + (((73.751716f * y - 21.272033f) * y - 52.142956f) * y + 4.068719f);
  root = root * x + ((((-23.975510f * y - 44.693048f) * y + 61.955961f) * y - 0.908337f) * y - 2.799440f);
  root = root * x + (((((-14.497313f * y + 65.161524f) * y - 61.386182f) * y + 15.881267f) * y - 2.343023f) * y + 0.526984f);
  root = root * x +
         ((((((1.731945f * y - 5.023111f) * y + 2.082383f) * y + 2.193909f) * y - 2.183386f) * y + 0.466977f) * y + 0.937882f);
  float whole = clamp(1.0f - lost, 0.02f, 1.0f);
  float grazing = max(root, 0.0f);
  float square = grazing * grazing;
  return vec2(whole, clamp(square * square * grazing, 0.0f, whole));
}
#endif

float ggx(float nh, float alpha) {
  float a2 = alpha * alpha;
  float d = nh * nh * (a2 - 1.0f) + 1.0f;
  return a2 / (kPi * d * d);
}

// Masking and shadowing over 4 nl nv.
float smithVisibility(float nl, float nv, float alpha) {
  float a2 = alpha * alpha;
  return 0.5f / (nl * sqrt(nv * nv * (1.0f - a2) + a2) + nv * sqrt(nl * nl * (1.0f - a2) + a2) + 1e-7f);
}

float schlickWeight(float cosine) {
  float m = clamp(1.0f - cosine, 0.0f, 1.0f);
  float m2 = m * m;
  return m2 * m2 * m;
}

// For a viewer at this angle to the normal.
Brdf makeBrdf(vec3 base, float metallic, float roughness, float clearCoat, float clearCoatRoughness, float nv) {
  Brdf b;
  b.diffuse = base * (1.0f - metallic);
  b.f0 = vec3(kDielectricF0) * (1.0f - metallic) + base * metallic;
  b.alpha = max(roughness * roughness, kLeastAlpha);
  b.clearCoat = clearCoat;
  b.coatAlpha = max(clearCoatRoughness * clearCoatRoughness, kLeastAlpha);
  vec2 albedo = facetAlbedo(nv, b.alpha);
  // A half metal is half of each: both halves give back everything where they are white.
  vec3 bounces = vec3(1.0f / albedo.x - 1.0f);
  vec3 metal = min((base * (albedo.x - albedo.y) + vec3(albedo.y)) * (vec3(1.0f) + base * bounces), vec3(1.0f));
  b.mattSpecularAlbedo = min((kDielectricF0 * (albedo.x - albedo.y) + albedo.y) * (1.0f + kDielectricF0 * bounces.x), 1.0f);
  b.specularAlbedo = mix(vec3(b.mattSpecularAlbedo), metal, metallic);
  b.boost = b.specularAlbedo / (b.f0 * (albedo.x - albedo.y) + vec3(albedo.y));
  b.coatAlbedo = 0.0f;
  if (clearCoat > 0.0f) {
    vec2 coat = facetAlbedo(nv, b.coatAlpha);
    b.coatAlbedo = clearCoat * min(kDielectricF0 * (coat.x - coat.y) + coat.y, 1.0f);
  }
  return b;
}

// What the matt part gives back of light from everywhere; over pi it is the diffuse BRDF.
vec3 diffuseAlbedo(Brdf b) { return b.diffuse * ((1.0f - b.mattSpecularAlbedo) * (1.0f - b.coatAlbedo)); }

// Specular BRDF times the cosine at the surface; unit vectors, all seen from the surface.
vec3 specularTerm(Brdf b, vec3 n, vec3 v, vec3 l) {
  float nl = dot(n, l);
  float nv = max(dot(n, v), 1e-4f);
  if (nl <= 0.0f) return vec3(0.0f);
  vec3 h = normalize(v + l);
  float nh = clamp(dot(n, h), 0.0f, 1.0f);
  float fresnel = schlickWeight(dot(v, h));
  vec3 f = b.f0 + (vec3(1.0f) - b.f0) * fresnel;
  vec3 result = f * b.boost * (ggx(nh, b.alpha) * smithVisibility(nl, nv, b.alpha) * nl * (1.0f - b.coatAlbedo));
  if (b.clearCoat > 0.0f) {
    float coat = kDielectricF0 + (1.0f - kDielectricF0) * fresnel;
    result += vec3(b.clearCoat * coat * ggx(nh, b.coatAlpha) * smithVisibility(nl, nv, b.coatAlpha) * nl);
  }
  return result;
}

vec3 diffuseTerm(Brdf b, vec3 n, vec3 l) { return diffuseAlbedo(b) * (max(dot(n, l), 0.0f) / kPi); }

// The whole BRDF times the cosine.
vec3 evaluateBrdf(Brdf b, vec3 n, vec3 v, vec3 l) { return diffuseTerm(b, n, l) + specularTerm(b, n, v, l); }

// ---- Choosing directions (path tracer) ----

struct BrdfSample {
  vec3 direction;  // Unit, towards where light comes from.
  vec3 weight;     // BRDF times cosine over density.
  float density;   // Per steradian; 0: no direction was found, weight is 0.
};

vec3 tangentOf(vec3 n) {
  vec3 axis = abs(n.z) < 0.9f ? vec3(0.0f, 0.0f, 1.0f) : vec3(1.0f, 0.0f, 0.0f);
  return normalize(cross(axis, n));
}

// How often each lobe is chosen: diffuse, specular, coat.
vec3 lobeShares(Brdf b) {
  vec3 d = diffuseAlbedo(b);
  vec3 s = b.specularAlbedo * (1.0f - b.coatAlbedo);
  float matt = max(d.x, max(d.y, d.z));
  float gloss = max(s.x, max(s.y, s.z));
  float sum = max(matt + gloss + b.coatAlbedo, 1e-6f);
  return vec3(matt, gloss, b.coatAlbedo) / sum;
}

// Density of facets seen from v (Heitz 2018, eq. 3) turned into one of reflected directions (eq. 17).
float facetDensity(vec3 n, vec3 v, vec3 l, float alpha) {
  float nv = max(dot(n, v), 1e-4f);
  vec3 h = normalize(v + l);
  float a2 = alpha * alpha;
  float nh = clamp(dot(n, h), 0.0f, 1.0f);
  return ggx(nh, alpha) / (2.0f * (nv + sqrt(a2 + (1.0f - a2) * nv * nv)));
}

float brdfDensity(Brdf b, vec3 n, vec3 v, vec3 l) {
  float nl = dot(n, l);
  if (nl <= 0.0f) return 0.0f;
  vec3 shares = lobeShares(b);
  float density = shares.x * nl / kPi + shares.y * facetDensity(n, v, l, b.alpha);
  if (shares.z > 0.0f) density += shares.z * facetDensity(n, v, l, b.coatAlpha);
  return density;
}

// A facet's normal among those visible from v (both in the tangent frame, z the normal): Dupuy and Benyoub 2023, listing 3.
vec3 visibleFacet(vec3 v, float alpha, float u1, float u2) {
  vec3 stretched = normalize(vec3(alpha * v.x, alpha * v.y, v.z));
  float phi = 2.0f * kPi * u1;
  float z = (1.0f - u2) * (1.0f + stretched.z) - stretched.z;
  float r = sqrt(clamp(1.0f - z * z, 0.0f, 1.0f));
  vec3 c = vec3(r * cos(phi), r * sin(phi), z) + stretched;
  return normalize(vec3(alpha * c.x, alpha * c.y, max(c.z, 1e-6f)));
}

// u: three numbers from 0 up to 1.
BrdfSample sampleBrdf(Brdf b, vec3 n, vec3 v, vec3 u) {
  vec3 t = tangentOf(n);
  vec3 s = cross(n, t);
  vec3 shares = lobeShares(b);
  BrdfSample result;
  vec3 l;
  if (u.z < shares.x) {
    float r = sqrt(u.x);
    float phi = 2.0f * kPi * u.y;
    l = t * (r * cos(phi)) + s * (r * sin(phi)) + n * sqrt(max(1.0f - u.x, 0.0f));
  } else {
    float alpha = u.z < shares.x + shares.y ? b.alpha : b.coatAlpha;
    vec3 local = vec3(dot(v, t), dot(v, s), max(dot(v, n), 1e-4f));
    vec3 facet = visibleFacet(local, alpha, u.x, u.y);
    vec3 h = t * facet.x + s * facet.y + n * facet.z;
    l = h * (2.0f * dot(v, h)) - v;
  }
  l = normalize(l);
  result.direction = l;
  result.density = brdfDensity(b, n, v, l);
  result.weight = vec3(0.0f);
  if (result.density > 0.0f) result.weight = evaluateBrdf(b, n, v, l) / result.density;
  return result;
}
#endif
