// SPDX-License-Identifier: Apache-2.0
#include "anatomy/shape/part.h"

namespace aula::anatomy {

namespace {

/// Colours (linear light) are chosen by eye against photographs of fresh tissue; how far light travels is of
/// the order of tissue's reduced scattering length in the red, millimetres (Jacques 2013, "Optical properties
/// of biological tissues: a review", table 2), shorter in dense bone and in what blood darkens.
scene::Material tissue(scene::Colour colour, float roughness, float subsurface, float radius,
                       scene::Colour tint, float clearCoat = 0, float clearCoatRoughness = 0.3F) {
  scene::Material m;
  m.baseColour = colour;
  m.roughness = roughness;
  m.subsurface = subsurface;
  m.subsurfaceRadius = radius;
  m.subsurfaceTint = tint;
  m.clearCoat = clearCoat;
  m.clearCoatRoughness = clearCoatRoughness;
  return m;
}

}  // namespace

scene::Material boneMaterial() {
  return tissue({0.78F, 0.68F, 0.50F}, 0.55F, 0.35F, 0.0012F, {1, 0.75F, 0.5F});
}
scene::Material cartilageMaterial() {
  return tissue({0.70F, 0.78F, 0.82F}, 0.28F, 0.5F, 0.0015F, {0.9F, 0.95F, 1}, 0.4F, 0.15F);
}
scene::Material muscleMaterial() {
  return tissue({0.40F, 0.075F, 0.052F}, 0.5F, 0.35F, 0.0012F, {1, 0.25F, 0.15F}, 0.25F);
}
scene::Material tendonMaterial() {
  return tissue({0.80F, 0.74F, 0.60F}, 0.38F, 0.35F, 0.001F, {1, 0.85F, 0.7F}, 0.25F, 0.2F);
}
scene::Material skinMaterial() {
  return tissue({0.68F, 0.40F, 0.28F}, 0.5F, 0.6F, 0.0025F, {1, 0.37F, 0.3F});
}
scene::Material lungMaterial() {
  return tissue({0.72F, 0.36F, 0.32F}, 0.45F, 0.5F, 0.002F, {1, 0.5F, 0.42F}, 0.3F, 0.25F);
}
scene::Material airwayMaterial() {
  return tissue({0.76F, 0.66F, 0.58F}, 0.4F, 0.4F, 0.0015F, {1, 0.7F, 0.6F}, 0.2F, 0.25F);
}
scene::Material myocardiumMaterial() {
  return tissue({0.42F, 0.085F, 0.06F}, 0.42F, 0.4F, 0.0012F, {1, 0.25F, 0.17F}, 0.4F, 0.2F);
}
scene::Material arteryMaterial() {
  return tissue({0.62F, 0.10F, 0.075F}, 0.4F, 0.35F, 0.001F, {1, 0.3F, 0.2F}, 0.3F, 0.2F);
}
scene::Material veinMaterial() {
  return tissue({0.12F, 0.16F, 0.38F}, 0.4F, 0.3F, 0.001F, {0.6F, 0.5F, 1}, 0.3F, 0.2F);
}

}  // namespace aula::anatomy
