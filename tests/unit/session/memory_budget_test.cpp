// SPDX-License-Identifier: Apache-2.0
#include "lab/session/memory_budget.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/error.h"
#include "support/scratch_folder.h"

namespace aula::lab {
namespace {

class MemoryBudgetTest : public ::testing::Test {
 protected:
  void put(const std::string& file, const std::string& text) {
    const auto path = folder / file;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  test::ScratchFolder folder;
};

TEST_F(MemoryBudgetTest, isTheMachinesFreeMemory) {
  put("proc/meminfo", "MemTotal:  2000 kB\nMemFree:  10 kB\nMemAvailable:  1000 kB\n");
  const MemoryBudget budget = findMemoryBudget(folder.path());
  EXPECT_EQ(budget.bytes, 1000 * 1024);
  EXPECT_EQ(budget.limit, "free memory of this machine");
}

TEST_F(MemoryBudgetTest, isTheTightestGroupOfVersionTwo) {
  put("proc/meminfo", "MemAvailable:  1000 kB\n");
  put("proc/self/cgroup", "0::/job/step\n");
  put("sys/fs/cgroup/job/step/memory.max", "max\n");
  put("sys/fs/cgroup/job/memory.max", "500000\n");
  put("sys/fs/cgroup/job/memory.current", "300000\n");
  put("sys/fs/cgroup/job/memory.stat", "anon 1\ninactive_file 50000\n");
  const MemoryBudget budget = findMemoryBudget(folder.path());
  EXPECT_EQ(budget.bytes, 500000 - 300000 + 50000);
  EXPECT_EQ(budget.limit, "memory limit of this container or job");
}

TEST_F(MemoryBudgetTest, isTheGroupOfVersionOne) {
  put("proc/meminfo", "MemAvailable:  1000 kB\n");
  put("proc/self/cgroup", "5:cpu,cpuacct:/x\n4:memory:/docker\n");
  put("sys/fs/cgroup/memory/docker/memory.limit_in_bytes", "400000\n");
  put("sys/fs/cgroup/memory/docker/memory.usage_in_bytes", "100000\n");
  EXPECT_EQ(findMemoryBudget(folder.path()).bytes, 300000);
}

TEST_F(MemoryBudgetTest, ofThisMachineIsSensible) {
  const MemoryBudget budget = findMemoryBudget();
  EXPECT_GT(budget.bytes, 1e6);
}

TEST(CheckMemory, acceptsWhatFitsAndExplainsWhatDoesNot) {
  Estimate estimate;
  estimate.bytes = 9e8;
  estimate.cells = 1e6;
  estimate.parts = {{"fields", 6e8}, {"the recorded slices", 3e8}};
  const MemoryBudget budget{1e9, "free memory of this machine"};
  EXPECT_NO_THROW(checkMemory(estimate, budget));
  estimate.bytes = 1.2e9;
  try {
    checkMemory(estimate, budget);
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_STREQ(error.what(),
                 "this run needs about 1.2 GB of memory, but only 920 MB can be used (free memory of this "
                 "machine); most of it, "
                 "600 MB, is for fields. To need less: fewer cells (now 1e+06) or fewer recorded values");
  }
  estimate.advice = "raise simulation.cell_size";
  try {
    checkMemory(estimate, budget);
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_TRUE(std::string(error.what()).ends_with("To need less: raise simulation.cell_size"));
  }
}

}  // namespace
}  // namespace aula::lab
