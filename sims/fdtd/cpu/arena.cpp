// SPDX-License-Identifier: Apache-2.0
#include "fdtd/cpu/arena.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include "core/error.h"

namespace aula::fdtd::cpu {

namespace {
constexpr std::size_t kLargePage = std::size_t{2} << 20;
}

Arena::Arena(std::size_t floats, int threads) : floats_(floats) {
  if (floats == 0) return;
  const std::size_t bytes = floats * sizeof(float);
  const std::size_t page = bytes >= kLargePage ? kLargePage : 4096;
  mappedBytes_ = (bytes + page - 1) / page * page;
  void* memory = mmap(nullptr, mappedBytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED)
    throw core::Error("cannot get " + std::to_string(mappedBytes_ >> 20) + " MiB of memory for the fields: " +
                      std::strerror(errno) + "; use a smaller or coarser grid");
#if defined(MADV_HUGEPAGE)
  if (page == kLargePage)
    madvise(memory, mappedBytes_, MADV_HUGEPAGE);  // only a wish: without it all works, slower
#endif
  data_ = static_cast<float*>(memory);
  char* const first = static_cast<char*>(memory);
  const auto pages = static_cast<std::ptrdiff_t>(mappedBytes_ / page);
#pragma omp parallel for num_threads(threads) schedule(static)
  for (std::ptrdiff_t n = 0; n < pages; ++n) std::memset(first + static_cast<std::size_t>(n) * page, 0, page);
}

Arena::~Arena() {
  if (data_ != nullptr) munmap(data_, mappedBytes_);
}

Arena::Arena(Arena&& other) noexcept {
  *this = std::move(other);
}

Arena& Arena::operator=(Arena&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(floats_, other.floats_);
  std::swap(mappedBytes_, other.mappedBytes_);
  return *this;
}

}  // namespace aula::fdtd::cpu
