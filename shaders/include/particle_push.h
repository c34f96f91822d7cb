// SPDX-License-Identifier: Apache-2.0
// Read by GLSL and by C++ (glm); only vec4 and ivec4, which lie the same way in both.
struct ParticlePush {
  vec4 place;      // stage = place.w * lab + place.xyz
  vec4 surface;    // opacity, metallic, roughness, clear coat
  vec4 emission;   // rgb; a: clear coat's roughness
  vec4 bond;       // x: radius of rods, stage; y: share of light scattered below the surface
  ivec4 strides;   // floats from one particle to the next: positions, positions before, radii, colours; 0: one for all
  ivec4 options;   // x: first particle or rod; y: 1 read in the order of the list; z: 1 unlit; w: 1 the particles moved
};
