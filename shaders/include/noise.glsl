// SPDX-License-Identifier: Apache-2.0
// Numbers from 0 to 1 that differ from pixel to pixel. Needs stage.glsl.
#ifndef AULA_NOISE
#define AULA_NOISE

// Interleaved gradient noise (Jimenez 2014): any 3 x 3 pixels hold evenly spread values.
float gradientNoise(vec2 pixel) { return fract(52.9829189 * fract(dot(pixel, vec2(0.06711056, 0.00583715)))); }

// The same, another every frame: frames gathered over time fill the gaps.
float frameNoise(vec2 pixel) { return gradientNoise(pixel + 5.588238 * float(stage.counts.z & 63)); }
#endif
