// SPDX-License-Identifier: Apache-2.0
#include "core/io/checkpoint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>
#include <string_view>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "core/io/crc32c.h"
#include "support/scratch_folder.h"

namespace aula::core {
namespace {

using ::testing::HasSubstr;

TEST(Crc32c, knownValues) {
  const auto of = [](std::string_view text) {
    return crc32c(0, std::as_bytes(std::span<const char>(text.data(), text.size())));
  };
  EXPECT_EQ(of(""), 0U);
  EXPECT_EQ(of("123456789"), 0xe3069283U);  // The check value of CRC-32C in the CRC catalogue.
  EXPECT_EQ(of(std::string_view(std::string(32, '\0'))), 0x8a9136aaU);  // RFC 3720, B.4: 32 bytes of zeros.
  const std::string text = "any cut of a text gives the same checksum";
  const auto bytes = std::as_bytes(std::span<const char>(text));
  for (std::size_t cut = 0; cut <= text.size(); ++cut)
    EXPECT_EQ(crc32c(crc32c(0, bytes.first(cut)), bytes.subspan(cut)), of(text));
}

class CheckpointTest : public ::testing::Test {
 protected:
  void writeSample() {
    CheckpointWriter writer(file);
    writer.writeValue<std::int64_t>("step", 42);
    writer.setPrefix("instruments/probe/");
    writer.writeArray<double>("values", values);
    writer.setPrefix("");
    writer.writeArray<float>("empty", std::span<const float>());
    writer.commit();
  }
  std::string refusal() const {
    try {
      const CheckpointReader reader(file);
    } catch (const Error& error) {
      return error.what();
    }
    return "accepted";
  }

  test::ScratchFolder folder;
  std::filesystem::path file = folder / "state.aula";
  std::vector<double> values = [] {
    std::vector<double> ramp(300000);  // 2.4 MB: more than the writer's buffer.
    std::iota(ramp.begin(), ramp.end(), 0.25);
    return ramp;
  }();
};

TEST_F(CheckpointTest, givesBackWhatWasWritten) {
  writeSample();
  CheckpointReader reader(file);
  EXPECT_EQ(reader.readValue<std::int64_t>("step"), 42);
  EXPECT_FALSE(reader.has("values"));
  reader.setPrefix("instruments/probe/");
  ASSERT_TRUE(reader.has("values"));
  std::vector<double> back;
  reader.readVector("values", back);
  EXPECT_EQ(back, values);
  reader.setPrefix("");
  EXPECT_EQ(reader.size("empty"), 0U);
}

TEST_F(CheckpointTest, missingBlocksAndWrongSizesAreErrors) {
  writeSample();
  CheckpointReader reader(file);
  try {
    static_cast<void>(reader.readValue<std::int64_t>("steps"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("it has no block \"steps\""));
  }
  try {
    static_cast<void>(reader.readValue<std::int32_t>("step"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("block \"step\" has 8 bytes, where 4 are needed"));
  }
}

TEST_F(CheckpointTest, everyCutIsRecognised) {
  writeSample();
  const std::string whole = readFile(file, 10 << 20);
  ASSERT_EQ(refusal(), "accepted");
  // Every length around the block boundaries, and a few in the long block.
  std::vector<std::size_t> lengths{100000, 1 << 20, whole.size() / 2};
  for (std::size_t i = 0; i < 120; ++i) {
    lengths.push_back(i);
    lengths.push_back(whole.size() - 1 - i);
  }
  for (const std::size_t length : lengths) {
    writeFile(file, std::string_view(whole).substr(0, length));
    EXPECT_THAT(refusal(), HasSubstr("cannot be used")) << length;
  }
}

TEST_F(CheckpointTest, everyFlippedByteIsRecognised) {
  writeSample();
  const std::string whole = readFile(file, 10 << 20);
  std::vector<std::size_t> places{100000, 1 << 20, whole.size() / 2};
  for (std::size_t i = 0; i < 110; ++i) {
    places.push_back(i);
    places.push_back(whole.size() - 1 - i);
  }
  for (const std::size_t place : places) {
    std::string damaged = whole;
    damaged[place] = static_cast<char>(damaged[place] ^ 0x10);
    writeFile(file, damaged);
    EXPECT_THAT(refusal(), HasSubstr("cannot be used")) << place;
  }
}

TEST_F(CheckpointTest, withoutCommitTheOldOneStays) {
  writeSample();
  {
    CheckpointWriter writer(file);
    writer.writeValue<std::int64_t>("step", 43);
  }
  CheckpointReader reader(file);
  EXPECT_EQ(reader.readValue<std::int64_t>("step"), 42);
  EXPECT_FALSE(std::filesystem::exists(file.string() + ".partial"));
}

}  // namespace
}  // namespace aula::core
