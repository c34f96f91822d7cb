#version 460
// SPDX-License-Identifier: Apache-2.0
// Each texel is its neighbour's value to the right (around the edge) and one more.
layout(local_size_x = 8, local_size_y = 8) in;
layout(binding = 0) uniform sampler2D before;
layout(binding = 1) uniform writeonly image2D after;

void main() {
  ivec2 at = ivec2(gl_GlobalInvocationID.xy), size = imageSize(after);
  if (any(greaterThanEqual(at, size))) return;
  ivec2 right = ivec2((at.x + 1) % size.x, at.y);
  imageStore(after, at, vec4(texelFetch(before, right, 0).r + 1));
}
