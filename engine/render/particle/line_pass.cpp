// SPDX-License-Identifier: Apache-2.0
#include "render/particle/line_pass.h"

#include <algorithm>
#include <array>
#include <span>

#include "render/particle/line_pieces.h"

namespace aula::render::stage {
namespace {

constexpr std::uint32_t kVertex[] = {
#include <shaders/stage_line.vert.inc>
};
constexpr std::uint32_t kFragment[] = {
#include <shaders/stage_line.frag.inc>
};

/// Pixels of a picture 720 high, as the flat pictures' theme has it.
constexpr float kUsualWidth = 2;
/// Thinner than this share of a pixel too few samples would meet the line.
constexpr float kLeastWidth = 0.7F;
/// Lengths in widths of the line.
constexpr float kDash = 4, kDashAndGap = 6.8F;

vulkan::PipelineShape pipelineShape() {
  vulkan::PipelineShape shape;
  shape.vertexShader = kVertex;
  shape.fragmentShader = kFragment;
  shape.bindings = {VK_DESCRIPTOR_TYPE_UNIFORM_BUFFER, VK_DESCRIPTOR_TYPE_STORAGE_BUFFER};
  shape.pushBytes = sizeof(shader::LinePush);
  shape.depth = vulkan::Depth::testAndWrite;
  shape.target = opaqueTarget();
  return shape;
}

/// Ink that is seen on the background.
scene::Colour inkOn(const scene::Colour& background) {
  const float luminance = 0.2126F * background.red + 0.7152F * background.green + 0.0722F * background.blue;
  return luminance > 0.18F ? scene::Colour{0.009F, 0.011F, 0.014F} : scene::Colour{0.87F, 0.89F, 0.92F};
}

/// The same lines in the frame before: as many, each with as many points.
const scene::LinesView* lineBefore(const scene::LinesView& view, const scene::Frame* previous) {
  if (previous == nullptr) return nullptr;
  for (const scene::View& other : previous->views) {
    const auto* lines = std::get_if<scene::LinesView>(&other);
    if (lines == nullptr || lines->name != view.name) continue;
    const bool isSameShape =
        std::equal(lines->polylines.begin(), lines->polylines.end(), view.polylines.begin(),
                   view.polylines.end(), [](const auto& a, const auto& b) { return a.size() == b.size(); });
    if (isSameShape) return lines;
  }
  return nullptr;
}

}  // namespace

LinePass::LinePass(const vulkan::Device& device) : device_(device), pipeline_(device, pipelineShape()) {}

void LinePass::prepare(const StageFrame& stage, VkCommandBuffer, vulkan::FrameCommands& uploads) {
  groups_.clear();
  for (const scene::View& view : stage.frame.views) {
    const auto* lines = std::get_if<scene::LinesView>(&view);
    if (lines == nullptr) continue;
    const std::vector<shader::LinePiece> pieces =
        linePieces(*lines, lineBefore(*lines, stage.previous), stage);
    if (pieces.empty()) continue;
    Group group;
    group.pieces = uploads.upload(std::span(pieces));
    group.bytes = pieces.size() * sizeof(shader::LinePiece);
    group.count = static_cast<std::uint32_t>(pieces.size());
    const float wanted = lines->width > 0 ? lines->width : kUsualWidth;
    const float width = std::max(kLeastWidth, wanted * static_cast<float>(stage.height) / 720);
    const scene::Colour colour = lines->hasColour ? lines->colour : inkOn(stage.style.background);
    group.push.colour = {colour.red, colour.green, colour.blue, 0.5F * width};
    if (lines->isDashed) group.push.dash = {kDash * width, kDashAndGap * width, 0, 0};
    groups_.push_back(group);
  }
}

void LinePass::drawOpaque(const StageDraw& draw) const {
  for (const Group& group : groups_) {
    const std::array bindings = {
        vulkan::Binding::of(draw.uniforms, draw.uniformBytes),
        vulkan::Binding::storage(group.pieces.buffer, group.pieces.offset, group.bytes)};
    vulkan::bind(draw.resources.commands(), draw.resources.frame(), device_, pipeline_, bindings);
    vkCmdPushConstants(draw.resources.commands(), pipeline_.layout(),
                       VK_SHADER_STAGE_VERTEX_BIT | VK_SHADER_STAGE_FRAGMENT_BIT, 0, sizeof group.push,
                       &group.push);
    vkCmdDraw(draw.resources.commands(), 6 * group.count, 1, 0, 0);
  }
}

}  // namespace aula::render::stage
