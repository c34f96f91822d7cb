// SPDX-License-Identifier: Apache-2.0
// A particle's material into the images of the stage.
void writeParticle(vec3 colour, vec3 normal, vec2 motion) {
  if (push.options.z != 0) {
    writeUnlit(colour, normal, motion);
  } else {
    writeSurface(Surface(colour, 0.0, normal, push.surface.z, push.surface.y, push.surface.w, push.emission.a, false),
                 push.emission.rgb, motion);
  }
}
