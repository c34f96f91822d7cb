// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>

#include "compute/device.h"
#include "core/error.h"

namespace aula::compute {

/// Memory that a simulation writes and a graphics device reads without a copy. Whoever draws makes it (it
/// owns both sides), the simulation fills it. One writer, then publish, then any number of readers; as every
/// published array it does not change while a view holds it.
class SharedArray {
 public:
  virtual ~SharedArray() = default;
  [[nodiscard]] virtual std::size_t bytes() const = 0;
  /// Where a CUDA kernel writes; null where there is no shared device memory, then hostPointer() is to be
  /// written.
  [[nodiscard]] virtual void* devicePointer() const = 0;
  /// Where the host writes; null for memory of the device alone.
  [[nodiscard]] virtual void* hostPointer() const = 0;
  /// bytes() bytes, as published, for whoever keeps them (frames of a run on the disk). Any thread. Where
  /// the host cannot reach the memory the class overrides this; otherwise it throws core::Error.
  virtual void copyToHost(void* target) const {
    if (!hostPointer())
      throw core::Error("An array that lies on the graphics device alone cannot be copied to the host.");
    std::memcpy(target, hostPointer(), bytes());
  }
};

/// Makes shared arrays; given to a simulation by the front end. Any thread.
class SharedArrayPool {
 public:
  virtual ~SharedArrayPool() = default;
  /// Reuses memory that no view holds any more. Throws core::Error when there is not enough.
  [[nodiscard]] virtual std::shared_ptr<SharedArray> take(std::size_t bytes) = 0;
  /// Called by the simulation when all its writes are queued on `cudaStream` (a cudaStream_t; null for host
  /// writes): reads by the graphics device wait for them, on the device where it can.
  virtual void publish(SharedArray& array, void* cudaStream) = 0;
};

}  // namespace aula::compute
