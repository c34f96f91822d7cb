// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/atlas/part_cache.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "toy_region.h"

using namespace aula;
namespace fs = std::filesystem;

namespace {

/// The cache in a folder of this test's own.
class PartCache : public testing::Test {
 protected:
  void SetUp() override {
    if (const char* before = ::getenv("XDG_CACHE_HOME")) before_ = before;
    folder_ = fs::temp_directory_path() / ("aula-part-cache-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    ::setenv("XDG_CACHE_HOME", folder_.c_str(), 1);
  }
  void TearDown() override {
    before_ ? ::setenv("XDG_CACHE_HOME", before_->c_str(), 1) : ::unsetenv("XDG_CACHE_HOME");
    fs::remove_all(folder_);
  }

  fs::path folder_;
  std::optional<std::string> before_;
};

anatomy::Parts twoParts() {
  anatomy::Parts parts{test::ballPart("left_ventricle", {0.01, 0, 0}, 0.02, 5),
                       test::ballPart("ascending_aorta", {0, 0.02, 0.1}, 0.01, 2)};
  parts[1].body = "humerus";
  parts[1].material = anatomy::skinMaterial();
  parts[1].material.isTwoSided = true;
  return parts;
}

TEST_F(PartCache, GivesBackWhatItWasGiven) {
  const anatomy::PartCache cache("heart", "balls", 0.002);
  EXPECT_EQ(cache.file().parent_path(), folder_ / "aula" / "anatomy");
  EXPECT_FALSE(cache.load());
  const anatomy::Parts parts = twoParts();
  cache.store(parts);
  const auto kept = anatomy::PartCache("heart", "balls", 0.002).load();
  ASSERT_TRUE(kept);
  ASSERT_EQ(kept->size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    const anatomy::Part &was = parts[i], &is = (*kept)[i];
    EXPECT_EQ(is.id, was.id);
    EXPECT_EQ(is.body, was.body);
    EXPECT_EQ(is.anchor, was.anchor);
    EXPECT_EQ(is.labelPriority, was.labelPriority);
    EXPECT_EQ(is.mesh->positions, was.mesh->positions);
    EXPECT_EQ(is.mesh->normals, was.mesh->normals);
    EXPECT_EQ(is.mesh->triangles, was.mesh->triangles);
    EXPECT_EQ(is.material.baseColour, was.material.baseColour);
    EXPECT_EQ(is.material.opacity, was.material.opacity);
    EXPECT_EQ(is.material.metallic, was.material.metallic);
    EXPECT_EQ(is.material.roughness, was.material.roughness);
    EXPECT_EQ(is.material.clearCoat, was.material.clearCoat);
    EXPECT_EQ(is.material.clearCoatRoughness, was.material.clearCoatRoughness);
    EXPECT_EQ(is.material.emission, was.material.emission);
    EXPECT_EQ(is.material.subsurface, was.material.subsurface);
    EXPECT_EQ(is.material.subsurfaceRadius, was.material.subsurfaceRadius);
    EXPECT_EQ(is.material.subsurfaceTint, was.material.subsurfaceTint);
    EXPECT_EQ(is.material.isTwoSided, was.material.isTwoSided);
    EXPECT_EQ(is.material.isUnlit, was.material.isUnlit);
  }
}

TEST_F(PartCache, AnotherRequestIsAnotherFile) {
  const anatomy::PartCache cache("heart", "balls", 0.002);
  cache.store(twoParts());
  EXPECT_FALSE(anatomy::PartCache("heart", "balls", 0.001).load());
  EXPECT_FALSE(anatomy::PartCache("heart", "cubes", 0.002).load());
  EXPECT_FALSE(anatomy::PartCache("liver", "balls", 0.002).load());
  EXPECT_TRUE(cache.load());
}

TEST_F(PartCache, ABrokenFileIsNone) {
  const anatomy::PartCache cache("heart", "balls", 0.002);
  cache.store(twoParts());
  ASSERT_TRUE(cache.load());
  const auto size = fs::file_size(cache.file());
  for (const std::uintmax_t at : {std::uintmax_t(3), size / 2, size - 5}) {
    cache.store(twoParts());
    {
      std::fstream stream(cache.file(), std::ios::in | std::ios::out | std::ios::binary);
      stream.seekg(std::streamoff(at));
      const char was = char(stream.get());
      stream.seekp(std::streamoff(at));
      stream.put(char(was ^ 0x55));
    }
    EXPECT_FALSE(cache.load()) << at;
  }
  cache.store(twoParts());
  fs::resize_file(cache.file(), size / 3);
  EXPECT_FALSE(cache.load());
  fs::resize_file(cache.file(), 0);
  EXPECT_FALSE(cache.load());
  cache.store(twoParts());
  EXPECT_TRUE(cache.load());
}

TEST_F(PartCache, AFolderThatCannotBeWrittenToIsNoError) {
  std::ofstream(folder_) << "a file where the folder should be";
  const anatomy::PartCache cache("heart", "balls", 0.002);
  cache.store(twoParts());
  EXPECT_FALSE(cache.load());
}

TEST_F(PartCache, OldFilesGo) {
  const anatomy::PartCache cache("heart", "balls", 0.002);
  fs::create_directories(cache.file().parent_path());
  for (int i = 0; i < 9; ++i) {
    const fs::path old = cache.file().parent_path() / ("heart-balls-" + std::to_string(i) + ".parts");
    std::ofstream(old) << "old";
    fs::last_write_time(old, fs::file_time_type::clock::now() - std::chrono::hours(i + 1));
  }
  const fs::path other = cache.file().parent_path() / "heart-shells-1.parts";
  std::ofstream(other) << "another's";
  cache.store(twoParts());
  EXPECT_TRUE(cache.load());
  EXPECT_TRUE(fs::exists(other));
  EXPECT_TRUE(fs::exists(cache.file().parent_path() / "heart-balls-0.parts"));
  EXPECT_FALSE(fs::exists(cache.file().parent_path() / "heart-balls-5.parts"));
}

}  // namespace
