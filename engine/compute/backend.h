// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "compute/device.h"

namespace aula::compute {

/// Which memory.
enum class Side { host, device };

struct BackendProperties {
  std::string name;      ///< "NVIDIA H200", "check: protected host memory"
  double freeBytes = 0;  ///< Device memory that can be allocated now.
  double totalBytes = 0;
  int multiprocessors = 1;  ///< Blocks beyond a few times this many keep the device busy.
};

/// Work recorded once and run often: a CUDA graph, or a list of calls on the check device.
class Batch {
 public:
  virtual ~Batch() = default;
  virtual void run() = 0;  ///< In the order of the stream it was recorded on.
};

/// All that host code does with a device. Two implementations: CUDA, and `check`, host memory that may be
/// touched only on the side that owns it. Users hold memory through Buffer and DeviceBuffer and order work by
/// a Stream; kernels are started by launch() (launch.h). Throws core::Error (failure) with the driver's
/// reason. One thread.
class Backend {
 public:
  virtual ~Backend() = default;
  [[nodiscard]] virtual DeviceKind kind() const = 0;
  [[nodiscard]] virtual BackendProperties properties() const = 0;

  /// Aligned to 256 bytes, contents undefined (on `check` every byte is 0xff, so that a float reads as NaN).
  /// `name` stands in messages. Host memory is pinned.
  [[nodiscard]] virtual void* allocate(Side side, std::size_t bytes, const std::string& name) = 0;
  virtual void release(Side side, void* memory) noexcept = 0;
  /// Says that the other side holds newer data: `check` faults when this memory is touched, other devices do
  /// nothing.
  virtual void markStale(void* memory, bool isStale) = 0;

  [[nodiscard]] virtual void* makeStream() = 0;
  virtual void destroyStream(void* stream) noexcept = 0;
  /// In the stream's order; upload and download return when the host memory may be touched again.
  virtual void upload(void* stream, void* device, const void* host, std::size_t bytes) = 0;
  virtual void download(void* stream, void* host, const void* device, std::size_t bytes) = 0;
  virtual void copy(void* stream, void* target, const void* source, std::size_t bytes) = 0;
  virtual void fillZero(void* stream, void* device, std::size_t bytes) = 0;
  /// Waits for the stream and reports what went wrong since the last call.
  virtual void synchronise(void* stream) = 0;
  /// Runs `work`, which may only launch kernels, fill and copy on this stream, and keeps it. It is not
  /// executed before run().
  [[nodiscard]] virtual std::unique_ptr<Batch> record(void* stream, const std::function<void()>& work) = 0;
};

/// The check device. Any number may exist; each has memory of its own.
[[nodiscard]] std::shared_ptr<Backend> makeCheckBackend();
/// The usable CUDA device with the most free memory; throws core::Error (input) with the reason where there
/// is none.
[[nodiscard]] std::shared_ptr<Backend> makeCudaBackend();

}  // namespace aula::compute
