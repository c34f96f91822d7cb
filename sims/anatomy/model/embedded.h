// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

/// What embed_assets.cmake writes. Private to anatomy/model.
namespace aula::anatomy {

struct EmbeddedFile {
  const char* name;  ///< "upper_limb/terms.json"; null ends the list.
  const unsigned char* bytes;
  std::size_t size;
};
[[nodiscard]] const EmbeddedFile* embeddedFiles();

}  // namespace aula::anatomy
