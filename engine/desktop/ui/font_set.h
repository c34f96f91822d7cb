// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <imgui.h>

#include <set>
#include <string>
#include <vector>

#include "desktop/ui/style.h"

namespace aula::desktop {

/// The glyphs that the window writes with: those of its own words, of the lab's texts, Latin, Greek and the
/// signs of physics; not the tens of thousands of a Chinese font. What somebody types joins them.
class FontSet {
 public:
  /// Reads the font files (render/text/font_files.h). Throws core::Error when there is none.
  FontSet();
  ~FontSet();
  FontSet(const FontSet&) = delete;
  FontSet& operator=(const FontSet&) = delete;

  /// True when characters are new: the atlas must be built again.
  bool want(const std::string& text);
  [[nodiscard]] bool isStale() const { return isStale_; }

  /// Fills the current context's atlas for a scale, between two frames. Its texture must be made anew.
  Fonts build(float scale);

 private:
  struct Face {
    std::vector<unsigned char> bytes;
    int index = 0;  ///< In a collection.
  };
  ImFont* add(const std::vector<Face>& faces, float pixels, const std::set<ImWchar>& characters);

  std::vector<Face> regular_, bold_;
  std::set<ImWchar> characters_;
  std::vector<std::vector<ImWchar>> ranges_;  ///< Dear ImGui keeps pointers into them.
  bool isStale_ = true;
};

}  // namespace aula::desktop
