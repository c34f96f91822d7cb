// SPDX-License-Identifier: Apache-2.0
#include "render/graph/nodes.h"

#include <algorithm>

#include "core/assert.h"
#include "core/error.h"

namespace aula::render::graph {

namespace {

ResourceNode& node(PassNode& pass, int index) {
  AULA_ASSERT(index >= 0 && static_cast<std::size_t>(index) < pass.resources->size());
  return (*pass.resources)[static_cast<std::size_t>(index)];
}

}  // namespace

PassBuilder& PassNode::colour(ImageId image, Load load, VkClearColorValue clear) {
  node(*this, image.index).shape.usage |= VK_IMAGE_USAGE_COLOR_ATTACHMENT_BIT;
  Attachment attachment;
  attachment.resource = image.index;
  attachment.load = load;
  attachment.clear.color = clear;
  colours.push_back(attachment);
  ResourceTouch touch;
  touch.touch = {image.index, load == Load::keep, true, load != Load::keep};
  touch.use = {VK_PIPELINE_STAGE_2_COLOR_ATTACHMENT_OUTPUT_BIT,
               VK_ACCESS_2_COLOR_ATTACHMENT_READ_BIT | VK_ACCESS_2_COLOR_ATTACHMENT_WRITE_BIT,
               VK_IMAGE_LAYOUT_COLOR_ATTACHMENT_OPTIMAL};
  add(touch, "a colour attachment");
  return *this;
}

PassBuilder& PassNode::depth(ImageId image, Load load, float clear, bool isWritten) {
  AULA_ASSERT(isWritten || load == Load::keep);
  node(*this, image.index).shape.usage |= VK_IMAGE_USAGE_DEPTH_STENCIL_ATTACHMENT_BIT;
  Attachment attachment;
  attachment.resource = image.index;
  attachment.load = load;
  attachment.clear.depthStencil = {clear, 0};
  attachment.isWritten = isWritten;
  depthAttachment = attachment;
  ResourceTouch touch;
  touch.touch = {image.index, load == Load::keep, isWritten, isWritten && load != Load::keep};
  touch.use.stages =
      VK_PIPELINE_STAGE_2_EARLY_FRAGMENT_TESTS_BIT | VK_PIPELINE_STAGE_2_LATE_FRAGMENT_TESTS_BIT;
  touch.use.access = VK_ACCESS_2_DEPTH_STENCIL_ATTACHMENT_READ_BIT;
  if (isWritten) touch.use.access |= VK_ACCESS_2_DEPTH_STENCIL_ATTACHMENT_WRITE_BIT;
  touch.use.layout = isWritten ? VK_IMAGE_LAYOUT_DEPTH_STENCIL_ATTACHMENT_OPTIMAL
                               : VK_IMAGE_LAYOUT_DEPTH_STENCIL_READ_ONLY_OPTIMAL;
  add(touch, "the depth attachment");
  return *this;
}

PassBuilder& PassNode::part(std::uint32_t itsLevel, std::uint32_t itsLayer) {
  level = itsLevel;
  layer = itsLayer;
  return *this;
}

PassBuilder& PassNode::uses(ImageId image, Use use) {
  const UseMeaning meaning = meaningOf(use, computeStages);
  node(*this, image.index).shape.usage |= meaning.imageUsage;
  add({{image.index, meaning.reads, meaning.writes, meaning.overwrites}, meaning.image}, useName(use));
  return *this;
}

PassBuilder& PassNode::uses(BufferId buffer, Use use) {
  const UseMeaning meaning = meaningOf(use, computeStages);
  AULA_ASSERT(!node(*this, buffer.index).isImage);
  add({{buffer.index, meaning.reads, meaning.writes, meaning.overwrites}, meaning.buffer}, useName(use));
  return *this;
}

PassBuilder& PassNode::keeps() {
  isKept = true;
  return *this;
}

void PassNode::add(const ResourceTouch& more, const char* what) {
  const auto same = std::find_if(touches.begin(), touches.end(), [&](const ResourceTouch& touch) {
    return touch.touch.resource == more.touch.resource;
  });
  if (same == touches.end()) {
    touches.push_back(more);
    return;
  }
  const ResourceNode& resource = node(*this, more.touch.resource);
  if (resource.isImage) {
    const VkImageLayout layout = commonLayout(same->use.layout, more.use.layout);
    if (layout == VK_IMAGE_LAYOUT_UNDEFINED) {
      throw core::Error("The pass \"" + name + "\" uses \"" + resource.name + "\" as " + what +
                        " and in another way at once that does not go together with it.");
    }
    same->use.layout = layout;
  }
  same->use.stages |= more.use.stages;
  same->use.access |= more.use.access;
  same->touch.reads = same->touch.reads || more.touch.reads;
  same->touch.writes = same->touch.writes || more.touch.writes;
  same->touch.overwrites = same->touch.overwrites && more.touch.overwrites;
}

const ResourceTouch* PassNode::find(int resource) const {
  const auto found = std::find_if(touches.begin(), touches.end(), [&](const ResourceTouch& touch) {
    return touch.touch.resource == resource;
  });
  return found == touches.end() ? nullptr : &*found;
}

}  // namespace aula::render::graph
