// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "mesh_seeds.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void feed(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

/// Seeds, and inputs that once broke something.
std::vector<std::string> corpus() {
  std::vector<std::string> all;
  for (const auto& [name, bytes] : aula::test::meshSeeds()) all.push_back(bytes);
  const std::filesystem::path kept = std::filesystem::path(AULA_SOURCE_DIR) / "tests/fuzz/mesh_corpus";
  if (std::filesystem::exists(kept))
    for (const auto& entry : std::filesystem::directory_iterator(kept)) {
      std::ifstream stream(entry.path(), std::ios::binary);
      all.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    }
  return all;
}

TEST(MeshFuzzer, BearsItsCorpus) {
  for (const std::string& bytes : corpus()) feed(bytes);
}

// As for lab files: the same mutations each time. Numbers at their limits are what breaks binary formats.
TEST(MeshFuzzer, BearsMutations) {
  const std::vector<std::string> all = corpus();
  std::mt19937 random(20240611);
  const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : random() % limit; };
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(7);
  int tried = 0;
  while (std::chrono::steady_clock::now() < end && tried < 4000) {
    std::string bytes = all[below(all.size())];
    for (std::size_t changes = 1 + below(3); changes > 0; --changes) {
      const std::size_t at = 1 + below(bytes.size());
      const std::string& other = all[below(all.size())];
      switch (below(6)) {
        case 0:
          bytes.insert(at, other.substr(1 + below(other.size() - 1), below(40)));
          break;
        case 1:
          bytes.erase(std::min(at, bytes.size()), below(40));
          break;
        case 2:
          bytes.insert(at, bytes.substr(std::min(at, bytes.size()), below(200)));
          break;
        case 3:
          for (std::size_t k = at; k < std::min(at + 4, bytes.size()); ++k)
            bytes[k] = char(below(2) ? 0xFF : 0x7F);
          break;
        case 4:
          // A digit: counts and indices of text formats.
          for (std::size_t k = at; k < bytes.size(); ++k)
            if (bytes[k] >= '0' && bytes[k] <= '9') {
              bytes.replace(k, 1, below(2) ? "-7" : "4294967295");
              break;
            }
          break;
        default:
          if (at < bytes.size()) bytes[at] = char(random() & 0xFFU);
      }
    }
    feed(bytes);
    ++tried;
  }
  std::printf("%d mutations\n", tried);
  EXPECT_GT(tried, 20);
}

}  // namespace
