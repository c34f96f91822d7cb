// SPDX-License-Identifier: Apache-2.0
#include <zlib.h>

#include <algorithm>
#include <array>

#include "molecular/input/raw_structure.h"
#include "molecular/input/text_file.h"

namespace aula::molecular {

std::string inflated(std::string_view packed, const std::string& name) {
  z_stream stream{};
  // 15 bits of window, and 16 for gzip's header.
  if (inflateInit2(&stream, 15 + 16) != Z_OK) throw core::Error(name + ": zlib cannot be started");
  struct End {
    z_stream& stream;
    ~End() { inflateEnd(&stream); }
  } const end{stream};
  std::string text;
  std::array<char, 1U << 16U> buffer{};
  std::size_t taken = 0;
  int result = Z_OK;
  while (result != Z_STREAM_END) {
    const std::size_t piece = std::min<std::size_t>(packed.size() - taken, 1U << 30U);
    // zlib's interface predates const.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data() + taken));
    stream.avail_in = static_cast<uInt>(piece);
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    result = inflate(&stream, Z_NO_FLUSH);
    taken += piece - stream.avail_in;
    text.append(buffer.data(), buffer.size() - stream.avail_out);
    if (text.size() > kLargestTextFile)
      throw errorAt(name, "unpacks to more than " + std::to_string(kLargestTextFile) + " bytes");
    if (result == Z_STREAM_END && taken < packed.size()) {
      // Several members make one file.
      if (!packed.substr(taken).starts_with("\x1F\x8B")) break;
      if (inflateReset(&stream) != Z_OK) throw errorAt(name, "the compressed data are broken");
      result = Z_OK;
      continue;
    }
    if (result != Z_OK && result != Z_STREAM_END)
      throw errorAt(name, taken >= packed.size() ? "the compressed data end too early"
                                                 : "the compressed data are broken");
  }
  return text;
}

}  // namespace aula::molecular
