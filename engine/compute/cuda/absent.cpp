// SPDX-License-Identifier: Apache-2.0
// Stands in for the rest of this folder in a build without CUDA.
#include "compute/backend.h"
#include "compute/cuda/cuda_devices.h"
#include "compute/external_memory.h"
#include "core/error.h"

namespace aula::compute {

CudaProbe probeCuda() {
  return {};
}

std::optional<int> findCudaDevice(const std::array<std::uint8_t, 16>& /*uuid*/) {
  return std::nullopt;
}

// Nobody has a device number to call these with.
std::unique_ptr<ExternalMemory> importExternalMemory(int, int, std::size_t) {
  throw core::Error("this build has no CUDA");
}
std::unique_ptr<ExternalTimeline> importExternalTimeline(int, int) {
  throw core::Error("this build has no CUDA");
}
void waitForCudaStream(int, void*) {
  throw core::Error("this build has no CUDA");
}

std::shared_ptr<Backend> makeCudaBackend() {
  throw core::inputError(
      "this build has no CUDA kernels; install the CUDA toolkit and build again, or use --device cpu");
}

}  // namespace aula::compute
