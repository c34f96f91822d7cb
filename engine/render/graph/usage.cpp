// SPDX-License-Identifier: Apache-2.0
#include "render/graph/usage.h"

#include "core/assert.h"

namespace aula::render::graph {
namespace {

constexpr VkImageLayout kReadOnly = VK_IMAGE_LAYOUT_SHADER_READ_ONLY_OPTIMAL;
constexpr VkImageLayout kGeneral = VK_IMAGE_LAYOUT_GENERAL;
constexpr VkPipelineStageFlags2 kFragment = VK_PIPELINE_STAGE_2_FRAGMENT_SHADER_BIT;
constexpr VkAccessFlags2 kSampled = VK_ACCESS_2_SHADER_SAMPLED_READ_BIT;
constexpr VkAccessFlags2 kRead = VK_ACCESS_2_SHADER_STORAGE_READ_BIT;
constexpr VkAccessFlags2 kWrite = VK_ACCESS_2_SHADER_STORAGE_WRITE_BIT;

}  // namespace

UseMeaning meaningOf(Use use, VkPipelineStageFlags2 computeStages) {
  UseMeaning meaning;
  const auto storage = [&](VkPipelineStageFlags2 stages, VkAccessFlags2 access) {
    meaning.image = {stages, access, kGeneral};
    meaning.buffer = {stages, access};
    meaning.imageUsage = VK_IMAGE_USAGE_STORAGE_BIT;
    meaning.reads = (access & kRead) != 0;
    meaning.writes = (access & kWrite) != 0;
  };
  const auto sampled = [&](VkPipelineStageFlags2 stages) {
    meaning.image = {stages, kSampled, kReadOnly};
    meaning.buffer = {stages, kSampled};
    meaning.imageUsage = VK_IMAGE_USAGE_SAMPLED_BIT;
    meaning.reads = true;
  };
  switch (use) {
    case Use::sampledFragment:
      sampled(kFragment);
      break;
    case Use::sampledCompute:
      sampled(computeStages);
      break;
    case Use::storageRead:
      storage(computeStages, kRead);
      break;
    case Use::storageWrite:
      storage(computeStages, kWrite);
      meaning.overwrites = true;
      break;
    case Use::storageReadWrite:
      storage(computeStages, kRead | kWrite);
      meaning.image.access |= kSampled;
      meaning.imageUsage |= VK_IMAGE_USAGE_SAMPLED_BIT;
      break;
    case Use::storageFragment:
      storage(kFragment, kRead | kWrite);
      break;
    case Use::vertexRead:
      sampled(VK_PIPELINE_STAGE_2_VERTEX_SHADER_BIT);
      meaning.buffer = {VK_PIPELINE_STAGE_2_VERTEX_ATTRIBUTE_INPUT_BIT | VK_PIPELINE_STAGE_2_INDEX_INPUT_BIT |
                            VK_PIPELINE_STAGE_2_VERTEX_SHADER_BIT | VK_PIPELINE_STAGE_2_DRAW_INDIRECT_BIT,
                        VK_ACCESS_2_VERTEX_ATTRIBUTE_READ_BIT | VK_ACCESS_2_INDEX_READ_BIT | kRead |
                            VK_ACCESS_2_UNIFORM_READ_BIT | VK_ACCESS_2_INDIRECT_COMMAND_READ_BIT};
      break;
    case Use::fragmentRead:
      storage(kFragment, kRead);
      break;
    case Use::copySource:
      meaning.image = {VK_PIPELINE_STAGE_2_ALL_TRANSFER_BIT, VK_ACCESS_2_TRANSFER_READ_BIT,
                       VK_IMAGE_LAYOUT_TRANSFER_SRC_OPTIMAL};
      meaning.imageUsage = VK_IMAGE_USAGE_TRANSFER_SRC_BIT;
      meaning.reads = true;
      break;
    case Use::copyTarget:
      meaning.image = {VK_PIPELINE_STAGE_2_ALL_TRANSFER_BIT, VK_ACCESS_2_TRANSFER_WRITE_BIT,
                       VK_IMAGE_LAYOUT_TRANSFER_DST_OPTIMAL};
      meaning.imageUsage = VK_IMAGE_USAGE_TRANSFER_DST_BIT;
      meaning.writes = true;
      break;
  }
  if (meaning.buffer.stages == VK_PIPELINE_STAGE_2_NONE) {
    meaning.buffer = meaning.image;
    meaning.buffer.layout = VK_IMAGE_LAYOUT_UNDEFINED;
  }
  return meaning;
}

const char* useName(Use use) {
  switch (use) {
    case Use::sampledFragment:
      return "sampledFragment";
    case Use::sampledCompute:
      return "sampledCompute";
    case Use::storageRead:
      return "storageRead";
    case Use::storageWrite:
      return "storageWrite";
    case Use::storageReadWrite:
      return "storageReadWrite";
    case Use::storageFragment:
      return "storageFragment";
    case Use::vertexRead:
      return "vertexRead";
    case Use::fragmentRead:
      return "fragmentRead";
    case Use::copySource:
      return "copySource";
    case Use::copyTarget:
      return "copyTarget";
  }
  AULA_ASSERT(false && "a use without a name");
  return "";
}

VkImageLayout commonLayout(VkImageLayout a, VkImageLayout b) {
  constexpr VkImageLayout kTested = VK_IMAGE_LAYOUT_DEPTH_STENCIL_READ_ONLY_OPTIMAL;
  if (a == b) return a;
  const auto are = [&](VkImageLayout one, VkImageLayout other) {
    return (a == one && b == other) || (a == other && b == one);
  };
  if (are(kTested, kReadOnly)) return kTested;
  if (are(kGeneral, kReadOnly)) return kGeneral;
  return VK_IMAGE_LAYOUT_UNDEFINED;
}

}  // namespace aula::render::graph
