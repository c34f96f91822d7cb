// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vulkan/vulkan.h>

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace aula::render::vulkan {

/// Compiled pipelines that outlive the program, so that it starts faster the next time: in
/// $XDG_CACHE_HOME/aula or ~/.cache/aula, one file for each device and driver. A file that is missing, broken
/// or of another driver is as good as none; a folder that cannot be written to is a line in the debug log.
class PipelineCache {
 public:
  PipelineCache(VkDevice device, const VkPhysicalDeviceProperties& properties);
  /// Writes what was added.
  ~PipelineCache();
  PipelineCache(const PipelineCache&) = delete;
  PipelineCache& operator=(const PipelineCache&) = delete;

  [[nodiscard]] VkPipelineCache handle() const { return cache_; }
  /// Taken up from the disk.
  [[nodiscard]] std::size_t loadedBytes() const { return loadedBytes_; }

 private:
  void save() const;

  VkDevice device_;
  std::optional<std::filesystem::path> file_;
  std::string header_;  ///< What the file of this device and driver begins with.
  std::size_t loadedBytes_ = 0;
  std::uint32_t loadedSum_ = 0;
  VkPipelineCache cache_ = VK_NULL_HANDLE;
};

/// The folder, or nothing where the environment names neither a cache nor a home.
[[nodiscard]] std::optional<std::filesystem::path> pipelineCacheFolder();

/// A file's text: header, size, checksum, payload.
[[nodiscard]] std::string packCache(const std::string& header, std::span<const std::byte> payload);
/// The payload, or nothing where the file is not whole or begins with another header.
[[nodiscard]] std::optional<std::string> unpackCache(const std::string& header, const std::string& file);

}  // namespace aula::render::vulkan
