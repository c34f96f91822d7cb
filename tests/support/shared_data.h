// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>

namespace aula::test {

/// Where sample models and molecules lie that are too large for the repository: the folder that AULA_DATA_DIR
/// names, or shared/data beside the repository. Empty where there is neither: tests that need it skip.
inline std::filesystem::path sharedData() {
  const char* named = std::getenv("AULA_DATA_DIR");
  const std::filesystem::path folder =
      named != nullptr ? std::filesystem::path(named)
                       : std::filesystem::path(AULA_SOURCE_DIR).parent_path() / "shared" / "data";
  return std::filesystem::is_directory(folder) ? folder : std::filesystem::path();
}

}  // namespace aula::test

/// At the head of a test: `variable` is a folder below the shared data, or the test is skipped.
#define AULA_NEED_SHARED_DATA(variable, subfolder)                                    \
  const std::filesystem::path variable = ::aula::test::sharedData() / (subfolder);    \
  if (::aula::test::sharedData().empty() || !std::filesystem::is_directory(variable)) \
  GTEST_SKIP() << "no sample data: set AULA_DATA_DIR to a folder with \"" << (subfolder) << "\" in it"
