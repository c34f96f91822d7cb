// SPDX-License-Identifier: Apache-2.0
#include "render/layout/theme.h"

#include <algorithm>
#include <cmath>

namespace aula::render {

Theme::Theme(const PictureStyle& style, int width, int height) {
  if (style.background == Background::light) {
    background = {255, 255, 255, 255};
    text = {28, 32, 38, 255};
    faintText = {96, 102, 112, 255};
    axis = {58, 64, 72, 255};
    grid = {205, 210, 217, 255};
    outline = {24, 27, 32, 255};
    plotEdge = {58, 64, 72, 255};
  } else {
    background = {16, 18, 22, 255};
    text = {236, 239, 243, 255};
    faintText = {158, 165, 175, 255};
    axis = {172, 179, 189, 255};
    grid = {58, 64, 73, 255};
    outline = {240, 242, 245, 255};
    plotEdge = {120, 127, 137, 255};
  }
  if (style.ground) background = {(*style.ground)[0], (*style.ground)[1], (*style.ground)[2], 255};
  // A tall or a wide picture is read as if it were half as excentric; nine pixels is the least one can read.
  const double measure =
      std::sqrt(static_cast<double>(std::min(width, 2 * height)) * std::min(height, 2 * width));
  font = style.textSize > 0 ? style.textSize : std::clamp(0.0185 * measure, 9.0, 200.0);
  labelFont = 1.05 * font;
  titleFont = std::max(1.32 * font, 11.0);
  hair = std::max(1.0, std::round(font / 14));
  outlineWidth = std::max(1.2, 0.115 * font);
  tick = std::max(3.0, 0.36 * font);
  gap = std::max(2.0, 0.38 * font);
  margin = std::max(5.0, 1.0 * font);
}

scene::Colour linearColour(Rgba colour) {
  const auto linear = [](std::uint8_t byte) {
    const float v = static_cast<float>(byte) / 255;
    return v <= 0.04045F ? v / 12.92F : std::pow((v + 0.055F) / 1.055F, 2.4F);
  };
  return {linear(colour.red), linear(colour.green), linear(colour.blue)};
}

}  // namespace aula::render
