// SPDX-License-Identifier: Apache-2.0
#include "lab/record/markup.h"

#include <charconv>

#include "core/text.h"

namespace aula::lab {

namespace {
constexpr const char* kReplacement = "\xef\xbf\xbd";
}

std::string escapeMarkup(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  // Broken UTF-8 is replaced byte by byte, what follows it is looked at afresh.
  while (!text.empty()) {
    const std::size_t valid = core::invalidUtf8At(text).value_or(text.size());
    for (const char c : text.substr(0, valid)) {
      switch (c) {
        case '&':
          out += "&amp;";
          break;
        case '<':
          out += "&lt;";
          break;
        case '>':
          out += "&gt;";
          break;
        case '"':
          out += "&quot;";
          break;
        case '\'':
          out += "&#39;";
          break;
        case '\t':
        case '\n':
        case '\r':
          out += c;
          break;
        default:
          if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
            out += kReplacement;
          } else {
            out += c;
          }
      }
    }
    text.remove_prefix(valid);
    if (!text.empty()) {
      out += kReplacement;
      text.remove_prefix(1);
    }
  }
  return out;
}

std::string shortestNumber(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value).ptr;
  return {text, end};
}

}  // namespace aula::lab
