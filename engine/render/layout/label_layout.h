// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "render/layout/drawing.h"

namespace aula::render {

/// A label to find a place for. Pixels.
struct LabelWish {
  std::string text;
  double x = 0, y = 0;           ///< The point it names.
  double width = 0, height = 0;  ///< Of the text, with the room it wants around it.
  int priority = 0;
  bool hasLeader = false;  ///< False: the text stands on its point, or not at all.
};

/// Where a label stands.
struct PlacedLabel {
  std::size_t wish = 0;  ///< Its index.
  Rectangle box;
  /// From the label's point to the text's edge; both the same where there is no leader.
  double fromX = 0, fromY = 0, toX = 0, toY = 0;
};

/// Finds places for labels so that no two texts overlap, no leader crosses a text, no two leaders cross and
/// no text covers another label's point. Greedy by priority over places at growing distances around each
/// point (after the candidate positions of J. Christensen, J. Marks, S. Shieber, "An empirical study of
/// algorithms for point-feature label placement", 1995); labels without room are left out, the least
/// important first. Remembers where each text stood, and leaves it there while it may, so that labels do not
/// jump about in a film. One thread.
class LabelLayout {
 public:
  /// Within `area`, clear of `taken`.
  [[nodiscard]] std::vector<PlacedLabel> place(const std::vector<LabelWish>& wishes, const Rectangle& area,
                                               const std::vector<Rectangle>& taken = {});
  void forget() { before_.clear(); }

 private:
  struct Offset {
    double x = 0, y = 0;
  };
  std::map<std::string, Offset> before_;  ///< From the point to the text's middle, by text.
};

/// Do the two straight pieces a-b and c-d meet?
[[nodiscard]] bool doCross(double ax, double ay, double bx, double by, double cx, double cy, double dx,
                           double dy);

}  // namespace aula::render
