// SPDX-License-Identifier: Apache-2.0
#include "anatomy/model/assets.h"

#include <algorithm>

#include "anatomy/model/embedded.h"
#include "core/error.h"
#include "core/text.h"

namespace aula::anatomy {

namespace {

const EmbeddedFile* find(const std::string& name) {
  for (const EmbeddedFile* file = embeddedFiles(); file->name != nullptr; ++file)
    if (name == file->name) return file;
  return nullptr;
}

}  // namespace

std::string_view asset(const std::string& name) {
  const EmbeddedFile* file = find(name);
  if (file == nullptr)
    throw core::Error("this program was built without assets/anatomy/" + name + "; it has " +
                      core::listed(assetNames(), "and"));
  return {reinterpret_cast<const char*>(file->bytes), file->size};
}

bool hasAsset(const std::string& name) {
  return find(name) != nullptr;
}

std::vector<std::string> assetNames() {
  std::vector<std::string> names;
  for (const EmbeddedFile* file = embeddedFiles(); file->name != nullptr; ++file)
    names.emplace_back(file->name);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace aula::anatomy
