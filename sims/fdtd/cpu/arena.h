// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

namespace aula::fdtd::cpu {

/// Zeroed floats on large pages where the system has them, each page first touched by the thread that will
/// probably use it. Aligned to 64 bytes. Throws core::Error (failure) when the memory is not to be had.
class Arena {
 public:
  Arena() = default;
  Arena(std::size_t floats, int threads);
  ~Arena();
  Arena(Arena&& other) noexcept;
  Arena& operator=(Arena&& other) noexcept;

  [[nodiscard]] float* data() { return data_; }
  [[nodiscard]] const float* data() const { return data_; }
  [[nodiscard]] std::size_t size() const { return floats_; }
  [[nodiscard]] std::span<float> values() { return {data_, floats_}; }
  [[nodiscard]] std::span<const float> values() const { return {data_, floats_}; }
  [[nodiscard]] double bytes() const { return static_cast<double>(mappedBytes_); }

 private:
  float* data_ = nullptr;
  std::size_t floats_ = 0;
  std::size_t mappedBytes_ = 0;
};

}  // namespace aula::fdtd::cpu
