// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace aula::desktop {

/// A piece of a line that is set in one way.
struct TextRun {
  std::string text;
  bool isBold = false, isItalic = false, isCode = false;
  std::string link;  ///< Where it points; shown beside the text, never followed.
  bool operator==(const TextRun&) const = default;
};

/// A paragraph of a lesson.
struct TextBlock {
  enum class Kind { paragraph, heading, item, numberedItem, code, rule };
  Kind kind = Kind::paragraph;
  int level = 0;   ///< Of a heading 1 to 6; of an item its depth, 0 at the outside.
  int number = 0;  ///< Of a numbered item, as the file gives it.
  std::vector<TextRun> runs;
};

/// The part of Markdown that lessons use: headings, paragraphs, lists, **bold**, *italic*, `code`, links,
/// fenced code, rules. What it does not know stays as it is written. Never throws.
[[nodiscard]] std::vector<TextBlock> parseMarkdown(const std::string& text);

}  // namespace aula::desktop
