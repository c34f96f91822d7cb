// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

/// Small models as text, the same for tests and fuzzers.
namespace aula::test {

template <class T>
std::string rawBytes(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

inline std::string base64(const std::string& bytes) {
  static const char* const kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t word = 0;
    for (std::size_t k = 0; k < 3; ++k)
      word = word << 8U | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      text += i + k > bytes.size() ? '=' : kDigits[word >> (18U - 6U * k) & 63U];
  }
  return text;
}

/// A tetrahedron: its points and, in shorts, its triangles. 48 + 24 bytes.
inline std::string tetrahedronBytes() {
  return rawBytes<float>({0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1}) +
         rawBytes<std::uint16_t>({0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3});
}

/// That as glTF, its bytes inside.
inline std::string tetrahedronGltf(const std::string& bytes = tetrahedronBytes()) {
  return R"({"asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}],
 "nodes": [{"mesh": 0, "name": "body"}],
 "meshes": [{"name": "tetrahedron", "primitives": [{"attributes": {"POSITION": 0}, "indices": 1, "material": 0}]}],
 "materials": [{"name": "red", "pbrMetallicRoughness": {"baseColorFactor": [1, 0.25, 0.5, 1], "metallicFactor": 0.75, "roughnessFactor": 0.125},
   "emissiveFactor": [0, 0.5, 0], "doubleSided": true, "extensions": {"KHR_materials_clearcoat": {"clearcoatFactor": 0.5, "clearcoatRoughnessFactor": 0.25}}}],
 "accessors": [{"bufferView": 0, "componentType": 5126, "count": 4, "type": "VEC3", "min": [0, 0, 0], "max": [1, 1, 1]},
   {"bufferView": 1, "componentType": 5123, "count": 12, "type": "SCALAR"}],
 "bufferViews": [{"buffer": 0, "byteLength": 48}, {"buffer": 0, "byteOffset": 48, "byteLength": 24}],
 "buffers": [{"byteLength": 72, "uri": "data:application/octet-stream;base64,)" +
         base64(bytes) + "\"}]}";
}

/// That as GLB.
inline std::string tetrahedronGlb() {
  std::string json = tetrahedronGltf();
  const std::size_t from = json.find(", \"uri\""), to = json.find("\"}]}", from) + 1;
  json.erase(from, to - from);
  json.resize((json.size() + 3) / 4 * 4, ' ');
  const auto word = [](std::size_t value) { return rawBytes<std::uint32_t>({std::uint32_t(value)}); };
  return "glTF" + word(2) + word(12 + 8 + json.size() + 8 + 72) + word(json.size()) + "JSON" + json +
         word(72) + std::string("BIN\0", 4) + tetrahedronBytes();
}

inline std::string tetrahedronObj() {
  return "o tetrahedron\nv 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n";
}

inline std::string tetrahedronPly() {
  return "ply\nformat ascii 1.0\nelement vertex 4\nproperty float x\nproperty float y\nproperty float z\n"
         "element face 4\nproperty list uchar int vertex_indices\nend_header\n"
         "0 0 0\n1 0 0\n0 1 0\n0 0 1\n3 0 2 1\n3 0 1 3\n3 0 3 2\n3 1 2 3\n";
}

inline std::string tetrahedronBinaryPly() {
  std::string text =
      "ply\nformat binary_little_endian 1.0\nelement vertex 4\nproperty float x\nproperty float y\n"
      "property float z\nelement face 4\nproperty list uchar int vertex_indices\nend_header\n";
  text += tetrahedronBytes().substr(0, 48);
  for (const auto& face : std::vector<std::vector<std::int32_t>>{{0, 2, 1}, {0, 1, 3}, {0, 3, 2}, {1, 2, 3}})
    text += '\3' + rawBytes(face);
  return text;
}

inline std::string tetrahedronStl() {
  return "solid tetrahedron\n"
         " facet normal 0 0 -1\n  outer loop\n   vertex 0 0 0\n   vertex 0 1 0\n   vertex 1 0 0\n  endloop\n "
         "endfacet\n"
         " facet normal 0 -1 0\n  outer loop\n   vertex 0 0 0\n   vertex 1 0 0\n   vertex 0 0 1\n  endloop\n "
         "endfacet\n"
         " facet normal -1 0 0\n  outer loop\n   vertex 0 0 0\n   vertex 0 0 1\n   vertex 0 1 0\n  endloop\n "
         "endfacet\n"
         " facet normal 1 1 1\n  outer loop\n   vertex 1 0 0\n   vertex 0 1 0\n   vertex 0 0 1\n  endloop\n "
         "endfacet\n"
         "endsolid tetrahedron\n";
}

inline std::string tetrahedronBinaryStl() {
  const std::vector<std::vector<float>> p{{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  std::string bytes(80, ' ');
  bytes += rawBytes<std::uint32_t>({4});
  for (const auto& [a, b, c] : {std::tuple{0U, 2U, 1U}, {0U, 1U, 3U}, {0U, 3U, 2U}, {1U, 2U, 3U}})
    bytes +=
        rawBytes<float>({0, 0, 0}) + rawBytes(p[a]) + rawBytes(p[b]) + rawBytes(p[c]) + std::string(2, '\0');
  return bytes;
}

/// Text FBX with one tetrahedron (an index below 0 ends a polygon).
inline std::string tetrahedronFbx() {
  return R"(; FBX 7.3.0 project file
FBXHeaderExtension:  {
	FBXHeaderVersion: 1003
	FBXVersion: 7300
}
GlobalSettings:  {
	Version: 1000
	Properties70:  {
		P: "UpAxis", "int", "Integer", "",1
		P: "UnitScaleFactor", "double", "Number", "",1
	}
}
Objects:  {
	Geometry: 1000, "Geometry::tetrahedron", "Mesh" {
		Vertices: *12 {
			a: 0,0,0,1,0,0,0,1,0,0,0,1
		}
		PolygonVertexIndex: *12 {
			a: 0,2,-2,0,1,-4,0,3,-3,1,2,-4
		}
		GeometryVersion: 124
	}
	Model: 2000, "Model::body", "Mesh" {
		Version: 232
	}
}
Connections:  {
	C: "OO",2000,0
	C: "OO",1000,2000
}
)";
}

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at != std::string::npos) text.replace(at, from.size(), to);
  return text;
}

}  // namespace aula::test
