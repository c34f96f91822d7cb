// SPDX-License-Identifier: Apache-2.0
#include "core/io/hdf5.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "support/limits.h"
#include "support/scratch_folder.h"

namespace aula::core {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

void writeSample(const std::filesystem::path& file) {
  std::vector<double> x(50), values(40 * 50);
  std::iota(x.begin(), x.end(), 0.0);
  std::iota(values.begin(), values.end(), 0.5);
  const std::vector<float> floats(values.begin(), values.end());
  Hdf5Writer writer(file);
  writer.group("/probe");
  writer.attribute("/", "title", "Ñandú 双缝");
  writer.attribute("/", "seed", std::int64_t{7});
  writer.attribute("/", "empty", "");
  writer.write("/probe/ez", values, {40, 50});
  writer.write("/probe/ez_float", floats, {40, 50});
  writer.write("/probe/single", std::span<const double>(x).subspan(3, 1), {});
  writer.write("/probe/axes/x", x, {50});
  writer.dimensionScale("/probe/ez", 1, "/probe/axes/x", "x");
  writer.attribute("/probe/ez", "unit", "V/m");
  writer.writeText("/lab", std::string(100000, 'x'));
  writer.attribute("/probe", "names", std::vector<std::string>{"a", "long name"});
  writer.commit();
}

TEST(Hdf5, givesBackWhatWasWritten) {
  const test::ScratchFolder folder;
  writeSample(folder / "a.h5");
  const Hdf5Reader reader(folder / "a.h5");
  EXPECT_THAT(reader.members("/probe"), ElementsAre("axes", "ez", "ez_float", "single"));
  EXPECT_THAT(reader.shape("/probe/ez"), ElementsAre(40U, 50U));
  EXPECT_EQ(reader.valueSize("/probe/ez"), 8U);
  EXPECT_EQ(reader.valueSize("/probe/ez_float"), 4U);
  EXPECT_EQ(reader.read("/probe/ez")[1999], 1999.5);
  EXPECT_EQ(reader.read("/probe/ez"),
            reader.read("/probe/ez_float"));  // Halves below 2^23 are exact in float.
  EXPECT_THAT(reader.read("/probe/single"), ElementsAre(3.0));
  EXPECT_EQ(reader.textAttribute("/", "title"), "Ñandú 双缝");
  EXPECT_EQ(reader.textAttribute("/", "empty"), "");
  EXPECT_EQ(reader.readText("/lab"), std::string(100000, 'x'));
  EXPECT_TRUE(reader.has("/probe/axes/x"));
  EXPECT_FALSE(reader.has("/nothing/here"));
}

TEST(Hdf5, equalContentGivesEqualBytes) {
  const test::ScratchFolder folder;
  writeSample(folder / "a.h5");
  writeSample(folder / "b.h5");
  EXPECT_EQ(readFile(folder / "a.h5", 1 << 20), readFile(folder / "b.h5", 1 << 20));
}

TEST(Hdf5, withoutCommitNothingIsLeft) {
  const test::ScratchFolder folder;
  { Hdf5Writer(folder / "a.h5").group("/probe"); }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Hdf5, fullDiskIsOneErrorAndLeavesNoHalfFile) {
  const test::ScratchFolder folder;
  const test::FileSizeLimit limit(1000);
  try {
    writeSample(folder / "a.h5");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("cannot write " + (folder / "a.h5").string() + ": File too large"));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Hdf5, errorsNameFilePathAndReason) {
  const test::ScratchFolder folder;
  writeFile(folder / "a.h5", "not HDF5");
  try {
    const Hdf5Reader reader(folder / "a.h5");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("cannot read " + (folder / "a.h5").string() + ": "));
    EXPECT_THAT(error.what(), HasSubstr("signature"));
  }
  Hdf5Writer writer(folder / "b.h5");
  const std::vector<double> three(3);
  EXPECT_THROW(writer.write("/x", three, {2, 2}), Error);
  writer.write("/x", three, {3});
  try {
    writer.write("/x", three, {3});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("cannot write \"/x\" in "));
    EXPECT_THAT(error.what(), HasSubstr("exist"));
  }
}

}  // namespace
}  // namespace aula::core
