// SPDX-License-Identifier: Apache-2.0
#version 460

// Values as a simulation left them, in rows, become a texture that is filtered.
layout(local_size_x = 8, local_size_y = 8) in;
layout(set = 0, binding = 0, std430) readonly buffer Values { float values[]; };
layout(set = 0, binding = 1) uniform writeonly image3D texels;
layout(push_constant) uniform Push {
  int skipped;  // values before the first plane
  int firstPlane;
  float scale;
  int planes;
} push;

void main() {
  ivec3 size = imageSize(texels);
  ivec3 node = ivec3(gl_GlobalInvocationID);
  if (node.x >= size.x || node.y >= size.y || node.z >= push.planes) return;
  float value = values[push.skipped + node.x + size.x * (node.y + size.y * node.z)] * push.scale;
  // Half precision ends at 65504; what is not a number is nothing.
  value = isnan(value) ? 0.0 : clamp(value, -60000.0, 60000.0);
  imageStore(texels, ivec3(node.xy, node.z + push.firstPlane), vec4(value));
}
