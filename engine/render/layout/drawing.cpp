// SPDX-License-Identifier: Apache-2.0
#include "render/layout/drawing.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace aula::render {
namespace {

struct Direction {
  double x, y;
};

Direction between(const PixelPoint& a, const PixelPoint& b) {
  const double length = std::hypot(b.x - a.x, b.y - a.y);
  return {(b.x - a.x) / length, (b.y - a.y) / length};
}

}  // namespace

void LineMesh::add(const std::vector<PixelPoint>& given, double width, Rgba colour, double dash) {
  // Points on top of each other have no direction.
  std::vector<PixelPoint> points;
  for (const PixelPoint& p : given) {
    if (points.empty() || std::hypot(p.x - points.back().x, p.y - points.back().y) > 1e-3)
      points.push_back(p);
  }
  if (points.size() < 2) return;
  const bool isClosed = points.size() > 3 && std::hypot(points.front().x - points.back().x,
                                                        points.front().y - points.back().y) < 0.05;
  if (isClosed) points.back() = points.front();

  const double halfWidth = width / 2;
  const double reach = halfWidth + 1;  // Room for the smoothed edge.
  const std::size_t last = points.size() - 1;
  double along = 0;
  const auto emit = [&](const PixelPoint& p, Direction offset) {
    for (const double side : {-1.0, 1.0}) {
      vertices.push_back({static_cast<float>(p.x + side * reach * offset.x),
                          static_cast<float>(p.y + side * reach * offset.y), static_cast<float>(p.depth),
                          static_cast<float>(side * reach), static_cast<float>(halfWidth),
                          static_cast<float>(along), static_cast<float>(dash), colour});
    }
  };
  const auto connect = [&] {
    const auto n = static_cast<std::uint32_t>(vertices.size());
    for (const std::uint32_t k : {n - 4, n - 3, n - 2, n - 2, n - 3, n - 1}) indices.push_back(k);
  };

  for (std::size_t i = 0; i <= last; ++i) {
    const bool hasBefore = i > 0 || isClosed, hasAfter = i < last || isClosed;
    const Direction before =
        hasBefore ? between(points[i > 0 ? i - 1 : last - 1], points[i]) : between(points[0], points[1]);
    const Direction after = hasAfter ? between(points[i], points[i < last ? i + 1 : 1]) : before;
    if (i > 0) along += std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
    const Direction normal{-before.y, before.x}, nextNormal{-after.y, after.x};
    // The mitre reaches 1 / cos of half the turn; past two widths the corner is cut off.
    const double cosine = normal.x * nextNormal.x + normal.y * nextNormal.y;
    const double stretch = 1 + cosine;
    if (stretch > 0.3) {
      emit(points[i], {(normal.x + nextNormal.x) / stretch, (normal.y + nextNormal.y) / stretch});
      if (i > 0) connect();
    } else {
      emit(points[i], normal);
      if (i > 0) connect();
      if (i < last) emit(points[i], nextNormal);
    }
  }
}

void TextMesh::add(const std::string& text, const TextStyle& style, double x, double y, Rgba colour,
                   Align align, bool isTurned) {
  if (align != Align::start) {
    const double back = typesetter_->width(text, style) * (align == Align::middle ? 0.5 : 1.0);
    (isTurned ? y : x) += isTurned ? back : -back;
  }
  for (const PlacedGlyph& glyph : typesetter_->place(text, style, x, y, isTurned)) {
    const auto corner = [&](int right, int down) {
      return TextVertex{static_cast<float>(glyph.x + right * glyph.atlas.width),
                        static_cast<float>(glyph.y + down * glyph.atlas.height),
                        static_cast<float>(glyph.atlas.x + right * glyph.atlas.width),
                        static_cast<float>(glyph.atlas.y + down * glyph.atlas.height), colour};
    };
    for (const TextVertex& v :
         {corner(0, 0), corner(1, 0), corner(0, 1), corner(0, 1), corner(1, 0), corner(1, 1)})
      vertices.push_back(v);
  }
}

void TextMesh::addField(const std::string& text, const TextStyle& style, double x, double y, Rgba colour,
                        Rgba halo, Align align) {
  const std::vector<PlacedField> placed = typesetter_->placeField(text, style, 0, y);
  if (align != Align::start) x -= typesetter_->width(text, style) * (align == Align::middle ? 0.5 : 1.0);
  const auto texelsPerPixel = static_cast<float>(Font::kFieldSize / style.size);
  const auto addAll = [&](Rgba fill, Rgba edge) {
    for (const PlacedField& glyph : placed) {
      const auto corner = [&](int right, int down) {
        return FieldVertex{static_cast<float>(x + glyph.left + right * glyph.width),
                           static_cast<float>(glyph.top + down * glyph.height),
                           static_cast<float>(glyph.atlas.x + right * glyph.atlas.width),
                           static_cast<float>(glyph.atlas.y + down * glyph.atlas.height),
                           texelsPerPixel,
                           fill,
                           edge};
      };
      for (const FieldVertex& v :
           {corner(0, 0), corner(1, 0), corner(0, 1), corner(0, 1), corner(1, 0), corner(1, 1)})
        fieldVertices.push_back(v);
    }
  };
  // All halos first: one letter's must not cover its neighbour.
  constexpr Rgba kNothing{0, 0, 0, 0};
  if (halo.alpha > 0) addAll(kNothing, halo);
  addAll(colour, kNothing);
}

}  // namespace aula::render
