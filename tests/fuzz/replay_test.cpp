// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void feed(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

/// The shipped labs, the malformed ones, and inputs that once broke something.
std::vector<std::string> corpus() {
  std::vector<std::string> texts;
  for (const char* folder : {"labs", "tests/unit/lab_file/malformed", "tests/fuzz/corpus"}) {
    const std::filesystem::path root = std::filesystem::path(AULA_SOURCE_DIR) / folder;
    if (!std::filesystem::exists(root)) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (!entry.is_regular_file() || entry.path().extension() == ".md") continue;
      std::ifstream stream(entry.path(), std::ios::binary);
      texts.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    }
  }
  return texts;
}

TEST(LabFuzzer, BearsItsCorpus) {
  const std::vector<std::string> texts = corpus();
  ASSERT_GT(texts.size(), 10U);
  for (const std::string& text : texts) feed(text);
}

// Not libFuzzer, but every build does it: bytes changed, dropped, doubled, and pieces of one file put into
// another. The same seed each time, so that a failure repeats.
TEST(LabFuzzer, BearsMutations) {
  const std::vector<std::string> texts = corpus();
  ASSERT_FALSE(texts.empty());
  std::mt19937 random(20240607);
  const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  int tried = 0;
  while (std::chrono::steady_clock::now() < end && tried < 20000) {
    std::string text = texts[below(texts.size())];
    if (text.size() > 20000) text.resize(20000);
    for (std::size_t changes = 1 + below(4); changes > 0; --changes) {
      const std::size_t at = below(text.size() + 1);
      const std::string& other = texts[below(texts.size())];
      const std::size_t from = below(other.size()), length = below(40);
      switch (below(4)) {
        case 0:
          text.insert(at, other.substr(std::min(from, other.size()), length));
          break;
        case 1:
          text.erase(at, length);
          break;
        case 2:
          text.insert(at, text.substr(std::min(at, text.size()), length));
          break;
        default:
          if (at < text.size()) text[at] = char(random() & 0xFFU);
      }
    }
    feed(text);
    ++tried;
  }
  EXPECT_GT(tried, 100);
}

}  // namespace
