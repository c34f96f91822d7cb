// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "core/error.h"
#include "molecular/input/topology_file.h"

namespace aula::test {

/// Files that exist only here: name -> text.
using Files = std::map<std::string, std::string>;

inline molecular::PreprocessorOptions optionsOf(const Files& files) {
  molecular::PreprocessorOptions options;
  options.source = [files](const std::filesystem::path& path) -> std::optional<std::string> {
    const auto found = files.find(path.lexically_normal().string());
    return found == files.end() ? std::nullopt : std::optional(found->second);
  };
  return options;
}

/// The message that `action` ends in, or "no error".
template <class Action>
std::string messageOf(const Action& action) {
  try {
    action();
  } catch (const core::Error& error) {
    return error.fault() == core::Fault::input ? error.what()
                                               : std::string("not the input's fault: ") + error.what();
  }
  return "no error";
}

/// A force field small enough to follow by hand.
inline const char* kSmallForceField = R"([ defaults ]
1 2 yes 0.5 0.8333
[ atomtypes ]
CT 6 12.01 0.0 A 0.34 0.4577
HC 1 1.008 0.1 A 0.26 0.0657
OW 8 16.00 0.0 A 0.315 0.636
HW 1 1.008 0.0 A 0.0 0.0
)";

}  // namespace aula::test
