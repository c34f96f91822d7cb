// SPDX-License-Identifier: Apache-2.0
#include "compute/external_memory.h"

#include <unistd.h>

#include <cstring>

#include "compute/cuda/cuda_call.h"

namespace aula::compute {
namespace {

/// CUDA's calls go to the thread's current device: ours, for the time of a call.
class CurrentDevice {
 public:
  explicit CurrentDevice(int device) {
    AULA_CUDA_CALL(cudaGetDevice(&before_));
    if (device >= 0 && before_ != device) AULA_CUDA_CALL(cudaSetDevice(device));
  }
  ~CurrentDevice() { static_cast<void>(cudaSetDevice(before_)); }
  CurrentDevice(const CurrentDevice&) = delete;
  CurrentDevice& operator=(const CurrentDevice&) = delete;

 private:
  int before_ = 0;
};

class CudaMemory final : public ExternalMemory {
 public:
  CudaMemory(int device, int descriptor, std::size_t bytes) : device_(device) {
    const CurrentDevice current(device);
    cudaExternalMemoryHandleDesc wanted{};
    wanted.type = cudaExternalMemoryHandleTypeOpaqueFd;
    wanted.handle.fd = descriptor;
    wanted.size = bytes;
    wanted.flags = cudaExternalMemoryDedicated;
    const cudaError_t imported = cudaImportExternalMemory(&memory_, &wanted);
    // CUDA owns the descriptor only where it has succeeded.
    if (imported != cudaSuccess) ::close(descriptor);
    AULA_CUDA_CALL(imported);
    cudaExternalMemoryBufferDesc whole{};
    whole.size = bytes;
    const cudaError_t mapped = cudaExternalMemoryGetMappedBuffer(&pointer_, memory_, &whole);
    if (mapped != cudaSuccess) static_cast<void>(cudaDestroyExternalMemory(memory_));
    AULA_CUDA_CALL(mapped);
  }
  ~CudaMemory() override {
    int before = 0;
    static_cast<void>(cudaGetDevice(&before));
    static_cast<void>(cudaSetDevice(device_));
    static_cast<void>(cudaFree(pointer_));
    static_cast<void>(cudaDestroyExternalMemory(memory_));
    static_cast<void>(cudaSetDevice(before));
  }
  CudaMemory(const CudaMemory&) = delete;
  CudaMemory& operator=(const CudaMemory&) = delete;
  [[nodiscard]] void* pointer() const override { return pointer_; }
  void copyToHost(void* target, std::size_t bytes) const override {
    const CurrentDevice current(device_);
    AULA_CUDA_CALL(cudaDeviceSynchronize());
    AULA_CUDA_CALL(cudaMemcpy(target, pointer_, bytes, cudaMemcpyDeviceToHost));
  }

 private:
  int device_;
  cudaExternalMemory_t memory_ = nullptr;
  void* pointer_ = nullptr;
};

class CudaTimeline final : public ExternalTimeline {
 public:
  CudaTimeline(int device, int descriptor) : device_(device) {
    const CurrentDevice current(device);
    cudaExternalSemaphoreHandleDesc wanted{};
    wanted.type = cudaExternalSemaphoreHandleTypeTimelineSemaphoreFd;
    wanted.handle.fd = descriptor;
    const cudaError_t imported = cudaImportExternalSemaphore(&semaphore_, &wanted);
    if (imported != cudaSuccess) ::close(descriptor);
    AULA_CUDA_CALL(imported);
  }
  ~CudaTimeline() override { static_cast<void>(cudaDestroyExternalSemaphore(semaphore_)); }
  CudaTimeline(const CudaTimeline&) = delete;
  CudaTimeline& operator=(const CudaTimeline&) = delete;

  void wait(void* cudaStream, std::uint64_t value) override {
    const CurrentDevice current(device_);
    cudaExternalSemaphoreWaitParams parameters{};
    parameters.params.fence.value = value;
    AULA_CUDA_CALL(
        cudaWaitExternalSemaphoresAsync(&semaphore_, &parameters, 1, static_cast<cudaStream_t>(cudaStream)));
  }
  void signal(void* cudaStream, std::uint64_t value) override {
    const CurrentDevice current(device_);
    cudaExternalSemaphoreSignalParams parameters{};
    parameters.params.fence.value = value;
    AULA_CUDA_CALL(cudaSignalExternalSemaphoresAsync(&semaphore_, &parameters, 1,
                                                     static_cast<cudaStream_t>(cudaStream)));
  }

 private:
  int device_;
  cudaExternalSemaphore_t semaphore_ = nullptr;
};

}  // namespace

std::optional<int> findCudaDevice(const std::array<std::uint8_t, 16>& uuid) {
  int count = 0;
  if (cudaGetDeviceCount(&count) != cudaSuccess) {
    // No driver, or no device: the runtime remembers the failure until it is asked for.
    static_cast<void>(cudaGetLastError());
    return std::nullopt;
  }
  for (int device = 0; device < count; ++device) {
    cudaDeviceProp properties{};
    if (cudaGetDeviceProperties(&properties, device) != cudaSuccess) {
      static_cast<void>(cudaGetLastError());
      continue;
    }
    if (std::memcmp(properties.uuid.bytes, uuid.data(), uuid.size()) == 0) return device;
  }
  return std::nullopt;
}

std::unique_ptr<ExternalMemory> importExternalMemory(int cudaDevice, int descriptor, std::size_t bytes) {
  return std::make_unique<CudaMemory>(cudaDevice, descriptor, bytes);
}

std::unique_ptr<ExternalTimeline> importExternalTimeline(int cudaDevice, int descriptor) {
  return std::make_unique<CudaTimeline>(cudaDevice, descriptor);
}

void waitForCudaStream(int cudaDevice, void* cudaStream) {
  const CurrentDevice current(cudaDevice);
  AULA_CUDA_CALL(cudaStreamSynchronize(static_cast<cudaStream_t>(cudaStream)));
}

}  // namespace aula::compute
