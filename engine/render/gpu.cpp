// SPDX-License-Identifier: Apache-2.0
#include "render/gpu.h"

#include <cstdlib>
#include <cstring>

#include "render/interop/shared_pool.h"
#include "render/vulkan/device.h"
#include "render/vulkan/instance.h"

namespace aula::render {
namespace {

bool isValidationWanted(Validation validation) {
  if (validation != Validation::automatic) return validation == Validation::on;
  const char* value = std::getenv("AULA_VULKAN_VALIDATION");
  return value != nullptr && std::strcmp(value, "0") != 0 && value[0] != '\0';
}

std::string wantedDevice(const std::string& option) {
  const char* value = std::getenv("AULA_VULKAN_DEVICE");
  return option.empty() && value != nullptr ? value : option;
}

/// Lives until the last shared array is gone: a simulation may still hold one when the window closes.
struct Core {
  explicit Core(const GpuOptions& options)
      : instance(isValidationWanted(options.validation), options.windowExtensions),
        device(instance, wantedDevice(options.device)) {}
  vulkan::Instance instance;
  vulkan::Device device;
};

}  // namespace

struct Gpu::Implementation {
  explicit Implementation(const GpuOptions& options)
      : core(std::make_shared<Core>(options)),
        sharedArrays(interop::makeSharedArrayPool(std::shared_ptr<const vulkan::Device>(core, &core->device),
                                                  options.sharedMemory)) {}
  std::shared_ptr<Core> core;
  std::unique_ptr<compute::SharedArrayPool> sharedArrays;
};

Gpu::Gpu() = default;
Gpu::~Gpu() = default;

std::shared_ptr<Gpu> Gpu::make(const GpuOptions& options) {
  std::shared_ptr<Gpu> gpu(new Gpu);
  gpu->implementation_ = std::make_unique<Implementation>(options);
  return gpu;
}

const DeviceReport& Gpu::report() const {
  return device().report();
}
const std::vector<std::string>& Gpu::validationMessages() const {
  return instance().messages();
}
bool Gpu::isLost() const {
  return device().isLost();
}
void Gpu::loseForTest() {
  device().loseForTest();
}
compute::SharedArrayPool& Gpu::sharedArrays() {
  return *implementation_->sharedArrays;
}
const vulkan::Instance& Gpu::instance() const {
  return implementation_->core->instance;
}
const vulkan::Device& Gpu::device() const {
  return implementation_->core->device;
}

}  // namespace aula::render
