// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compute/backend.h"
#include "compute/check/protected_memory.h"

namespace aula::compute {

/// The device of tests: its memory is host memory that faults when the host touches it, and the host's
/// buffers fault while a kernel runs. Kernels run as loops over blocks and threads (launch.h), on one thread,
/// in an order that changes from launch to launch, so that blocks that depend on each other and phases that
/// lack a barrier give wrong numbers. Every wrong touch and every write outside a buffer is thrown as
/// core::Error (failure) by the next call.
class CheckBackend final : public Backend {
 public:
  CheckBackend() = default;
  ~CheckBackend() override;
  CheckBackend(const CheckBackend&) = delete;
  CheckBackend& operator=(const CheckBackend&) = delete;

  [[nodiscard]] DeviceKind kind() const override { return DeviceKind::check; }
  [[nodiscard]] BackendProperties properties() const override;
  [[nodiscard]] void* allocate(Side side, std::size_t bytes, const std::string& name) override;
  void release(Side side, void* memory) noexcept override;
  void markStale(void* memory, bool isStale) override;
  [[nodiscard]] void* makeStream() override { return nullptr; }
  void destroyStream(void*) noexcept override {}
  void upload(void* stream, void* device, const void* host, std::size_t bytes) override;
  void download(void* stream, void* host, const void* device, std::size_t bytes) override;
  void copy(void* stream, void* target, const void* source, std::size_t bytes) override;
  void fillZero(void* stream, void* device, std::size_t bytes) override;
  void synchronise(void* stream) override;
  [[nodiscard]] std::unique_ptr<Batch> record(void* stream, const std::function<void()>& work) override;

  /// Runs `work` as the device, or keeps it while a batch is recorded. `reverses` tells the order of this
  /// launch.
  void execute(const std::string& what, std::function<void(bool reverses)> work);

 private:
  struct Entry {
    check::Allocation* allocation;
    Side side;
    bool isStale;
  };
  class RecordedBatch;

  void runNow(const std::string& what, const std::function<void(bool)>& work);
  void setDeviceSide(bool isDevice);
  void reportFaults(const std::string& during);
  /// Throws when [memory, memory + bytes) is not wholly inside one allocation of that side.
  void requireInside(Side side, const void* memory, std::size_t bytes, const char* what) const;

  std::map<const void*, Entry> entries_;  ///< By address.
  std::vector<std::pair<std::string, std::function<void(bool)>>>* recording_ = nullptr;
  std::map<std::string, bool>
      reversesNext_;  ///< By what is run, so that each kernel turns from launch to launch.
};

}  // namespace aula::compute
