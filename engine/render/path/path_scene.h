// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "render/path/acceleration.h"
#include "render/path/environment_table.h"
#include "render/path/shader_structs.h"
#include "render/stage/stage_pass.h"
#include "scene/view/bounds.h"

namespace aula::render {
class ColourLimits;
}

namespace aula::render::path {

/// What of a scene goes to the device, in the order it is gathered: arrays, then trees over them, then the
/// records that name both.
class PathScene {
 public:
  PathScene(const vulkan::Device& device, vulkan::FrameCommands& frame);
  ~PathScene();
  PathScene(const PathScene&) = delete;
  PathScene& operator=(const PathScene&) = delete;

  struct Setup {
    const scene::Frame& frame;
    const scene::Camera& camera;
    const SceneStyle& style;
    const ColourLimits& limits;
    int width = 0, height = 0;
    std::uint32_t seed = 0;
    int depth = 64;
    bool isCutAway = false;
  };
  /// Replaces the scene. Meshes that the one before had too are not uploaded again. Throws core::Error
  /// (input) for views whose arrays disagree.
  void set(const Setup& setup);

  [[nodiscard]] const shader::PathUniforms& uniforms() const { return uniforms_; }
  [[nodiscard]] VkAccelerationStructureKHR tree() const { return tree_->handle(); }
  [[nodiscard]] std::size_t triangleCount() const { return triangles_; }
  [[nodiscard]] std::size_t shapeCount() const { return shapes_; }
  [[nodiscard]] std::size_t bytes() const;

 private:
  /// A mesh on the device.
  struct Mesh {
    std::shared_ptr<const scene::TriangleMesh> source;  ///< Kept, so that its address stays its own.
    core::Vec3 centre;  ///< m; of its own frame: what its corners are relative to.
    double scale = 0;
    std::vector<std::unique_ptr<vulkan::Buffer>> arrays;
    VkDeviceAddress positions = 0, indices = 0, normals = 0, coordinates = 0, colours = 0;
    std::unique_ptr<Acceleration> tree;
    std::size_t triangles = 0;
    std::optional<bool> isClosed;  ///< Has an inside; known once a scene has clip planes.
    bool isUsed = false;
  };

  void begin(const Setup& setup);
  void setCamera(const Setup& setup);
  void setLights(const SceneStyle& style);
  void add(const scene::VolumeView& view);
  void add(const scene::LinesView& view);
  void add(const scene::MeshView& view);
  void add(const scene::LabelView&) {}
  void add(const scene::IsoSurfaceView& view);
  void add(const scene::SliceView& view);
  void add(const scene::ParticlesView& view);
  void add(const scene::GlyphsView& view);
  void add(const scene::RibbonView& view);
  void add(const scene::RulerView&) {}
  void addSlice(const scene::VolumeView& view, core::Vec3 corner, core::Vec3 u, core::Vec3 v);
  void addMesh(const scene::MeshView& view, std::uint32_t slice);
  /// Balls (4 floats each) or rods and capsules (8).
  void addShapes(std::uint32_t kind, std::span<const glm::vec4> shapes,
                 std::span<const scene::Colour> colours, std::uint32_t material, std::uint32_t mask,
                 bool isTwoSided);
  std::uint32_t addVolume(const scene::VolumeView& view, bool isTracked);
  std::uint32_t addMaterial(const scene::Material& material, bool isClosed);
  std::uint32_t addTexture(const std::shared_ptr<const scene::Texture>& texture);
  const Mesh& meshOf(const std::shared_ptr<const scene::TriangleMesh>& mesh, const std::string& name);
  void finish();

  template <typename T>
  VkDeviceAddress upload(std::span<const T> data) {
    return upload(std::as_bytes(data), arrays_);
  }
  VkDeviceAddress upload(std::span<const std::byte> bytes,
                         std::vector<std::unique_ptr<vulkan::Buffer>>& into);
  void flushUploads();

  const vulkan::Device& device_;
  vulkan::FrameCommands& frame_;
  AccelerationBuilder builder_;
  const Setup* setup_ = nullptr;  ///< During set().
  stage::StageSpace space_;
  scene::Bounds bounds_;
  shader::PathUniforms uniforms_{};
  std::map<const scene::TriangleMesh*, Mesh> meshes_;
  std::vector<std::unique_ptr<vulkan::Buffer>> arrays_, tables_;
  bool isUploading_ = false;
  std::vector<std::unique_ptr<Acceleration>> trees_;
  std::unique_ptr<Acceleration> tree_;
  std::vector<TreeInstance> treeInstances_;
  std::vector<shader::PathInstance> instances_;
  std::vector<shader::PathMaterial> materials_;
  std::vector<shader::PathTexture> textures_;
  std::vector<shader::PathVolume> trackedVolumes_, sliceVolumes_;
  std::map<const scene::Texture*, std::uint32_t> textureNumbers_;
  std::map<const std::vector<float>*, VkDeviceAddress> volumeArrays_;
  std::map<Surroundings, EnvironmentTable> environments_;
  std::map<Surroundings, VkDeviceAddress> environmentTables_;
  VkDeviceAddress facets_ = 0;
  std::size_t triangles_ = 0, shapes_ = 0;
  int flags_ = 0;
};

/// Two words, low before high.
[[nodiscard]] inline glm::uvec2 wordsOf(VkDeviceAddress address) {
  return {static_cast<std::uint32_t>(address), static_cast<std::uint32_t>(address >> 32U)};
}

/// Short thick lines, in stage space: start and radius, end.
[[nodiscard]] std::vector<glm::vec4> capsulesFor(const scene::LinesView& view, const scene::Camera& camera,
                                                 const stage::StageSpace& space);

}  // namespace aula::render::path
