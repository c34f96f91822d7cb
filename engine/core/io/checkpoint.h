// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace aula::core {

/// A checkpoint that stays in memory: blocks by name, no checksums.
class MemoryCheckpoint {
 public:
  [[nodiscard]] std::size_t bytes() const;  ///< Names and bookkeeping included, roughly.

 private:
  friend class CheckpointWriter;
  friend class CheckpointReader;
  std::map<std::string, std::vector<std::byte>> blocks_;
};

/// Writes named blocks of raw bytes to one file, beside its target and renamed by commit(), with a checksum a
/// block, so that a torn file is recognised. Same machine type on both sides (byte order and float format are
/// not converted). Throws core::Error (failure) naming the file and the disk's reason. One thread.
class CheckpointWriter {
 public:
  explicit CheckpointWriter(std::filesystem::path target);
  /// Into memory, replacing what `target` held; it must outlive the writer. Needs no commit().
  explicit CheckpointWriter(MemoryCheckpoint& target);
  ~CheckpointWriter();  ///< Without commit(): removes the unfinished file.
  CheckpointWriter(const CheckpointWriter&) = delete;
  CheckpointWriter& operator=(const CheckpointWriter&) = delete;

  /// Put before the names of the blocks that follow ("instruments/probe/"); empty: nothing.
  void setPrefix(std::string prefix);
  /// Names must differ. The bytes are on their way to the file when this returns; `bytes` may be reused.
  void write(const std::string& name, std::span<const std::byte> bytes);
  template <class T>
  void writeArray(const std::string& name, std::span<const T> values) {
    write(name, std::as_bytes(values));
  }
  template <class T>
  void writeValue(const std::string& name, const T& value) {
    write(name, std::as_bytes(std::span<const T, 1>(&value, 1)));
  }
  /// Flushes to the disk (fsync) and takes the target's name.
  void commit();

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// Reads such a file: opened whole, checked, blocks by name. Throws core::Error (failure) on a missing block,
/// a wrong size or checksum.
class CheckpointReader {
 public:
  explicit CheckpointReader(std::filesystem::path file);
  /// `source` must outlive the reader.
  explicit CheckpointReader(const MemoryCheckpoint& source);
  ~CheckpointReader();
  CheckpointReader(const CheckpointReader&) = delete;
  CheckpointReader& operator=(const CheckpointReader&) = delete;

  /// As the writer's.
  void setPrefix(std::string prefix);
  [[nodiscard]] bool has(const std::string& name) const;
  [[nodiscard]] std::size_t size(const std::string& name) const;   ///< Bytes.
  void read(const std::string& name, std::span<std::byte> bytes);  ///< The whole block; sizes must agree.
  template <class T>
  void readArray(const std::string& name, std::span<T> values) {
    read(name, std::as_writable_bytes(values));
  }
  template <class T>
  void readVector(const std::string& name, std::vector<T>& values) {
    values.resize(size(name) / sizeof(T));
    readArray(name, std::span<T>(values));
  }
  template <class T>
  [[nodiscard]] T readValue(const std::string& name) {
    T value;
    read(name, std::as_writable_bytes(std::span<T, 1>(&value, 1)));
    return value;
  }

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace aula::core
