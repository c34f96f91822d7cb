// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

/// NIfTI-1 files as the standard has them (Cox et al. 2004), byte by byte, so that what reads them is held
/// against the standard and not against the library that writes them.
namespace aula::test {

struct NiftiFile {
  std::array<std::int16_t, 8> dim{3, 4, 3, 2, 1, 1, 1, 1};
  std::int16_t type = 16;  ///< DT_FLOAT32
  std::int16_t bits = 32;
  std::array<float, 8> pixdim{1, 2, 3, 4, 1, 1, 1, 1};
  float offset = 352, slope = 1, intercept = 0;
  char units = 2;  ///< mm
  std::int16_t qform = 0, sform = 1;
  std::array<std::array<float, 4>, 3> matrix{{{2, 0, 0, 10}, {0, 3, 0, 20}, {0, 0, 4, 30}}};
  std::string magic = std::string("n+1\0", 4);
  std::int32_t headerSize = 348;
  std::string description = "made by a test";
  std::string data;
  bool isSwapped = false;

  [[nodiscard]] std::string bytes() const {
    std::string file(352, '\0');
    const auto put = [&](std::size_t at, auto value) {
      std::array<char, sizeof(value)> raw;
      std::memcpy(raw.data(), &value, sizeof(value));
      for (std::size_t i = 0; i < raw.size(); ++i)
        file[at + i] = isSwapped ? raw[raw.size() - 1 - i] : raw[i];
    };
    put(0, headerSize);
    for (std::size_t i = 0; i < 8; ++i) put(40 + 2 * i, dim[i]);
    put(70, type);
    put(72, bits);
    for (std::size_t i = 0; i < 8; ++i) put(76 + 4 * i, pixdim[i]);
    put(108, offset);
    put(112, slope);
    put(116, intercept);
    file[123] = units;
    file.replace(148, description.size(), description);
    put(252, qform);
    put(254, sform);
    for (std::size_t row = 0; row < 3; ++row)
      for (std::size_t column = 0; column < 4; ++column)
        put(280 + 16 * row + 4 * column, matrix[row][column]);
    file.replace(344, magic.size(), magic);
    return file + data;
  }
};

/// Values one after the other, bytes as this machine has them, or turned round.
template <class T>
std::string packed(const std::vector<T>& values, bool isSwapped = false) {
  std::string data;
  for (const T& value : values) {
    std::array<char, sizeof(T)> raw;
    std::memcpy(raw.data(), &value, sizeof(T));
    data.append(isSwapped ? std::string(raw.rbegin(), raw.rend()) : std::string(raw.begin(), raw.end()));
  }
  return data;
}

}  // namespace aula::test
