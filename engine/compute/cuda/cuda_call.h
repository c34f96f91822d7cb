// SPDX-License-Identifier: Apache-2.0
// Not to be compiled alone: it needs the CUDA toolkit.
#pragma once

#include <cuda_runtime.h>

namespace aula::compute::cuda {

/// Throws core::Error (failure) naming the call, its result and the place; nothing for cudaSuccess.
void checkCall(cudaError_t result, const char* call, const char* file, int line);

/// After a launch: collects its own error, and in debug builds waits for it, so that an asynchronous error is
/// reported by the kernel that caused it.
void checkLaunch(const char* kernel, cudaStream_t stream);

}  // namespace aula::compute::cuda

/// Every call of the CUDA runtime goes through this.
#define AULA_CUDA_CALL(call) ::aula::compute::cuda::checkCall((call), #call, __FILE__, __LINE__)
