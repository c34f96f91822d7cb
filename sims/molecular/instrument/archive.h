// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/io/checkpoint.h"

namespace aula::molecular {

/// Writes to a checkpoint or reads from one, so that what is kept is listed once.
class Archive {
 public:
  explicit Archive(core::CheckpointWriter& writer) : writer_(&writer) {}
  explicit Archive(core::CheckpointReader& reader) : reader_(&reader) {}

  template <class T>
  void vector(const std::string& name, std::vector<T>& values) {
    if (writer_ != nullptr)
      writer_->writeArray(name, std::span<const T>(values));
    else
      reader_->readVector(name, values);
  }
  template <class T>
  void value(const std::string& name, T& value) {
    if (writer_ != nullptr)
      writer_->writeValue(name, value);
    else
      value = reader_->readValue<T>(name);
  }

 private:
  core::CheckpointWriter* writer_ = nullptr;
  core::CheckpointReader* reader_ = nullptr;
};

}  // namespace aula::molecular
