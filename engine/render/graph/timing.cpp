// SPDX-License-Identifier: Apache-2.0
#include "render/graph/timing.h"

#include <algorithm>

#include "render/vulkan/check.h"
#include "render/vulkan/commands.h"
#include "render/vulkan/device.h"

namespace aula::render::graph {

struct PassTimer::Pool {
  Pool(const vulkan::Device& itsDevice, std::uint32_t itsSize) : device(itsDevice), size(itsSize) {
    VkQueryPoolCreateInfo info{};
    info.sType = VK_STRUCTURE_TYPE_QUERY_POOL_CREATE_INFO;
    info.queryType = VK_QUERY_TYPE_TIMESTAMP;
    info.queryCount = size;
    AULA_VK(vkCreateQueryPool(device.handle(), &info, nullptr, &handle));
  }
  ~Pool() { vkDestroyQueryPool(device.handle(), handle, nullptr); }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  const vulkan::Device& device;
  std::uint32_t size;
  VkQueryPool handle = VK_NULL_HANDLE;
};

PassTimer::PassTimer(const vulkan::Device& device) : device_(device) {}

void PassTimer::begin(vulkan::FrameCommands& frame, std::size_t passes) {
  if (device_.timestampBits() == 0 || passes == 0) return;
  Slot& slot = slots_[++order_ % slots_.size()];
  const auto queries = static_cast<std::uint32_t>(2 * passes);
  if (!slot.pool || slot.pool->size < queries) slot.pool = std::make_shared<Pool>(device_, queries);
  frame.keep(slot.pool);
  const auto token = std::make_shared<int>(0);
  slot.frame = token;
  frame.keep(token);
  vkCmdResetQueryPool(frame.commands(), slot.pool->handle, 0, slot.pool->size);
  slot.names.clear();
  slot.order = order_;
}

void PassTimer::beginPass(VkCommandBuffer commands, const std::string& name) {
  Slot& slot = slots_[order_ % slots_.size()];
  if (!slot.pool) return;
  vkCmdWriteTimestamp2(commands, VK_PIPELINE_STAGE_2_TOP_OF_PIPE_BIT, slot.pool->handle,
                       static_cast<std::uint32_t>(2 * slot.names.size()));
  slot.names.push_back(name);
}

void PassTimer::endPass(VkCommandBuffer commands) {
  const Slot& slot = slots_[order_ % slots_.size()];
  if (!slot.pool) return;
  vkCmdWriteTimestamp2(commands, VK_PIPELINE_STAGE_2_BOTTOM_OF_PIPE_BIT, slot.pool->handle,
                       static_cast<std::uint32_t>(2 * slot.names.size() - 1));
}

std::vector<PassTime> PassTimer::times() const {
  std::vector<const Slot*> newest;
  for (const Slot& slot : slots_) {
    if (slot.pool && !slot.names.empty() && slot.frame.expired()) newest.push_back(&slot);
  }
  std::sort(newest.begin(), newest.end(), [](const Slot* a, const Slot* b) { return a->order > b->order; });
  for (const Slot* slot : newest) {
    struct Stamp {
      std::uint64_t ticks, isThere;
    };
    std::vector<Stamp> stamps(2 * slot->names.size());
    const VkResult result = vkGetQueryPoolResults(
        device_.handle(), slot->pool->handle, 0, static_cast<std::uint32_t>(stamps.size()),
        stamps.size() * sizeof(Stamp), stamps.data(), sizeof(Stamp),
        VK_QUERY_RESULT_64_BIT | VK_QUERY_RESULT_WITH_AVAILABILITY_BIT);
    if (result == VK_NOT_READY) continue;  // Recorded, but dropped.
    device_.check(result, "vkGetQueryPoolResults", __FILE__, __LINE__);
    const auto isThere = [](const Stamp& stamp) { return stamp.isThere != 0; };
    if (!std::all_of(stamps.begin(), stamps.end(), isThere)) continue;
    const std::uint64_t mask =
        device_.timestampBits() >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << device_.timestampBits()) - 1;
    std::vector<PassTime> times;
    for (std::size_t i = 0; i < slot->names.size(); ++i) {
      const std::uint64_t ticks = (stamps[2 * i + 1].ticks - stamps[2 * i].ticks) & mask;
      times.push_back(
          {slot->names[i], static_cast<double>(ticks) * double{device_.limits().timestampPeriod} * 1e-6});
    }
    return times;
  }
  return {};
}

}  // namespace aula::render::graph
