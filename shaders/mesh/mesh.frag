// SPDX-License-Identifier: Apache-2.0
#version 460

layout(push_constant) uniform Push {
  mat4 clipFromWorld;
  vec4 colour;
  vec4 eye;
} push;
layout(location = 0) in vec3 worldNormal;
layout(location = 1) in vec3 toEye;
layout(location = 0) out vec4 colour;

vec3 srgbFromLinear(vec3 v) {
  return mix(12.92 * v, 1.055 * pow(max(v, vec3(0.0031308)), vec3(1.0 / 2.4)) - 0.055, greaterThan(v, vec3(0.0031308)));
}

// Light from the sky and a lamp over the viewer's left shoulder: enough to tell a surface's shape.
void main() {
  vec3 eye = normalize(toEye);
  vec3 n = normalize(worldNormal);
  if (dot(n, eye) < 0.0) n = -n;
  vec3 right = normalize(cross(vec3(0.0, 0.0, 1.0), eye) + vec3(1e-6, 0.0, 0.0));
  vec3 lamp = normalize(eye + 0.9 * vec3(0.0, 0.0, 1.0) - 0.6 * right);
  float diffuse = max(dot(n, lamp), 0.0);
  float sky = 0.5 + 0.5 * n.z;
  vec3 halfway = normalize(lamp + eye);
  float gloss = pow(max(dot(n, halfway), 0.0), 40.0);
  vec3 light = push.colour.rgb * (0.18 + 0.22 * sky + 0.68 * diffuse) + 0.10 * gloss;
  colour = vec4(srgbFromLinear(clamp(light, 0.0, 1.0)), push.colour.a);
}
