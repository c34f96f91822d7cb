// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "core/error.h"

namespace aula::core {

/// From now on a write over the process's file-size limit comes back as an error that can be told, not as a
/// deadly signal. Everything here sees to it; programs whose drivers write files call it first.
void ignoreFileSizeSignal();

/// A file that appears whole or not at all: written beside its target as "NAME.partial", flushed to the disk
/// and renamed by commit(). Every error path, the destructor included, removes the partial file. Throws
/// core::Error (failure) naming file, reason and remedy. One thread; two writers of one target at once are
/// the caller's mistake.
class AtomicFile {
 public:
  explicit AtomicFile(std::filesystem::path target);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(std::span<const std::byte> bytes);
  void write(std::string_view text) { write(std::as_bytes(std::span<const char>(text.data(), text.size()))); }
  void commit();
  [[nodiscard]] const std::filesystem::path& target() const { return target_; }

 private:
  void discard() noexcept;
  std::filesystem::path target_, partial_;
  int descriptor_ = -1;
};

/// All at once.
void writeFile(const std::filesystem::path& target, std::string_view text);

/// The whole file; refuses one of more than `maximumBytes`.
[[nodiscard]] std::string readFile(const std::filesystem::path& file, std::size_t maximumBytes);

/// Makes `folder` with its parents and proves, by a file that is removed again, that it can be written to: a
/// long run must not find out at its end.
void makeWritableFolder(const std::filesystem::path& folder);

/// The error for a failed operation on a file: "cannot ACTION FILE: REASON; REMEDY", the remedy after errno's
/// kind.
[[nodiscard]] Error fileError(const std::string& action, const std::filesystem::path& file, int errorNumber);

}  // namespace aula::core
