// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace fs = std::filesystem;
using Table = std::map<std::string, std::set<std::string>>;

namespace {

std::set<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

/// The two tables of engine/README.md: folder -> what it may include; header prefix -> folders that may
/// include it.
void readTables(Table& arrows, Table& fences) {
  std::ifstream file(fs::path(AULA_SOURCE_DIR) / "engine/README.md");
  const std::regex row(R"(\| ([^|]*) \| ([^|]*) \| ?([^|]*)\|)");
  Table* table = nullptr;
  std::smatch cell;
  for (std::string line; std::getline(file, line);) {
    if (line.rfind("| folder", 0) == 0) table = &arrows;
    if (line.rfind("| library", 0) == 0) table = &fences;
    if (!table || line.find("---") != std::string::npos || !std::regex_match(line, cell, row)) continue;
    if (table == &arrows)
      arrows[cell[1]] = words(cell[3]);
    else
      for (const std::string& prefix : words(cell[2])) fences[prefix] = words(cell[3]);
  }
}

/// The row a file belongs to: the longest folder name of the table that begins its path.
std::string rowOf(const std::string& path, const Table& arrows) {
  std::string best;
  for (const auto& [folder, allowed] : arrows)
    if (path.rfind(folder + "/", 0) == 0 && folder.size() > best.size()) best = folder;
  return best;
}

/// Calls check(path below engine/ or sims/, included path, is it in quotes) for every #include.
template <class Check>
int forEveryInclude(const Check& check) {
  const std::regex include(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"].*)");
  int count = 0;
  for (const char* top : {"engine", "sims"})
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(AULA_SOURCE_DIR) / top)) {
      if (!std::set<std::string>{".h", ".cpp", ".cu", ".cuh", ".inc"}.count(
              entry.path().extension().string()))
        continue;
      std::ifstream file(entry.path());
      std::smatch found;
      for (std::string line; std::getline(file, line);)
        if (std::regex_match(line, found, include)) {
          check(fs::relative(entry.path(), fs::path(AULA_SOURCE_DIR) / top).generic_string(), found[2].str(),
                found[1] == "\"");
          ++count;
        }
    }
  return count;
}

TEST(Arrows, EveryIncludeFollowsTheTable) {
  Table arrows, fences;
  readTables(arrows, fences);
  ASSERT_GT(arrows.size(), 8U);
  ASSERT_GT(fences.size(), 8U);
  const std::set<std::string> plainState{"grid.h", "medium.h", "setup.h", "solver.h"};
  const int count = forEveryInclude([&](const std::string& path, const std::string& included, bool isOurs) {
    const std::string from = rowOf(path, arrows);
    EXPECT_NE(from, "") << path << " lies in no folder of engine/README.md's table";
    const std::string to = rowOf(included, arrows);
    if (isOurs) {
      EXPECT_TRUE(to == from || arrows[from].count(to))
          << path << " includes " << included << ", which its row forbids";
      const bool isFormula =
          (from == "fdtd/reference" && to == "fdtd/model" &&
           !plainState.count(included.substr(to.size() + 1))) ||
          (from.size() > 10 && from.compare(from.size() - 10, 10, "/reference") == 0 &&
           included.find("/model/formula/") != std::string::npos);
      EXPECT_FALSE(isFormula) << path << " takes more than plain state: " << included;
    }
    for (const auto& [prefix, folders] : fences) {
      const bool isFenced = included.rfind(prefix, 0) == 0 && to.empty();
      EXPECT_TRUE(!isFenced || folders.count(from))
          << path << " includes " << included << ", fenced off from " << from;
    }
  });
  EXPECT_GT(count, 100);
}

}  // namespace
