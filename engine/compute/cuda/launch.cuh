// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "compute/cuda/cuda_call.h"
#include "compute/kernel.h"

/// The CUDA side of launch(): include it in a .cu file and instantiate aula::compute::cuda::launchKernel for
/// each kernel.
namespace aula::compute::cuda {

template <class Registers>
class DeviceBlock {
 public:
  __device__ BlockIndex index() const {
    return {static_cast<int>(blockIdx.x), static_cast<int>(blockIdx.y), static_cast<int>(blockIdx.z)};
  }
  template <class Phase>
  __device__ void phase(const Phase& body) {
    body(ThreadIndex{static_cast<int>(threadIdx.x), static_cast<int>(threadIdx.y),
                     static_cast<int>(threadIdx.z)},
         own_);
    __syncthreads();
  }

 private:
  Registers own_;
};

template <class Kernel>
__global__ void __launch_bounds__(Kernel::kThreads) runKernel(const Kernel kernel) {
  __shared__ typename Kernel::Shared shared;
  DeviceBlock<typename Kernel::Registers> block;
  kernel(block, shared);
}

template <class Kernel>
void launchKernel(void* stream, const LaunchShape& shape, const Kernel& kernel) {
  const auto cudaStream = static_cast<cudaStream_t>(stream);
  const auto extent = [](const Extent3& e) {
    return dim3(static_cast<unsigned>(e.x), static_cast<unsigned>(e.y), static_cast<unsigned>(e.z));
  };
  runKernel<Kernel><<<extent(shape.blocks), extent(shape.threads), 0, cudaStream>>>(kernel);
  checkLaunch(Kernel::kName, cudaStream);
}

}  // namespace aula::compute::cuda

/// One kernel for the host's launch().
#define AULA_INSTANTIATE_KERNEL(Kernel)                                                                 \
  template void ::aula::compute::cuda::launchKernel<Kernel>(void*, const ::aula::compute::LaunchShape&, \
                                                            const Kernel&)
