// SPDX-License-Identifier: Apache-2.0
#include "render/interop/shared_pool.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "compute/external_memory.h"
#include "core/error.h"
#include "core/log.h"
#include "render/interop/exported.h"
#include "render/vulkan/buffer.h"
#include "render/vulkan/commands.h"
#include "render/vulkan/device.h"

namespace aula::render::interop {
namespace {

constexpr VkBufferUsageFlags kUsage =
    VK_BUFFER_USAGE_STORAGE_BUFFER_BIT | VK_BUFFER_USAGE_TRANSFER_SRC_BIT | VK_BUFFER_USAGE_VERTEX_BUFFER_BIT;

/// Any array of a pool, as a frame reads it.
struct PoolArray : compute::SharedArray {
  explicit PoolArray(std::shared_ptr<const vulkan::Device> itsDevice) : device(std::move(itsDevice)) {}
  [[nodiscard]] virtual VkBuffer buffer() const = 0;
  /// What a frame waits for on the device; null: nothing, the writes are done.
  [[nodiscard]] virtual VkSemaphore timeline() const { return VK_NULL_HANDLE; }

  std::shared_ptr<const vulkan::Device> device;
  /// 0: not published. 1 or the timeline's value.
  std::atomic<std::uint64_t> published{0};
};

/// Memory that the host writes and the device reads where it lies.
struct MappedArray final : PoolArray {
  MappedArray(const std::shared_ptr<const vulkan::Device>& itsDevice, std::size_t itsBytes)
      : PoolArray(itsDevice), memory(*device, itsBytes, kUsage, vulkan::MemoryUse::upload) {}
  [[nodiscard]] std::size_t bytes() const override { return static_cast<std::size_t>(memory.size()); }
  [[nodiscard]] void* devicePointer() const override { return nullptr; }
  [[nodiscard]] void* hostPointer() const override { return memory.mapped(); }
  [[nodiscard]] VkBuffer buffer() const override { return memory.handle(); }

  vulkan::Buffer memory;
};

/// What arrays in CUDA's reach share: the counter that frames wait for.
struct CudaSide {
  CudaSide(std::shared_ptr<const vulkan::Device> itsDevice, int itsCudaDevice)
      : device(std::move(itsDevice)), cudaDevice(itsCudaDevice) {
    if (!device->features().externalSemaphoreFd) return;
    exported = std::make_unique<ExportedTimeline>(*device);
    imported = compute::importExternalTimeline(cudaDevice, exported->openDescriptor());
  }

  std::shared_ptr<const vulkan::Device> device;
  int cudaDevice;
  std::unique_ptr<ExportedTimeline> exported;  ///< Null: the host waits.
  std::unique_ptr<compute::ExternalTimeline> imported;
  std::mutex mutex;
  std::uint64_t value = 0;
};

/// Memory of the card, written by CUDA and read by the device.
struct CudaArray final : PoolArray {
  CudaArray(std::shared_ptr<CudaSide> itsSide, std::size_t itsBytes)
      : PoolArray(itsSide->device),
        side(std::move(itsSide)),
        exported(*device, itsBytes, kUsage),
        imported(compute::importExternalMemory(side->cudaDevice, exported.openDescriptor(),
                                               static_cast<std::size_t>(exported.allocatedBytes()))) {}
  [[nodiscard]] std::size_t bytes() const override { return static_cast<std::size_t>(exported.size()); }
  [[nodiscard]] void* devicePointer() const override { return imported->pointer(); }
  [[nodiscard]] void* hostPointer() const override { return nullptr; }
  void copyToHost(void* target) const override { imported->copyToHost(target, bytes()); }
  [[nodiscard]] VkBuffer buffer() const override { return exported.handle(); }
  [[nodiscard]] VkSemaphore timeline() const override {
    return side->exported ? side->exported->handle() : VK_NULL_HANDLE;
  }

  std::shared_ptr<CudaSide> side;
  ExportedBuffer exported;
  std::unique_ptr<compute::ExternalMemory> imported;
};

/// Memory that no view holds, waiting to be used again; outlives the pool while arrays exist.
struct Spares {
  std::mutex mutex;
  std::vector<std::unique_ptr<PoolArray>> arrays;
};

class Pool : public compute::SharedArrayPool {
 public:
  std::shared_ptr<compute::SharedArray> take(std::size_t bytes) override {
    if (bytes == 0) throw core::Error("Shared memory of 0 bytes was asked for.");
    std::unique_ptr<PoolArray> array;
    {
      const std::scoped_lock lock(spares_->mutex);
      const auto found = std::find_if(spares_->arrays.begin(), spares_->arrays.end(),
                                      [&](const auto& spare) { return spare->bytes() == bytes; });
      if (found != spares_->arrays.end()) {
        array = std::move(*found);
        spares_->arrays.erase(found);
      }
    }
    if (!array) array = make(bytes);
    array->published = 0;
    // The last holder, a view or a frame on its way, gives the memory back.
    return {array.release(), [spares = spares_](PoolArray* done) {
              std::unique_ptr<PoolArray> owned(done), oldest;
              const std::scoped_lock lock(spares->mutex);
              if (spares->arrays.size() == kMostSpares) {
                oldest = std::move(spares->arrays.front());
                spares->arrays.erase(spares->arrays.begin());
              }
              spares->arrays.push_back(std::move(owned));
            }};
  }

 protected:
  [[nodiscard]] virtual std::unique_ptr<PoolArray> make(std::size_t bytes) = 0;

 private:
  static constexpr std::size_t kMostSpares = 8;
  std::shared_ptr<Spares> spares_ = std::make_shared<Spares>();
};

class MappedPool final : public Pool {
 public:
  explicit MappedPool(std::shared_ptr<const vulkan::Device> device) : device_(std::move(device)) {}
  void publish(compute::SharedArray& array, void* cudaStream) override {
    // A simulation on another card may copy into it on a stream.
    if (cudaStream != nullptr) compute::waitForCudaStream(-1, cudaStream);
    // What the host wrote before a submission is visible to it (Vulkan 1.3, section 7.9).
    dynamic_cast<MappedArray&>(array).published = 1;
  }

 private:
  [[nodiscard]] std::unique_ptr<PoolArray> make(std::size_t bytes) override {
    return std::make_unique<MappedArray>(device_, bytes);
  }
  std::shared_ptr<const vulkan::Device> device_;
};

class CudaPool final : public Pool {
 public:
  CudaPool(std::shared_ptr<const vulkan::Device> device, int cudaDevice)
      : side_(std::make_shared<CudaSide>(std::move(device), cudaDevice)) {}
  void publish(compute::SharedArray& array, void* cudaStream) override {
    auto& published = dynamic_cast<CudaArray&>(array).published;
    if (!side_->imported) {
      compute::waitForCudaStream(side_->cudaDevice, cudaStream);
      published = 1;
      return;
    }
    const std::scoped_lock lock(side_->mutex);
    // Values must rise in the order they are reached, also where simulations use several streams.
    if (side_->value > 0) side_->imported->wait(cudaStream, side_->value);
    side_->imported->signal(cudaStream, side_->value + 1);
    published = ++side_->value;
  }

 private:
  [[nodiscard]] std::unique_ptr<PoolArray> make(std::size_t bytes) override {
    return std::make_unique<CudaArray>(side_, bytes);
  }
  std::shared_ptr<CudaSide> side_;
};

}  // namespace

std::unique_ptr<compute::SharedArrayPool> makeSharedArrayPool(std::shared_ptr<const vulkan::Device> device,
                                                              SharedMemory kind) {
  std::array<std::uint8_t, VK_UUID_SIZE> uuid{};
  std::memcpy(uuid.data(), device->identity().deviceUUID, uuid.size());
  // A simulation without CUDA never asks: looking for the card costs time only where it may be one.
  const bool mayBeShared = kind == SharedMemory::automatic && device->report().kind != GpuKind::cpu;
  if (mayBeShared && canExportBuffers(*device, kUsage)) {
    if (const std::optional<int> cudaDevice = compute::findCudaDevice(uuid)) {
      try {
        return std::make_unique<CudaPool>(device, *cudaDevice);
      } catch (const core::Error& error) {
        core::log::warning(
            std::string("Memory is not shared between CUDA and Vulkan; values go through the host. ") +
            error.what());
      }
    }
  }
  return std::make_unique<MappedPool>(std::move(device));
}

std::optional<SharedBuffer> readShared(vulkan::FrameCommands& frame, const vulkan::Device& device,
                                       std::shared_ptr<const compute::SharedArray> array) {
  const auto* known = dynamic_cast<const PoolArray*>(array.get());
  if (known == nullptr || known->device.get() != &device) return std::nullopt;
  const std::uint64_t published = known->published;
  if (published == 0) return std::nullopt;
  if (known->timeline() != VK_NULL_HANDLE)
    frame.waitFor(known->timeline(), VK_PIPELINE_STAGE_2_ALL_COMMANDS_BIT, published);
  const SharedBuffer buffer{known->buffer(), known->bytes()};
  frame.keep(std::move(array));
  return buffer;
}

}  // namespace aula::render::interop
