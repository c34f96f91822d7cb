// SPDX-License-Identifier: Apache-2.0
// Read by GLSL and by C++.
#define PATH_TRIANGLES 0u
#define PATH_BALLS 1u
#define PATH_RODS 2u      // Cylinders, open at their ends.
#define PATH_CAPSULES 3u  // With half a ball at each end.

#define PATH_MATERIAL_TWO_SIDED 1u
#define PATH_MATERIAL_UNLIT 2u
#define PATH_MATERIAL_CLOSED 4u  // Has an inside: a cut through it is filled.

// Which rays see an object.
#define PATH_MASK_SOLID 1u            // Every ray; cut by the clip planes.
#define PATH_MASK_SOLID_WHOLE 2u      // Every ray; not cut.
#define PATH_MASK_UNLIT 4u            // Rays from the camera alone; cut.
#define PATH_MASK_UNLIT_WHOLE 8u

// Bits of PathUniforms::counts.w.
#define PATH_HAS_SEE_THROUGH 1        // Shadow rays must look at what they meet.
#define PATH_HAS_CLIPPED 2
#define PATH_HAS_WHOLE 4
#define PATH_HAS_SHADING_VOLUMES 8    // Shadow rays cross volumes that absorb.
