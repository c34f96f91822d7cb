// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/pipeline_cache.h"

#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "core/io/atomic_file.h"
#include "core/io/crc32c.h"
#include "core/log.h"
#include "render/vulkan/check.h"

namespace aula::render::vulkan {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = std::size_t{256} << 20;
/// What follows the header.
struct Tail {
  std::uint64_t bytes;
  std::uint32_t sum, unused;
};

std::span<const std::byte> bytesOf(const std::string& text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

std::string hexadecimal(const std::uint8_t* bytes, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += "0123456789abcdef"[bytes[i] >> 4];
    text += "0123456789abcdef"[bytes[i] & 15];
  }
  return text;
}

}  // namespace

std::optional<fs::path> pipelineCacheFolder() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && cache[0] == '/') return fs::path(cache) / "aula";
  const char* home = std::getenv("HOME");
  if (home != nullptr && home[0] == '/') return fs::path(home) / ".cache" / "aula";
  return std::nullopt;
}

std::string packCache(const std::string& header, std::span<const std::byte> payload) {
  const Tail tail{payload.size(), core::crc32c(0, payload), 0};
  std::string file = header;
  file.append(reinterpret_cast<const char*>(&tail), sizeof(tail));
  file.append(reinterpret_cast<const char*>(payload.data()), payload.size());
  return file;
}

std::optional<std::string> unpackCache(const std::string& header, const std::string& file) {
  const std::size_t begin = header.size() + sizeof(Tail);
  if (file.size() < begin || file.compare(0, header.size(), header) != 0) return std::nullopt;
  Tail tail{};
  std::memcpy(&tail, file.data() + header.size(), sizeof(tail));
  if (tail.bytes != file.size() - begin) return std::nullopt;
  std::string payload = file.substr(begin);
  if (core::crc32c(0, bytesOf(payload)) != tail.sum) return std::nullopt;
  return payload;
}

PipelineCache::PipelineCache(VkDevice device, const VkPhysicalDeviceProperties& properties)
    : device_(device) {
  // The driver's own header in the payload says the same, but drivers differ in how well they check it.
  const std::string uuid = hexadecimal(properties.pipelineCacheUUID, VK_UUID_SIZE);
  header_ = "aula pipelines 1 " + std::to_string(properties.vendorID) + " " +
            std::to_string(properties.deviceID) + " " + std::to_string(properties.driverVersion) + " " +
            uuid + "\n";
  std::string payload;
  if (const auto folder = pipelineCacheFolder()) {
    file_ = *folder / ("pipelines-" + uuid + "-" + std::to_string(properties.driverVersion) + ".bin");
    std::error_code error;
    if (fs::exists(*file_, error)) {
      try {
        payload = unpackCache(header_, core::readFile(*file_, kMostBytes)).value_or("");
        if (payload.empty()) core::log::debug("Compiled pipelines in " + file_->string() + " are not whole.");
      } catch (const core::Error& failure) {
        core::log::debug(std::string("Compiled pipelines were not read: ") + failure.what());
      }
    }
  }
  loadedBytes_ = payload.size();
  loadedSum_ = core::crc32c(0, bytesOf(payload));
  VkPipelineCacheCreateInfo info{};
  info.sType = VK_STRUCTURE_TYPE_PIPELINE_CACHE_CREATE_INFO;
  info.initialDataSize = payload.size();
  info.pInitialData = payload.data();
  AULA_VK(vkCreatePipelineCache(device, &info, nullptr, &cache_));
}

PipelineCache::~PipelineCache() {
  try {
    save();
  } catch (const std::exception& failure) {
    // It only saves time.
    core::log::debug(std::string("Compiled pipelines were not kept: ") + failure.what());
  }
  vkDestroyPipelineCache(device_, cache_, nullptr);
}

void PipelineCache::save() const {
  if (!file_) return;
  std::size_t size = 0;
  AULA_VK(vkGetPipelineCacheData(device_, cache_, &size, nullptr));
  std::vector<std::byte> payload(size);
  AULA_VK(vkGetPipelineCacheData(device_, cache_, &size, payload.data()));
  payload.resize(size);
  if (size == 0 || size > kMostBytes) return;
  if (size == loadedBytes_ && core::crc32c(0, payload) == loadedSum_) return;
  fs::create_directories(file_->parent_path());
  // Several programs may end at once: each writes its own file, and the last to rename has it.
  const fs::path own = file_->string() + "." + std::to_string(::getpid());
  core::writeFile(own, packCache(header_, payload));
  fs::rename(own, *file_);
}

}  // namespace aula::render::vulkan
