// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace aula::core {

/// CRC-32C (Castagnoli; RFC 3720, appendix B.4) of `bytes`, going on from `crc`, which is 0 at first. About 2
/// GB/s.
[[nodiscard]] std::uint32_t crc32c(std::uint32_t crc, std::span<const std::byte> bytes);

}  // namespace aula::core
