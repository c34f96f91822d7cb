// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "fuzz/molecular_fuzzer.h"

using namespace aula;

namespace {

struct Format {
  const char* name;
  void (*feed)(const std::string&);
};

/// One of each kind, and inputs that once broke something.
std::vector<std::string> corpus(const std::string& format) {
  std::vector<std::string> texts;
  const auto folder = std::filesystem::path(AULA_SOURCE_DIR) / "tests/fuzz/molecular_corpus" / format;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream stream(entry.path(), std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return texts;
}

class MolecularFuzzer : public testing::TestWithParam<Format> {};

TEST_P(MolecularFuzzer, BearsItsCorpus) {
  const auto texts = corpus(GetParam().name);
  ASSERT_FALSE(texts.empty());
  for (const std::string& text : texts) GetParam().feed(text);
}

// Not libFuzzer, but every build does it: bytes changed, dropped, doubled, lines swapped. The same seed each
// time, so that a failure repeats.
TEST_P(MolecularFuzzer, BearsMutations) {
  const auto texts = corpus(GetParam().name);
  ASSERT_FALSE(texts.empty());
  std::mt19937 random(20240607);
  const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(800);
  int tried = 0;
  while (std::chrono::steady_clock::now() < end && tried < 20000) {
    std::string text = texts[below(texts.size())];
    if (text.size() > 8192) text.resize(8192);
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
      const std::size_t at = below(text.size() + 1);
      const std::string& other = texts[below(texts.size())];
      switch (below(5)) {
        case 0:
          text.insert(at, other.substr(below(other.size()), below(40)));
          break;
        case 1:
          text.erase(at, below(40));
          break;
        case 2:
          text.insert(at, text.substr(std::min(at, text.size()), below(40)));
          break;
        case 3:
          if (at < text.size() && text[at] >= '0' && text[at] <= '9') text[at] = char('0' + below(10));
          break;
        default:
          if (at < text.size()) text[at] = char(random() & 0xFFU);
      }
    }
    GetParam().feed(text);
    ++tried;
  }
  // Preparing a structure takes a few milliseconds.
  EXPECT_GT(tried, 20);
}

INSTANTIATE_TEST_SUITE_P(Formats, MolecularFuzzer,
                         testing::Values(Format{"top", test::feedTopology}, Format{"gro", test::feedGro},
                                         Format{"pdb", test::feedStructure},
                                         Format{"cif", test::feedStructure},
                                         Format{"ff", test::feedForceField},
                                         Format{"prepare", test::feedPreparation}),
                         [](const auto& one) { return std::string(one.param.name); });

}  // namespace
