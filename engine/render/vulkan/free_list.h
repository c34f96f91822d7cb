// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <optional>

namespace aula::render::vulkan {

/// The free ranges of a block of bytes: first fit, neighbours merged. Knows nothing of Vulkan.
class FreeList {
 public:
  explicit FreeList(std::size_t size);

  /// The offset of `size` bytes at a multiple of `alignment` (any positive number), or nothing when they do
  /// not fit.
  [[nodiscard]] std::optional<std::size_t> take(std::size_t size, std::size_t alignment);
  /// Gives back what take() gave.
  void give(std::size_t offset, std::size_t size);

  /// Nothing is taken.
  [[nodiscard]] bool isEmpty() const { return freeBytes_ == size_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t freeBytes() const { return freeBytes_; }

 private:
  std::map<std::size_t, std::size_t> ranges_;  ///< Offset to length.
  std::size_t size_, freeBytes_;
};

}  // namespace aula::render::vulkan
