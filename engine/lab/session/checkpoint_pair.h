// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/io/checkpoint.h"

namespace aula::lab {

/// What must be the same for a checkpoint to be gone on from: names and values for people, in order.
using Identity = std::vector<std::pair<std::string, std::string>>;

/// Two checkpoint files in an output folder, written by turns, so that one is whole whenever the machine
/// stops.
class CheckpointPair {
 public:
  explicit CheckpointPair(std::filesystem::path folder);

  /// Writes over the older one.
  void write(std::int64_t step, const Identity& identity,
             const std::function<void(core::CheckpointWriter&)>& save);

  /// The newest whole one, or null when there is none. Torn ones are passed over, with a sentence to
  /// `onNotice`. Throws core::Error (input) that lists every difference when it belongs to another run.
  [[nodiscard]] std::unique_ptr<core::CheckpointReader> open(
      const Identity& identity, const std::function<void(const std::string&)>& onNotice);
  void remove();

 private:
  std::filesystem::path files_[2];
  int next_ = 0;
};

}  // namespace aula::lab
