// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/free_list.h"

#include <iterator>

#include "core/assert.h"

namespace aula::render::vulkan {

FreeList::FreeList(std::size_t size) : size_(size), freeBytes_(size) {
  if (size > 0) ranges_[0] = size;
}

std::optional<std::size_t> FreeList::take(std::size_t size, std::size_t alignment) {
  AULA_ASSERT(size > 0 && alignment > 0);
  for (auto range = ranges_.begin(); range != ranges_.end(); ++range) {
    const auto [begin, length] = *range;
    const std::size_t offset = (begin + alignment - 1) / alignment * alignment;
    if (offset - begin > length || length - (offset - begin) < size) continue;
    // What is left before and after stays free.
    ranges_.erase(range);
    if (offset > begin) ranges_[begin] = offset - begin;
    if (begin + length > offset + size) ranges_[offset + size] = begin + length - offset - size;
    freeBytes_ -= size;
    return offset;
  }
  return std::nullopt;
}

void FreeList::give(std::size_t offset, std::size_t size) {
  AULA_ASSERT(offset + size <= size_);
  auto [range, isNew] = ranges_.emplace(offset, size);
  AULA_ASSERT(isNew);
  freeBytes_ += size;
  if (const auto next = std::next(range); next != ranges_.end()) {
    AULA_ASSERT(next->first >= offset + size);
    if (next->first == offset + size) {
      range->second += next->second;
      ranges_.erase(next);
    }
  }
  if (range != ranges_.begin()) {
    const auto previous = std::prev(range);
    AULA_ASSERT(previous->first + previous->second <= offset);
    if (previous->first + previous->second == offset) {
      previous->second += range->second;
      ranges_.erase(range);
    }
  }
}

}  // namespace aula::render::vulkan
