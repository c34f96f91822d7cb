// SPDX-License-Identifier: Apache-2.0
#include "anatomy/import/nifti.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <numeric>

#include "core/error.h"
#include "nifti_file.h"

namespace aula::anatomy {
namespace {

using test::NiftiFile;
using test::packed;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Nifti : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("aula-nifti-" + std::to_string(::getpid()) + "-" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path file(const std::string& bytes, const std::string& name = "scan.nii") {
    // Not core::writeFile: a thousand of them must not wait for the disk.
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
    return folder_ / name;
  }
  Scan read(const NiftiFile& made) { return readScan(file(made.bytes())); }
  std::string problemOf(const std::string& bytes, const ScanLimits& limits = {}) {
    try {
      (void)readScan(file(bytes), limits);
    } catch (const core::Error& error) {
      EXPECT_EQ(error.fault(), core::Fault::input);
      EXPECT_THAT(error.what(), HasSubstr("scan.nii")) << "the file is named";
      return error.what();
    }
    return "none";
  }

  std::filesystem::path folder_;
};

/// 0, 1, 2, ... in the file's order: 4 x 3 x 2.
template <class T>
NiftiFile counting(std::int16_t type, bool isSwapped = false) {
  std::vector<T> values(24);
  std::iota(values.begin(), values.end(), T(0));
  NiftiFile made;
  made.type = type;
  made.bits = 8 * sizeof(T);
  made.isSwapped = isSwapped;
  made.data = packed(values, isSwapped);
  return made;
}

TEST_F(Nifti, ValuesLieWhereTheMatrixSays) {
  const Scan scan = read(counting<float>(16));
  EXPECT_THAT((std::array{scan.nx, scan.ny, scan.nz}), ElementsAre(4, 3, 2));
  // 2, 3, 4 mm apart from (10, 20, 30) mm: exact in single precision but for the factor of a thousand.
  EXPECT_NEAR(scan.spacing.x, 0.002, 1e-15);
  EXPECT_NEAR(scan.spacing.z, 0.004, 1e-15);
  EXPECT_NEAR(scan.origin.y, 0.020, 1e-15);
  EXPECT_EQ((*scan.values)[0], 0);
  EXPECT_EQ((*scan.values)[5], 5);
  EXPECT_EQ(scan.lowest, 0);
  EXPECT_EQ(scan.highest, 23);
  EXPECT_EQ(scan.description, "made by a test");
  EXPECT_THAT(scan.warnings, IsEmpty());
}

TEST_F(Nifti, EveryTypeOfNumberIsRead) {
  const auto check = [&](const NiftiFile& made, const char* what) {
    const Scan scan = read(made);
    for (std::size_t i = 0; i < 24; ++i) EXPECT_EQ((*scan.values)[i], float(i)) << what;
  };
  check(counting<std::uint8_t>(2), "uint8");
  check(counting<std::int16_t>(4), "int16");
  check(counting<std::int32_t>(8), "int32");
  check(counting<double>(64), "float64");
  check(counting<std::int8_t>(256), "int8");
  check(counting<std::uint16_t>(512), "uint16");
  check(counting<std::uint32_t>(768), "uint32");
  check(counting<std::int64_t>(1024), "int64");
  check(counting<std::uint64_t>(1280), "uint64");
  check(counting<std::int16_t>(4, true), "the other byte order");
  check(counting<float>(16, true), "the other byte order");
}

TEST_F(Nifti, PackedFilesAreReadTheSame) {
  const std::string bytes = counting<float>(16).bytes();
  const auto path = folder_ / "scan.nii.gz";
  gzFile packedFile = gzopen(path.c_str(), "wb");
  gzwrite(packedFile, bytes.data(), unsigned(bytes.size()));
  gzclose(packedFile);
  EXPECT_EQ(*readScan(path).values, *read(counting<float>(16)).values);
}

TEST_F(Nifti, AxesAreTurnedToRightFrontUp) {
  // The file's first axis goes down, its second to the left, its third to the front.
  NiftiFile made = counting<float>(16);
  made.matrix = {{{0, -3, 0, 7}, {0, 0, 4, 8}, {-2, 0, 0, 9}}};
  const Scan scan = read(made);
  EXPECT_THAT((std::array{scan.nx, scan.ny, scan.nz}), ElementsAre(3, 2, 4));
  EXPECT_NEAR(scan.spacing.x, 0.003, 1e-15);
  EXPECT_NEAR(scan.spacing.y, 0.004, 1e-15);
  EXPECT_NEAR(scan.spacing.z, 0.002, 1e-15);
  // The body's first voxel is the file's (3, 2, 0): x = 7 - 2*3 mm, y = 8 mm, z = 9 - 3*2 mm.
  EXPECT_NEAR(scan.origin.x, 0.001, 1e-15);
  EXPECT_NEAR(scan.origin.y, 0.008, 1e-15);
  EXPECT_NEAR(scan.origin.z, 0.003, 1e-15);
  EXPECT_EQ((*scan.values)[0], 3 + 4 * 2);
  EXPECT_EQ((*scan.values)[1], 3 + 4 * 1) << "one to the right: one back along the file's second axis";
  EXPECT_EQ((*scan.values)[3], 3 + 4 * 2 + 12) << "one to the front: one on along its third";
  EXPECT_EQ((*scan.values)[6], 2 + 4 * 2) << "one up: one back along its first";
}

TEST_F(Nifti, SlopeUnitsSeriesAndHolesAreToldOf) {
  NiftiFile made = counting<std::int16_t>(4);
  made.slope = 2;
  made.intercept = -1000;
  EXPECT_EQ((*read(made).values)[10], -980);
  made.slope = 0;
  EXPECT_EQ((*read(made).values)[10], 10) << "a slope of 0 says: none";
  made.units = 0;
  EXPECT_THAT(read(made).warnings, ElementsAre(HasSubstr("unit of length")));
  made.units = 3;
  EXPECT_NEAR(read(made).spacing.x, 2e-6, 1e-18);

  NiftiFile series = counting<float>(16);
  series.dim = {4, 4, 3, 2, 3, 1, 1, 1};
  series.data += series.data + series.data;
  EXPECT_THAT(read(series).warnings, ElementsAre(HasSubstr("a series of volumes")));

  // The library itself puts 0 where a file has no number; slopes can make new ones.
  NiftiFile steep = counting<float>(16);
  steep.slope = 1e38F;
  const Scan scan = read(steep);
  EXPECT_THAT(scan.warnings, ElementsAre(HasSubstr("20 values are no numbers"))) << "beyond 3.4e38";
  EXPECT_EQ((*scan.values)[10], 0);

  NiftiFile tilted = counting<float>(16);
  const float c = std::cos(0.2F), s = std::sin(0.2F);
  tilted.matrix = {{{2 * c, -3 * s, 0, 0}, {2 * s, 3 * c, 0, 0}, {0, 0, 4, 0}}};
  EXPECT_THAT(read(tilted).warnings, ElementsAre(HasSubstr("tilted by 11 degrees")));
  EXPECT_NEAR(read(tilted).spacing.y, 0.003, 1e-9);
}

TEST_F(Nifti, WithoutAMatrixTheVoxelSizesCount) {
  NiftiFile made = counting<float>(16);
  made.sform = 0;
  const Scan scan = read(made);
  EXPECT_NEAR(scan.spacing.y, 0.003, 1e-15);
  EXPECT_EQ(scan.origin.x, 0);
}

TEST_F(Nifti, TheFirstWindowHoldsNearlyAll) {
  std::vector<float> values(24, 0);
  for (std::size_t i = 0; i < 24; ++i) values[i] = float(i);
  values[23] = 1e6F;
  NiftiFile made;
  made.data = packed(values);
  const Scan scan = read(made);
  // Ranks 0.02 * 23 and 0.98 * 23, rounded down.
  EXPECT_EQ(scan.low, 0);
  EXPECT_EQ(scan.high, 22);
  EXPECT_EQ(scan.highest, 1e6);
}

TEST_F(Nifti, WhatIsWrongIsTold) {
  const NiftiFile good = counting<float>(16);
  const auto with = [&](const auto& change) {
    NiftiFile made = good;
    change(made);
    return problemOf(made.bytes());
  };
  EXPECT_THAT(problemOf(""), HasSubstr("shorter than a NIfTI header"));
  EXPECT_THAT(problemOf(std::string(347, 'x')), HasSubstr("shorter than a NIfTI header"));
  EXPECT_THAT(problemOf(std::string(5000, 'x')), HasSubstr("it is no NIfTI volume"));
  EXPECT_THAT(with([](NiftiFile& f) { f.magic = std::string("abc\0", 4); }),
              HasSubstr("it is no NIfTI volume"));
  EXPECT_THAT(with([](NiftiFile& f) { f.headerSize = 349; }), HasSubstr("it is no NIfTI volume"));
  EXPECT_THAT(with([](NiftiFile& f) { f.magic = std::string("ni1\0", 4); }),
              HasSubstr("lie in another file"));
  EXPECT_THAT(with([](NiftiFile& f) { f.data.resize(90); }),
              HasSubstr("its data end early: 24 voxels were promised"));
  EXPECT_THAT(with([](NiftiFile& f) { f.data.clear(); }), HasSubstr("its data end early"));
  EXPECT_THAT(with([](NiftiFile& f) { f.dim[1] = 1; }), HasSubstr("1 x 3 x 2 voxels; 2 to 4096"));
  EXPECT_THAT(with([](NiftiFile& f) { f.dim = {2, 4, 6, 1, 1, 1, 1, 1}; }), HasSubstr("4 x 6 x 1 voxels"));
  EXPECT_THAT(with([](NiftiFile& f) { f.dim[1] = 5000; }), HasSubstr("voxels; 2 to 4096"));
  EXPECT_THAT(with([](NiftiFile& f) { f.dim[1] = -4; }), HasSubstr("Cannot read"));
  EXPECT_THAT(with([](NiftiFile& f) { f.dim[0] = 9; }), HasSubstr("Cannot read"));
  EXPECT_THAT(with([](NiftiFile& f) { f.dim = {3, 4000, 4000, 4000, 1, 1, 1, 1}; }),
              HasSubstr("at most 268435456"));
  EXPECT_THAT(with([](NiftiFile& f) { f.dim = {7, 4, 3, 2, 32767, 32767, 32767, 32767}; }), "none")
      << "of a series without end the first volume is there";
  EXPECT_THAT(with([](NiftiFile& f) { f.type = 128, f.bits = 24; }), HasSubstr("of the type RGB24"));
  EXPECT_THAT(with([](NiftiFile& f) { f.type = 32, f.bits = 64; }), HasSubstr("whole and real numbers"));
  EXPECT_THAT(with([](NiftiFile& f) { f.type = 77; }), HasSubstr("Cannot read"));
  EXPECT_THAT(with([](NiftiFile& f) { f.offset = 1e9F; }), HasSubstr("Cannot read"));
  EXPECT_THAT(with([](NiftiFile& f) { f.matrix[0][0] = 1e6F; }), HasSubstr("voxels are"));
  EXPECT_THAT(with([](NiftiFile& f) { f.matrix[1][3] = 1e8F; }), HasSubstr("it lies"));
  EXPECT_THAT(with([](NiftiFile& f) { f.slope = 3e38F, f.data = packed(std::vector<float>(24, 2.F)); }),
              HasSubstr("none of its values is a number"));
  ScanLimits small;
  small.fileBytes = 100;
  EXPECT_THAT(problemOf(good.bytes(), small), HasSubstr("larger than"));
  small = {};
  small.voxels = 10;
  EXPECT_THAT(problemOf(good.bytes(), small), HasSubstr("at most 10 are possible. Crop it"));
  try {
    (void)readScan(folder_ / "nowhere.nii");
    ADD_FAILURE();
  } catch (const core::Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("there is no such file"));
  }
  EXPECT_THROW((void)readScan(folder_), core::Error) << "a folder is no volume";
}

/// The short form of the fuzzer: every byte of the header changed, and every length cut.
TEST_F(Nifti, NoBrokenFileBreaksTheReader) {
  const std::string good = counting<float>(16).bytes();
  ScanLimits limits;
  limits.isIsolated = false;
  limits.voxels = 1 << 16;
  int refused = 0;
  for (std::size_t at = 0; at < 352; ++at)
    for (const unsigned char value : {0x00, 0x7F, 0xFF}) {
      std::string broken = good;
      broken[at] = static_cast<char>(value);
      try {
        const Scan scan = readScan(file(broken), limits);
        EXPECT_EQ(scan.values->size(), std::size_t(scan.nx) * std::size_t(scan.ny) * std::size_t(scan.nz));
      } catch (const core::Error& error) {
        EXPECT_EQ(error.fault(), core::Fault::input) << error.what();
        ++refused;
      }
    }
  EXPECT_GT(refused, 20);
  for (std::size_t size = 0; size < good.size(); size += 7)
    EXPECT_THROW((void)readScan(file(good.substr(0, size)), limits), core::Error) << size;
}

}  // namespace
}  // namespace aula::anatomy
