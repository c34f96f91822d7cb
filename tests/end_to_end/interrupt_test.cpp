// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <unistd.h>

#include <csignal>
#include <map>
#include <nlohmann/json.hpp>

#include "end_to_end/process.h"

using namespace aula::test;
using testing::HasSubstr;
namespace fs = std::filesystem;

namespace {

/// Every dataset of a file as raw bytes, by path.
std::map<std::string, std::string> readDatasets(const fs::path& file) {
  std::map<std::string, std::string> datasets;
  const hid_t id = H5Fopen(file.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  EXPECT_GE(id, 0) << file;
  if (id < 0) return datasets;
  // The type of `info` changed with HDF5 1.12; nobody looks at it.
  const auto visit = [](hid_t root, const char* name, const auto* /*info*/, void* data) -> herr_t {
    const hid_t set = H5Oopen(root, name, H5P_DEFAULT);
    if (H5Iget_type(set) == H5I_DATASET) {
      const hid_t type = H5Dget_type(set), space = H5Dget_space(set);
      // Numbers only: texts hold the date and the command line, which may differ.
      if (H5Tget_class(type) == H5T_FLOAT || H5Tget_class(type) == H5T_INTEGER) {
        std::string bytes(H5Tget_size(type) * std::size_t(H5Sget_simple_extent_npoints(space)), '\0');
        if (H5Dread(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()) >= 0)
          (*static_cast<std::map<std::string, std::string>*>(data))[name] = bytes;
      }
      H5Sclose(space);
      H5Tclose(type);
    }
    H5Oclose(set);
    return 0;
  };
  H5Lvisit(id, H5_INDEX_NAME, H5_ITER_NATIVE, visit, &datasets);
  H5Fclose(id);
  return datasets;
}

class Interrupted : public testing::Test {
 protected:
  std::vector<std::string> words(const std::string& out, std::vector<std::string> more = {}) {
    std::vector<std::string> all{programPath(), "run", labFile("walk").string(), "--out",
                                 (folder_ / out).string(), "--threads", "1"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  /// Waits for a checkpoint in the folder, at most a minute.
  bool hasCheckpoint(const std::string& out, Process& process) {
    for (int i = 0; i < 6000 && process.isRunning(); ++i) {
      for (const std::string& name : listFolder(folder_ / out))
        if (name.find("checkpoint") != std::string::npos && name.find(".partial") == std::string::npos)
          return true;
      ::usleep(10000);
    }
    return false;
  }
  TemporaryFolder folder_;
};

TEST_F(Interrupted, KilledAndResumedGivesTheBitsOfAnUnbrokenRun) {
  ASSERT_EQ(runProgram(words("whole")).code, 0);
  {
    Process process(words("broken"));
    ASSERT_TRUE(hasCheckpoint("broken", process)) << process.wait().err;
    process.send(SIGKILL);
    EXPECT_EQ(process.wait().code, 128 + SIGKILL);
  }
  ASSERT_FALSE(fs::exists(folder_ / "broken/report.html"));
  const Outcome resumed = runProgram(words("broken", {"--resume"}));
  ASSERT_EQ(resumed.code, 0) << resumed.err;
  EXPECT_THAT(resumed.err, HasSubstr("resum"));

  const auto whole = readDatasets(folder_ / "whole/data.h5"),
             broken = readDatasets(folder_ / "broken/data.h5");
  ASSERT_GE(whole.size(), 2U);
  ASSERT_EQ(whole.size(), broken.size());
  for (const auto& [name, bytes] : whole) {
    ASSERT_TRUE(broken.count(name)) << name;
    EXPECT_TRUE(broken.at(name) == bytes) << name << " differs";
  }
  EXPECT_TRUE(fs::exists(folder_ / "broken/walk.png"));
  EXPECT_FALSE(fs::exists(folder_ / "broken/frames.kept"));
}

TEST_F(Interrupted, CtrlCLeavesValidFilesAndSaysHowToGoOn) {
  Process process(words("a"));
  ASSERT_TRUE(hasCheckpoint("a", process)) << process.wait().err;
  process.send(SIGINT);
  const Outcome stopped = process.wait();
  EXPECT_EQ(stopped.code, 1);
  EXPECT_THAT(stopped.err, HasSubstr("stopped at step "));
  EXPECT_THAT(stopped.err, HasSubstr(" --resume"));
  EXPECT_FALSE(readDatasets(folder_ / "a/data.h5").empty());
  const auto summary = nlohmann::json::parse(readText(folder_ / "a/summary.json"));
  EXPECT_GT(summary.at("steps").get<long>(), 0);
  EXPECT_LT(summary.at("steps").get<long>(), 200000);

  const Outcome resumed = runProgram(words("a", {"--resume"}));
  EXPECT_EQ(resumed.code, 0) << resumed.err;
  EXPECT_EQ(nlohmann::json::parse(readText(folder_ / "a/summary.json")).at("steps"), 200000);
}

TEST_F(Interrupted, TheSecondCtrlCEndsAtOnce) {
  Process process(words("a"));
  ASSERT_TRUE(hasCheckpoint("a", process)) << process.wait().err;
  process.send(SIGINT);
  process.send(SIGINT);
  const int code = process.wait().code;
  // 130: ended at once. 1: both came before the first was looked at, which is one signal to the kernel.
  EXPECT_TRUE(code == 130 || code == 1) << code;
}

TEST_F(Interrupted, ResumeWithoutACheckpointBeginsAtTheStart) {
  const Outcome outcome = runProgram(words("a", {"--resume", "--steps", "20", "--no-picture"}));
  EXPECT_EQ(outcome.code, 0) << outcome.err;
}

}  // namespace
