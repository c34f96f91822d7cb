// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

#include "compute/backend.h"
#include "compute/stream.h"
#include "core/error.h"

namespace aula::compute {

/// Memory of one side, released with its owner.
class Memory {
 public:
  Memory() = default;
  Memory(std::shared_ptr<Backend> backend, Side side, std::size_t bytes, const std::string& name)
      : backend_(std::move(backend)), side_(side), address_(backend_->allocate(side, bytes, name)) {}
  ~Memory() {
    if (address_ != nullptr) backend_->release(side_, address_);
  }
  Memory(Memory&& other) noexcept
      : backend_(std::move(other.backend_)),
        side_(other.side_),
        address_(std::exchange(other.address_, nullptr)) {}
  Memory& operator=(Memory&& other) noexcept {
    std::swap(backend_, other.backend_);
    std::swap(side_, other.side_);
    std::swap(address_, other.address_);
    return *this;
  }
  [[nodiscard]] void* address() const { return address_; }
  [[nodiscard]] Backend& backend() const { return *backend_; }

 private:
  std::shared_ptr<Backend> backend_;
  Side side_ = Side::device;
  void* address_ = nullptr;
};

/// An array on the device alone. An empty one holds no memory and its pointer is null.
template <class T>
class DeviceBuffer {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  DeviceBuffer() = default;
  DeviceBuffer(const Stream& stream, std::size_t size, std::string name)
      : size_(size), name_(std::move(name)) {
    if (size_ > 0) memory_ = Memory(stream.backendPointer(), Side::device, size_ * sizeof(T), name_);
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t bytes() const { return size_ * sizeof(T); }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] const std::string& name() const { return name_; }
  /// For kernels; the host must not follow it.
  [[nodiscard]] T* device() const { return static_cast<T*>(memory_.address()); }

  void upload(Stream& stream, std::span<const T> values, std::size_t first = 0) {
    requireRange("upload", first, values.size());
    if (!values.empty())
      stream.backend().upload(stream.handle(), device() + first, values.data(), values.size_bytes());
  }
  void download(Stream& stream, std::span<T> values, std::size_t first = 0) const {
    requireRange("download", first, values.size());
    if (!values.empty())
      stream.backend().download(stream.handle(), values.data(), device() + first, values.size_bytes());
  }
  void fillZero(Stream& stream) {
    if (!empty()) stream.backend().fillZero(stream.handle(), device(), bytes());
  }

 private:
  void requireRange(const char* what, std::size_t first, std::size_t count) const {
    if (first <= size_ && count <= size_ - first) return;
    throw core::Error(std::string(what) + " of elements " + std::to_string(first) + " to " +
                      std::to_string(first + count) + " of device buffer \"" + name_ + "\", which holds " +
                      std::to_string(size_));
  }

  Memory memory_;
  std::size_t size_ = 0;
  std::string name_;
};

/// An array that lives on both sides, with explicit transfers. It knows which side holds newer data, and
/// asking for the other throws core::Error; on the check device a pointer kept from before faults as well.
template <class T>
class Buffer {
 public:
  Buffer(Stream& stream, std::size_t size, const std::string& name)
      : device_(stream, size, name), size_(size) {
    if (size > 0) host_ = Memory(stream.backendPointer(), Side::host, size * sizeof(T), name);
  }
  [[nodiscard]] std::size_t size() const { return size_; }

  /// The host's side, to read.
  [[nodiscard]] std::span<const T> host() const {
    if (newer_ == Newer::device) throw core::Error(stale("host", "download"));
    return {hostAddress(), size_};
  }
  /// The host's side, to write; the device's is old from now on.
  [[nodiscard]] std::span<T> hostToWrite() {
    if (newer_ == Newer::device) throw core::Error(stale("host", "download"));
    setNewer(Newer::host);
    return {hostAddress(), size_};
  }
  /// The device's side, for a kernel that reads.
  [[nodiscard]] const T* device() const {
    if (newer_ == Newer::host) throw core::Error(stale("device", "upload"));
    return device_.device();
  }
  /// The device's side, for a kernel that writes; the host's is old from now on.
  [[nodiscard]] T* deviceToWrite() {
    if (newer_ == Newer::host) throw core::Error(stale("device", "upload"));
    setNewer(Newer::device);
    return device_.device();
  }
  void upload(Stream& stream) {
    const std::span<const T> values = host();
    setNewer(Newer::neither);
    device_.upload(stream, values);
  }
  void download(Stream& stream) {
    if (newer_ == Newer::host) throw core::Error(stale("device", "upload"));
    setNewer(Newer::neither);
    device_.download(stream, {hostAddress(), size_});
  }

 private:
  enum class Newer { neither, host, device };

  [[nodiscard]] T* hostAddress() const { return static_cast<T*>(host_.address()); }
  void setNewer(Newer newer) {
    newer_ = newer;
    if (size_ == 0) return;
    host_.backend().markStale(host_.address(), newer == Newer::device);
    host_.backend().markStale(device_.device(), newer == Newer::host);
  }
  [[nodiscard]] std::string stale(const char* side, const char* remedy) const {
    return std::string("the ") + side + " side of buffer \"" + device_.name() +
           "\" is older than the other side; " + remedy + " it first";
  }

  DeviceBuffer<T> device_;
  Memory host_;
  std::size_t size_ = 0;
  Newer newer_ = Newer::neither;
};

}  // namespace aula::compute
