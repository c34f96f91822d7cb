// SPDX-License-Identifier: Apache-2.0
#include "golden.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "render/png.h"

namespace aula::render {
namespace {

namespace fs = std::filesystem;

struct Difference {
  int most = 0, x = 0, y = 0;
  double mean = 0;
};

Difference compare(const Image& a, const Image& b, Image& shown) {
  Difference difference;
  shown = a;
  double sum = 0;
  for (std::size_t i = 0; i < a.pixels.size(); ++i) {
    const int step = a.pixels[i] - b.pixels[i];
    if (i % 4 < 3) shown.pixels[i] = static_cast<std::uint8_t>(std::clamp(128 + 8 * step, 0, 255));
    sum += std::abs(step);
    if (std::abs(step) > difference.most) {
      difference.most = std::abs(step);
      const int pixel = static_cast<int>(i / 4);
      difference.x = pixel % a.width;
      difference.y = pixel / a.width;
    }
  }
  difference.mean = sum / static_cast<double>(a.pixels.size());
  return difference;
}

std::string words(const Difference& d) {
  return "largest difference " + std::to_string(d.most) + " at (" + std::to_string(d.x) + ", " +
         std::to_string(d.y) + "), mean " + std::to_string(d.mean);
}

bool isUpdate() {
  const char* value = std::getenv("AULA_UPDATE_GOLDEN");
  return value != nullptr && std::string(value) == "1";
}

}  // namespace

testing::AssertionResult matchesGolden(const std::string& name, const Image& image,
                                       const GoldenTolerance& tolerance) {
  const fs::path stored = fs::path(AULA_SOURCE_DIR) / "tests/render/golden" / (name + ".png");
  const bool isThere = fs::exists(stored);
  if (!isThere && !isUpdate()) {
    return testing::AssertionFailure() << "there is no " << stored << "; make it with AULA_UPDATE_GOLDEN=1";
  }
  Difference difference;
  Image shown;
  bool isSameSize = false;
  Image golden;
  if (isThere) {
    golden = readPng(stored);
    isSameSize = golden.width == image.width && golden.height == image.height;
    if (isSameSize) difference = compare(image, golden, shown);
  }
  if (isUpdate()) {
    fs::create_directories(stored.parent_path());
    if (!isThere || !isSameSize || difference.most > 0) writePng(stored, image);
    std::printf("golden %s: %s\n", name.c_str(),
                !isThere     ? "new"
                : isSameSize ? words(difference).c_str()
                             : "new size");
    return testing::AssertionSuccess();
  }
  if (isSameSize && difference.most <= tolerance.most && difference.mean <= tolerance.mean) {
    return testing::AssertionSuccess();
  }
  const fs::path kept = fs::absolute("golden-failures");
  fs::create_directories(kept);
  writePng(kept / (name + ".png"), image);
  writePng(kept / (name + "-golden.png"), golden);
  if (isSameSize) writePng(kept / (name + "-difference.png"), shown);
  return testing::AssertionFailure()
         << name << ": " << (isSameSize ? words(difference) : "another size") << "; allowed "
         << tolerance.most << " and " << tolerance.mean << ". Look at " << kept
         << "; if the new picture is right, run the test with AULA_UPDATE_GOLDEN=1.";
}

}  // namespace aula::render
