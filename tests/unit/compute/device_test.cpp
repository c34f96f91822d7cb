// SPDX-License-Identifier: Apache-2.0
#include "compute/device.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "compute/backend.h"
#include "compute/cpu/host.h"
#include "compute/cuda/cuda_devices.h"
#include "core/error.h"
#include "support/device_list.h"

namespace aula::compute {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

TEST(DeviceName, GoesThereAndBack) {
  for (const DeviceKind kind :
       {DeviceKind::automatic, DeviceKind::cpu, DeviceKind::cuda, DeviceKind::reference, DeviceKind::check})
    EXPECT_EQ(parseDevice(deviceName(kind)), kind);
}

TEST(DeviceName, UnknownListsWhatIsAllowed) {
  try {
    static_cast<void>(parseDevice("gpu"));
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    EXPECT_STREQ(error.what(), "device \"gpu\" is not known; use auto, cpu, cuda, reference or check");
  }
}

TEST(FindDevices, NamesTheProcessorFirstAndEveryKind) {
  const auto reports = findDevices();
  ASSERT_GE(reports.size(), 4u);
  EXPECT_EQ(reports[0].kind, DeviceKind::cpu);
  EXPECT_TRUE(reports[0].isUsable);
  EXPECT_GT(reports[0].memoryBytes, 1e6);
  for (const DeviceReport& report : reports) {
    EXPECT_FALSE(report.name.empty());
    EXPECT_FALSE(report.remark.empty()) << report.name;
  }
}

TEST(ResolveDevice, MakesAutomaticDefiniteAndCountsThreads) {
  const DeviceChoice choice = resolveDevice({});
  EXPECT_EQ(choice.kind, testing::cudaMissing().empty() ? DeviceKind::cuda : DeviceKind::cpu);
  EXPECT_GE(choice.threads, 1);
  EXPECT_EQ(resolveDevice({DeviceKind::cpu, 7}).threads, 7);
}

TEST(ResolveDevice, RefusesCudaWithTheReason) {
  if (testing::cudaMissing().empty()) GTEST_SKIP() << "there is a CUDA device";
  try {
    static_cast<void>(resolveDevice({DeviceKind::cuda, 0}));
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.fault(), core::Fault::input);
    EXPECT_THAT(error.what(), HasSubstr("device cuda cannot be used here:\n  CUDA: "));
  }
  EXPECT_THROW(static_cast<void>(makeCudaBackend()), core::Error);
}

// What the runtime would say on other machines.
CudaProbe goodProbe() {
  CudaProbe probe;
  probe.isBuilt = true;
  probe.driverVersion = probe.runtimeVersion = 13000;
  CudaProbe::Device device;
  device.name = "Test GPU";
  device.major = 9;
  device.freeBytes = 8.0 * (1 << 30);
  device.totalBytes = 16.0 * (1 << 30);
  probe.devices.push_back(device);
  return probe;
}

std::string remarkOf(const CudaProbe& probe) {
  const auto reports = reportCuda(probe);
  EXPECT_EQ(reports.size(), 1u);
  EXPECT_EQ(reports.at(0).isUsable, false);
  return reports.at(0).remark;
}

TEST(ReportCuda, TakesAGoodDevice) {
  const auto reports = reportCuda(goodProbe());
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_TRUE(reports[0].isUsable);
  EXPECT_EQ(reports[0].remark, "compute capability 9.0, 8.0 GiB of 16.0 GiB free");
  EXPECT_EQ(reports[0].memoryBytes, 8.0 * (1 << 30));
}

TEST(ReportCuda, TellsABuildWithoutCuda) {
  EXPECT_THAT(remarkOf(CudaProbe{}), HasSubstr("this build has no CUDA kernels; install the CUDA toolkit"));
}

TEST(ReportCuda, TellsAMissingDriver) {
  CudaProbe probe = goodProbe();
  probe.driverVersion = 0;
  EXPECT_THAT(remarkOf(probe), HasSubstr("no NVIDIA driver was found"));
}

TEST(ReportCuda, TellsADriverThatIsTooOld) {
  CudaProbe probe = goodProbe();
  probe.driverVersion = 12040;
  EXPECT_THAT(
      remarkOf(probe),
      HasSubstr(
          "the NVIDIA driver is too old: it supports CUDA 12.4, this program needs 13.0; update the driver"));
  // Within a major version an older driver is enough.
  probe.runtimeVersion = 12080;
  EXPECT_TRUE(reportCuda(probe).at(0).isUsable);
}

TEST(ReportCuda, TellsThatNoDeviceIsVisible) {
  CudaProbe probe = goodProbe();
  probe.devices.clear();
  EXPECT_THAT(remarkOf(probe), HasSubstr("no GPU is visible; look at CUDA_VISIBLE_DEVICES"));
  probe.error = "unknown error";
  EXPECT_THAT(remarkOf(probe), HasSubstr("could not count the devices: unknown error"));
}

TEST(ReportCuda, TellsEveryReasonOfARefusedDevice) {
  CudaProbe probe = goodProbe();
  probe.devices[0].major = 6;
  probe.devices[0].minor = 1;
  probe.devices[0].isExclusivelyProhibited = true;
  EXPECT_EQ(remarkOf(probe),
            "its compute mode forbids computing; an administrator allows it with nvidia-smi -c 0; its "
            "compute capability "
            "is 6.1, and 7.5 is the least our kernels run on; use --device cpu");
  probe = goodProbe();
  probe.devices[0].error = "out of memory";
  EXPECT_THAT(remarkOf(probe), HasSubstr("it does not answer: out of memory"));
}

/// A made-up /proc and /sys.
class FakeRoot : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("aula-host-test-" + std::to_string(getpid()));
    fs::remove_all(root_);
    write("proc/cpuinfo", "processor\t: 0\nmodel name\t: Test Processor 9000\n");
    write("proc/meminfo", "MemTotal: 2000 kB\nMemAvailable:    1000 kB\n");
  }
  void TearDown() override { fs::remove_all(root_); }
  void write(const std::string& path, const std::string& text) {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }
  fs::path root_;
};

TEST_F(FakeRoot, ReadsNameAndMemory) {
  const Host host = readHost(root_);
  EXPECT_EQ(host.name, "Test Processor 9000");
  EXPECT_EQ(host.memoryBytes, 1000.0 * 1024);
  EXPECT_GE(host.cores, 1);
}

TEST_F(FakeRoot, HoldsTheTightestLimitOfVersion2Groups) {
  write("proc/self/cgroup", "0::/outer/inner\n");
  write("sys/fs/cgroup/outer/inner/cpu.max", "max 100000\n");
  write("sys/fs/cgroup/outer/cpu.max", "50000 100000\n");
  write("sys/fs/cgroup/outer/inner/memory.max", "600000\n");
  write("sys/fs/cgroup/outer/inner/memory.current", "100000\n");
  write("sys/fs/cgroup/outer/memory.max", "max\n");
  write("sys/fs/cgroup/outer/memory.current", "100000\n");
  const Host host = readHost(root_);
  EXPECT_EQ(host.cores, 1);
  EXPECT_EQ(host.memoryBytes, 500000.0);
}

TEST_F(FakeRoot, HoldsTheLimitsOfVersion1Groups) {
  write("proc/self/cgroup", "3:cpu,cpuacct:/job\n5:memory:/job\n");
  write("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "100000\n");
  write("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n");
  write("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "300000\n");
  write("sys/fs/cgroup/memory/job/memory.usage_in_bytes", "400000\n");
  const Host host = readHost(root_);
  EXPECT_EQ(host.cores, 1);
  EXPECT_EQ(host.memoryBytes, 0.0);
}

TEST_F(FakeRoot, AQuotaAboveTheAffinityMaskGivesTheMask) {
  const int all = readHost(root_).cores;
  write("proc/self/cgroup", "0::/\n");
  write("sys/fs/cgroup/cpu.max", "100000000 100000\n");
  EXPECT_EQ(readHost(root_).cores, all);
}

}  // namespace
}  // namespace aula::compute
