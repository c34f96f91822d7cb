// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <string>

#include "compute/backend.h"
#include "compute/cuda/cuda_call.h"
#include "compute/cuda/cuda_devices.h"
#include "core/error.h"

namespace aula::compute {

namespace cuda {

void checkCall(cudaError_t result, const char* call, const char* file, int line) {
  if (result == cudaSuccess) return;
  const std::string_view path(file);
  const auto slash = path.rfind('/');
  const std::string place(slash == std::string_view::npos ? path : path.substr(slash + 1));
  throw core::Error(std::string("CUDA: ") + cudaGetErrorString(result) + " (" + cudaGetErrorName(result) +
                    ") from " + call + " at " + place + ":" + std::to_string(line));
}

void checkLaunch(const char* kernel, cudaStream_t stream) {
  const auto require = [kernel](cudaError_t result) {
    if (result != cudaSuccess)
      throw core::Error(std::string("CUDA: kernel \"") + kernel + "\" failed: " + cudaGetErrorString(result) +
                        " (" + cudaGetErrorName(result) + ")");
  };
  require(cudaGetLastError());
#ifndef __OPTIMIZE__
  // A recorded stream cannot be waited for.
  cudaStreamCaptureStatus status = cudaStreamCaptureStatusNone;
  require(cudaStreamIsCapturing(stream, &status));
  if (status == cudaStreamCaptureStatusNone) require(cudaStreamSynchronize(stream));
#else
  static_cast<void>(stream);
#endif
}

}  // namespace cuda

CudaProbe probeCuda() {
  CudaProbe probe;
  probe.isBuilt = true;
  cudaRuntimeGetVersion(&probe.runtimeVersion);
  if (cudaDriverGetVersion(&probe.driverVersion) != cudaSuccess || probe.driverVersion == 0) {
    probe.driverVersion = 0;
    return probe;
  }
  int count = 0;
  const cudaError_t counted = cudaGetDeviceCount(&count);
  if (counted != cudaSuccess && counted != cudaErrorNoDevice) {
    probe.error = cudaGetErrorString(counted);
    static_cast<void>(cudaGetLastError());
    return probe;
  }
  for (int device = 0; device < count; ++device) {
    CudaProbe::Device found;
    cudaDeviceProp properties{};
    cudaError_t result = cudaGetDeviceProperties(&properties, device);
    if (result == cudaSuccess) {
      found.name = properties.name;
      found.major = properties.major;
      found.minor = properties.minor;
      found.totalBytes = static_cast<double>(properties.totalGlobalMem);
      int mode = 0;
      result = cudaDeviceGetAttribute(&mode, cudaDevAttrComputeMode, device);
      found.isExclusivelyProhibited = mode == cudaComputeModeProhibited;
    }
    if (result == cudaSuccess && !found.isExclusivelyProhibited) {
      std::size_t freeBytes = 0, totalBytes = 0;
      result = cudaSetDevice(device);
      if (result == cudaSuccess) result = cudaMemGetInfo(&freeBytes, &totalBytes);
      found.freeBytes = static_cast<double>(freeBytes);
    }
    if (found.name.empty()) found.name = "CUDA device " + std::to_string(device);
    if (result != cudaSuccess) {
      found.error = cudaGetErrorString(result);
      static_cast<void>(cudaGetLastError());
    }
    probe.devices.push_back(found);
  }
  return probe;
}

namespace {

class CudaBatch final : public Batch {
 public:
  CudaBatch(cudaGraphExec_t graph, cudaStream_t stream, int device)
      : graph_(graph), stream_(stream), device_(device) {}
  ~CudaBatch() override { cudaGraphExecDestroy(graph_); }
  CudaBatch(const CudaBatch&) = delete;
  CudaBatch& operator=(const CudaBatch&) = delete;
  void run() override {
    AULA_CUDA_CALL(cudaSetDevice(device_));
    AULA_CUDA_CALL(cudaGraphLaunch(graph_, stream_));
  }

 private:
  cudaGraphExec_t graph_;
  cudaStream_t stream_;
  int device_;
};

class CudaBackend final : public Backend {
 public:
  explicit CudaBackend(int device) : device_(device) { select(); }

  [[nodiscard]] DeviceKind kind() const override { return DeviceKind::cuda; }

  [[nodiscard]] BackendProperties properties() const override {
    select();
    cudaDeviceProp properties{};
    AULA_CUDA_CALL(cudaGetDeviceProperties(&properties, device_));
    std::size_t freeBytes = 0, totalBytes = 0;
    AULA_CUDA_CALL(cudaMemGetInfo(&freeBytes, &totalBytes));
    return {properties.name, static_cast<double>(freeBytes), static_cast<double>(totalBytes),
            properties.multiProcessorCount};
  }

  [[nodiscard]] void* allocate(Side side, std::size_t bytes, const std::string& name) override {
    select();
    void* memory = nullptr;
    const cudaError_t result =
        side == Side::device ? cudaMalloc(&memory, bytes) : cudaMallocHost(&memory, bytes);
    if (result == cudaErrorMemoryAllocation) {
      static_cast<void>(cudaGetLastError());
      std::size_t freeBytes = 0, totalBytes = 0;
      AULA_CUDA_CALL(cudaMemGetInfo(&freeBytes, &totalBytes));
      char text[160];
      std::snprintf(
          text, sizeof text, "%.2f GiB for \"%s\" do not fit: %.2f GiB of %.2f GiB are free on the %s",
          static_cast<double>(bytes) / 0x1p30, name.c_str(), static_cast<double>(freeBytes) / 0x1p30,
          static_cast<double>(totalBytes) / 0x1p30, side == Side::device ? "CUDA device" : "host");
      throw core::Error(text);
    }
    AULA_CUDA_CALL(result);
    return memory;
  }
  void release(Side side, void* memory) noexcept override {
    // An error here is one of an earlier call and was or will be reported by synchronise().
    cudaSetDevice(device_);
    if (side == Side::device)
      cudaFree(memory);
    else
      cudaFreeHost(memory);
  }
  void markStale(void*, bool) override {}

  [[nodiscard]] void* makeStream() override {
    select();
    cudaStream_t stream = nullptr;
    AULA_CUDA_CALL(cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking));
    return stream;
  }
  void destroyStream(void* stream) noexcept override { cudaStreamDestroy(static_cast<cudaStream_t>(stream)); }

  void upload(void* stream, void* device, const void* host, std::size_t bytes) override {
    transfer(stream, device, host, bytes, cudaMemcpyHostToDevice);
    synchronise(stream);
  }
  void download(void* stream, void* host, const void* device, std::size_t bytes) override {
    transfer(stream, host, device, bytes, cudaMemcpyDeviceToHost);
    synchronise(stream);
  }
  void copy(void* stream, void* target, const void* source, std::size_t bytes) override {
    transfer(stream, target, source, bytes, cudaMemcpyDeviceToDevice);
  }
  void fillZero(void* stream, void* device, std::size_t bytes) override {
    select();
    AULA_CUDA_CALL(cudaMemsetAsync(device, 0, bytes, static_cast<cudaStream_t>(stream)));
  }
  void synchronise(void* stream) override {
    select();
    AULA_CUDA_CALL(cudaStreamSynchronize(static_cast<cudaStream_t>(stream)));
  }

  [[nodiscard]] std::unique_ptr<Batch> record(void* stream, const std::function<void()>& work) override {
    select();
    const auto cudaStream = static_cast<cudaStream_t>(stream);
    AULA_CUDA_CALL(cudaStreamBeginCapture(cudaStream, cudaStreamCaptureModeThreadLocal));
    cudaGraph_t graph = nullptr;
    try {
      work();
    } catch (...) {
      cudaStreamEndCapture(cudaStream, &graph);
      if (graph != nullptr) cudaGraphDestroy(graph);
      throw;
    }
    AULA_CUDA_CALL(cudaStreamEndCapture(cudaStream, &graph));
    cudaGraphExec_t executable = nullptr;
    const cudaError_t made = cudaGraphInstantiate(&executable, graph, 0);
    cudaGraphDestroy(graph);
    AULA_CUDA_CALL(made);
    return std::make_unique<CudaBatch>(executable, cudaStream, device_);
  }

 private:
  void select() const { AULA_CUDA_CALL(cudaSetDevice(device_)); }
  void transfer(void* stream, void* target, const void* source, std::size_t bytes,
                cudaMemcpyKind direction) const {
    select();
    AULA_CUDA_CALL(cudaMemcpyAsync(target, source, bytes, direction, static_cast<cudaStream_t>(stream)));
  }

  int device_;
};

}  // namespace

std::shared_ptr<Backend> makeCudaBackend() {
  const CudaProbe probe = probeCuda();
  const std::vector<DeviceReport> reports = reportCuda(probe);
  int best = -1;
  for (std::size_t n = 0; n < probe.devices.size() && n < reports.size(); ++n)
    if (reports[n].isUsable &&
        (best < 0 || reports[n].memoryBytes > reports[static_cast<std::size_t>(best)].memoryBytes))
      best = static_cast<int>(n);
  if (best >= 0) return std::make_shared<CudaBackend>(best);
  std::string reasons = "no CUDA device can be used:";
  for (const DeviceReport& report : reports) reasons += "\n  " + report.name + ": " + report.remark;
  throw core::inputError(reasons);
}

}  // namespace aula::compute
