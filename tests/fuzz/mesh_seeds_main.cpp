// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <fstream>

#include "mesh_seeds.h"

/// mesh_seeds FOLDER: writes the fuzzer's first inputs.
int main(int count, char** words) {
  if (count != 2) return 2;
  for (const auto& [name, bytes] : aula::test::meshSeeds())
    std::ofstream(std::filesystem::path(words[1]) / ("seed-" + name), std::ios::binary) << bytes;
  return 0;
}
