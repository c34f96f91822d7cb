// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "end_to_end/process.h"

using namespace aula::test;
using testing::HasSubstr;
using testing::Not;

namespace {

nlohmann::json examine(const Start& start = {}) {
  const Outcome outcome = runAula({"doctor", "--json"}, start);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  return nlohmann::json::parse(outcome.out);
}

TEST(Doctor, FindsTheProcessorAndItsMemory) {
  const auto found = examine();
  EXPECT_GE(found.at("cpu").at("cores").get<int>(), 1);
  EXPECT_GE(found.at("cpu").at("vector_bits").get<int>(), 128);
  EXPECT_GT(found.at("memory").at("free_bytes").get<double>(), 1e6);
}

TEST(Doctor, ReportsEveryKindOfDevice) {
  std::vector<std::string> kinds;
  const auto found = examine();
  for (const auto& device : found.at("devices")) {
    kinds.push_back(device.at("kind"));
    // What cannot be used says why.
    EXPECT_TRUE(device.at("usable").get<bool>() || !device.at("remark").get<std::string>().empty());
  }
  for (const char* kind : {"cpu", "cuda", "reference", "check"}) EXPECT_THAT(kinds, testing::Contains(kind));
}

TEST(Doctor, ForPeopleNamesEveryTopic) {
  const Outcome outcome = runAula({"doctor"});
  EXPECT_EQ(outcome.code, 0);
  for (const char* topic :
       {"Processor and memory\n", "Devices for simulations", "Devices for pictures (Vulkan)",
        "Video encoders (FFmpeg)", "Headset (OpenXR)", "Language models"})
    EXPECT_THAT(outcome.out, HasSubstr(topic));
}

TEST(Doctor, NamesAnEndpointAndNeverItsKey) {
  const Start start{{}, {{"OPENAI_BASE_URL", "http://localhost:8080/v1"}, {"OPENAI_API_KEY", "sk-secret"}}};
  const Outcome outcome = runAula({"doctor"}, start);
  EXPECT_THAT(outcome.out, HasSubstr("OPENAI_BASE_URL = http://localhost:8080/v1"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("sk-secret")));
  const auto found = examine(start);
  EXPECT_EQ(found.at("ai_endpoints").at(0).at("base_url"), "http://localhost:8080/v1");
  EXPECT_TRUE(found.at("has_ai_key").get<bool>());
}

TEST(Doctor, ReadsTheActiveXrRuntime) {
  const TemporaryFolder folder;
  writeText(folder / "libruntime.so", "");
  writeText(
      folder / "runtime.json",
      R"({"file_format_version": "1.0.0", "runtime": {"name": "Test Runtime", "library_path": "./libruntime.so"}})");
  const Start start{{}, {{"XR_RUNTIME_JSON", (folder / "runtime.json").string()}}};
  auto found = examine(start);
  EXPECT_EQ(found.at("openxr").at("runtime"), "Test Runtime");
  EXPECT_EQ(found.at("openxr").at("problem"), "");

  std::filesystem::remove(folder / "libruntime.so");
  found = examine(start);
  EXPECT_FALSE(found.at("openxr").at("usable").get<bool>());
  EXPECT_THAT(found.at("openxr").at("problem").get<std::string>(), HasSubstr("libruntime.so is not there"));

  writeText(folder / "runtime.json", "[]");
  EXPECT_THAT(examine(start).at("openxr").at("problem").get<std::string>(),
              HasSubstr("no OpenXR runtime manifest"));
}

TEST(Doctor, WithoutAVulkanDriverSaysWhatToInstall) {
  const Outcome outcome =
      runAula({"doctor"},
              {{}, {{"VK_ICD_FILENAMES", "/nonexistent.json"}, {"VK_DRIVER_FILES", "/nonexistent.json"}}});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("no device draws pictures"));
  EXPECT_THAT(outcome.out, HasSubstr("mesa-vulkan-drivers"));
}

}  // namespace
