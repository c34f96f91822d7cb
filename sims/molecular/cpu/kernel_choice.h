// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace aula::molecular::cpu {

enum class KernelLevel { baseline, avx2, avx512 };

/// The level that is asked for by name ("baseline", "avx2", "avx512"), or with null the best of this machine;
/// throws core::Error (input) where the machine has not got it.
[[nodiscard]] KernelLevel kernelLevel(const char* instructionSet);

}  // namespace aula::molecular::cpu
