// SPDX-License-Identifier: Apache-2.0
#include "tissues/tissue_bench.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace aula::bench {
namespace {

TEST(TissueBench, RowsSayWhatTheDesignAsksFor) {
  TissueOptions options;
  options.device = {compute::DeviceKind::cpu, 1};
  options.cases = {"muscle-5k"};
  options.repeats = 1;
  const std::vector<Row> rows = runTissue(options, [](const std::string&) {});
  ASSERT_EQ(rows.size(), 1U);
  const Row& row = rows[0];
  EXPECT_EQ(row.bench, "tissue");
  EXPECT_EQ(row.unit, "ms/frame");
  EXPECT_EQ(row.size, "5184");
  EXPECT_GT(row.value, 0);
  EXPECT_EQ(row.repeats, 1);
  ASSERT_TRUE(row.bytes && row.operations && row.roofline && row.ratio);
  EXPECT_DOUBLE_EQ(*row.ratio, row.value / *row.roofline);
  EXPECT_EQ(row.checksum.size(), 16U);
  EXPECT_NE(row.remark.find("residual"), std::string::npos);
}

TEST(TissueBench, UnknownCasesAreNamed) {
  TissueOptions options;
  options.device = {compute::DeviceKind::cpu, 1};
  options.cases = {"liver"};
  try {
    (void)runTissue(options, [](const std::string&) {});
    FAIL() << "nothing was thrown";
  } catch (const core::Error& error) {
    EXPECT_STREQ(error.what(),
                 "the benchmark tissue has no case \"liver\"; it has muscle-5k, muscle-20k, muscle-100k");
  }
}

}  // namespace
}  // namespace aula::bench
