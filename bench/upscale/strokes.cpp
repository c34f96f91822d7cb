// SPDX-License-Identifier: Apache-2.0
#include "upscale/strokes.h"

#include <cmath>
#include <map>

namespace aula::bench {
namespace {

/// Strokes on a grid of 3 x 5 points, column then row from the base: "02" is the left edge at mid-height; a
/// blank lifts the pen.
const std::map<char, const char*>& letters() {
  static const std::map<char, const char*> table = {{'A', "00 03 14 23 20 . 02 22"},
                                                    {'B', "00 04 14 23 12 02 . 12 21 10 00"},
                                                    {'C', "23 14 03 01 10 21"},
                                                    {'D', "00 04 14 23 21 10 00"},
                                                    {'E', "20 00 04 24 . 02 12"},
                                                    {'F', "00 04 24 . 02 12"},
                                                    {'G', "23 14 03 01 10 21 22 12"},
                                                    {'H', "00 04 . 20 24 . 02 22"},
                                                    {'I', "10 14"},
                                                    {'K', "00 04 . 24 02 20"},
                                                    {'L', "04 00 20"},
                                                    {'M', "00 04 12 24 20"},
                                                    {'N', "00 04 20 24"},
                                                    {'O', "01 03 14 23 21 10 01"},
                                                    {'P', "00 04 14 23 12 02"},
                                                    {'R', "00 04 14 23 12 02 . 12 20"},
                                                    {'S', "23 14 03 21 10 01"},
                                                    {'T', "10 14 . 04 24"},
                                                    {'U', "04 01 10 21 24"},
                                                    {'V', "04 10 24"},
                                                    {'W', "04 00 12 20 24"},
                                                    {'X', "00 24 . 04 20"},
                                                    {'Y', "04 12 24 . 12 10"},
                                                    {'Z', "04 24 00 20"},
                                                    {'0', "01 03 14 23 21 10 01 . 01 23"},
                                                    {'1', "03 14 10"},
                                                    {'2', "03 14 23 00 20"},
                                                    {'3', "04 24 12 21 10 01"},
                                                    {'4', "20 24 01 21"},
                                                    {'5', "24 04 02 12 21 10 00"},
                                                    {'6', "24 03 01 10 21 12 02"},
                                                    {'7', "04 24 10"},
                                                    {'8', "03 14 23 01 10 21 03"},
                                                    {'9', "00 21 23 14 03 12 22"},
                                                    {'=', "01 21 . 03 23"},
                                                    {'-', "02 22"},
                                                    {'.', "10 11"},
                                                    {'/', "00 24"}};
  return table;
}

}  // namespace

void Strokes::add(const Stroke& stroke, double width, scene::Colour colour) {
  for (std::size_t i = 0; i + 1 < stroke.size(); ++i) {
    const double dx = stroke[i + 1][0] - stroke[i][0], dy = stroke[i + 1][1] - stroke[i][1];
    const double length = std::hypot(dx, dy);
    if (length == 0) continue;
    const double nx = -dy / length * width / 2, ny = dx / length * width / 2;
    const auto first = static_cast<std::uint32_t>(mesh_.positions.size());
    const auto corner = [&](std::size_t at, double side) {
      mesh_.positions.push_back(
          {static_cast<float>(stroke[at][0] + side * nx), static_cast<float>(stroke[at][1] + side * ny), 0});
      mesh_.normals.push_back({0, 0, 1});
      mesh_.colours.push_back(colour);
    };
    corner(i, -1);
    corner(i + 1, -1);
    corner(i + 1, 1);
    corner(i, 1);
    for (const std::uint32_t k : {0U, 1U, 2U, 0U, 2U, 3U}) mesh_.triangles.push_back(first + k);
  }
}

void Strokes::addText(const std::string& text, double x, double y, double height, double width,
                      scene::Colour colour) {
  for (const char letter : text) {
    const auto found = letters().find(letter);
    if (found != letters().end()) {
      Stroke stroke;
      for (const char* c = found->second; *c != 0; ++c) {
        if (*c == ' ') continue;
        if (*c == '.') {
          add(stroke, width, colour);
          stroke.clear();
        } else {
          stroke.push_back({x + (c[0] - '0') * height / 4, y + (c[1] - '0') * height / 4});
          ++c;
        }
      }
      add(stroke, width, colour);
    }
    x += 0.72 * height;
  }
}

std::shared_ptr<const scene::TriangleMesh> Strokes::mesh() const {
  return std::make_shared<scene::TriangleMesh>(mesh_);
}

}  // namespace aula::bench
