// SPDX-License-Identifier: Apache-2.0
// A colour map stored as one row of texels. Mixed by hand: hardware filters keep as few as eight bits of the weight.
vec3 mapColour(sampler2D map, float position) {
  int last = textureSize(map, 0).x - 1;
  float x = clamp(position, 0.0, 1.0) * float(last);
  int k = min(int(x), last - 1);
  return mix(texelFetch(map, ivec2(k, 0), 0).rgb, texelFetch(map, ivec2(k + 1, 0), 0).rgb, x - float(k));
}
