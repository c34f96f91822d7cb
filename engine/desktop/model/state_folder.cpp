// SPDX-License-Identifier: Apache-2.0
#include "desktop/model/state_folder.h"

#include <cstdlib>

namespace aula::desktop {

namespace fs = std::filesystem;

namespace {

/// A relative path in such a variable is to be ignored (XDG Base Directory Specification 0.8).
fs::path fromEnvironment(const char* variable) {
  const char* value = std::getenv(variable);
  const fs::path path = value ? value : "";
  return path.is_absolute() ? path : fs::path();
}

fs::path below(const char* variable, const char* atHome) {
  if (const fs::path folder = fromEnvironment(variable); !folder.empty()) return folder / "aula";
  if (const fs::path home = fromEnvironment("HOME"); !home.empty()) return home / atHome / "aula";
  return {};
}

}  // namespace

fs::path stateFolder() {
  return below("XDG_STATE_HOME", ".local/state");
}

fs::path cacheFolder() {
  return below("XDG_CACHE_HOME", ".cache");
}

fs::path picturesFolder() {
  const fs::path folder = below("XDG_PICTURES_DIR", "Pictures");
  return folder.empty() ? fs::path("aula-pictures") : folder;
}

}  // namespace aula::desktop
