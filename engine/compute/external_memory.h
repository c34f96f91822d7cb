// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace aula::compute {

/// Memory that another interface of the same card (Vulkan) has allocated, as CUDA kernels see it.
class ExternalMemory {
 public:
  virtual ~ExternalMemory() = default;
  [[nodiscard]] virtual void* pointer() const = 0;
  /// Its first bytes, when all that is queued on the card is done. Waits for that. Throws core::Error.
  virtual void copyToHost(void* target, std::size_t bytes) const = 0;
};

/// A counter that both interfaces wait for and raise, on the device. Values only rise.
class ExternalTimeline {
 public:
  virtual ~ExternalTimeline() = default;
  /// What is queued on the stream (a cudaStream_t) later waits until the counter has reached the value.
  virtual void wait(void* cudaStream, std::uint64_t value) = 0;
  /// Raises the counter when what is queued on the stream is done.
  virtual void signal(void* cudaStream, std::uint64_t value) = 0;
};

/// The number of the CUDA device of that UUID; nothing where there is none, or the program was built without
/// CUDA.
[[nodiscard]] std::optional<int> findCudaDevice(const std::array<std::uint8_t, 16>& uuid);

/// Take over the file descriptor, whether or not they succeed. `bytes`: of the whole allocation, which holds
/// nothing but this (a dedicated one). Throw core::Error.
[[nodiscard]] std::unique_ptr<ExternalMemory> importExternalMemory(int cudaDevice, int descriptor,
                                                                   std::size_t bytes);
[[nodiscard]] std::unique_ptr<ExternalTimeline> importExternalTimeline(int cudaDevice, int descriptor);

/// Waits on the host until everything queued on the stream is done. `cudaDevice` -1: the thread's current
/// one. Throws core::Error.
void waitForCudaStream(int cudaDevice, void* cudaStream);

}  // namespace aula::compute
