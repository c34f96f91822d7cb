// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "compute/shared_array.h"
#include "render/devices.h"

namespace aula::render {

namespace vulkan {
class Device;
class Instance;
}  // namespace vulkan

enum class Validation {
  automatic,  ///< On when the environment has AULA_VULKAN_VALIDATION=1.
  on,         ///< Required: core::Error when the layer is not installed.
  off
};

/// How memory is shared with simulations.
enum class SharedMemory {
  automatic,  ///< CUDA's where the build and the card allow it, else mapped.
  mapped      ///< Host memory that the device reads, also where CUDA could be used: to compare the two.
};

struct GpuOptions {
  Validation validation = Validation::automatic;
  /// Part of a device's name; empty: the environment's AULA_VULKAN_DEVICE, else by preference discrete,
  /// integrated, virtual, software.
  std::string device;
  /// Instance extensions a window needs (as GLFW names them); empty: headless.
  std::vector<std::string> windowExtensions;
  SharedMemory sharedMemory = SharedMemory::automatic;
};

/// One graphics device with its queue, memory, pipeline cache and fonts' glyphs: what every renderer, path
/// tracer and window of a process shares. One thread draws at a time.
class Gpu {
 public:
  /// Throws core::Error: no device (with every reason).
  static std::shared_ptr<Gpu> make(const GpuOptions& options = {});
  ~Gpu();
  Gpu(const Gpu&) = delete;
  Gpu& operator=(const Gpu&) = delete;

  [[nodiscard]] const DeviceReport& report() const;
  /// What the validation layers said since the start; tests demand that it is empty.
  [[nodiscard]] const std::vector<std::string>& validationMessages() const;
  /// The device was lost (driver reset, card removed): everything made from this Gpu must be made anew from
  /// another.
  [[nodiscard]] bool isLost() const;
  /// Marks the device as lost at the next submission: how recovery is tested.
  void loseForTest();
  /// Memory that simulations write and this device reads (CUDA's where both are the same card, else mapped
  /// memory).
  [[nodiscard]] compute::SharedArrayPool& sharedArrays();

  // For the renderer's own files.
  [[nodiscard]] const vulkan::Instance& instance() const;
  [[nodiscard]] const vulkan::Device& device() const;

 private:
  Gpu();
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// Thrown by any drawing function when the device is lost; catch it, make a new Gpu and renderers, go on.
class DeviceLost : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "the graphics device was lost"; }
};

}  // namespace aula::render
