// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Marks a formula that host and device code share. Always inlined on the host, so that a formula compiled
/// for one instruction set can never be linked into code meant for another.
#if defined(__CUDACC__)
#define AULA_TISSUE_HD __host__ __device__ __forceinline__
#else
#define AULA_TISSUE_HD [[gnu::always_inline]] inline
#endif
