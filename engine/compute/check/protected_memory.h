// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "compute/backend.h"

namespace aula::compute::check {

/// Pages that fault when they may not be touched. Each allocation is
///
///     [guard page][canary bytes][data, aligned to 256, filled with 0xff][canary bytes to the end of the
///     page][guard page]
///
/// with the data as near to the closing guard page as its alignment allows. A fault is noted, the page is
/// opened and the program goes on, so that a test sees an error message and not a dead process; faults
/// elsewhere go to the handler that was there before. A few thousand allocations at most. The handler is
/// installed by the first one.
struct Allocation;

[[nodiscard]] Allocation* allocate(Side side, std::size_t bytes, const std::string& name);
/// Gives the memory back; a fault not yet taken stays noted.
void release(Allocation* allocation) noexcept;
[[nodiscard]] void* address(const Allocation* allocation);
[[nodiscard]] std::size_t size(const Allocation* allocation);  ///< Bytes of the data.
[[nodiscard]] const char* name(const Allocation* allocation);

/// Opens or closes the data's pages.
void setOpen(Allocation* allocation, bool isOpen);

/// What wrote over the canary bytes of this allocation, in words; absent when they are whole.
[[nodiscard]] std::optional<std::string> damagedCanary(const Allocation* allocation);

/// The first wrong touch since the last call, in words: buffer, side, place, read or write.
[[nodiscard]] std::optional<std::string> takeFault();

}  // namespace aula::compute::check
