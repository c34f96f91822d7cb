// SPDX-License-Identifier: Apache-2.0
// The room around a scene: a procedural studio, z up, for image-based lighting. A pale gradient from floor to ceiling, one
// large lamp overhead and three tall ones around, so that gloss shows shape from every side. Everything in closed form: what
// is seen in a direction, the same blurred as a rough surface mirrors it, and its cosine-weighted mean as spherical
// harmonics. Also C++ with glm, see brdf.glsl.
#ifndef AULA_ENVIRONMENT
#define AULA_ENVIRONMENT

const int kStudio = 0;
const int kUniform = 1;  // Radiance 1 from everywhere: the white furnace.
const float kStudioStrength = 0.42f;  // So that lamp and room together make white paper nearly white on the screen.

float softStep(float x) {
  float t = clamp(x + 0.5f, 0.0f, 1.0f);
  return t * t * (3.0f - 2.0f * t);
}

// A rectangular lamp seen through a blur, both in the plane square to its axis at distance 1.
float softBox(vec3 d, vec3 axis, vec3 across, vec3 up, float halfWidth, float halfHeight, float blur) {
  float w = dot(d, axis);
  if (w <= 0.05f) return 0.0f;
  float x = dot(d, across) / w;
  float y = dot(d, up) / w;
  return (softStep((x + halfWidth) / blur) - softStep((x - halfWidth) / blur)) *
         (softStep((y + halfHeight) / blur) - softStep((y - halfHeight) / blur));
}

// A tall lamp at a compass direction (its cosine and sine), leaning over the scene.
float standingBox(vec3 d, float east, float north, float halfWidth, float halfHeight, float blur) {
  const float rise = 0.42f;
  const float level = 0.9075f;  // rise^2 + level^2 = 1
  return softBox(d, vec3(level * east, level * north, rise), vec3(-north, east, 0.0f),
                 vec3(-rise * east, -rise * north, level), halfWidth, halfHeight, blur);
}

// Cosine-weighted mean of the studio's radiance over the hemisphere about n: nine spherical harmonics (Ramamoorthi and
// Hanrahan 2001), integrated from studioSharp() and checked against it by a test.
vec3 studioMean(vec3 n) {
  float xy = n.x * n.y;
  float yz = n.y * n.z;
  float zz = 3.0f * n.z * n.z - 1.0f;
  float xz = n.x * n.z;
  float xxyy = n.x * n.x - n.y * n.y;
  vec3 mean =
      vec3(0.82120f, 0.82751f, 0.83846f) +
      n.y * vec3(-0.09462f, -0.08298f, -0.06687f) +
      n.z * vec3(0.61915f, 0.64080f, 0.66710f) +
      n.x * vec3(-0.06019f, -0.05273f, -0.04043f) +
      xy * vec3(0.05018f, 0.04515f, 0.03898f) +
      yz * vec3(-0.06376f, -0.05605f, -0.04537f) +
      zz * vec3(0.06303f, 0.06334f, 0.06369f) +
      xz * vec3(-0.04013f, -0.03521f, -0.02709f) +
      xxyy * vec3(-0.03744f, -0.03256f, -0.02511f);
  return max(mean, vec3(0.0f)) * kStudioStrength;
}

// What a surface of this roughness (alpha of GGX) mirrors from about this direction. A lobe of facets has a spread of
// alpha / sqrt(2) in slope, its reflection twice that (Wang 2009, eq. 11, as a Gaussian); the gentle step is
// somewhat wider than that Gaussian's integral, for the long tails of GGX. Towards alpha 1 the lobe is as wide as a cosine's.
vec3 studioRadiance(vec3 d, float alpha) {
  float spread = 1.414f * alpha;
  float blur = sqrt(0.0064f + 18.0f * spread * spread);
  float rise = softStep(d.z / (0.5f + 3.0f * spread));
  vec3 light = mix(vec3(0.30f, 0.285f, 0.27f), vec3(0.44f, 0.46f, 0.49f), rise);
  light += vec3(0.16f, 0.17f, 0.18f) * max(d.z, 0.0f);
  light += vec3(2.3f, 2.3f, 2.3f) * softBox(d, vec3(0.0f, 0.0f, 1.0f), vec3(0.8f, 0.6f, 0.0f), vec3(-0.6f, 0.8f, 0.0f),
                                            0.62f, 0.46f, blur);
  light += vec3(2.6f, 2.5f, 2.35f) * standingBox(d, -0.342f, -0.9397f, 0.30f, 0.62f, blur);
  light += vec3(1.3f, 1.4f, 1.55f) * standingBox(d, 0.9848f, 0.1736f, 0.24f, 0.66f, blur);
  light += vec3(1.7f, 1.75f, 1.8f) * standingBox(d, -0.6428f, 0.7660f, 0.24f, 0.66f, blur);
  light *= kStudioStrength;
  float wide = clamp((alpha - 0.3f) / 0.7f, 0.0f, 1.0f);
  return wide > 0.0f ? mix(light, studioMean(d), wide) : light;
}

// What a camera in the middle would see.
vec3 studioSharp(vec3 d) { return studioRadiance(d, 0.0f); }

vec3 environmentRadiance(vec3 d, float alpha, int kind) {
  return kind == kUniform ? vec3(1.0f) : studioRadiance(d, alpha);
}

vec3 environmentMean(vec3 n, int kind) { return kind == kUniform ? vec3(1.0f) : studioMean(n); }
#endif
