// SPDX-License-Identifier: Apache-2.0
#include "lab/session/memory_budget.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

#include "core/error.h"

namespace aula::lab {

namespace {

namespace fs = std::filesystem;

// The rest is for the program itself, its pictures and the files' buffers.
constexpr double kUsableFraction = 0.92;

std::optional<double> readNumber(const fs::path& file) {
  std::ifstream stream(file);
  double value = 0;
  if (stream >> value) return value;
  return std::nullopt;  // Absent, or the word "max".
}

// The value of "KEY   1234 [kB]" in a table of lines.
std::optional<double> readEntry(const fs::path& file, const std::string& key) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    std::istringstream words(line);
    std::string name, unit;
    double value = 0;
    if (words >> name >> value && name == key) return (words >> unit && unit == "kB") ? value * 1024 : value;
  }
  return std::nullopt;
}

// Room left in a control group and those above it; file cache that the kernel can drop counts as room.
double roomInGroups(const fs::path& top, fs::path group, const char* limitName, const char* usageName,
                    const char* cacheKey) {
  double room = std::numeric_limits<double>::infinity();
  for (;;) {
    const fs::path folder = top / group.relative_path();
    const auto limit = readNumber(folder / limitName);
    if (limit) {
      const double used = readNumber(folder / usageName).value_or(0);
      const double cache = readEntry(folder / "memory.stat", cacheKey).value_or(0);
      room = std::min(room, std::max(0.0, *limit - used + std::min(cache, used)));
    }
    if (!group.has_relative_path()) return room;
    group = group.parent_path();
  }
}

std::string inGigabytes(double bytes) {
  std::ostringstream text;
  text.precision(3);
  if (bytes >= 1e9) {
    text << bytes / 1e9 << " GB";
  } else {
    text << std::max(bytes / 1e6, 0.001) << " MB";
  }
  return text.str();
}

}  // namespace

MemoryBudget findMemoryBudget(const fs::path& root) {
  MemoryBudget budget{std::numeric_limits<double>::infinity(), "free memory of this machine"};
  if (const auto available = readEntry(root / "proc/meminfo", "MemAvailable:")) budget.bytes = *available;

  // /proc/self/cgroup: "0::/path" is version 2, "9:memory:/path" version 1's memory controller.
  std::ifstream groups(root / "proc/self/cgroup");
  double room = std::numeric_limits<double>::infinity();
  const fs::path tree = root / "sys/fs/cgroup";
  for (std::string line; std::getline(groups, line);) {
    const std::size_t first = line.find(':');
    const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = "," + line.substr(first + 1, second - first - 1) + ",";
    const fs::path group = line.substr(second + 1);
    if (controllers == ",,") {
      room = std::min(room, roomInGroups(tree, group, "memory.max", "memory.current", "inactive_file"));
    } else if (controllers.find(",memory,") != std::string::npos) {
      room = std::min(room, roomInGroups(tree / "memory", group, "memory.limit_in_bytes",
                                         "memory.usage_in_bytes", "total_inactive_file"));
    }
  }
  if (room < budget.bytes) budget = {room, "memory limit of this container or job"};
  return budget;
}

void checkMemory(const Estimate& estimate, const MemoryBudget& budget) {
  const double usable = kUsableFraction * budget.bytes;
  if (!(estimate.bytes > usable)) return;
  std::string message = "this run needs about " + inGigabytes(estimate.bytes) + " of memory, but only " +
                        inGigabytes(usable) + " can be used (" + budget.limit + ")";
  const auto largest = std::max_element(estimate.parts.begin(), estimate.parts.end(),
                                        [](const auto& a, const auto& b) { return a.bytes < b.bytes; });
  if (largest != estimate.parts.end())
    message += "; most of it, " + inGigabytes(largest->bytes) + ", is for " + largest->name;
  if (!estimate.advice.empty()) {
    message += ". To need less: " + estimate.advice;
  } else {
    std::ostringstream count;
    count.precision(3);
    count << estimate.cells;
    message +=
        ". To need less: fewer " + estimate.measure + " (now " + count.str() + ") or fewer recorded values";
  }
  throw core::inputError(message);
}

}  // namespace aula::lab
