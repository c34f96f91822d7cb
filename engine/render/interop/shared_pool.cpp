// SPDX-License-Identifier: Apache-2.0
#include "render/interop/shared_pool.h"

#include <atomic>
#include <mutex>
#include <utility>
#include <vector>

#include "core/error.h"
#include "render/vulkan/buffer.h"
#include "render/vulkan/commands.h"
#include "render/vulkan/device.h"

namespace aula::render::interop {
namespace {

constexpr VkBufferUsageFlags kUsage =
    VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_SRC_BIT | VK_BUFFER_USAGE_VERTEX_BUFFER_BIT;

/// Memory that the host writes and the device reads where it lies.
struct MappedArray final : compute::SharedArray {
  MappedArray(std::shared_ptr<const vulkan::Device> itsDevice, std::size_t itsBytes)
      : device(std::move(itsDevice)), buffer(*device, itsBytes, kUsage, vulkan::MemoryUse::upload) {}

  [[nodiscard]] std::size_t bytes() const override { return static_cast<std::size_t>(buffer.size()); }
  [[nodiscard]] void* devicePointer() const override { return nullptr; }
  [[nodiscard]] void* hostPointer() const override { return buffer.mapped(); }

  std::shared_ptr<const vulkan::Device> device;
  vulkan::Buffer buffer;
  std::atomic<bool> isPublished{false};
};

/// Memory that no view holds, waiting to be used again; outlives the pool while arrays exist.
struct Spares {
  std::mutex mutex;
  std::vector<std::unique_ptr<MappedArray>> arrays;
};

class MappedPool final : public compute::SharedArrayPool {
 public:
  explicit MappedPool(std::shared_ptr<const vulkan::Device> device)
      : device_(std::move(device)), spares_(std::make_shared<Spares>()) {}

  std::shared_ptr<compute::SharedArray> take(std::size_t bytes) override {
    if (bytes == 0) throw core::Error("Shared memory of 0 bytes was asked for.");
    std::unique_ptr<MappedArray> array;
    {
      const std::scoped_lock lock(spares_->mutex);
      for (auto& spare : spares_->arrays) {
        if (spare->bytes() != bytes) continue;
        array = std::move(spare);
        std::swap(spare, spares_->arrays.back());
        spares_->arrays.pop_back();
        break;
      }
    }
    if (!array) array = std::make_unique<MappedArray>(device_, bytes);
    array->isPublished = false;
    // The last holder, a view or a frame on its way, gives the memory back.
    return {array.release(), [spares = spares_](MappedArray* done) {
              std::unique_ptr<MappedArray> owned(done);
              const std::scoped_lock lock(spares->mutex);
              if (spares->arrays.size() < kMostSpares) spares->arrays.push_back(std::move(owned));
            }};
  }

  void publish(compute::SharedArray& array, void* /*cudaStream*/) override {
    // What the host wrote before a submission is visible to it (Vulkan 1.3, section 7.9).
    dynamic_cast<MappedArray&>(array).isPublished = true;
  }

 private:
  static constexpr std::size_t kMostSpares = 8;
  std::shared_ptr<const vulkan::Device> device_;
  std::shared_ptr<Spares> spares_;
};

}  // namespace

std::unique_ptr<compute::SharedArrayPool> makeSharedArrayPool(std::shared_ptr<const vulkan::Device> device,
                                                              SharedMemory /*kind*/) {
  return std::make_unique<MappedPool>(std::move(device));
}

std::optional<SharedBuffer> readShared(vulkan::FrameCommands& frame, const vulkan::Device& device,
                                       const std::shared_ptr<compute::SharedArray>& array) {
  if (const auto* mapped = dynamic_cast<const MappedArray*>(array.get())) {
    if (mapped->device.get() != &device || !mapped->isPublished) return std::nullopt;
    frame.keep(array);
    return SharedBuffer{mapped->buffer.handle(), mapped->buffer.size()};
  }
  return std::nullopt;
}

}  // namespace aula::render::interop
