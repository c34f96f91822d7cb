// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "anatomy/kind/atlas/shapes.h"

namespace aula::anatomy {

/// Shapes that took long to make, in the user's cache folder (XDG_CACHE_HOME, else ~/.cache; then aula). A
/// file belongs to one program: another build makes its own and takes the old one away. Nothing here is worth
/// an error: what cannot be read is made anew, what cannot be written is not kept.
class PartCache {
 public:
  PartCache(std::string region, std::string source, double spacing);
  [[nodiscard]] std::optional<Parts> load() const;
  void store(const Parts& parts) const;
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }  ///< Empty: there is no cache.

 private:
  std::string stem_;
  std::filesystem::path file_;
};

}  // namespace aula::anatomy
