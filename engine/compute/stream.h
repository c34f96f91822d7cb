// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "compute/backend.h"

namespace aula::compute {

/// Work on one device in order. Keeps its backend alive.
class Stream {
 public:
  explicit Stream(std::shared_ptr<Backend> backend)
      : backend_(std::move(backend)), handle_(backend_->makeStream()) {}
  ~Stream() { backend_->destroyStream(handle_); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  [[nodiscard]] Backend& backend() const { return *backend_; }
  [[nodiscard]] const std::shared_ptr<Backend>& backendPointer() const { return backend_; }
  [[nodiscard]] void* handle() const { return handle_; }
  /// Waits; throws what went wrong on the device since the last wait.
  void synchronise() { backend_->synchronise(handle_); }
  [[nodiscard]] std::unique_ptr<Batch> record(const std::function<void()>& work) {
    return backend_->record(handle_, work);
  }

 private:
  std::shared_ptr<Backend> backend_;
  void* handle_;
};

}  // namespace aula::compute
