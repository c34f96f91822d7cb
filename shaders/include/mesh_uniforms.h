// Read by GLSL and, through pass/mesh_structs.h, by C++: one mesh view. std140.
struct MeshUniforms {
  vec4 base;      // rgb: base colour, linear; a: opacity.
  vec4 surface;   // Metallic, roughness, clear coat, its roughness.
  vec4 emission;  // rgb: radiance; a: subsurface share for the G-buffer.
  ivec4 flags;    // x: kMesh... bits; y: number of corners before (deforming meshes); z, w: caps: channel of the count.
};
