// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace aula::core {

/// Writes one HDF5 file. It is built in memory (compressed blocks, not raw arrays) and reaches the disk in
/// commit() through an AtomicFile, because HDF5 cannot close a file cleanly once its disk is full. Paths are
/// "/group/dataset"; groups on the way are made. Object times are not tracked, so equal content gives equal
/// bytes. Throws core::Error (failure) with HDF5's own reason. One thread at a time in the whole process
/// (Debian's serial HDF5).
class Hdf5Writer {
 public:
  explicit Hdf5Writer(std::filesystem::path target);
  ~Hdf5Writer();  ///< Without commit(): nothing is left.
  Hdf5Writer(const Hdf5Writer&) = delete;
  Hdf5Writer& operator=(const Hdf5Writer&) = delete;

  void group(const std::string& path);
  /// C order; an empty shape is a single number. From 1 KiB on chunked, shuffled and deflated.
  void write(const std::string& path, std::span<const double> values, const std::vector<std::size_t>& shape);
  void write(const std::string& path, std::span<const float> values, const std::vector<std::size_t>& shape);
  /// One UTF-8 text of any length, uncompressed.
  void writeText(const std::string& path, const std::string& text);
  /// `path` is a group or dataset that exists. At most 60,000 bytes.
  void attribute(const std::string& path, const std::string& name, const std::string& text);
  void attribute(const std::string& path, const std::string& name, double value);
  void attribute(const std::string& path, const std::string& name, std::int64_t value);
  void attribute(const std::string& path, const std::string& name, const std::vector<std::string>& texts);
  /// Makes the 1-D dataset `scale` the dimension scale `name` of axis `axis` of `path`.
  void dimensionScale(const std::string& path, int axis, const std::string& scale, const std::string& name);
  void commit();

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

/// Reads such files. Throws core::Error (failure) naming file and path.
class Hdf5Reader {
 public:
  explicit Hdf5Reader(std::filesystem::path file);
  ~Hdf5Reader();
  Hdf5Reader(const Hdf5Reader&) = delete;
  Hdf5Reader& operator=(const Hdf5Reader&) = delete;

  [[nodiscard]] bool has(const std::string& path) const;
  /// Names of the members of a group, sorted.
  [[nodiscard]] std::vector<std::string> members(const std::string& group) const;
  [[nodiscard]] std::vector<std::size_t> shape(const std::string& path) const;
  /// Bytes of one value as stored: 4 or 8.
  [[nodiscard]] std::size_t valueSize(const std::string& path) const;
  [[nodiscard]] std::vector<double> read(const std::string& path) const;
  [[nodiscard]] std::string readText(const std::string& path) const;
  [[nodiscard]] std::string textAttribute(const std::string& path, const std::string& name) const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace aula::core
