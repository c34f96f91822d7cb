// SPDX-License-Identifier: Apache-2.0
// From light to the screen. Also C++ with glm, see brdf.glsl.
//
// The film's curve, per channel, is a toe y = x (x + a t) / (x + t), which deepens the darkest tones, and above the knee s a
// shoulder A - (A - s)^2 / (y - s + A - s) with the slope of the toe's output kept: a hyperbola that reaches 1 at about nine
// times white. Both invert in closed form, so that colours that must come out as given can be sent backwards through it.
#ifndef AULA_TONE_MAP
#define AULA_TONE_MAP

const float kToe = 0.02;
const float kToeSlope = 0.5;
const float kKnee = 0.62;
const float kCeiling = 1.02;

float filmicChannel(float light) {
  float x = max(light, 0.0f);
  float y = x * (x + kToeSlope * kToe) / (x + kToe);
  float d = kCeiling - kKnee;
  if (y > kKnee) y = kCeiling - d * d / (y - kKnee + d);
  return min(y, 1.0f);
}

float filmicInverseChannel(float shown) {
  float y = clamp(shown, 0.0f, 1.0f);
  float d = kCeiling - kKnee;
  if (y > kKnee) y = d * d / (kCeiling - y) - d + kKnee;
  // x^2 + (a t - y) x - t y = 0, the root that is not negative; written without a difference of near numbers.
  float b = 0.5f * (kToeSlope * kToe - y);
  float root = sqrt(b * b + kToe * y);
  return b > 0.0f ? kToe * y / (b + root) : root - b;
}

vec3 filmic(vec3 light) { return vec3(filmicChannel(light.x), filmicChannel(light.y), filmicChannel(light.z)); }
vec3 filmicInverse(vec3 shown) {
  return vec3(filmicInverseChannel(shown.x), filmicInverseChannel(shown.y), filmicInverseChannel(shown.z));
}

// Linear light on the screen for light in the scene; mapping: 0 filmic, 1 none.
vec3 developed(vec3 light, float exposure, int mapping) {
  vec3 exposed = light * exposure;
  return mapping == 0 ? filmic(exposed) : clamp(exposed, vec3(0.0f), vec3(1.0f));
}

// The light that is developed to exactly this colour.
vec3 undeveloped(vec3 shown, float exposure, int mapping) {
  return (mapping == 0 ? filmicInverse(shown) : shown) / exposure;
}

float srgbChannel(float v) {
  return v <= 0.0031308f ? 12.92f * v : 1.055f * pow(v, 1.0f / 2.4f) - 0.055f;
}
float linearChannel(float v) {
  return v <= 0.04045f ? v / 12.92f : pow((v + 0.055f) / 1.055f, 2.4f);
}
// Encoding of IEC 61966-2-1.
vec3 encodeSrgb(vec3 v) { return vec3(srgbChannel(v.x), srgbChannel(v.y), srgbChannel(v.z)); }
vec3 decodeSrgb(vec3 v) { return vec3(linearChannel(v.x), linearChannel(v.y), linearChannel(v.z)); }
#endif
