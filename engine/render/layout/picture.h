// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "render/layout/drawing.h"
#include "render/renderer.h"
#include "render/scene_renderer.h"

namespace aula::render {

class LabelLayout;

/// What is drawn with depth and light, by the scene renderer, before axes and text go over it.
struct Space {
  scene::Frame frame;  ///< The frame's things to see, and the walls behind them.
  scene::Camera camera;
  SceneStyle style;
};

/// A picture laid out: what goes where, in the order of drawing. Pixels count from the upper left corner.
struct Picture {
  explicit Picture(Typesetter& typesetter) : text(typesetter) {}

  std::optional<Space> space;
  LineMesh backLines;  ///< Behind the slices: grounds of colour bars.
  std::vector<SliceItem> slices;
  Rectangle plot;       ///< `plotLines` are cut off at its edge.
  LineMesh plotLines;   ///< Outlines over the slices.
  LineMesh frameLines;  ///< Axes, ticks, the colour bar's edge.
  TextMesh text;
};

/// What a layout needs to know besides the frame.
struct PictureRequest {
  const scene::Frame& frame;
  const PictureStyle& style;
  const ColourLimits& limits;
  Typesetter& typesetter;
  LabelLayout& labels;  ///< Where labels stood in the pictures before.
  Theme theme;
  int width = 0, height = 0;
};

/// A thickness in pixels as views of lines give it: for a picture 720 high.
[[nodiscard]] inline float lineWidth(double pixels, const PictureRequest& request) {
  return static_cast<float>(pixels * 720 / request.height);
}

/// A colour bar's content, and where the rest of the picture has left room for it.
struct ColourBar {
  std::string label;  ///< Quantity and unit.
  Limits limits;      ///< In the unit's scale: as the ticks are printed.
  const ColourMap* map = nullptr;
};

/// The colour bar for a view: its name, its unit with a fitting prefix, its limits in that unit.
[[nodiscard]] ColourBar colourBarFor(const scene::VolumeView& view, const Limits& limits,
                                     const ColourMap& map);

/// Title and time stamp, beginning `down` pixels below their place at the top edge.
void placeHeading(const PictureRequest& request, double left, double right, double down, Picture& picture);
/// The y below the heading at the top edge.
[[nodiscard]] double headingBottom(const PictureRequest& request);

/// The width that a standing colour bar of this height takes, labels included.
[[nodiscard]] double standingBarWidth(const PictureRequest& request, const ColourBar& bar, double height);
void placeStandingBar(const PictureRequest& request, const ColourBar& bar, double left, double top,
                      double height, Picture& picture);
/// The height that a lying colour bar takes, labels included.
[[nodiscard]] double lyingBarHeight(const PictureRequest& request);
void placeLyingBar(const PictureRequest& request, const ColourBar& bar, double left, double top, double width,
                   Picture& picture);

/// Clip space (y downwards, as Vulkan's) from a lattice whose first node lies at (x0, y0) pixels and whose
/// last at (x1, y1).
[[nodiscard]] glm::mat4 clipFromNodes(double x0, double y0, double x1, double y1, int columns, int rows,
                                      int width, int height);

/// The map that the style names, or the one for the view's scale on this background. `isFog`: a volume seen
/// through, on which weak values must look like the background.
[[nodiscard]] const ColourMap& mapFor(const PictureStyle& style, const scene::VolumeView& view, bool isFog);

/// Outlines must be seen on the map, whatever the background: light on a dark map.
struct OutlineColours {
  Rgba line, halo;
};
[[nodiscard]] OutlineColours outlineColours(const ColourMap& map);

/// One slice, seen straight on, with axes and colour bar. A volume that is thick shows its middle nodes along
/// z.
[[nodiscard]] Picture layOutPlane(const PictureRequest& request, const scene::VolumeView& view);

/// The scene from a camera, in a box with axes on its edges. `view`: the only volume view to show; null: all
/// of the first one's quantity.
[[nodiscard]] Picture layOutSpace(const PictureRequest& request, const scene::VolumeView* view);

}  // namespace aula::render
