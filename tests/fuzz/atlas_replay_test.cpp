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

namespace fs = std::filesystem;

void feed(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

std::string textOf(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// The program's own regions, with their measures behind a zero byte; small ones; what once broke something.
std::vector<std::string> corpus() {
  std::vector<std::string> texts;
  for (const auto& entry : fs::directory_iterator(fs::path(AULA_SOURCE_DIR) / "assets/anatomy")) {
    if (!fs::exists(entry.path() / "terms.json")) continue;
    texts.push_back(textOf(entry.path() / "terms.json"));
    if (fs::exists(entry.path() / "measures.json"))
      texts.push_back(texts.back() + '\0' + textOf(entry.path() / "measures.json"));
  }
  for (const auto& entry : fs::directory_iterator(fs::path(AULA_SOURCE_DIR) / "tests/fuzz/atlas_corpus"))
    texts.push_back(textOf(entry.path()));
  return texts;
}

TEST(AtlasFuzzer, BearsItsCorpus) {
  const std::vector<std::string> texts = corpus();
  ASSERT_GE(texts.size(), 5U);
  for (const std::string& text : texts) feed(text);
}

// As for lab files: the same mutations each time.
TEST(AtlasFuzzer, BearsMutations) {
  const std::vector<std::string> texts = corpus();
  std::mt19937 random(20240613);
  const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(3);
  int tried = 0;
  while (std::chrono::steady_clock::now() < end && tried < 10000) {
    std::string text = texts[below(texts.size())];
    for (std::size_t changes = 1 + below(3); changes > 0; --changes) {
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
          text.insert(at, text.substr(at, below(200)));
          break;
        case 3:
          // A whole text, number or word gone: the shape stays, the meaning not.
          if (const auto quote = text.find('"', at); quote != std::string::npos)
            text.replace(quote, text.find('"', quote + 1) - quote + 1, below(2) ? "7" : "null");
          break;
        default:
          if (at < text.size()) text[at] = char(random() & 0xFFU);
      }
    }
    feed(text);
    ++tried;
  }
  EXPECT_GT(tried, 50);
}

}  // namespace
