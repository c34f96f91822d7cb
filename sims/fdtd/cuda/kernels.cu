// SPDX-License-Identifier: Apache-2.0
#include "compute/cuda/launch.cuh"
#include "fdtd/cuda/march_kernel.h"
#include "fdtd/cuda/sparse_kernels.h"

AULA_INSTANTIATE_KERNEL(aula::fdtd::cuda::March<false>);
AULA_INSTANTIATE_KERNEL(aula::fdtd::cuda::March<true>);
AULA_INSTANTIATE_KERNEL(aula::fdtd::cuda::Inject);
AULA_INSTANTIATE_KERNEL(aula::fdtd::cuda::CouplingSums);
AULA_INSTANTIATE_KERNEL(aula::fdtd::cuda::Couple);
AULA_INSTANTIATE_KERNEL(aula::fdtd::cuda::Disperse);
AULA_INSTANTIATE_KERNEL(aula::fdtd::cuda::Gather);
AULA_INSTANTIATE_KERNEL(aula::fdtd::cuda::Scatter);
AULA_INSTANTIATE_KERNEL(aula::fdtd::cuda::FindNonFinite);
