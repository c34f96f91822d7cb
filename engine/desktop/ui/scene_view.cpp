// SPDX-License-Identifier: Apache-2.0
#include "desktop/ui/scene_view.h"

#include <imgui_internal.h>

#include <algorithm>

#include "desktop/ui/desk.h"
#include "desktop/ui/widgets.h"
#include "render/scene_renderer.h"

namespace aula::desktop {
namespace {

constexpr std::size_t kUsualView = 6;
/// The keys 1 to 7, as in space_view.cpp.
constexpr Word kViewNames[] = {Word::viewFront, Word::viewBack,   Word::viewLeft,  Word::viewRight,
                               Word::viewTop,   Word::viewBottom, Word::viewCorner};

bool isThin(const scene::VolumeView& view) {
  return std::min({view.nx, view.ny, view.nz}) == 1;
}

}  // namespace

void SceneView::reset() {
  isSpace_ = hasPicture_ = hasView_ = hasSpace_ = false;
  view_.clear();
  planes_.clear();
  selection_ = {};
  isFollowing_ = true;
  limits_.clear();
  texture_.drop();
  painted_.drop();
  textureKey_ = 0;
  explorer_ = {};
  isFitted_ = isSmooth_ = false;
  wantedView_ = kUsualView;
  painter_.reset();
  askedKey_ = 0;
  ratio_ = coarsestRatio_ = 1;
  picked_.reset();
  hand_.forget();
  isHandOn_ = isDragging_ = isTapeOn_ = false;
  shown_ = {};
  asked_.clear();
}

void SceneView::resetView() {
  isFollowing_ = true;
  goToViewpoint(kUsualView);
}

void SceneView::goToViewpoint(std::size_t index) {
  if (index >= std::size(kViewNames)) return;
  wantedView_ = index;
  isFitted_ = false;
  isSmooth_ = true;
}

void SceneView::setMode(CameraMode mode) {
  if (!isSpace_ || explorer_.mode() == mode) return;
  explorer_.setMode(mode);
  isUntouched_ = false;
}

void SceneView::nextMode() {
  setMode(static_cast<CameraMode>((static_cast<int>(explorer_.mode()) + 1) % 3));
}

void SceneView::find(const scene::Frame& frame) {
  planes_.clear();
  hasSpace_ = false;
  for (const scene::View& any : frame.views) {
    if (const auto* volume = std::get_if<scene::VolumeView>(&any)) {
      if (isThin(*volume) && volume->values)
        planes_.push_back(volume->name);
      else
        hasSpace_ = true;
    } else if (!std::holds_alternative<scene::LinesView>(any) &&
               !std::holds_alternative<scene::LabelView>(any) &&
               !std::holds_alternative<scene::RulerView>(any)) {
      hasSpace_ = true;
    }
  }
  hasSpace_ = hasSpace_ || planes_.empty();
  // What was chosen stays as long as there is such a thing.
  if (!hasView_) isSpace_ = hasSpace_;
  if (isSpace_ && !hasSpace_) isSpace_ = false;
  if (!isSpace_ && planes_.empty()) isSpace_ = true;
  hasView_ = true;
}

void SceneView::useField(const std::string& name, bool isSpace) {
  isSpace_ = isSpace;
  if (!isSpace) view_ = name;
  isFollowing_ = true;
  texture_.drop();
  ++changes_;
}

void SceneView::nextField(Desk& desk) {
  if (!desk.lab || !desk.lab->frame()) return;
  // Planes one after the other, then the space.
  const std::size_t count = planes_.size() + (hasSpace_ ? 1 : 0);
  if (count < 2) return;
  std::size_t now = planes_.size();
  if (!isSpace_) {
    const auto found = std::find(planes_.begin(), planes_.end(), view_);
    now = found == planes_.end() ? 0 : static_cast<std::size_t>(found - planes_.begin());
  }
  const std::size_t next = (now + 1) % count;
  useField(next < planes_.size() ? planes_[next] : "", next == planes_.size());
}

void SceneView::chooseNext(Desk& desk, int direction) {
  if (!desk.lab) return;
  std::vector<std::string> names;
  for (const Layer& layer : desk.lab->layers().all())
    if (layer.isVisible) names.push_back(layer.name);
  if (names.empty()) return;
  const auto found = std::find(names.begin(), names.end(), selection_.view);
  const auto count = static_cast<int>(names.size());
  const int next = found == names.end()
                       ? (direction > 0 ? 0 : count - 1)
                       : (static_cast<int>(found - names.begin()) + direction + count) % count;
  selection_ = {names[static_cast<std::size_t>(next)], std::nullopt, std::nullopt};
}

bool SceneView::escape(Desk& desk) {
  if (hand_.isHolding()) {
    letGo(desk);
    return true;
  }
  if (isTapeOn_) {
    toggleTape(desk);
    return true;
  }
  if (!selection_.view.empty()) {
    selection_ = {};
    if (desk.lab) desk.lab->looking().choose("");
    return true;
  }
  if (!isSteered()) return false;
  setMode(CameraMode::orbit);
  return true;
}

SceneRequest SceneView::request(const Desk& desk) const {
  SceneRequest request;
  if (!desk.lab || !desk.lab->frame()) return request;
  request.frame = desk.lab->seen();
  request.isSpace = isSpace_;
  request.hasBox = !desk.lab->lab().isPlate();
  if (const scene::VolumeView* plane = planeOf(*request.frame)) request.view = plane->name;
  request.camera = explorer_.camera();
  if (fittedSize_.y > 0) request.cameraAspect = double(fittedSize_.x) / double(fittedSize_.y);
  const Preferences& chosen = desk.preferences;
  if (chosen.quality == kAutomaticQuality)
    request.ratio = 0;
  else
    request.ratio = render::upscaleRatio(static_cast<render::UpscaleMode>(chosen.quality));
  request.budget = 1000.0 / chosen.picturesPerSecond;
  request.isDark = chosen.theme != ThemeName::light;
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
  find(*frame);
  const float bar = isBare ? 0 : drawBar(desk, at, size);
  at.y += bar;
  size.y -= bar;
  if (isSpace_)
    drawSpace(desk, at, size, isBare);
  else
    drawPlane(desk, at, size, isBare);
}

float SceneView::drawBar(Desk& desk, ImVec2 at, ImVec2 size) {
  const Look& look = desk.look;
  const bool hasFields = planes_.size() + (hasSpace_ ? 1 : 0) > 1;
  if (!hasFields && !isSpace_) return 0;
  const float pad = look.px(10), gap = look.px(8), y = at.y + look.px(10);
  float x = at.x + pad, room = size.x - 2 * pad;
  const float modes = isSpace_ ? std::min(look.px(216), room * 0.5F) : 0,
              views = isSpace_ ? std::min(look.px(36), room) : 0;
  if (hasFields) {
    const float width = std::min(look.px(240), room - modes - views - 2 * gap);
    if (width > look.px(40)) {
      ImGui::SetCursorScreenPos({x, y});
      ImGui::SetNextItemWidth(width);
      const std::string shown =
          isSpace_ ? desk.w(Word::space)
                   : desk.lab->titleOf(view_.empty() && !planes_.empty() ? planes_.front() : view_);
      const float arrow = ImGui::GetFrameHeight() + 2 * ImGui::GetStyle().FramePadding.x;
      if (ImGui::BeginCombo("##view", cutToFit(ImGui::GetFont(), shown, width - arrow).c_str())) {
        for (const std::string& name : planes_) {
          ImGui::PushID(name.c_str());
          if (ImGui::Selectable(desk.lab->titleOf(name).c_str(), !isSpace_ && name == view_))
            useField(name, false);
          mark("field:" + name);
          ImGui::PopID();
        }
        if (hasSpace_ && ImGui::Selectable(desk.w(Word::space), isSpace_)) useField("", true);
        if (hasSpace_) mark("field:space");
        ImGui::EndCombo();
      } else {
        mark("fields");
        tooltip(look, std::string(desk.w(Word::chooseView)) + "  (G)");
      }
      x += width + gap;
    }
  }
  if (isSpace_) {
    ImGui::SetCursorScreenPos({x, y});
    int mode = static_cast<int>(explorer_.mode());
    if (segmented(look, "camera",
                  {desk.w(Word::cameraOrbit), desk.w(Word::cameraFly), desk.w(Word::cameraWalk)}, mode,
                  modes))
      setMode(static_cast<CameraMode>(mode));
    tooltip(look, std::string(desk.w(Word::helpCamera)) + "  (F)");
    ImGui::SetCursorScreenPos({x + modes + gap, y - look.px(2)});
    IconButton how;
    how.size = 34;
    if (iconButton(look, "viewpoints", Icon::showAll, std::string(desk.w(Word::viewpoints)) + "  (1 – 7)",
                   how))
      ImGui::OpenPopup("viewpoints");
    if (ImGui::BeginPopup("viewpoints")) {
      for (std::size_t i = 0; i < std::size(kViewNames); ++i)
        if (ImGui::MenuItem(desk.w(kViewNames[i]), std::to_string(i + 1).c_str())) goToViewpoint(i);
      ImGui::EndPopup();
    }
    x += modes + gap + views + gap;
    if (at.x + size.x - pad - x > look.px(36)) {
      ImGui::SetCursorScreenPos({x, y - look.px(2)});
      how.isOn = isTapeOn_;
      if (iconButton(look, "tape", Icon::ruler, std::string(desk.w(Word::measureTape)) + "  (U)", how))
        toggleTape(desk);
      how.isOn = false;
      x += views + gap;
    }
    drawHandBar(desk, x, y, at.x + size.x - pad - x);
  }
  return look.px(48);
}

void SceneView::drawCallout(Desk& desk, const PlotFrame& within, ImVec2 at, const Selection& what,
                            const scene::Frame& frame, bool isChosen) const {
  const Look& look = desk.look;
  std::vector<std::string> lines = describe(what, frame);
  lines.insert(lines.begin(), desk.lab->titleOf(what.view));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (isChosen) {
    list.AddCircle(at, look.px(6), look.colours.panel, 0, look.px(4));
    list.AddCircle(at, look.px(6), look.colours.accent, 0, look.px(2));
  }
  std::vector<ImU32> colours;
  if (isChosen) colours.push_back(look.colours.accent);
  drawReadout(look, list, within, at, lines, colours);
}

bool SceneView::poll(Desk& desk) {
  if (!painter_) return false;
  const std::unique_ptr<ScenePicture> picture = painter_->take();
  if (!picture) return isAnimated();
  if (!picture->problem.empty()) {
    desk.banner = picture->problem;
    return true;
  }
  painted_.set(desk.screen, picture->image);
  while (!asked_.empty()) {
    const bool isIt = asked_.front().tag == picture->tag;
    if (isIt) shown_ = std::move(asked_.front());
    asked_.erase(asked_.begin());
    if (isIt) break;
  }
  ratio_ = picture->ratio;
  coarsestRatio_ = std::max(coarsestRatio_, ratio_);
  hasPicture_ = true;
  return true;
}

}  // namespace aula::desktop
