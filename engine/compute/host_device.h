// SPDX-License-Identifier: Apache-2.0
#pragma once

/// Marks the formulas that the CPU, the check device and CUDA share. nvcc compiles such a function for both
/// sides, any other compiler as an ordinary one. What is marked must be inline, throw nothing and call only
/// what is marked as well.
#if defined(__CUDACC__)
#define AULA_HOST_DEVICE __host__ __device__
#else
#define AULA_HOST_DEVICE
#endif
