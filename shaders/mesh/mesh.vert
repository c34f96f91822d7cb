// SPDX-License-Identifier: Apache-2.0
#version 460

layout(push_constant) uniform Push {
  mat4 clipFromWorld;
  vec4 colour;  // linear light, opacity
  vec4 eye;     // towards the viewer (w 0) or the viewer's place (w 1)
} push;
layout(location = 0) in vec3 position;
layout(location = 1) in vec3 normal;
layout(location = 0) out vec3 worldNormal;
layout(location = 1) out vec3 toEye;

void main() {
  worldNormal = normal;
  toEye = push.eye.xyz - push.eye.w * position;
  gl_Position = push.clipFromWorld * vec4(position, 1.0);
}
