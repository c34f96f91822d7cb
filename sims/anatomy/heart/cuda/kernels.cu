// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/cuda/kernels.h"
#include "compute/cuda/launch.cuh"

namespace heart = aula::anatomy::heart::cuda;

AULA_INSTANTIATE_KERNEL(heart::Diffuse);
AULA_INSTANTIATE_KERNEL(heart::ReactAlievPanfilov);
AULA_INSTANTIATE_KERNEL(heart::ReactTenTusscher);
AULA_INSTANTIATE_KERNEL(heart::Stimulate);
AULA_INSTANTIATE_KERNEL(heart::AdvanceClock);
AULA_INSTANTIATE_KERNEL(heart::FindNotFinite);
