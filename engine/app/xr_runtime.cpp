// SPDX-License-Identifier: Apache-2.0
#include "app/xr_runtime.h"

#include <dlfcn.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>
#include <vector>

namespace aula::app {

namespace fs = std::filesystem;

namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

/// In the loader's order: the environment, the user's configuration, the system's.
std::vector<fs::path> manifestPlaces() {
  if (const std::string own = environment("XR_RUNTIME_JSON"); !own.empty()) return {own};
  const fs::path relative = "openxr/1/active_runtime.json";
  std::vector<fs::path> places;
  const std::string home = environment("HOME"), config = environment("XDG_CONFIG_HOME");
  if (!config.empty())
    places.push_back(config / relative);
  else if (!home.empty())
    places.push_back(fs::path(home) / ".config" / relative);
  for (const char* folder : {"/etc/xdg", "/usr/local/etc", "/etc", "/usr/local/share", "/usr/share"})
    places.push_back(folder / relative);
  return places;
}

}  // namespace

XrRuntime findXrRuntime() {
  XrRuntime runtime;
  if (void* library = ::dlopen("libopenxr_loader.so.1", RTLD_LAZY | RTLD_LOCAL)) {
    runtime.hasLoader = true;
    ::dlclose(library);
  }
  for (const fs::path& place : manifestPlaces()) {
    std::error_code ignored;
    if (!fs::exists(place, ignored)) continue;
    runtime.manifest = place;
    std::ifstream file(place);
    const auto json = nlohmann::json::parse(file, nullptr, false);
    const auto inner = json.is_object() ? json.find("runtime") : json.end();
    if (!json.is_object() || inner == json.end() || !inner->is_object() || !inner->contains("library_path")) {
      runtime.problem = "it is no OpenXR runtime manifest";
      break;
    }
    runtime.name = inner->value("name", inner->value("library_path", std::string("unnamed")));
    const fs::path wanted = inner->value("library_path", std::string());
    if (wanted.has_parent_path()) {
      const fs::path library =
          wanted.is_absolute() ? wanted : fs::weakly_canonical(place, ignored).parent_path() / wanted;
      if (!fs::exists(library, ignored))
        runtime.problem = "its library " + library.string() + " is not there";
    }
    break;
  }
  if (runtime.manifest.empty() && !environment("XR_RUNTIME_JSON").empty()) {
    runtime.manifest = environment("XR_RUNTIME_JSON");
    runtime.problem = "XR_RUNTIME_JSON names it, but it is not there";
  }
  return runtime;
}

}  // namespace aula::app
