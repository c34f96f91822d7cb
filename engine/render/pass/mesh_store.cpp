// SPDX-License-Identifier: Apache-2.0
#include "render/pass/mesh_store.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "core/error.h"
#include "scene/view/bounds.h"

namespace aula::render::stage {
namespace {

void check(const scene::TriangleMesh& mesh, const std::string& view) {
  const auto isOutside = [&](std::uint32_t index) { return index >= mesh.positions.size(); };
  const auto isSame = [&](std::size_t count) { return count == 0 || count == mesh.positions.size(); };
  if (mesh.triangles.size() % 3 == 0 &&
      std::none_of(mesh.triangles.begin(), mesh.triangles.end(), isOutside) && isSame(mesh.normals.size()) &&
      isSame(mesh.textureCoordinates.size()) && isSame(mesh.colours.size())) {
    return;
  }
  throw core::inputError(
      "The view \"" + view + "\" is a mesh of " + std::to_string(mesh.positions.size()) + " positions, " +
      std::to_string(mesh.normals.size()) + " normals, " + std::to_string(mesh.textureCoordinates.size()) +
      " texture coordinates, " + std::to_string(mesh.colours.size()) + " colours and " +
      std::to_string(mesh.triangles.size()) +
      " indices; indices must come in threes and name a position, the others be none or one "
      "for each position.");
}

std::uint64_t mixed(std::uint64_t x) {
  // The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

std::uint64_t keyOf(const scene::Float3& p) {
  // -0 and 0 are one place.
  const float parts[3] = {p.x + 0.0F, p.y + 0.0F, p.z + 0.0F};
  std::uint32_t words[3];
  std::memcpy(words, parts, sizeof(words));
  return mixed(mixed(mixed(words[0]) ^ words[1]) ^ words[2]);
}

/// Each edge adds a number of its two places, or takes it away when run along backwards: in a closed mesh
/// nothing is left (another mesh has one chance in 2^64). Corners at one place count as one, so seams of
/// normals and textures do not open a mesh.
bool isClosed(const scene::TriangleMesh& mesh) {
  std::vector<std::uint64_t> keys;
  keys.reserve(mesh.positions.size());
  for (const scene::Float3& p : mesh.positions) keys.push_back(keyOf(p));
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < mesh.triangles.size(); i += 3) {
    for (std::size_t k = 0; k < 3; ++k) {
      const std::uint64_t a = keys[mesh.triangles[i + k]], b = keys[mesh.triangles[i + (k + 1) % 3]];
      if (a < b) sum += mixed(mixed(a) ^ b);
      if (b < a) sum -= mixed(mixed(b) ^ a);
    }
  }
  return !mesh.triangles.empty() && sum == 0;
}

std::uint32_t packed(const scene::Colour& colour) {
  const auto channel = [](float v) {
    const float c = std::clamp(v, 0.0F, 1.0F);
    const float encoded = c <= 0.0031308F ? 12.92F * c : 1.055F * std::pow(c, 1 / 2.4F) - 0.055F;
    return static_cast<std::uint32_t>(255 * encoded + 0.5F);
  };
  return channel(colour.red) | channel(colour.green) << 8U | channel(colour.blue) << 16U | 255U << 24U;
}

std::vector<std::uint32_t> interleaved(const scene::TriangleMesh& mesh) {
  std::vector<std::uint32_t> words(mesh.positions.size() * kMeshVertexWords);
  for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
    std::uint32_t* at = words.data() + i * kMeshVertexWords;
    std::memcpy(at, &mesh.positions[i], 12);
    if (!mesh.normals.empty()) std::memcpy(at + 3, &mesh.normals[i], 12);
    if (!mesh.textureCoordinates.empty()) std::memcpy(at + 6, mesh.textureCoordinates[i].data(), 8);
    at[8] = mesh.colours.empty() ? 0xffffffffU : packed(mesh.colours[i]);
  }
  return words;
}

}  // namespace

std::shared_ptr<const DeviceMesh> MeshStore::get(const std::shared_ptr<const scene::TriangleMesh>& mesh,
                                                 const std::string& view, vulkan::FrameCommands& frame) {
  Entry& entry = meshes_[mesh.get()];
  // An address may be used again by another mesh once the first is gone.
  if (entry.mesh && entry.source.lock() == mesh) return entry.mesh;
  try {
    check(*mesh, view);
  } catch (...) {
    meshes_.erase(mesh.get());
    throw;
  }
  auto made = std::make_shared<DeviceMesh>();
  made->vertexCount = static_cast<std::uint32_t>(mesh->positions.size());
  made->indexCount = static_cast<std::uint32_t>(mesh->triangles.size());
  made->hasNormals = !mesh->normals.empty();
  made->hasColours = !mesh->colours.empty();
  made->isClosed = isClosed(*mesh);
  const scene::Bounds bounds = scene::boundsOf(*mesh);
  if (!bounds.isEmpty()) made->volume = bounds.size().x * bounds.size().y * bounds.size().z;
  if (made->indexCount > 0) {
    const std::vector<std::uint32_t> words = interleaved(*mesh);
    const auto upload = [&](const std::vector<std::uint32_t>& data, VkBufferUsageFlags usage) {
      auto buffer = std::make_unique<vulkan::Buffer>(
          device_, 4 * data.size(), usage | VK_BUFFER_USAGE_TRANSFER_DST_BIT, vulkan::MemoryUse::device);
      frame.uploadTo(*buffer, std::as_bytes(std::span(data)));
      return buffer;
    };
    made->vertices = upload(words, VK_BUFFER_USAGE_VERTEX_BUFFER_BIT | VK_BUFFER_USAGE_STORAGE_BUFFER_BIT);
    made->indices = upload(mesh->triangles, VK_BUFFER_USAGE_INDEX_BUFFER_BIT);
    isBarrierNeeded_ = true;
  }
  entry = {mesh, made};
  return made;
}

void MeshStore::barrier(VkCommandBuffer commands) {
  if (!isBarrierNeeded_) return;
  isBarrierNeeded_ = false;
  VkMemoryBarrier2 barrier{};
  barrier.sType = VK_STRUCTURE_TYPE_MEMORY_BARRIER_2;
  barrier.srcStageMask = VK_PIPELINE_STAGE_2_COPY_BIT;
  barrier.srcAccessMask = VK_ACCESS_2_TRANSFER_WRITE_BIT;
  barrier.dstStageMask = VK_PIPELINE_STAGE_2_VERTEX_INPUT_BIT | VK_PIPELINE_STAGE_2_VERTEX_SHADER_BIT;
  barrier.dstAccessMask = VK_ACCESS_2_VERTEX_ATTRIBUTE_READ_BIT | VK_ACCESS_2_INDEX_READ_BIT |
                          VK_ACCESS_2_SHADER_STORAGE_READ_BIT;
  VkDependencyInfo dependency{};
  dependency.sType = VK_STRUCTURE_TYPE_DEPENDENCY_INFO;
  dependency.memoryBarrierCount = 1;
  dependency.pMemoryBarriers = &barrier;
  vkCmdPipelineBarrier2(commands, &dependency);
}

void MeshStore::forgetGone() {
  std::erase_if(meshes_, [](const auto& item) { return item.second.source.expired(); });
}

}  // namespace aula::render::stage
