// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>

#include "anatomy/upper_limb/muscles.h"

namespace aula::anatomy {

namespace {

/// A number from 0 to 1 that looks like chance, the same for the same place.
double chance(std::uint32_t x, std::uint32_t y) {
  std::uint32_t h = x * 0x9E3779B1U ^ (y + 0x7F4A7C15U) * 0x85EBCA77U;
  h ^= h >> 15;
  h *= 0x2C1B3C6DU;
  h ^= h >> 12;
  return double(h & 0xFFFFU) / 65535.0;
}

/// Between such numbers smoothly.
double noise(double x, double y) {
  const double i = std::floor(x), j = std::floor(y);
  const double u = x - i, v = y - j;
  const double s = u * u * (3 - 2 * u), t = v * v * (3 - 2 * v);
  const auto at = [&](double dx, double dy) { return chance(std::uint32_t(i + dx), std::uint32_t(j + dy)); };
  return (1 - t) * ((1 - s) * at(0, 0) + s * at(1, 0)) + t * ((1 - s) * at(0, 1) + s * at(1, 1));
}

/// Bundles of fibres: long along the picture's rows, fine across them.
std::shared_ptr<const scene::Texture> makeFibreTexture() {
  auto texture = std::make_shared<scene::Texture>();
  texture->width = 256;
  texture->height = 256;
  texture->pixels.reserve(std::size_t(texture->width) * std::size_t(texture->height) * 4);
  for (int y = 0; y < texture->height; ++y)
    for (int x = 0; x < texture->width; ++x) {
      const double u = double(x) / texture->width, v = double(y) / texture->height;
      // Bundles wander a little.
      const double w = v + 0.02 * noise(5 * u, 3 * v);
      double shade =
          0.5 * noise(6 * u, 26 * w) + 0.3 * noise(10 * u + 50, 70 * w) + 0.2 * noise(14 * u + 90, 160 * w);
      shade = std::clamp(0.68 + 0.34 * shade, 0.0, 1.0);
      const auto grey = std::uint8_t(std::lround(255 * shade));
      texture->pixels.insert(texture->pixels.end(), {grey, grey, grey, 255});
    }
  return texture;
}

}  // namespace

std::vector<scene::Colour> muscleColours(const MuscleLayout& layout, scene::Colour flesh) {
  const scene::Colour tendon = tendonMaterial().baseColour;
  std::vector<scene::Colour> colours;
  colours.reserve(layout.tendon.size());
  for (const float t : layout.tendon) {
    const float w = t * t * (3 - 2 * t);
    colours.push_back({flesh.red + w * (tendon.red - flesh.red),
                       flesh.green + w * (tendon.green - flesh.green),
                       flesh.blue + w * (tendon.blue - flesh.blue)});
  }
  return colours;
}

scene::Material fibreMaterial() {
  static const std::shared_ptr<const scene::Texture> fibres = makeFibreTexture();
  scene::Material material = muscleMaterial();
  material.baseColour = {1, 1, 1};
  material.baseColourTexture = fibres;
  return material;
}

}  // namespace aula::anatomy
