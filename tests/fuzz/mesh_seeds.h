// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "scene/import/scene_bytes.h"
#include "support/model_text.h"

namespace aula::test {

/// A red and a green pixel, deflated without compression.
inline std::string tinyPng() {
  const auto chunk = [](const std::string& kind, const std::string& content) {
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char c : kind + content) {
      crc ^= static_cast<unsigned char>(c);
      for (int bit = 0; bit < 8; ++bit) crc = crc >> 1U ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
    }
    const auto word = [](std::uint32_t v) {
      return std::string{char(v >> 24U), char(v >> 16U & 255U), char(v >> 8U & 255U), char(v & 255U)};
    };
    return word(std::uint32_t(content.size())) + kind + content + word(~crc);
  };
  const std::string row("\0\xFF\0\0\0\xFF\0", 7);
  std::uint32_t a = 1, b = 0;
  for (const char c : row) {
    a = (a + static_cast<unsigned char>(c)) % 65521;
    b = (b + a) % 65521;
  }
  const std::string adler{char(b >> 8U), char(b & 255U), char(a >> 8U), char(a & 255U)};
  return "\x89PNG\r\n\x1A\n" + chunk("IHDR", std::string("\0\0\0\2\0\0\0\1\x08\2\0\0\0", 13)) +
         chunk("IDAT", std::string("\x78\1\1\7\0\xF8\xFF", 7) + row + adler) + chunk("IEND", "");
}

/// What the reading process hands over for a small scene.
inline std::string handedOver() {
  scene::ImportedScene model;
  scene::MeshView view;
  view.name = "triangle";
  scene::TriangleMesh mesh;
  mesh.positions = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}};
  mesh.triangles = {0, 1, 2};
  view.mesh = std::make_shared<const scene::TriangleMesh>(mesh);
  auto texture = std::make_shared<scene::Texture>();
  texture->width = texture->height = 1;
  texture->pixels.assign(4, 255);
  view.material.baseColourTexture = view.material.normalTexture = texture;
  view.instances = {{}};
  model.meshes = {view, view};
  model.warnings = {"a warning"};
  return scene::toBytes(model);
}

/// Small right models of every format, each and of every other kind of input, behind the byte that names it
/// to the fuzzer.
inline std::vector<std::pair<std::string, std::string>> meshSeeds() {
  const auto seed = [](char format, const std::string& bytes) { return std::string(1, format) + bytes; };
  return {{"gltf", seed('\0', tetrahedronGltf())},
          {"glb", seed('\1', tetrahedronGlb())},
          {"obj", seed('\2', tetrahedronObj())},
          {"obj-rich",
           seed('\2', "mtllib a.mtl\nvn 0 0 1\nvt 0 0\nvt 1 0\nusemtl red\ng left\n" + tetrahedronObj() +
                          "f 1/1/1 2/2/1 3/1/1\nf -1//1 -2//1 -3//1 -4//1\nl 1 2\np 3\ns off\n")},
          {"ply", seed('\3', tetrahedronPly())},
          {"ply-binary", seed('\3', tetrahedronBinaryPly())},
          {"stl", seed('\4', tetrahedronStl())},
          {"stl-binary", seed('\4', tetrahedronBinaryStl())},
          {"fbx", seed('\5', tetrahedronFbx())},
          {"handed-over", seed('\6', handedOver())},
          {"png", seed('\7', tinyPng())},
          {"raw", seed('\x08', '\7' + std::string(200, '\1') + std::string(60, '\2'))}};
}

}  // namespace aula::test
