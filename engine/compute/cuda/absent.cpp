// SPDX-License-Identifier: Apache-2.0
// Stands in for the rest of this folder in a build without CUDA.
#include "compute/backend.h"
#include "compute/cuda/cuda_devices.h"
#include "core/error.h"

namespace aula::compute {

CudaProbe probeCuda() {
  return {};
}

std::shared_ptr<Backend> makeCudaBackend() {
  throw core::inputError(
      "this build has no CUDA kernels; install the CUDA toolkit and build again, or use --device cpu");
}

}  // namespace aula::compute
