// SPDX-License-Identifier: Apache-2.0
#version 460

// One sample of a still, added to those before by the blending.
layout(set = 0, binding = 0) uniform sampler2D radianceImage;
layout(location = 0) out vec4 outSum;

void main() { outSum = texelFetch(radianceImage, ivec2(gl_FragCoord.xy), 0); }
