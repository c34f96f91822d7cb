// SPDX-License-Identifier: Apache-2.0
// Read by GLSL and, through render/path/shader_structs.h, by C++: what the path tracer knows of a scene. Everything lies in
// stage space (StageSpace). Only mat4, vec4, ivec4 and uvec4, which lie the same way in both; addresses of buffers are two
// words each, low before high.
struct PathUniforms {
  vec4 eye;                // xyz: position; w: 1 perspective, 0 orthographic.
  vec4 forward;            // xyz: unit, into the picture; w: nearest distance that is drawn.
  vec4 right;              // From the picture's middle to its right edge, at distance 1 (orthographic: everywhere).
  vec4 up;                 // From the middle to the upper edge.
  vec4 clips[6];           // Kept where dot(xyz, p) + w >= 0.
  vec4 lampDirection[4];   // xyz: unit, towards the lamp; w: one minus the cosine of its angular radius.
  vec4 lampRadiance[4];    // rgb: of its disc; w: probability that light sampling takes it.
  vec4 lampIlluminance[4]; // rgb: on a surface square to it; w: 1 where it casts no shadow.
  vec4 environment;        // x: strength; y: probability that light sampling takes it; z: kStudio or kUniform; w: exposure factor.
  ivec4 size;              // Width, height, seed, most scatterings.
  ivec4 counts;            // Clip planes, lamps, volumes, bits: PathFlags.
  ivec4 table;             // Columns and rows of the environment's table; side of the reflectance table; tone mapping.
  uvec4 records;           // Instances, materials.
  uvec4 records2;          // Volumes, textures.
  uvec4 tables;            // The environment's distribution, reflectances.
};

// An object of the acceleration structure.
struct PathInstance {
  vec4 stageFromObject[3]; // Rows.
  vec4 normalFromObject[3];// Rows of the inverse transposed; their fourth parts unused.
  vec4 tint;               // rgb, times the material's colour.
  uvec4 kind;              // PATH_*; material; volume of a slice, counted from 1; 1: a colour a triangle corner or a particle,
                           // 0: `tint` alone.
  uvec4 shape;             // Addresses. Triangles: positions, indices. Else the shapes: one vec4 (centre, radius) a ball, two
                           // a rod (end, radius; other end).
  uvec4 attributes;        // Addresses, 0 for none. Normals, texture coordinates.
  uvec4 colours;           // Address of colours, three floats each: one a corner or ball, two a rod.
};

struct PathMaterial {
  vec4 base;               // rgb, opacity.
  vec4 surface;            // Metallic, roughness, clear coat, its roughness.
  vec4 emission;           // rgb; w: PATH_MATERIAL_* as a number.
  uvec4 textures;          // Base colour, normal, metallic-roughness, emission, counted from 1; 0: none.
};

struct PathTexture {
  uvec4 texels;            // Address; width, 1: sRGB in bit 31; height.
};

struct PathVolume {
  vec4 low, high;          // First and last node. w of low: 1 shaded as a surface; w of high: greatest extinction.
  vec4 nodes;              // Along x, y, z; entries of the table.
  vec4 limits;             // Value at the table's start, one over the range; 8 + bits of an eighth that is cut away, or 0.
  uvec4 data;              // Addresses: values; table of colour (rgb) and extinction.
  uvec4 cells;             // Address of the coarse lattice of greatest extinctions; its cells a side; unused.
};
