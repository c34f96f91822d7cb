// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "render/graph/aliasing.h"
#include "render/vulkan/buffer.h"
#include "render/vulkan/device_image.h"

namespace aula::render::graph {

/// One of a frame's own images or buffers.
struct TransientRequest {
  std::string name;
  vulkan::ImageShape shape;
  VkDeviceSize bufferBytes = 0;  ///< Positive: a buffer.
  Lifetime life;
  bool operator==(const TransientRequest&) const = default;
};

/// The images and buffers of a frame, in memory they share where their lives do not meet.
class TransientSet {
 public:
  TransientSet(const vulkan::Device& device, std::vector<TransientRequest> requests);

  [[nodiscard]] const std::vector<TransientRequest>& requests() const { return requests_; }
  /// Null for the other kind.
  [[nodiscard]] vulkan::DeviceImage* image(std::size_t i) const { return things_[i].image.get(); }
  [[nodiscard]] vulkan::Buffer* buffer(std::size_t i) const { return things_[i].buffer.get(); }
  [[nodiscard]] vulkan::ResourceState& state(std::size_t i) const;
  /// Where it lies, and in which piece of memory.
  [[nodiscard]] std::size_t offset(std::size_t i) const { return things_[i].offset; }
  [[nodiscard]] std::size_t bytes(std::size_t i) const { return things_[i].bytes; }
  [[nodiscard]] int block(std::size_t i) const { return things_[i].block; }
  [[nodiscard]] const std::vector<std::size_t>& sharers(std::size_t i) const { return things_[i].sharers; }
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  [[nodiscard]] std::size_t unsharedBytes() const { return unsharedBytes_; }

  /// Before the first use in a frame: all that anyone did with this memory, in this frame or the last, is to
  /// be waited for.
  void takeOver(std::size_t i);

 private:
  struct Thing {
    std::unique_ptr<vulkan::DeviceImage> image;
    std::unique_ptr<vulkan::Buffer> buffer;
    std::size_t offset = 0, bytes = 0;
    int block = 0;
    std::vector<std::size_t> sharers;  ///< Itself included.
  };

  // Memory before what lies in it, so that it goes last.
  std::vector<vulkan::Allocation> memory_;
  std::vector<TransientRequest> requests_;
  std::vector<Thing> things_;
  std::size_t bytes_ = 0, unsharedBytes_ = 0;
};

/// The sets of the last different frames, so that frames that repeat (or alternate) allocate nothing.
class TransientCache {
 public:
  [[nodiscard]] std::shared_ptr<TransientSet> get(const vulkan::Device& device,
                                                  std::vector<TransientRequest> requests);
  /// How many sets were made so far.
  [[nodiscard]] std::size_t made() const { return made_; }

 private:
  static constexpr std::size_t kSets = 2;
  std::vector<std::shared_ptr<TransientSet>> sets_;  ///< The last used first.
  std::size_t made_ = 0;
};

}  // namespace aula::render::graph
