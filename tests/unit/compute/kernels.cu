// SPDX-License-Identifier: Apache-2.0
#include "unit/compute/kernels.h"

#include "compute/cuda/launch.cuh"

AULA_INSTANTIATE_KERNEL(aula::compute::testing::Scale);
AULA_INSTANTIATE_KERNEL(aula::compute::testing::BlockSum);
