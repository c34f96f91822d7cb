// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <vector>

namespace aula::core {

namespace {

/// Length of the well-formed sequence at `i` (Unicode 15, table 3-7), or 0.
std::size_t sequenceLength(std::string_view text, std::size_t i) {
  const auto byte = [&](std::size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0U; };
  const auto isTail = [&](std::size_t k, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(k) >= low && byte(k) <= high;
  };
  const unsigned lead = byte(i);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return isTail(i + 1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    // E0 would be overlong below A0; ED would be a surrogate above 9F.
    const bool isSecondRight = isTail(i + 1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF);
    return isSecondRight && isTail(i + 2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    // F0 would be overlong below 90; F4 would pass U+10FFFF above 8F.
    const bool isSecondRight = isTail(i + 1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF);
    return isSecondRight && isTail(i + 2) && isTail(i + 3) ? 4 : 0;
  }
  return 0;
}

char lowered(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

std::optional<std::size_t> invalidUtf8At(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = sequenceLength(text, i);
    if (length == 0) return i;
    i += length;
  }
  return std::nullopt;
}

std::string quoted(std::string_view text, std::size_t maximum) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size();) {
    if (i >= maximum) return out + "...\"";
    const std::size_t length = sequenceLength(text, i);
    const unsigned first = static_cast<unsigned char>(text[i]);
    // C0 controls, DEL, and C1 controls (U+0080 to U+009F), which some terminals obey as well.
    const bool isControl = first < 0x20 || first == 0x7F ||
                           (length == 2 && first == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0);
    if (length == 0 || isControl) {
      const std::size_t bytes = length == 0 ? 1 : length;
      for (std::size_t k = 0; k < bytes; ++k) {
        std::array<char, 8> escaped{};
        std::snprintf(escaped.data(), escaped.size(), "\\x%02X",
                      static_cast<unsigned>(static_cast<unsigned char>(text[i + k])));
        out += escaped.data();
      }
      i += bytes;
    } else {
      out += text.substr(i, length);
      i += length;
    }
  }
  return out + "\"";
}

double editDistance(std::string_view from, std::string_view to) {
  from = from.substr(0, 64);
  to = to.substr(0, 64);
  const std::size_t columns = to.size() + 1;
  std::vector<double> before(columns), above(columns), row(columns);
  for (std::size_t j = 0; j < columns; ++j) above[j] = double(j);
  for (std::size_t i = 1; i <= from.size(); ++i) {
    row[0] = double(i);
    for (std::size_t j = 1; j < columns; ++j) {
      const char a = from[i - 1], b = to[j - 1];
      const double replace = a == b ? 0.0 : lowered(a) == lowered(b) ? 0.5 : 1.0;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + replace});
      if (i > 1 && j > 1 && a == to[j - 2] && from[i - 2] == b) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[to.size()];
}

std::optional<std::string> nearestWord(std::string_view word, const std::vector<std::string>& candidates) {
  std::optional<std::string> best;
  double bestRank = 0;
  for (const std::string& candidate : candidates) {
    const double distance = editDistance(word, candidate);
    // One letter of two is as likely another word.
    const std::size_t length = std::max(word.size(), candidate.size());
    const double allowed = length < 3 ? 0.5 : std::max(1.0, double(length) / 3.0);
    if (distance > allowed || distance >= double(std::min(word.size(), candidate.size()))) continue;
    // People rarely mistype the first letter: it decides between equals.
    const bool isSameStart = !word.empty() && !candidate.empty() && lowered(word[0]) == lowered(candidate[0]);
    const double rank = distance + (isSameStart ? 0 : 0.25);
    if (!best || rank < bestRank) {
      best = candidate;
      bestRank = rank;
    }
  }
  return best;
}

std::string listed(const std::vector<std::string>& words, const char* last) {
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " " + std::string(last) + " " : ", ";
    out += words[i];
  }
  return out;
}

}  // namespace aula::core
