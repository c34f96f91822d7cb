// SPDX-License-Identifier: Apache-2.0
#include "kernel/fdtd_bench.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/error.h"

namespace aula::bench {
namespace {

using compute::DeviceKind;

TEST(BenchRow, TakesTheBestAndTheMedian) {
  Row row;
  setValues(row, {3, 1, 2, 10});
  EXPECT_EQ(row.value, 10);
  EXPECT_EQ(row.maximum, 10);
  EXPECT_EQ(row.minimum, 1);
  EXPECT_EQ(row.median, 2.5);
  EXPECT_EQ(row.repeats, 4);
}

TEST(FdtdBench, RowsSayWhatTheDesignAsksFor) {
  FdtdOptions options;
  options.device = {DeviceKind::cpu, 2};
  options.size = 32;
  options.cases = {"vacuum", "tm"};
  options.repeats = 2;
  int said = 0;
  const std::vector<Row> rows = runFdtd(options, [&](const std::string&) { ++said; });
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_GE(said, 5);
  const auto list = nlohmann::json::parse(toJson(rows));
  ASSERT_EQ(list.size(), 2U);
  for (const auto& row : list) {
    EXPECT_EQ(row.at("bench"), "fdtd");
    EXPECT_EQ(row.at("device"), "cpu");
    EXPECT_EQ(row.at("threads"), 2);
    EXPECT_EQ(row.at("unit"), "Mcell/s");
    EXPECT_EQ(row.at("repeats"), 2);
    EXPECT_GT(row.at("value").get<double>(), 0);
    EXPECT_LE(row.at("min").get<double>(), row.at("median").get<double>());
    EXPECT_LE(row.at("median").get<double>(), row.at("max").get<double>());
    EXPECT_NEAR(row.at("ratio").get<double>(),
                row.at("value").get<double>() / row.at("roofline").get<double>(), 1e-9);
    EXPECT_EQ(row.at("checksum").get<std::string>().size(), 16U);
  }
  EXPECT_EQ(list[0].at("size"), "32x32x32");
  EXPECT_EQ(list[1].at("size"), "32x32");
  EXPECT_EQ(list[0].at("bytes"), 48);
  EXPECT_EQ(list[1].at("bytes"), 24);
  EXPECT_NE(list[0].at("checksum"), list[1].at("checksum"));
}

TEST(FdtdBench, ChecksumDependsOnTheAnswerAlone) {
  FdtdOptions options;
  options.size = 30;
  options.cases = {"dielectric"};
  options.repeats = 1;
  std::vector<std::string> checksums;
  for (const int threads : {1, 2, 3}) {
    options.device = {DeviceKind::cpu, threads};
    checksums.push_back(runFdtd(options, [](const std::string&) {}).at(0).checksum);
  }
  EXPECT_EQ(checksums[0], checksums[1]);
  EXPECT_EQ(checksums[0], checksums[2]);
}

TEST(FdtdBench, RefusesWhatItDoesNotHave) {
  FdtdOptions options;
  options.device = {DeviceKind::cpu, 1};
  options.cases = {"plasma"};
  const auto run = [&] { static_cast<void>(runFdtd(options, [](const std::string&) {})); };
  try {
    run();
    FAIL() << "accepted an unknown case";
  } catch (const core::Error& error) {
    EXPECT_STREQ(error.what(),
                 "the benchmark fdtd has no case \"plasma\"; it has vacuum, dielectric, drude, tm");
    EXPECT_EQ(error.exitCode(), 2);
  }
  options.cases = {};
  options.size = 5;
  try {
    run();
    FAIL() << "accepted a box smaller than its layers";
  } catch (const core::Error& error) {
    EXPECT_STREQ(error.what(),
                 "a benchmark's box has 24 to 4096 cells along each edge, layers included; found 5");
  }
}

}  // namespace
}  // namespace aula::bench
