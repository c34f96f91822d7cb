// SPDX-License-Identifier: Apache-2.0
#version 460

layout(location = 0) in vec4 lineShape;
layout(location = 1) in vec4 lineColour;
layout(location = 0) out vec4 colour;

void main() {
  // The share of a pixel one wide that the line covers.
  float halfWidth = lineShape.y;
  float coverage = clamp(halfWidth + 0.5 - abs(lineShape.x), 0.0, min(1.0, 2.0 * halfWidth));
  float dash = lineShape.w;
  if (dash > 0.0) {
    // On for one dash, off for 0.7 of it.
    float at = mod(lineShape.z, 1.7 * dash);
    coverage *= clamp(min(at, dash - at) + 0.5, 0.0, 1.0);
  }
  if (coverage <= 0.0) discard;
  colour = vec4(lineColour.rgb, lineColour.a * coverage);
}
