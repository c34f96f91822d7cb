// SPDX-License-Identifier: Apache-2.0
#include "compute/cpu/host.h"

#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <optional>
#include <sstream>
#include <thread>
#include <vector>

namespace aula::compute {

namespace fs = std::filesystem;

namespace {

std::optional<std::string> firstLine(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  if (!std::getline(in, line)) return std::nullopt;
  return line;
}

/// The number at the start of a file; absent for "max" and for a file that is not there.
std::optional<double> readNumber(const fs::path& file) {
  const auto line = firstLine(file);
  if (!line) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(line->c_str(), &end);
  if (end == line->c_str()) return std::nullopt;
  return value;
}

/// The value after "key" and a colon in a file such as /proc/cpuinfo.
std::optional<std::string> readKey(const fs::path& file, const std::string& key) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    if (line.compare(0, key.size(), key) != 0) continue;
    const auto colon = line.find(':');
    if (colon == std::string::npos) continue;
    const auto start = line.find_first_not_of(" \t", colon + 1);
    if (start != std::string::npos) return line.substr(start);
  }
  return std::nullopt;
}

/// The folders of this process's control groups of one controller, innermost first: limits hold at every
/// level.
std::vector<fs::path> controlGroups(const fs::path& root, const std::string& controller) {
  std::vector<fs::path> folders;
  std::ifstream in(root / "proc/self/cgroup");
  for (std::string line; std::getline(in, line);) {
    const auto first = line.find(':');
    const auto second = first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const bool isVersion2 = controllers.empty();
    if (!isVersion2) {
      std::istringstream names(controllers);
      bool isOurs = false;
      for (std::string name; std::getline(names, name, ',');) isOurs = isOurs || name == controller;
      if (!isOurs) continue;
    }
    const fs::path top = root / "sys/fs/cgroup" / (isVersion2 ? fs::path() : fs::path(controllers));
    fs::path relative = fs::path(line.substr(second + 1)).relative_path();
    for (; !relative.empty(); relative = relative.parent_path()) folders.push_back(top / relative);
    folders.push_back(top);
  }
  return folders;
}

/// Cores that the control groups grant: quota over period.
double coreQuota(const fs::path& root) {
  double cores = std::numeric_limits<double>::infinity();
  for (const fs::path& folder : controlGroups(root, "cpu")) {
    if (const auto line = firstLine(folder / "cpu.max")) {
      std::istringstream words(*line);
      double quota = 0, period = 0;
      if (words >> quota >> period && quota > 0 && period > 0) cores = std::min(cores, quota / period);
    }
    const auto quota = readNumber(folder / "cpu.cfs_quota_us");
    const auto period = readNumber(folder / "cpu.cfs_period_us");
    if (quota && period && *quota > 0 && *period > 0) cores = std::min(cores, *quota / *period);
  }
  return cores;
}

/// Bytes that the control groups still grant.
double memoryQuota(const fs::path& root) {
  double bytes = std::numeric_limits<double>::infinity();
  for (const fs::path& folder : controlGroups(root, "memory")) {
    for (const auto& [limitFile, usedFile] : {std::pair{"memory.max", "memory.current"},
                                              std::pair{"memory.limit_in_bytes", "memory.usage_in_bytes"}}) {
      const auto limit = readNumber(folder / limitFile);
      const auto used = readNumber(folder / usedFile);
      if (limit && used) bytes = std::min(bytes, std::max(0.0, *limit - *used));
    }
  }
  return bytes;
}

int affinityCores() {
  cpu_set_t mask;
  CPU_ZERO(&mask);
  if (sched_getaffinity(0, sizeof mask, &mask) == 0) return std::max(1, CPU_COUNT(&mask));
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace

Host readHost(const fs::path& root) {
  Host host;
  host.name = readKey(root / "proc/cpuinfo", "model name").value_or("processor");
  const double quota = coreQuota(root);
  host.cores = affinityCores();
  if (std::isfinite(quota)) host.cores = std::clamp(static_cast<int>(std::ceil(quota)), 1, host.cores);

#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool hasAvx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
                         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
  const bool hasAvx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  host.vector = hasAvx512 ? "AVX-512" : hasAvx2 ? "AVX2" : "baseline";
  host.vectorBits = hasAvx512 ? 512 : hasAvx2 ? 256 : 128;
#elif defined(__aarch64__)
  host.vector = "NEON";
#else
  host.vector = "baseline";
#endif

  if (const auto available = readKey(root / "proc/meminfo", "MemAvailable")) {
    host.memoryBytes = std::strtod(available->c_str(), nullptr) * 1024;
  } else {
    host.memoryBytes =
        static_cast<double>(sysconf(_SC_AVPHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
  }
  host.memoryBytes = std::min(host.memoryBytes, memoryQuota(root));
  return host;
}

}  // namespace aula::compute
