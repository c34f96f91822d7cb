// SPDX-License-Identifier: Apache-2.0
#include "scene/import/tidy.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include "scene/mesh/normals.h"

namespace aula::scene {

namespace {

bool isFinite(Float3 v) {
  return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z);
}

std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

void dropBadTriangles(TriangleMesh& mesh, const std::string& name, std::vector<std::string>& warnings) {
  std::size_t outside = 0, infinite = 0, kept = 0;
  for (std::size_t t = 0; t < mesh.triangleCount(); ++t) {
    const std::uint32_t* c = &mesh.triangles[3 * t];
    const auto isOutside = [&](std::uint32_t i) { return i >= mesh.positions.size(); };
    if (isOutside(c[0]) || isOutside(c[1]) || isOutside(c[2])) {
      ++outside;
    } else if (!isFinite(mesh.positions[c[0]]) || !isFinite(mesh.positions[c[1]]) ||
               !isFinite(mesh.positions[c[2]])) {
      ++infinite;
    } else {
      std::copy_n(c, 3, &mesh.triangles[3 * kept]);
      ++kept;
    }
  }
  mesh.triangles.resize(3 * kept);
  if (outside > 0)
    warnings.push_back("Mesh \"" + name + "\": " + counted(outside, "triangle", "triangles") +
                       " with corners that do not exist left out.");
  if (infinite > 0)
    warnings.push_back("Mesh \"" + name + "\": " + counted(infinite, "triangle", "triangles") +
                       " with corners that are no finite numbers left out.");
}

void mendArrays(TriangleMesh& mesh, const std::string& name, std::vector<std::string>& warnings) {
  const std::size_t points = mesh.positions.size();
  if (mesh.normals.size() != points) mesh.normals.clear();
  if (mesh.textureCoordinates.size() != points) mesh.textureCoordinates.clear();
  if (mesh.colours.size() != points) mesh.colours.clear();
  bool isUsable = true;
  for (Float3& n : mesh.normals) {
    const double size = length(toVec3(n));
    if (size > 0 && std::isfinite(size))
      n = toFloat3(toVec3(n) / size);
    else
      isUsable = false;
  }
  if (!isUsable) mesh.normals.clear();
  std::size_t mended = 0;
  for (auto& t : mesh.textureCoordinates)
    if (!std::isfinite(t[0]) || !std::isfinite(t[1])) {
      t = {0, 0};
      ++mended;
    }
  for (Colour& c : mesh.colours)
    for (float* channel : {&c.red, &c.green, &c.blue})
      if (!(*channel >= 0) || !std::isfinite(*channel)) {
        *channel = 0;
        ++mended;
      }
  if (mended > 0)
    warnings.push_back("Mesh \"" + name + "\": " +
                       counted(mended, "texture coordinate or colour", "texture coordinates or colours") +
                       " that are no finite numbers set to 0.");
}

/// All of a point's numbers, for comparing.
struct PointKey {
  std::array<float, 11> numbers{};
  bool operator<(const PointKey& other) const { return numbers < other.numbers; }
  bool operator==(const PointKey& other) const { return numbers == other.numbers; }
};

/// Points that agree in everything become one, unused ones go.
TriangleMesh compacted(const TriangleMesh& mesh) {
  const auto key = [&](std::uint32_t i) {
    PointKey k;
    const Float3 p = mesh.positions[i], n = mesh.normals.empty() ? Float3{} : mesh.normals[i];
    const Colour c = mesh.colours.empty() ? Colour{} : mesh.colours[i];
    const auto t = mesh.textureCoordinates.empty() ? std::array<float, 2>{} : mesh.textureCoordinates[i];
    k.numbers = {p.x, p.y, p.z, n.x, n.y, n.z, c.red, c.green, c.blue, t[0], t[1]};
    return k;
  };
  std::vector<std::uint32_t> order(mesh.triangles);
  std::sort(order.begin(), order.end());
  order.erase(std::unique(order.begin(), order.end()), order.end());
  std::vector<PointKey> keys;
  keys.reserve(order.size());
  for (const std::uint32_t i : order) keys.push_back(key(i));
  std::vector<std::uint32_t> rank(order.size());
  std::iota(rank.begin(), rank.end(), 0U);
  std::sort(rank.begin(), rank.end(),
            [&](std::uint32_t a, std::uint32_t b) { return keys[a] == keys[b] ? a < b : keys[a] < keys[b]; });
  // The first of equals stands for them; numbers in the order of the file.
  std::vector<std::uint32_t> first(order.size());
  for (std::size_t r = 0; r < rank.size(); ++r)
    first[rank[r]] = r > 0 && keys[rank[r]] == keys[rank[r - 1]] ? first[rank[r - 1]] : rank[r];
  TriangleMesh result;
  std::vector<std::uint32_t> index(mesh.positions.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::uint32_t from = order[i];
    if (first[i] != i) {
      index[from] = index[order[first[i]]];
      continue;
    }
    index[from] = std::uint32_t(result.positions.size());
    result.positions.push_back(mesh.positions[from]);
    if (!mesh.normals.empty()) result.normals.push_back(mesh.normals[from]);
    if (!mesh.colours.empty()) result.colours.push_back(mesh.colours[from]);
    if (!mesh.textureCoordinates.empty()) result.textureCoordinates.push_back(mesh.textureCoordinates[from]);
  }
  for (const std::uint32_t i : mesh.triangles) result.triangles.push_back(index[i]);
  return result;
}

}  // namespace

TriangleMesh tidied(TriangleMesh mesh, const std::string& name, std::vector<std::string>& warnings) {
  mesh.triangles.resize(mesh.triangles.size() / 3 * 3);
  dropBadTriangles(mesh, name, warnings);
  mendArrays(mesh, name, warnings);
  constexpr double kCrease = 40;
  if (mesh.normals.empty()) mesh = withCreasedNormals(mesh, kCrease);
  return compacted(mesh);
}

std::string cleanText(const std::string& text, std::size_t length) {
  std::string clean;
  for (std::size_t i = 0; i < text.size() && clean.size() < length;) {
    const auto c = static_cast<unsigned char>(text[i]);
    const std::size_t size = c < 0x80                ? 1
                             : c >= 0xC2 && c < 0xE0 ? 2
                             : c >= 0xE0 && c < 0xF0 ? 3
                             : c >= 0xF0 && c < 0xF5 ? 4
                                                     : 0;
    bool isWhole = size > 0 && i + size <= text.size() && clean.size() + size <= length;
    for (std::size_t k = 1; isWhole && k < size; ++k)
      isWhole = (static_cast<unsigned char>(text[i + k]) & 0xC0U) == 0x80;
    if (isWhole && c >= 0x20 && c != 0x7F) {
      clean.append(text, i, size);
      i += size;
    } else {
      clean += c == '\n' || c == '\t' || c == '\r' ? ' ' : '?';
      ++i;
    }
  }
  return clean;
}

}  // namespace aula::scene
