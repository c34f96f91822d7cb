// SPDX-License-Identifier: Apache-2.0
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "desktop/scene/plane.h"
#include "desktop/ui/desk.h"
#include "desktop/ui/scene_view.h"
#include "desktop/ui/widgets.h"
#include "render/layout/quantity_text.h"

namespace aula::desktop {
namespace {

constexpr double kWheelZoom = 0.85;
/// Pixels: a click so near to an outline means it, and a press that moved less is a click.
constexpr double kReach = 6, kClick = 4;

std::uint64_t mix(std::uint64_t key, std::uint64_t with) {
  return (key ^ (with + 0x9e3779b97f4a7c15ULL + (key << 6) + (key >> 2)));
}

bool isThin(const scene::VolumeView& view) {
  return std::min({view.nx, view.ny, view.nz}) == 1;
}

double distanceTo(ImVec2 p, ImVec2 a, ImVec2 b) {
  const double dx = double(b.x - a.x), dy = double(b.y - a.y), length2 = dx * dx + dy * dy;
  const double t =
      length2 > 0 ? std::clamp((double(p.x - a.x) * dx + double(p.y - a.y) * dy) / length2, 0.0, 1.0) : 0;
  return std::hypot(double(p.x - a.x) - t * dx, double(p.y - a.y) - t * dy);
}

}  // namespace

const scene::VolumeView* SceneView::planeOf(const scene::Frame& frame) const {
  const scene::VolumeView* first = nullptr;
  for (const scene::View& any : frame.views)
    if (const auto* volume = std::get_if<scene::VolumeView>(&any);
        volume && volume->values && isThin(*volume)) {
      if (volume->name == view_) return volume;
      if (!first) first = volume;
    }
  return first;
}

void SceneView::drawPlane(Desk& desk, ImVec2 at, ImVec2 size, bool isBare) {
  // On a projector the axes must be read from the last row.
  Look look = desk.look;
  if (isBare) look.fonts.small = look.fonts.title;
  const std::shared_ptr<const scene::Frame> frame = desk.lab->seen();
  // The plane stays where it is when its own layer is hidden: only its colours go.
  const scene::VolumeView* shape = planeOf(*desk.lab->frame());
  const scene::VolumeView* volume = planeOf(*frame);
  if (!shape) return;
  const Plane plane = planeFrom(*shape);
  const double largest = std::max({std::abs(plane.lattice.left), std::abs(plane.lattice.right),
                                   std::abs(plane.lattice.bottom), std::abs(plane.lattice.top)});
  const render::UnitText length = render::unitText("m", largest);
  limits_.observe(*shape);
  const render::Limits limits = limits_.of(*shape);
  const PlotStyle style = desk.plotStyle();
  const render::ColourMap& map =
      shape->scale == scene::ColourScale::diverging ? *style.diverging : *style.sequential;
  const render::UnitText unit =
      render::unitText(shape->quantity.unit, std::max(std::abs(limits.lower), std::abs(limits.upper)));
  const render::Limits shown{limits.lower * unit.scale(), limits.upper * unit.scale()};

  const float pad = look.px(isBare ? 12 : 10);
  const ImVec2 place{at.x + pad, at.y + pad};
  const ImVec2 room{size.x - 2 * pad, size.y - 2 * pad};
  if (room.x < look.px(120) || room.y < look.px(90)) return;
  const float bar = colourBarWidth(look, shown, room.y - look.px(50));
  if (isFollowing_) {
    x_ = {plane.lattice.left * length.scale(), plane.lattice.right * length.scale(), false};
    y_ = {plane.lattice.bottom * length.scale(), plane.lattice.top * length.scale(), false};
  }
  PlotFrame frameBox = layOutPlot(look, place, room, y_, true, true, bar);
  // True to scale: what the box has too much of is left empty, or shows more of the plane once zoomed.
  const double wanted = (x_.upper - x_.lower) / (y_.upper - y_.lower);
  const double have = double(frameBox.high.x - frameBox.low.x) / double(frameBox.high.y - frameBox.low.y);
  if (have > wanted) {
    const float spare = (frameBox.high.x - frameBox.low.x) * float(1 - wanted / have);
    frameBox.low.x = std::round(frameBox.low.x + spare / 2);
    frameBox.high.x = std::round(frameBox.high.x - spare / 2);
  } else {
    const float spare = (frameBox.high.y - frameBox.low.y) * float(1 - have / wanted);
    frameBox.low.y = std::round(frameBox.low.y + spare / 2);
    frameBox.high.y = std::round(frameBox.high.y - spare / 2);
  }
  const ImVec2 extent{frameBox.high.x - frameBox.low.x, frameBox.high.y - frameBox.low.y};

  ImGui::SetCursorScreenPos(frameBox.low);
  ImGui::InvisibleButton("##plane", extent);
  mark("scene");
  const bool isHovered = ImGui::IsItemHovered(), isActive = ImGui::IsItemActive(),
             isFocused = ImGui::IsItemFocused();
  const ImGuiIO& io = ImGui::GetIO();
  const double px = std::clamp(double(io.MousePos.x - frameBox.low.x) / double(extent.x), 0.0, 1.0),
               py = std::clamp(double(frameBox.high.y - io.MousePos.y) / double(extent.y), 0.0, 1.0);
  const auto zoom = [&](double cx, double cy, double factor) {
    x_.zoom(cx, factor);
    y_.zoom(cy, factor);
    isFollowing_ = false;
  };
  if (isHovered && io.MouseWheel != 0) zoom(px, py, std::pow(kWheelZoom, io.MouseWheel));
  if (isHovered) ImGui::SetItemUsingMouseWheel();
  if (isActive && ImGui::IsMouseDragging(ImGuiMouseButton_Left, 2)) {
    x_.pan(-io.MouseDelta.x / extent.x);
    y_.pan(io.MouseDelta.y / extent.y);
    isFollowing_ = false;
  }
  if (isFocused && io.NavVisible) {
    if (ImGui::IsKeyPressed('=')) zoom(0.5, 0.5, 0.8);
    if (ImGui::IsKeyPressed('-')) zoom(0.5, 0.5, 1.25);
  }
  if (isHovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) isFollowing_ = true;

  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Region region{x_.lower / length.scale(), x_.upper / length.scale(), y_.lower / length.scale(),
                      y_.upper / length.scale()};
  std::uint64_t key = mix(desk.lab->frameNumber(), desk.lab->revision());
  key = mix(key, reinterpret_cast<std::uintptr_t>(&map));
  key = mix(key, static_cast<std::uint64_t>(std::hash<double>()(limits.upper)));
  if (volume && volume->name == shape->name) {
    if (texture_.id() == 0 || key != textureKey_ || !(region == textureRegion_) ||
        extent.x != textureSize_.x || extent.y != textureSize_.y) {
      texture_.set(desk.screen, colourImage(planeFrom(*volume).lattice, region, int(extent.x), int(extent.y),
                                            map, limits));
      textureKey_ = key;
      textureRegion_ = region;
      textureSize_ = extent;
    }
    list.AddImage(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(texture_.id())), frameBox.low,
                  frameBox.high);
  }
  list.PushClipRect(frameBox.low, frameBox.high, true);
  drawOutlines(desk, *frame, frameBox, map);
  list.PopClipRect();
  static const char* const kAxes[3] = {"x", "y", "z"};
  drawAxes(look, list, frameBox, x_, y_, render::nameWithUnit(kAxes[plane.horizontal], length.unit),
           render::nameWithUnit(kAxes[plane.vertical], length.unit), false);
  drawColourBar(look, list, {frameBox.high.x + look.px(14), frameBox.low.y}, extent.y, map, shown,
                render::nameWithUnit(shape->quantity.name, unit.unit));
  if (isFocused && io.NavVisible)
    list.AddRect({frameBox.low.x - 2, frameBox.low.y - 2}, {frameBox.high.x + 2, frameBox.high.y + 2},
                 look.colours.accent, 0, ImDrawFlags_None, look.px(2));
  hasPicture_ = true;
  // A click chooses the place and the outline or the field there.
  const bool isClicked = isHovered && ImGui::IsMouseReleased(ImGuiMouseButton_Left) &&
                         double(io.MouseDragMaxDistanceSqr[0]) <= kClick * kClick;
  if (isClicked || wantsPick_) {
    const double sx = isClicked ? px : 0.5, sy = isClicked ? py : 0.5;
    core::Vec3 point;
    point[plane.horizontal] = x_.value(sx) / length.scale();
    point[plane.vertical] = y_.value(sy) / length.scale();
    point[plane.normal] = plane.at;
    selection_ = {shape->name, std::nullopt, point};
    const ImVec2 clicked{frameBox.x(sx), frameBox.y(sy)};
    double nearest = kReach * double(look.scale);
    for (const scene::View& any : frame->views) {
      const auto* lines = std::get_if<scene::LinesView>(&any);
      if (!lines) continue;
      for (const auto& polyline : outlinesIn(*lines, plane))
        for (std::size_t i = 1; i < polyline->size(); ++i) {
          const auto at2 = [&](const core::Vec3& p) {
            return ImVec2{frameBox.x(x_.position(p[plane.horizontal] * length.scale())),
                          frameBox.y(y_.position(p[plane.vertical] * length.scale()))};
          };
          const double distance = distanceTo(clicked, at2((*polyline)[i - 1]), at2((*polyline)[i]));
          if (distance >= nearest) continue;
          nearest = distance;
          selection_.view = lines->name;
        }
    }
    wantsPick_ = false;
  }
  const bool isPinned = selection_.point && findView(*frame, selection_.view) &&
                        std::abs((*selection_.point)[plane.normal] - plane.at) <= plane.halfThickness;
  ImVec2 pinned{-1e6F, -1e6F};
  if (isPinned) {
    const ImVec2 pin{frameBox.x(x_.position((*selection_.point)[plane.horizontal] * length.scale())),
                     frameBox.y(y_.position((*selection_.point)[plane.vertical] * length.scale()))};
    if (pin.x >= frameBox.low.x && pin.x <= frameBox.high.x && pin.y >= frameBox.low.y &&
        pin.y <= frameBox.high.y) {
      pinned = pin;
      drawCallout(desk, frameBox, pin, selection_, *frame, true);
    }
  }
  if (isBare) return;

  const bool isAtPin = std::hypot(io.MousePos.x - pinned.x, io.MousePos.y - pinned.y) < look.px(12);
  if (isHovered && !isActive && !isClicked && !isAtPin) {
    const double x = x_.value(px), y = y_.value(py);
    std::vector<std::string> lines = {
        std::string(kAxes[plane.horizontal]) + " = " + readout(x, x_, extent.x) + " " + length.unit,
        std::string(kAxes[plane.vertical]) + " = " + readout(y, y_, extent.y) + " " + length.unit};
    if (volume) {
      const double value = valueAt(planeFrom(*volume).lattice, x / length.scale(), y / length.scale());
      if (std::isfinite(value))
        lines.insert(lines.begin(), readout(value * unit.scale(), {shown.lower, shown.upper, false}, 1000) +
                                        " " + unit.unit);
    }
    drawReadout(look, list, frameBox, io.MousePos, lines, {});
  }
}

void SceneView::drawOutlines(Desk& desk, const scene::Frame& frame, const PlotFrame& plot,
                             const render::ColourMap& map) {
  const Look& look = desk.look;
  const scene::VolumeView* shape = planeOf(*desk.lab->frame());
  const Plane plane = planeFrom(*shape);
  // A line must be seen on the map, whatever it shows: dark on a light middle, light on a dark one.
  const render::Srgb middle = map.at(map.isDiverging() ? 0.5 : 0);
  const bool isLight = render::okLabFromSrgb(middle)[0] > 0.5;
  const ImU32 line = isLight ? IM_COL32(24, 30, 40, 255) : IM_COL32(245, 248, 252, 255);
  const ImU32 halo = isLight ? IM_COL32(255, 255, 255, 170) : IM_COL32(10, 12, 16, 170);
  const render::UnitText length =
      render::unitText("m", std::max({std::abs(plane.lattice.left), std::abs(plane.lattice.right),
                                      std::abs(plane.lattice.bottom), std::abs(plane.lattice.top)}));
  const auto place = [&](const core::Vec3& p) {
    return ImVec2{plot.x(x_.position(p[plane.horizontal] * length.scale())),
                  plot.y(y_.position(p[plane.vertical] * length.scale()))};
  };
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (const scene::View& any : frame.views) {
    const auto* lines = std::get_if<scene::LinesView>(&any);
    if (!lines) continue;
    for (const auto& polyline : outlinesIn(*lines, plane)) {
      std::vector<ImVec2> points;
      for (const core::Vec3& p : *polyline) points.push_back(place(p));
      for (const bool isHalo : {true, false}) {
        const bool isChosen = lines->name == selection_.view;
        const float width = look.px((isHalo ? 3.4 : 1.5) + (isChosen ? 1.2 : 0));
        const ImU32 colour = isHalo ? halo : isChosen ? look.colours.accent : line;
        if (!lines->isDashed) {
          list.AddPolyline(points.data(), int(points.size()), colour, ImDrawFlags_None, width);
          continue;
        }
        float along = 0;
        const float dash = look.px(6);
        for (std::size_t i = 1; i < points.size(); ++i) {
          const ImVec2 a = points[i - 1], b = points[i];
          const float whole = std::hypot(b.x - a.x, b.y - a.y);
          if (!(whole > 0) || whole > 1e5F) continue;
          for (float s = -std::fmod(along, 2 * dash); s < whole; s += 2 * dash) {
            const float from = std::max(s, 0.0F) / whole, to = std::min(s + dash, whole) / whole;
            if (to > from)
              list.AddLine({a.x + (b.x - a.x) * from, a.y + (b.y - a.y) * from},
                           {a.x + (b.x - a.x) * to, a.y + (b.y - a.y) * to}, colour, width);
          }
          along += whole;
        }
      }
    }
  }
  ImFont* font = look.fonts.bold;
  for (const scene::View& any : frame.views) {
    const auto* text = std::get_if<scene::LabelView>(&any);
    if (!text) continue;
    const ImVec2 extent = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text->text.c_str());
    const ImVec2 p = place(text->position);
    const ImVec2 corner{std::round(p.x - extent.x / 2), std::round(p.y - extent.y / 2)};
    for (const float dx : {-1.0F, 0.0F, 1.0F})
      for (const float dy : {-1.0F, 0.0F, 1.0F})
        list.AddText(font, font->FontSize, {corner.x + dx, corner.y + dy}, halo, text->text.c_str());
    list.AddText(font, font->FontSize, corner, line, text->text.c_str());
  }
}

}  // namespace aula::desktop
