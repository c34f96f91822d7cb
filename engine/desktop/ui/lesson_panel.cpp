// SPDX-License-Identifier: Apache-2.0
#include <imgui_internal.h>

#include <cctype>

#include "desktop/ui/desk.h"
#include "desktop/ui/widgets.h"

namespace aula::desktop {
namespace {

/// Sets runs of one paragraph word by word, so that fonts may change within a line. Chinese breaks between
/// any two characters.
class Setter {
 public:
  Setter(const Look& look, float left, float right) : look_(look), left_(left), right_(right) {
    at_ = {left, ImGui::GetCursorScreenPos().y};
  }
  void add(const TextRun& run, ImFont* font) {
    const ImU32 colour = !run.link.empty() ? look_.colours.accent : look_.colours.text;
    const char* p = run.text.data();
    const char* const end = p + run.text.size();
    while (p < end) {
      const char* next = pieceEnd(p, end);
      put(std::string(p, next), font, colour, run.isCode);
      p = next;
    }
    if (!run.link.empty() && run.link.find("://") != std::string::npos)
      put(" (" + run.link + ")", look_.fonts.small, look_.colours.faint, false);
  }
  void finish(ImFont* font) {
    ImGui::SetCursorScreenPos({left_, at_.y});
    ImGui::Dummy({0, font->FontSize + look_.px(2)});
  }

 private:
  /// A word with the spaces behind it, or one wide character.
  static const char* pieceEnd(const char* p, const char* end) {
    const auto isWide = [](const char* c) {
      return static_cast<unsigned char>(*c) >= 0xe3 && static_cast<unsigned char>(*c) < 0xf0;
    };
    if (isWide(p)) return std::min(p + 3, end);
    while (p < end && *p != ' ' && !isWide(p)) ++p;
    while (p < end && *p == ' ') ++p;
    return p;
  }
  void put(const std::string& text, ImFont* font, ImU32 colour, bool isCode) {
    std::string trimmed = text;
    while (!trimmed.empty() && trimmed.back() == ' ') trimmed.pop_back();
    const float width = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, trimmed.c_str()).x;
    // A full stop in Chinese may hang over the edge rather than begin a line.
    const bool mayHang =
        trimmed.size() == 3 && (trimmed == "，" || trimmed == "。" || trimmed == "；" || trimmed == "：" ||
                                trimmed == "？" || trimmed == "、" || trimmed == "）");
    if (at_.x > left_ && at_.x + width > right_ && !mayHang) {
      at_.x = left_;
      at_.y += font->FontSize * 1.35F;
    }
    ImDrawList& list = *ImGui::GetWindowDrawList();
    if (isCode)
      list.AddRectFilled({at_.x - look_.px(2), at_.y - look_.px(1)},
                         {at_.x + width + look_.px(2), at_.y + font->FontSize + look_.px(2)},
                         look_.colours.raised, look_.px(3));
    list.AddText(font, font->FontSize, at_, colour, trimmed.c_str());
    at_.x += font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.c_str()).x;
  }
  const Look& look_;
  float left_, right_;
  ImVec2 at_;
};

}  // namespace

void drawLesson(Desk& desk) {
  const Look& look = desk.look;
  if (desk.lab->lesson().empty()) {
    caption(look, desk.w(Word::noLesson));
    return;
  }
  for (const TextBlock& block : desk.lab->lesson()) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float right = at.x + ImGui::GetContentRegionAvail().x;
    if (block.kind == TextBlock::Kind::rule) {
      ImGui::Separator();
      continue;
    }
    const bool isItem = block.kind == TextBlock::Kind::item || block.kind == TextBlock::Kind::numberedItem;
    const float left = at.x + (isItem ? look.px(22 + 18 * std::min(block.level, 4)) : 0);
    if (isItem) {
      const std::string mark = block.kind == TextBlock::Kind::item ? "•" : std::to_string(block.number) + ".";
      ImGui::GetWindowDrawList()->AddText({left - look.px(20), at.y}, look.colours.faint, mark.c_str());
    }
    ImFont* const plain = block.kind == TextBlock::Kind::heading
                              ? (block.level == 1 ? look.fonts.title : look.fonts.bold)
                              : look.fonts.body;
    Setter setter(look, left, right);
    for (const TextRun& run : block.runs)
      setter.add(run, run.isBold ? (plain == look.fonts.body ? look.fonts.bold : plain) : plain);
    setter.finish(plain);
    ImGui::SetCursorScreenPos({at.x, ImGui::GetCursorScreenPos().y + look.px(isItem ? 0 : 6)});
  }
}

}  // namespace aula::desktop
