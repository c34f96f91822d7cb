// SPDX-License-Identifier: Apache-2.0
#include "textured.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "scene/geometry/primitives.h"

namespace aula::render {
namespace {

/// Tiles along a side; of a tile's side: its mortar and the round of its edge; the edge's height.
constexpr int kTiles = 4;
constexpr double kMortar = 0.05, kRound = 0.09, kHeight = 0.07;

std::uint8_t byteOf(double value) {
  return static_cast<std::uint8_t>(std::lround(255 * std::clamp(value, 0.0, 1.0)));
}

/// Of a place in the tile, -0.5 to 0.5: 0 in the mortar, 1 on the tile.
double riseAt(double x, double y) {
  const double edge = 0.5 - kMortar - std::max(std::abs(x), std::abs(y));
  const double share = std::clamp(edge / kRound, 0.0, 1.0);
  return std::sqrt(1 - (1 - share) * (1 - share));
}

/// A dome in the middle of the brass ones.
double heightAt(double u, double v) {
  const double x = u * kTiles, y = v * kTiles;
  const double dx = x - std::floor(x) - 0.5, dy = y - std::floor(y) - 0.5;
  const bool isBrass = (int(std::floor(x)) + int(std::floor(y))) % 2 != 0;
  const double dome = isBrass ? std::max(0.0, 1 - (dx * dx + dy * dy) / 0.09) : 0;
  return (kHeight * riseAt(dx, dy) + 0.06 * dome * dome) / kTiles;
}

scene::Texture emptyTexture(int pixels, bool isSrgb) {
  scene::Texture texture;
  texture.width = texture.height = pixels;
  texture.isSrgb = isSrgb;
  texture.pixels.reserve(std::size_t(4) * std::size_t(pixels) * std::size_t(pixels));
  return texture;
}

void add(scene::Texture& texture, double r, double g, double b) {
  texture.pixels.insert(texture.pixels.end(), {byteOf(r), byteOf(g), byteOf(b), std::uint8_t{255}});
}

}  // namespace

scene::Material tiles(int pixels) {
  scene::Texture colours = emptyTexture(pixels, true), normals = emptyTexture(pixels, false),
                 answers = emptyTexture(pixels, false);
  const double step = 0.5 / pixels;
  for (int j = 0; j < pixels; ++j)
    for (int i = 0; i < pixels; ++i) {
      const double u = (i + 0.5) / pixels, v = (j + 0.5) / pixels;
      const double x = u * kTiles, y = v * kTiles;
      const int column = int(std::floor(x)), row = int(std::floor(y));
      const bool isBrass = (column + row) % 2 != 0;
      const double rise = riseAt(x - column - 0.5, y - row - 0.5);
      const double shade = 0.9 + 0.1 * std::sin(double(3 * column + 5 * row));
      const double tile[3] = {isBrass ? 0.92 : 0.72 * shade, isBrass ? 0.76 : 0.33 * shade,
                              isBrass ? 0.42 : 0.22 * shade};
      const double isTile = std::min(1.0, 4 * rise);
      add(colours, isTile * tile[0] + (1 - isTile) * 0.62, isTile * tile[1] + (1 - isTile) * 0.6,
          isTile * tile[2] + (1 - isTile) * 0.57);
      // Towards the picture's top is against v.
      const double right = -(heightAt(u + step, v) - heightAt(u - step, v)) / (2 * step),
                   top = (heightAt(u, v + step) - heightAt(u, v - step)) / (2 * step);
      const double length = std::sqrt(1 + right * right + top * top);
      add(normals, 0.5 + 0.5 * right / length, 0.5 + 0.5 * top / length, 0.5 + 0.5 / length);
      // glTF 2.0, 3.9.2: roughness in the green, metal in the blue.
      const double roughness = isBrass ? 0.28 : 0.55;
      add(answers, 1, isTile * roughness + (1 - isTile) * 0.95, isBrass ? isTile : 0);
    }
  scene::Material material;
  material.baseColour = {1, 1, 1};
  material.roughness = material.metallic = 1;
  material.baseColourTexture = std::make_shared<const scene::Texture>(std::move(colours));
  material.normalTexture = std::make_shared<const scene::Texture>(std::move(normals));
  material.metallicRoughnessTexture = std::make_shared<const scene::Texture>(std::move(answers));
  return material;
}

scene::Material leaning(double right, double top) {
  scene::Texture normals = emptyTexture(4, false);
  const double length = std::sqrt(1 + right * right + top * top);
  for (int i = 0; i < 16; ++i)
    add(normals, 0.5 + 0.5 * right / length, 0.5 + 0.5 * top / length, 0.5 + 0.5 / length);
  scene::Material material;
  material.baseColour = {0.5F, 0.5F, 0.5F};
  material.roughness = 0.6F;
  material.normalTexture = std::make_shared<const scene::Texture>(std::move(normals));
  return material;
}

scene::Frame tiledRoom() {
  const scene::Material material = tiles();
  const auto view = [&](const char* name, scene::TriangleMesh mesh) {
    scene::MeshView mine;
    mine.name = name;
    mine.mesh = std::make_shared<const scene::TriangleMesh>(std::move(mesh));
    mine.material = material;
    return mine;
  };
  // u to the right, v downwards as in the picture.
  const auto sheet = [](core::Vec3 corner, core::Vec3 right, core::Vec3 up) {
    scene::TriangleMesh mesh = scene::makeGrid(corner, right, up);
    mesh.textureCoordinates.clear();
    for (const scene::Float3& p : mesh.positions) {
      const core::Vec3 way = scene::toVec3(p) - corner;
      mesh.textureCoordinates.push_back({float(core::dot(way, right) / core::dot(right, right)),
                                         float(1 - core::dot(way, up) / core::dot(up, up))});
    }
    return mesh;
  };
  scene::Frame frame;
  frame.views.emplace_back(view("wall", sheet({-1.5, 1, 0}, {3, 0, 0}, {0, 0, 3})));
  frame.views.emplace_back(view("floor", sheet({-1.5, -2, 0}, {3, 0, 0}, {0, 3, 0})));
  scene::MeshView ball = view("ball", scene::makeSphere(0.7, 64, 32));
  scene::Transform place;
  place.translation = {0.35, -0.3, 0.7};
  ball.instances = {place};
  frame.views.emplace_back(std::move(ball));
  return frame;
}

}  // namespace aula::render
