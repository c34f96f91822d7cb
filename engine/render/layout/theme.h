// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "render/renderer.h"
#include "scene/float3.h"

namespace aula::render {

/// Red, green, blue, opacity as bytes, sRGB.
struct Rgba {
  std::uint8_t red = 0, green = 0, blue = 0, alpha = 255;
};

/// The colours and sizes of everything but the values. Sizes are pixels and grow with the picture, so that a
/// picture four times as large looks the same, and a small one stays legible.
struct Theme {
  /// The sizes of a picture, or those that go with the style's own text.
  Theme(const PictureStyle& style, int width, int height);

  Rgba background, text, faintText, axis, grid, outline, plotEdge;
  double font;       ///< Tick labels.
  double labelFont;  ///< Axis and colour bar labels.
  double titleFont;
  double hair;  ///< Thickness of axes and ticks.
  double outlineWidth;
  double tick;    ///< Length.
  double gap;     ///< Between things that belong together.
  double margin;  ///< Around the picture.
};

/// The same colour in linear light.
[[nodiscard]] scene::Colour linearColour(Rgba colour);

}  // namespace aula::render
