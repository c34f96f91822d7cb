// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "scene/view/view.h"

namespace aula::desktop {

/// A tape and a protractor: two points make a length, a third one the angle at the second. A fourth begins
/// anew. One thread.
class Tape {
 public:
  void add(core::Vec3 point);
  void clear() { points_.clear(), ++revision_; }
  [[nodiscard]] const std::vector<core::Vec3>& points() const { return points_; }
  [[nodiscard]] unsigned revision() const { return revision_; }

  /// m, between the first two points; 0 without them.
  [[nodiscard]] double length() const;
  /// rad, at the second point, 0 to pi; 0 without three points or where two of them are one.
  [[nodiscard]] double angle() const;
  /// "12.4 mm", "12.4 mm, 57.3°"; empty without two points.
  [[nodiscard]] std::string text() const;
  /// What is drawn of it: rulers, the angle's value at its corner, a cross at a first point.
  [[nodiscard]] std::vector<scene::View> views() const;

 private:
  std::vector<core::Vec3> points_;
  unsigned revision_ = 0;
};

}  // namespace aula::desktop
