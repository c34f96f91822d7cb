// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "render/particle/device_arrays.h"
#include "render/particle/particle_structs.h"
#include "render/stage/stage_pass.h"

namespace aula::render::stage {

/// Draws balls and the rods between them: exact at every pixel (outline, depth, normal, cut faces), whatever
/// their size. No geometry is made: each is a triangle (a rectangle) on which a ray meets the body.
class ParticlePass final : public StagePass {
 public:
  /// Whether balls hidden behind others are left out before anything is drawn (HiddenBalls).
  enum class Culling {
    automatic,  ///< On software devices, which shade what is hidden.
    never,
    always
  };
  explicit ParticlePass(const vulkan::Device& device, Culling culling = Culling::automatic);

  /// Throws core::Error (input): arrays that disagree, rods between particles that are not there, an array
  /// larger than the device can read.
  void prepare(const StageFrame& stage, VkCommandBuffer commands, vulkan::FrameCommands& uploads) override;
  void drawOpaque(const StageDraw& draw) const override;
  void drawShadow(const StageDraw& draw) const override;
  [[nodiscard]] bool hasTransparent() const override;
  void drawTransparent(const StageDraw& draw) const override;
  void count(FrameStatistics& statistics) const override;

  /// Bytes written for the last frame: what moved or was new.
  [[nodiscard]] std::size_t bytesWritten() const { return arrays_.bytesWritten(); }
  /// Balls and rods that the last drawOpaque() and drawShadow() drew.
  [[nodiscard]] std::size_t drawnOpaque() const { return drawnOpaque_; }
  [[nodiscard]] std::size_t drawnShadow() const { return drawnShadow_; }

 private:
  /// A view, ready to be drawn.
  struct Group {
    const scene::ParticlesView* view = nullptr;
    VkBuffer positions = VK_NULL_HANDLE, previous = VK_NULL_HANDLE, radii = VK_NULL_HANDLE,
             colours = VK_NULL_HANDLE, bonds = VK_NULL_HANDLE;
    std::uint32_t count = 0, bondCount = 0;
    shader::ParticlePush push{};
  };
  struct Pipelines {
    vulkan::Pipeline balls, rods;
  };

  /// Positions on the device, so many floats apart.
  struct Points {
    VkBuffer buffer = VK_NULL_HANDLE;
    std::size_t count = 0;
    int stride = 3;
  };

  [[nodiscard]] Points pointsOf(const scene::ParticlesView& view, vulkan::FrameCommands& uploads);
  [[nodiscard]] Group groupOf(const scene::ParticlesView& view, const StageFrame& stage,
                              vulkan::FrameCommands& uploads);
  void check(const scene::ParticlesView& view, const Points& points) const;
  /// How many balls and rods.
  std::size_t draw(const StageDraw& draw, const Pipelines& pipelines, bool isTransparent) const;

  const vulkan::Device& device_;
  Culling culling_;
  Pipelines opaque_, shadow_, transparent_;
  DeviceArrays arrays_;
  std::vector<Group> groups_;
  /// The material's colour as an array, one for each view without colours.
  std::map<std::array<float, 3>, std::shared_ptr<const std::vector<scene::Colour>>> plainColours_;
  mutable std::size_t drawnOpaque_ = 0, drawnShadow_ = 0;
};

}  // namespace aula::render::stage
