// SPDX-License-Identifier: Apache-2.0
#include "anatomy/model/assets.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/error.h"

using namespace aula;

namespace {

std::string fileText(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

TEST(AnatomyAssets, AreTheFilesOfTheFolder) {
  const std::filesystem::path folder = std::filesystem::path(AULA_SOURCE_DIR) / "assets/anatomy";
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    const std::string name = std::filesystem::relative(entry.path(), folder).generic_string();
    ASSERT_TRUE(anatomy::hasAsset(name)) << name;
    EXPECT_EQ(anatomy::asset(name), fileText(entry.path())) << name;
    ++count;
  }
  EXPECT_EQ(anatomy::assetNames().size(), count);
  EXPECT_GE(count, 3U);
}

TEST(AnatomyAssets, AMissingOneIsToldWithThoseThatAreThere) {
  EXPECT_FALSE(anatomy::hasAsset("foot/terms.json"));
  try {
    (void)anatomy::asset("foot/terms.json");
    FAIL() << "no error";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::failure);
    EXPECT_TRUE(std::string(error.what())
                    .starts_with("this program was built without assets/anatomy/foot/terms.json; it has "))
        << error.what();
    EXPECT_NE(std::string(error.what()).find("upper_limb/terms.json"), std::string::npos);
  }
}

}  // namespace
