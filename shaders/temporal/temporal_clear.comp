// SPDX-License-Identifier: Apache-2.0
#version 460
// Empties what temporal_dilate gathers into: nothing was anywhere.
layout(local_size_x = 8, local_size_y = 8) in;
layout(set = 0, binding = 0, r32ui) uniform writeonly uimage2D nearestBefore;

void main() {
  ivec2 p = ivec2(gl_GlobalInvocationID.xy);
  if (all(lessThan(p, imageSize(nearestBefore)))) imageStore(nearestBefore, p, uvec4(0));
}
