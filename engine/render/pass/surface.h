// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "render/pass/mesh_store.h"
#include "render/pass/mesh_structs.h"
#include "render/pass/texture_store.h"
#include "render/stage/stage_pass.h"

namespace aula::render::stage {

/// Draws mesh views: opaque and see-through, with textures, instances and the cuts of clip planes filled
/// (README.md says how).
class SurfacePass : public StagePass {
 public:
  explicit SurfacePass(const vulkan::Device& device);
  ~SurfacePass() override;

  void prepare(const StageFrame& stage, VkCommandBuffer commands, vulkan::FrameCommands& uploads) override;
  std::vector<graph::ImageId> addEarlyPasses(const StageFrame& stage, graph::FrameGraph& graph,
                                             const vulkan::UploadPiece& uniforms,
                                             VkDeviceSize uniformBytes) override;
  void drawOpaque(const StageDraw& draw) const override;
  void drawShadow(const StageDraw& draw) const override;
  [[nodiscard]] bool hasTransparent() const override;
  void drawTransparent(const StageDraw& draw) const override;
  void count(FrameStatistics& statistics) const override;

 private:
  struct Item;
  /// Which of its pipelines a mesh is drawn with.
  enum class Kind { opaque, transparent, depth, count };
  struct Variant {
    Kind kind;
    vulkan::Cull cull;
    bool isClipped, isTextured;
    auto operator<=>(const Variant&) const = default;
  };

  [[nodiscard]] Item makeItem(const scene::MeshView& view, const StageFrame& stage,
                              vulkan::FrameCommands& uploads);
  const vulkan::Pipeline& pipeline(const Variant& variant) const;
  void draw(const StageDraw& draw, const Item& item, Kind kind) const;
  void drawCaps(const StageDraw& draw) const;

  const vulkan::Device& device_;
  vulkan::Sampler repeated_, nearest_;
  MeshStore meshes_;
  TextureStore textures_;
  /// Made when first asked for: few scenes need all.
  mutable std::map<Variant, std::unique_ptr<vulkan::Pipeline>> pipelines_;
  mutable std::unique_ptr<vulkan::Pipeline> cap_;
  std::vector<Item> items_;
  std::vector<graph::ImageId> counts_;  ///< Of this frame; four capped meshes each.
  std::size_t caps_ = 0;
};

}  // namespace aula::render::stage
