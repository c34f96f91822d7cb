// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "compute/device.h"

namespace aula::lab {
class Registry;
}

namespace aula::desktop {

/// What `aula view` opens.
struct ViewOptions {
  const lab::Registry* registry = nullptr;
  std::filesystem::path lab;                ///< Empty: the gallery.
  std::vector<std::filesystem::path> labs;  ///< For the gallery.
  std::string language = "en";              ///< Unless the user has chosen one before.
  bool isLanguageAsked = false;             ///< The command line names it: before any choice kept.
  compute::DeviceChoice device;
  std::uint64_t seed = 0;
  std::string commandLine, version;
  std::filesystem::path
      script;  ///< Plays events of this file instead of waiting for somebody (window/script.h).
  bool printsTimes =
      false;  ///< JSON on standard output: seconds to the first picture, share of a core while idle.
  bool isFullScreen = false;
};

/// Opens the window and returns when it is closed. Throws core::Error: no screen, a lab that cannot be read
/// (input); no graphics device.
void view(const ViewOptions& options);

}  // namespace aula::desktop
