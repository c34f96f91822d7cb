// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/pipeline_cache.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

#include "render/renderer.h"
#include "render/support/test_gpu.h"
#include "support/scratch_folder.h"

namespace aula::render::vulkan {
namespace {

namespace fs = std::filesystem;

/// The environment says where caches lie, for the time of a test.
class CacheFolder {
 public:
  explicit CacheFolder(const fs::path& path) {
    if (const char* value = std::getenv("XDG_CACHE_HOME")) before_ = value;
    ::setenv("XDG_CACHE_HOME", path.c_str(), 1);
  }
  ~CacheFolder() {
    if (before_.empty())
      ::unsetenv("XDG_CACHE_HOME");
    else
      ::setenv("XDG_CACHE_HOME", before_.c_str(), 1);
  }
  CacheFolder(const CacheFolder&) = delete;
  CacheFolder& operator=(const CacheFolder&) = delete;

 private:
  std::string before_;
};

void makePipelines() {
  const std::shared_ptr<Gpu> gpu = Gpu::make(testGpuOptions());
  RendererOptions options;
  options.width = options.height = 64;
  const Renderer renderer(gpu, options);
  for (const std::string& message : gpu->validationMessages()) ADD_FAILURE() << message;
}

std::vector<fs::path> filesIn(const fs::path& folder) {
  std::vector<fs::path> files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  return files;
}

TEST(PipelineCacheFile, IsTakenWholeOrNotAtAll) {
  const std::string payload = "compiled pipelines";
  const std::string file = packCache("header\n", std::as_bytes(std::span(payload.data(), payload.size())));
  EXPECT_EQ(unpackCache("header\n", file), payload);
  EXPECT_EQ(unpackCache("another\n", file), std::nullopt);
  EXPECT_EQ(unpackCache("header\n", file.substr(0, file.size() - 1)), std::nullopt);
  EXPECT_EQ(unpackCache("header\n", file + "x"), std::nullopt);
  EXPECT_EQ(unpackCache("header\n", ""), std::nullopt);
  std::string broken = file;
  broken.back() = 'S';
  EXPECT_EQ(unpackCache("header\n", broken), std::nullopt);
}

TEST(PipelineCacheFile, IsWrittenReadAndReplacedWhenBroken) {
  const test::ScratchFolder scratch;
  const CacheFolder environment(scratch.path());
  makePipelines();
  std::vector<fs::path> files = filesIn(scratch / "aula");
  ASSERT_EQ(files.size(), 1U) << "one file, nothing left beside it";
  EXPECT_THAT(files[0].filename().string(), testing::MatchesRegex("pipelines-[0-9a-f]{32}-[0-9]+\\.bin"));
  const auto size = fs::file_size(files[0]);
  const auto written = fs::last_write_time(files[0]);
  EXPECT_GT(size, 100U);

  // The same pipelines again: nothing to write.
  makePipelines();
  EXPECT_EQ(fs::last_write_time(files[0]), written);

  std::ofstream(files[0], std::ios::trunc) << "not a cache";
  makePipelines();
  files = filesIn(scratch / "aula");
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(fs::file_size(files[0]), size);
}

TEST(PipelineCacheFile, AFolderThatCannotBeWrittenToIsNoError) {
  const test::ScratchFolder scratch;
  // A file where a folder should be cannot be written into, not even by root.
  std::ofstream(scratch / "aula") << "in the way";
  const CacheFolder environment(scratch.path());
  makePipelines();
  EXPECT_TRUE(fs::is_regular_file(scratch / "aula"));
}

}  // namespace
}  // namespace aula::render::vulkan
