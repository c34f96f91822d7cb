// SPDX-License-Identifier: Apache-2.0
#include "desktop/ui/scene_view.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "desktop/scene/plane.h"
#include "desktop/ui/desk.h"
#include "desktop/ui/widgets.h"
#include "render/layout/quantity_text.h"
#include "scene/camera/viewpoints.h"
#include "scene/view/bounds.h"

namespace aula::desktop {
namespace {

constexpr double kWheelZoom = 0.85;
/// Of the painted space, pixels: more only costs time on a software device, and the picture is stretched.
constexpr float kMostPaintedSide = 1600;

/// The keys 1 to 7.
constexpr scene::NamedView kViews[] = {
    scene::NamedView::front, scene::NamedView::back,   scene::NamedView::left,     scene::NamedView::right,
    scene::NamedView::top,   scene::NamedView::bottom, scene::NamedView::isometric};
constexpr std::size_t kUsualView = 6;
/// Pictures of a scene at rest that are gathered into one.
constexpr int kMostRefinements = 8;

std::uint64_t mix(std::uint64_t key, std::uint64_t with) {
  return (key ^ (with + 0x9e3779b97f4a7c15ULL + (key << 6) + (key >> 2)));
}

bool isThin(const scene::VolumeView& view) {
  return std::min({view.nx, view.ny, view.nz}) == 1;
}

}  // namespace

void SceneView::reset() {
  isSpace_ = hasPicture_ = hasView_ = false;
  view_.clear();
  planes_.clear();
  isFollowing_ = true;
  limits_.clear();
  texture_.drop();
  textureKey_ = 0;
  isFitted_ = false;
  wantedView_ = kUsualView;
  painter_.reset();
  askedKey_ = 0;
}

void SceneView::resetView() {
  isFollowing_ = true;
  isFitted_ = false;
  wantedView_ = kUsualView;
}

void SceneView::goToViewpoint(std::size_t index) {
  if (index >= std::size(kViews)) return;
  wantedView_ = index;
  isFitted_ = false;
}

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

void SceneView::choose(const scene::Frame& frame) {
  planes_.clear();
  bool hasSolid = false;
  for (const scene::View& any : frame.views) {
    if (const auto* volume = std::get_if<scene::VolumeView>(&any)) {
      if (isThin(*volume) && volume->values)
        planes_.push_back(volume->name);
      else
        hasSolid = true;
    } else if (!std::holds_alternative<scene::LinesView>(any) &&
               !std::holds_alternative<scene::LabelView>(any) &&
               !std::holds_alternative<scene::RulerView>(any)) {
      hasSolid = true;
    }
  }
  isSpace_ = hasSolid || planes_.empty();
  hasView_ = true;
}

SceneRequest SceneView::request(const Desk& desk) const {
  SceneRequest request;
  if (!desk.lab || !desk.lab->frame()) return request;
  request.frame = const_cast<OpenLab&>(*desk.lab).layers().apply(desk.lab->frame());
  request.isSpace = isSpace_;
  if (const scene::VolumeView* plane = planeOf(*request.frame)) request.view = plane->name;
  request.camera = orbit_.camera();
  request.upscale = static_cast<render::UpscaleMode>(desk.preferences.quality);
  request.isDark = desk.preferences.theme != ThemeName::light;
  const PlotStyle style = desk.plotStyle();
  request.sequentialMap = style.sequential->name();
  request.divergingMap = style.diverging->name();
  request.duration = desk.lab->duration();
  request.title = desk.lab->lab().title().in(desk.look.language);
  return request;
}

void SceneView::draw(Desk& desk, ImVec2 at, ImVec2 size, bool isBare) {
  const std::shared_ptr<const scene::Frame> frame = desk.lab ? desk.lab->frame() : nullptr;
  if (!frame) {
    ImFont* font = desk.look.fonts.body;
    const char* text = desk.w(Word::preparing);
    const ImVec2 extent = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text);
    ImGui::GetWindowDrawList()->AddText({at.x + (size.x - extent.x) / 2, at.y + (size.y - extent.y) / 2},
                                        desk.look.colours.faint, text);
    return;
  }
  if (!hasView_) choose(*frame);
  if (isSpace_)
    drawSpace(desk, at, size, isBare);
  else
    drawPlane(desk, at, size, isBare);
}

void SceneView::drawPlane(Desk& desk, ImVec2 at, ImVec2 size, bool isBare) {
  // On a projector the axes must be read from the last row.
  Look look = desk.look;
  if (isBare) look.fonts.small = look.fonts.title;
  const std::shared_ptr<const scene::Frame> frame = desk.lab->layers().apply(desk.lab->frame());
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

  const float chooser = planes_.size() > 1 && !isBare ? look.px(44) : 0;
  const float pad = look.px(isBare ? 12 : 10);
  const ImVec2 place{at.x + pad, at.y + pad + chooser};
  const ImVec2 room{size.x - 2 * pad, size.y - 2 * pad - chooser};
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
  std::uint64_t key = mix(desk.lab->frameNumber(), desk.lab->layers().revision());
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
  if (isBare) return;

  if (isHovered && !isActive) {
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
  if (chooser > 0) {
    ImGui::SetCursorScreenPos({at.x + look.px(14), at.y + look.px(10)});
    ImGui::SetNextItemWidth(look.px(260));
    if (ImGui::BeginCombo("##view", shape->quantity.name.empty()
                                        ? shape->name.c_str()
                                        : (shape->quantity.name + "  ·  " + shape->name).c_str())) {
      for (const std::string& name : planes_)
        if (ImGui::Selectable(name.c_str(), name == shape->name)) {
          view_ = name;
          isFollowing_ = true;
          texture_.drop();
        }
      ImGui::EndCombo();
    }
    tooltip(look, desk.w(Word::chooseView));
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
        const float width = look.px(isHalo ? 3.4 : 1.5);
        const ImU32 colour = isHalo ? halo : line;
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

void SceneView::drawSpace(Desk& desk, ImVec2 at, ImVec2 size, bool isBare) {
  const Look& look = desk.look;
  const scene::Viewport viewport{double(size.x), double(size.y)};
  if (!isFitted_) {
    orbit_.setCamera(scene::makeView(kViews[wantedView_], scene::boundsOf(*desk.lab->frame()), viewport));
    isFitted_ = true;
  }
  ImGui::SetCursorScreenPos(at);
  ImGui::InvisibleButton("##space", size,
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                             ImGuiButtonFlags_MouseButtonMiddle);
  mark("scene");
  const bool isHovered = ImGui::IsItemHovered(), isActive = ImGui::IsItemActive(),
             isFocused = ImGui::IsItemFocused();
  const ImGuiIO& io = ImGui::GetIO();
  if (isActive) {
    const bool isPanning = io.KeyShift || ImGui::IsMouseDown(ImGuiMouseButton_Right) ||
                           ImGui::IsMouseDown(ImGuiMouseButton_Middle);
    if (isPanning)
      orbit_.pan(double(io.MouseDelta.x), double(io.MouseDelta.y), viewport);
    else
      orbit_.drag(double(io.MouseDelta.x), double(io.MouseDelta.y), viewport);
  }
  if (isHovered) ImGui::SetItemUsingMouseWheel();
  if (isHovered && io.MouseWheel != 0)
    orbit_.zoom(double(io.MouseWheel), double(io.MousePos.x - at.x), double(io.MousePos.y - at.y), viewport);
  if (isHovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) resetView();
  if (isFocused && io.NavVisible) {
    if (ImGui::IsKeyPressed('=')) orbit_.zoom(1, double(size.x) / 2, double(size.y) / 2, viewport);
    if (ImGui::IsKeyPressed('-')) orbit_.zoom(-1, double(size.x) / 2, double(size.y) / 2, viewport);
  }

  if (!painter_) painter_ = std::make_unique<PainterThread>(wake_);
  SceneRequest wanted = request(desk);
  const float shrink = std::min(1.0F, kMostPaintedSide / std::max(size.x, size.y));
  wanted.width = std::max(64, int(size.x * shrink));
  wanted.height = std::max(64, int(size.y * shrink));
  std::uint64_t key = mix(desk.lab->frameNumber(), desk.lab->layers().revision());
  for (const double part : {wanted.camera.eye.x, wanted.camera.eye.y, wanted.camera.eye.z,
                            wanted.camera.target.x, wanted.camera.target.y, wanted.camera.target.z,
                            double(wanted.width), double(wanted.height), double(desk.preferences.quality),
                            double(int(desk.preferences.theme)), double(int(desk.preferences.colours))})
    key = mix(key, std::hash<double>()(part));
  wanted.tag = key;
  // A scene at rest is drawn a few times more: each picture adds samples to the last.
  const bool isOther = key != askedKey_;
  if ((isOther || refinements_ < kMostRefinements) && !painter_->isBusy()) {
    painter_->ask(std::move(wanted));
    refinements_ = isOther ? 0 : refinements_ + 1;
    askedKey_ = key;
  }
  if (texture_.id() != 0)
    ImGui::GetWindowDrawList()->AddImage(
        reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(texture_.id())), at,
        {at.x + size.x, at.y + size.y});
  if (isFocused && io.NavVisible)
    ImGui::GetWindowDrawList()->AddRect(at, {at.x + size.x, at.y + size.y}, look.colours.accent, 0,
                                        ImDrawFlags_None, look.px(2));
  (void)isBare;
}

bool SceneView::poll(Desk& desk) {
  if (!painter_) return false;
  const std::unique_ptr<ScenePicture> picture = painter_->take();
  if (!picture) return false;
  if (!picture->problem.empty()) {
    desk.banner = picture->problem;
    return true;
  }
  texture_.set(desk.screen, picture->image);
  hasPicture_ = true;
  return true;
}

}  // namespace aula::desktop
