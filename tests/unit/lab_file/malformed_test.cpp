// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "anatomy/kind/kinds.h"
#include "core/error.h"
#include "fdtd/fdtd.h"
#include "lab/lab.h"
#include "lab/session/checked_lab.h"
#include "molecular/molecular.h"

/// Whole lab files with one mistake each (a few with several), and the messages they must give, to the
/// letter:
///   malformed/NAME.lab.json   the file, as a user might have it
///   malformed/NAME.set        a line for each --set, where the mistake is there
///   malformed/NAME.expected   the message, every line of it
/// They go the way `aula check` goes. After a change of words, AULA_SHOW_MESSAGES=FOLDER writes what is said
/// now beside each other into that folder, to be compared before it replaces what is here.
namespace aula::lab {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(AULA_SOURCE_DIR) / "tests/unit/lab_file/malformed";

std::string contents(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const auto& entry : fs::directory_iterator(kFolder)) {
    const std::string name = entry.path().filename().string();
    const std::string ending = ".lab.json";
    if (name.ends_with(ending)) all.push_back(name.substr(0, name.size() - ending.size()));
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<std::pair<std::string, std::string>> settingsOf(const std::string& name) {
  std::vector<std::pair<std::string, std::string>> settings;
  std::ifstream stream(kFolder / (name + ".set"));
  for (std::string line; std::getline(stream, line);) {
    const auto equals = line.find('=');
    settings.emplace_back(line.substr(0, equals), line.substr(equals + 1));
  }
  return settings;
}

class Malformed : public testing::TestWithParam<std::string> {};

TEST_P(Malformed, GivesItsMessage) {
  Registry registry;
  registry.add(fdtd::makeFdtdKind());
  registry.add(molecular::makeMolecularKind());
  anatomy::addKinds(registry);
  const std::string name = GetParam();
  std::string message;
  try {
    const auto lab =
        Lab::readText(contents(kFolder / (name + ".lab.json")), name + ".lab.json", settingsOf(name));
    (void)checkLab(lab, registry);
  } catch (const core::Error& error) {
    EXPECT_EQ(error.exitCode(), 2);
    message = error.what();
  }
  message += "\n";
  if (const char* folder = std::getenv("AULA_SHOW_MESSAGES")) {
    std::ofstream(fs::path(folder) / (name + ".expected"), std::ios::binary) << message;
  }
  EXPECT_EQ(message, contents(kFolder / (name + ".expected")));
}

INSTANTIATE_TEST_SUITE_P(Files, Malformed, testing::ValuesIn(names()), [](const auto& test) {
  std::string name = test.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(MalformedFiles, AreMany) {
  EXPECT_GE(names().size(), 60U);
}

// What the files are made from by one change each: without the mistake there is no message.
TEST(MalformedFiles, AreRightWithoutTheirMistake) {
  Registry registry;
  registry.add(fdtd::makeFdtdKind());
  registry.add(molecular::makeMolecularKind());
  anatomy::addKinds(registry);
  EXPECT_NO_THROW((void)checkLab(Lab::read(kFolder.parent_path() / "right.lab.json"), registry));
}

}  // namespace
}  // namespace aula::lab
