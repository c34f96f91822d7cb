// SPDX-License-Identifier: Apache-2.0
#include "anatomy/tissue/cuda/element_kernels.h"
#include "anatomy/tissue/cuda/point_kernels.h"
#include "anatomy/tissue/cuda/sum_kernels.h"
#include "compute/cuda/launch.cuh"

namespace tissue = aula::anatomy::tissue::cuda;

AULA_INSTANTIATE_KERNEL(tissue::Strain);
AULA_INSTANTIATE_KERNEL(tissue::Dilate);
using Force00 = tissue::Force<false, false>;
using Force01 = tissue::Force<false, true>;
using Force10 = tissue::Force<true, false>;
using Force11 = tissue::Force<true, true>;
AULA_INSTANTIATE_KERNEL(Force00);
AULA_INSTANTIATE_KERNEL(Force01);
AULA_INSTANTIATE_KERNEL(Force10);
AULA_INSTANTIATE_KERNEL(Force11);
using Linearise00 = tissue::Linearise<false, false>;
using Linearise01 = tissue::Linearise<false, true>;
using Linearise10 = tissue::Linearise<true, false>;
using Linearise11 = tissue::Linearise<true, true>;
AULA_INSTANTIATE_KERNEL(Linearise00);
AULA_INSTANTIATE_KERNEL(Linearise01);
AULA_INSTANTIATE_KERNEL(Linearise10);
AULA_INSTANTIATE_KERNEL(Linearise11);
using Multiply00 = tissue::Multiply<false, false>;
using Multiply01 = tissue::Multiply<false, true>;
using Multiply10 = tissue::Multiply<true, false>;
using Multiply11 = tissue::Multiply<true, true>;
AULA_INSTANTIATE_KERNEL(Multiply00);
AULA_INSTANTIATE_KERNEL(Multiply01);
AULA_INSTANTIATE_KERNEL(Multiply10);
AULA_INSTANTIATE_KERNEL(Multiply11);
AULA_INSTANTIATE_KERNEL(tissue::Begin);
AULA_INSTANTIATE_KERNEL(tissue::End);
AULA_INSTANTIATE_KERNEL(tissue::NoteDilation);
AULA_INSTANTIATE_KERNEL(tissue::Displace);
AULA_INSTANTIATE_KERNEL(tissue::Press);
AULA_INSTANTIATE_KERNEL(tissue::GatherBlocks);
AULA_INSTANTIATE_KERNEL(tissue::GatherImage);
AULA_INSTANTIATE_KERNEL(tissue::Turn);
AULA_INSTANTIATE_KERNEL(tissue::SumPoints<tissue::ForcesBody>);
AULA_INSTANTIATE_KERNEL(tissue::SumPoints<tissue::SlopeBody>);
AULA_INSTANTIATE_KERNEL(tissue::SumPoints<tissue::StartBody>);
AULA_INSTANTIATE_KERNEL(tissue::SumPoints<tissue::ImageBody>);
AULA_INSTANTIATE_KERNEL(tissue::SumPoints<tissue::AdvanceBody>);
AULA_INSTANTIATE_KERNEL(tissue::Decide<tissue::ForcesDecision>);
AULA_INSTANTIATE_KERNEL(tissue::Decide<tissue::SlopeDecision>);
AULA_INSTANTIATE_KERNEL(tissue::Decide<tissue::StartDecision>);
AULA_INSTANTIATE_KERNEL(tissue::Decide<tissue::ImageDecision>);
AULA_INSTANTIATE_KERNEL(tissue::Decide<tissue::AdvanceDecision>);
