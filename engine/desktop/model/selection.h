// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scene/pick.h"
#include "scene/view/view.h"

namespace aula::desktop {

/// Something in the scene that somebody points at or has chosen: a view by its name, one of its items, a
/// place. It outlives the frame it was found in.
struct Selection {
  std::string view;                 ///< Empty: nothing.
  std::optional<std::size_t> item;  ///< Of several instances or particles.
  std::optional<core::Vec3> point;  ///< m, where it was met; none when it was chosen by name.
  bool operator==(const Selection& other) const {
    return view == other.view && item == other.item && point.has_value() == other.point.has_value() &&
           (!point || core::length(*point - *other.point) == 0);
  }
};

/// Without the fields that a picture of a space leaves out: those of another quantity than its first thick
/// one (its first). The frame itself where there are none.
[[nodiscard]] std::shared_ptr<const scene::Frame> shownInSpace(std::shared_ptr<const scene::Frame> frame);

/// What is seen along a ray: the first solid thing, unless a volume before it hides it; of a volume the place
/// at which half of what can be seen of it has been gathered. `picker` has the frame.
[[nodiscard]] Selection pickAlong(const scene::Ray& ray, const scene::Frame& frame,
                                  const scene::Picker& picker);

/// Of a volume or slice at a place: linear between nodes; nothing outside.
[[nodiscard]] std::optional<double> valueAt(const scene::VolumeView& view, core::Vec3 point);

/// The view of that name; null where the frame has none.
[[nodiscard]] const scene::View* findView(const scene::Frame& frame, const std::string& name);

/// "−0.53 V/m", "x = 120 mm, ...": what can be said of it in this frame, without its name.
[[nodiscard]] std::vector<std::string> describe(const Selection& selection, const scene::Frame& frame);

/// The edges of a box around what is chosen, or a cross where a place is; nothing where it is not there.
[[nodiscard]] std::optional<scene::LinesView> highlightOf(const Selection& selection,
                                                          const scene::Frame& frame);

}  // namespace aula::desktop
