// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace aula::bench {

/// Memory bandwidth in bytes a second of the loop a field solver is made of, a[i] = s a[i] + t over an array
/// far larger than any cache: each float is read and written once, in place, so nothing is fetched only to be
/// overwritten. Best of five. Takes about a second and 512 MiB (less where the machine has less to give).
[[nodiscard]] double measureBandwidth(int threads);

}  // namespace aula::bench
