// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>

#include "render/vulkan/buffer.h"
#include "render/vulkan/commands.h"
#include "scene/mesh/triangle_mesh.h"

namespace aula::render::stage {

/// A mesh on the device. Interleaved vertices of kMeshVertexWords words: position, normal, texture
/// coordinates (floats), colour (sRGB, 8 bits a channel).
struct DeviceMesh {
  std::unique_ptr<vulkan::Buffer> vertices, indices;
  std::uint32_t vertexCount = 0, indexCount = 0;
  bool hasNormals = false, hasColours = false;
  bool isClosed = false;  ///< Every edge is run along as often one way as the other: it has an inside.
  double volume = 0;      ///< Of the box around it, m³.
};
inline constexpr std::uint32_t kMeshVertexWords = 9;

/// Meshes on the device by their address, uploaded once, dropped when nobody else holds them any more.
class MeshStore {
 public:
  explicit MeshStore(const vulkan::Device& device) : device_(device) {}

  /// Uploads at the first use; outside of a rendering, before barrier(). Throws core::Error (input), which
  /// names `view`, for indices or arrays that disagree.
  std::shared_ptr<const DeviceMesh> get(const std::shared_ptr<const scene::TriangleMesh>& mesh,
                                        const std::string& view, vulkan::FrameCommands& frame);
  /// After the frame's last get(): what was copied may be drawn.
  void barrier(VkCommandBuffer commands);
  /// Lets go of meshes that are gone.
  void forgetGone();
  [[nodiscard]] std::size_t size() const { return meshes_.size(); }

 private:
  struct Entry {
    std::weak_ptr<const scene::TriangleMesh> source;
    std::shared_ptr<const DeviceMesh> mesh;
  };
  const vulkan::Device& device_;
  std::map<const scene::TriangleMesh*, Entry> meshes_;
  bool isBarrierNeeded_ = false;
};

}  // namespace aula::render::stage
