// SPDX-License-Identifier: Apache-2.0
#include "desktop/ui/icons.h"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <vector>

namespace aula::desktop {
namespace {

/// A pen in a square from -1 to 1, y downwards.
class Pen {
 public:
  Pen(ImDrawList& list, ImVec2 centre, float size, ImU32 colour)
      : list_(list), centre_(centre), half_(size / 2), stroke_(std::max(1.2F, size / 11)), colour_(colour) {}

  void line(std::initializer_list<ImVec2> points, bool isClosed = false) {
    for (const ImVec2& p : points) list_.PathLineTo(at(p));
    list_.PathStroke(colour_, isClosed ? ImDrawFlags_Closed : ImDrawFlags_None, stroke_);
  }
  void fill(std::initializer_list<ImVec2> points) {
    for (const ImVec2& p : points) list_.PathLineTo(at(p));
    list_.PathFillConvex(colour_);
  }
  void box(ImVec2 a, ImVec2 b, float rounding = 0.2F) {
    list_.AddRect(at(a), at(b), colour_, rounding * half_, ImDrawFlags_None, stroke_);
  }
  void solidBox(ImVec2 a, ImVec2 b, float rounding = 0.1F) {
    list_.AddRectFilled(at(a), at(b), colour_, rounding * half_);
  }
  void circle(ImVec2 c, float r) { list_.AddCircle(at(c), r * half_, colour_, 0, stroke_); }
  void dot(ImVec2 c, float r) { list_.AddCircleFilled(at(c), r * half_, colour_); }
  /// Degrees, clockwise from the right.
  void arc(ImVec2 c, float r, float from, float to) {
    constexpr float kDegree = 0.017453292F;
    list_.PathArcTo(at(c), r * half_, from * kDegree, to * kDegree, 24);
    list_.PathStroke(colour_, ImDrawFlags_None, stroke_);
  }
  void ellipse(ImVec2 c, float rx, float ry) {
    for (int i = 0; i < 24; ++i) {
      const float a = float(i) * 6.2831853F / 24;
      list_.PathLineTo(at({c.x + rx * std::cos(a), c.y + ry * std::sin(a)}));
    }
    list_.PathStroke(colour_, ImDrawFlags_Closed, stroke_);
  }

 private:
  [[nodiscard]] ImVec2 at(ImVec2 p) const { return {centre_.x + p.x * half_, centre_.y + p.y * half_}; }
  ImDrawList& list_;
  ImVec2 centre_;
  float half_, stroke_;
  ImU32 colour_;
};

void chevron(Pen& pen, float dx, float dy) {
  // The tip points along (dx, dy).
  pen.line({{-0.4F * dx - 0.5F * dy, -0.4F * dy - 0.5F * dx},
            {0.3F * dx, 0.3F * dy},
            {-0.4F * dx + 0.5F * dy, -0.4F * dy + 0.5F * dx}});
}

}  // namespace

void drawIcon(ImDrawList& list, Icon icon, ImVec2 centre, float size, ImU32 colour) {
  Pen pen(list, centre, size, colour);
  switch (icon) {
    case Icon::play:
      pen.fill({{-0.55F, -0.8F}, {0.8F, 0}, {-0.55F, 0.8F}});
      break;
    case Icon::pause:
      pen.solidBox({-0.65F, -0.75F}, {-0.2F, 0.75F});
      pen.solidBox({0.2F, -0.75F}, {0.65F, 0.75F});
      break;
    case Icon::step:
      pen.fill({{-0.75F, -0.7F}, {0.3F, 0}, {-0.75F, 0.7F}});
      pen.solidBox({0.42F, -0.7F}, {0.72F, 0.7F});
      break;
    case Icon::toBeginning:
      pen.fill({{0.75F, -0.7F}, {0.75F, 0.7F}, {-0.3F, 0}});
      pen.solidBox({-0.72F, -0.7F}, {-0.42F, 0.7F});
      break;
    case Icon::restart:
      pen.arc({0, 0.05F}, 0.72F, -60, 210);
      pen.fill({{0.1F, -1.0F}, {0.75F, -0.62F}, {0.12F, -0.22F}});
      break;
    case Icon::camera:
      pen.box({-0.9F, -0.5F}, {0.9F, 0.7F});
      pen.line({{-0.4F, -0.5F}, {-0.25F, -0.8F}, {0.25F, -0.8F}, {0.4F, -0.5F}});
      pen.circle({0, 0.08F}, 0.34F);
      break;
    case Icon::record:
      pen.circle({0, 0}, 0.85F);
      pen.dot({0, 0}, 0.48F);
      break;
    case Icon::stop:
      pen.solidBox({-0.6F, -0.6F}, {0.6F, 0.6F});
      break;
    case Icon::projector:
      pen.line({{-0.95F, -0.75F}, {0.95F, -0.75F}});
      pen.box({-0.8F, -0.75F}, {0.8F, 0.3F}, 0.05F);
      pen.line({{0, 0.3F}, {0, 0.55F}});
      pen.line({{-0.45F, 0.9F}, {0, 0.5F}, {0.45F, 0.9F}});
      break;
    case Icon::contrast:
      pen.circle({0, 0}, 0.82F);
      for (int i = 0; i <= 16; ++i) {
        const float a = -1.5708F + float(i) * 3.14159F / 16;
        list.PathLineTo({centre.x + 0.8F * size / 2 * std::cos(a), centre.y + 0.8F * size / 2 * std::sin(a)});
      }
      list.PathFillConvex(colour);
      break;
    case Icon::globe:
      pen.circle({0, 0}, 0.85F);
      pen.ellipse({0, 0}, 0.38F, 0.85F);
      pen.line({{-0.82F, 0}, {0.82F, 0}});
      break;
    case Icon::question:
      pen.circle({0, 0}, 0.88F);
      pen.arc({0, -0.2F}, 0.3F, 180, 410);
      pen.line({{0.12F, 0.04F}, {0, 0.2F}, {0, 0.32F}});
      pen.dot({0, 0.56F}, 0.1F);
      break;
    case Icon::home:
      for (const float x : {-0.45F, 0.45F})
        for (const float y : {-0.45F, 0.45F}) pen.box({x - 0.36F, y - 0.36F}, {x + 0.36F, y + 0.36F}, 0.1F);
      break;
    case Icon::layers:
      pen.line({{0, -0.85F}, {0.9F, -0.35F}, {0, 0.15F}, {-0.9F, -0.35F}}, true);
      pen.line({{-0.9F, 0.05F}, {0, 0.52F}, {0.9F, 0.05F}});
      pen.line({{-0.9F, 0.42F}, {0, 0.9F}, {0.9F, 0.42F}});
      break;
    case Icon::sidebar:
      pen.box({-0.9F, -0.7F}, {0.9F, 0.7F});
      pen.line({{0.25F, -0.7F}, {0.25F, 0.7F}});
      break;
    case Icon::check:
      pen.line({{-0.7F, 0.05F}, {-0.2F, 0.55F}, {0.75F, -0.55F}});
      break;
    case Icon::cross:
      pen.line({{-0.55F, -0.55F}, {0.55F, 0.55F}});
      pen.line({{-0.55F, 0.55F}, {0.55F, -0.55F}});
      break;
    case Icon::warning:
      pen.line({{0, -0.8F}, {0.9F, 0.75F}, {-0.9F, 0.75F}}, true);
      pen.line({{0, -0.25F}, {0, 0.25F}});
      pen.dot({0, 0.5F}, 0.1F);
      break;
    case Icon::eye:
      pen.line({{-0.95F, 0},
                {-0.5F, -0.45F},
                {0, -0.6F},
                {0.5F, -0.45F},
                {0.95F, 0},
                {0.5F, 0.45F},
                {0, 0.6F},
                {-0.5F, 0.45F}},
               true);
      pen.dot({0, 0}, 0.28F);
      break;
    case Icon::eyeClosed:
      pen.line({{-0.95F, -0.1F}, {-0.5F, 0.3F}, {0, 0.42F}, {0.5F, 0.3F}, {0.95F, -0.1F}});
      pen.line({{-0.55F, 0.3F}, {-0.72F, 0.6F}});
      pen.line({{0, 0.42F}, {0, 0.78F}});
      pen.line({{0.55F, 0.3F}, {0.72F, 0.6F}});
      break;
    case Icon::chevronDown:
      chevron(pen, 0, 1);
      break;
    case Icon::chevronRight:
      chevron(pen, 1, 0);
      break;
    case Icon::chevronLeft:
      chevron(pen, -1, 0);
      break;
    case Icon::showAll:
    case Icon::fullScreen:
      for (const float x : {-1.0F, 1.0F})
        for (const float y : {-1.0F, 1.0F})
          pen.line({{0.3F * x, 0.8F * y}, {0.8F * x, 0.8F * y}, {0.8F * x, 0.3F * y}});
      if (icon == Icon::showAll) pen.dot({0, 0}, 0.22F);
      break;
    case Icon::table:
      pen.box({-0.85F, -0.7F}, {0.85F, 0.7F}, 0.1F);
      pen.line({{-0.85F, -0.22F}, {0.85F, -0.22F}});
      pen.line({{-0.85F, 0.24F}, {0.85F, 0.24F}});
      pen.line({{-0.2F, -0.7F}, {-0.2F, 0.7F}});
      break;
    case Icon::picture:
      pen.box({-0.85F, -0.7F}, {0.85F, 0.7F}, 0.1F);
      pen.line({{-0.8F, 0.45F}, {-0.25F, -0.1F}, {0.15F, 0.3F}, {0.4F, 0.05F}, {0.8F, 0.42F}});
      pen.dot({0.42F, -0.3F}, 0.15F);
      break;
    case Icon::plus:
      pen.line({{0, -0.6F}, {0, 0.6F}});
      [[fallthrough]];
    case Icon::minus:
      pen.line({{-0.6F, 0}, {0.6F, 0}});
      break;
    case Icon::hand:
      // Two fingers hold a ball by a spring.
      pen.circle({-0.5F, 0.5F}, 0.32F);
      pen.line({{-0.25F, 0.25F},
                {-0.18F, -0.02F},
                {0.08F, 0.12F},
                {0.0F, -0.2F},
                {0.28F, -0.1F},
                {0.35F, -0.35F}});
      pen.line({{0.05F, -0.75F}, {0.35F, -0.35F}, {0.75F, -0.05F}});
      pen.line({{0.35F, -0.35F}, {0.85F, -0.85F}});
      break;
    case Icon::ruler:
      pen.box({-0.95F, -0.4F}, {0.95F, 0.4F}, 0.1F);
      for (const float x : {-0.6F, -0.2F, 0.2F, 0.6F}) pen.line({{x, -0.4F}, {x, 0.0F}});
      break;
    case Icon::search:
      pen.circle({-0.2F, -0.2F}, 0.6F);
      pen.line({{0.25F, 0.25F}, {0.85F, 0.85F}});
      break;
  }
}

}  // namespace aula::desktop
