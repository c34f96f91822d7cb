// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <assimp/IOStream.hpp>
#include <assimp/IOSystem.hpp>
#include <cstring>
#include <string>

#include "scene/import/file_fence.h"

namespace aula::scene {

/// Bytes in memory as Assimp reads them.
class FencedStream final : public Assimp::IOStream {
 public:
  explicit FencedStream(const std::string& bytes) : bytes_(bytes) {}

  std::size_t Read(void* target, std::size_t size, std::size_t count) override {
    if (size == 0 || count == 0) return 0;
    const std::size_t whole = std::min(count, (bytes_.size() - at_) / size);
    std::memcpy(target, bytes_.data() + at_, whole * size);
    at_ += whole * size;
    return whole;
  }
  std::size_t Write(const void*, std::size_t, std::size_t) override { return 0; }
  aiReturn Seek(std::size_t offset, aiOrigin origin) override {
    const std::size_t base = origin == aiOrigin_SET ? 0 : origin == aiOrigin_CUR ? at_ : bytes_.size();
    // An offset may be a negative number in disguise: it wraps to the right place or lies outside.
    const std::size_t to = base + offset;
    if (to > bytes_.size()) return aiReturn_FAILURE;
    at_ = to;
    return aiReturn_SUCCESS;
  }
  [[nodiscard]] std::size_t Tell() const override { return at_; }
  [[nodiscard]] std::size_t FileSize() const override { return bytes_.size(); }
  void Flush() override {}

 private:
  const std::string& bytes_;
  std::size_t at_ = 0;
};

/// Assimp's whole view of the disk: what the fence lets through, nothing written.
class FencedFiles final : public Assimp::IOSystem {
 public:
  explicit FencedFiles(FileFence& fence) : fence_(fence) {}

  bool Exists(const char* name) const override { return fence_.exists(name); }
  char getOsSeparator() const override { return '/'; }
  Assimp::IOStream* Open(const char* name, const char* mode) override {
    // Readers try names that need not be there; what they miss they say themselves.
    if (std::strpbrk(mode, "wa+") != nullptr || !fence_.exists(name)) return nullptr;
    const std::string* bytes = fence_.open(name);
    return bytes ? new FencedStream(*bytes) : nullptr;
  }
  void Close(Assimp::IOStream* stream) override { delete stream; }
  bool CreateDirectory(const std::string&) override { return false; }
  bool ChangeDirectory(const std::string&) override { return false; }
  bool DeleteFile(const std::string&) override { return false; }

 private:
  FileFence& fence_;
};

}  // namespace aula::scene
