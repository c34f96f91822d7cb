// SPDX-License-Identifier: Apache-2.0
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "desktop/ui/desk.h"
#include "desktop/ui/widgets.h"

namespace aula::desktop {
namespace {

using lab::LiveState;

/// GLFW's and Dear ImGui's number of a key; letters and digits are their characters.
enum Key : int {
  kSpace = 32,
  kEscape = 256,
  kRight = 262,
  kLeft = 263,
  kHome = 268,
  kF1 = 290,
  kF11 = 300,
  kEqual = 61,
  kMinus = 45,
  kPadPlus = 334,
  kPadMinus = 333
};

void board(const Look& look, ImVec2 at, ImVec2 size, ImU32 colour) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(at, {at.x + size.x, at.y + size.y}, colour, look.px(10));
  list.AddRect(at, {at.x + size.x, at.y + size.y}, look.colours.border, look.px(10), ImDrawFlags_None,
               std::max(1.0F, look.px(1)));
}

}  // namespace

void Desk::draw() {
  const ImVec2 size = ImGui::GetIO().DisplaySize;
  takeShortcuts();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0);
  ImGui::Begin("##desk", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleVar(2);

  if (isPresenting && lab) {
    drawPresenter(size);
  } else {
    const float bar = look.px(56), gap = look.px(10);
    drawToolbar({0, 0}, {size.x, bar});
    const float top = bar, bottom = size.y - gap;
    if (!lab) {
      drawGallery(*this, {0, top}, {size.x, size.y - top});
      drawBanner({gap, top}, size.x - 2 * gap);
    } else {
      // The scene keeps half of the window: side panels give way on a small one, the left first.
      const float sideWidth = std::clamp(size.x * 0.3F, look.px(300), look.px(400));
      const float leftWidth = look.px(lab->catalogue()->isEmpty() ? 216 : 264);
      const bool hasSide = preferences.hasSidePanel && size.x - sideWidth >= look.px(300);
      const bool hasLeft =
          preferences.hasLayersPanel && size.x - (hasSide ? sideWidth : 0) - leftWidth >= look.px(430);
      float left = gap, right = size.x - gap;
      if (hasLeft) {
        drawLayers({left, top}, {leftWidth, bottom - top});
        left += leftWidth + gap;
      }
      if (hasSide) {
        right -= sideWidth;
        drawSide({right, top}, {sideWidth, bottom - top});
        right -= gap;
      }
      drawMiddle({left, top}, {right - left, bottom - top});
    }
  }
  ImGui::End();
  drawHelp(*this);
  drawAbout(*this);
}

void Desk::drawToolbar(ImVec2 at, ImVec2 size) {
  const Palette& p = look.colours;
  const float button = look.px(36), gap = look.px(4);
  const float y = at.y + (size.y - button) / 2;
  IconButton how;
  how.size = 36;
  float x = at.x + look.px(12);
  if (lab) {
    ImGui::SetCursorScreenPos({x, y});
    if (iconButton(look, "home", Icon::home, w(Word::allLabs), how)) {
      closeLab();
      return;
    }
    x += button + look.px(10);
  }
  // From the right: what is asked for least stands outermost.
  float right = at.x + size.x - look.px(12);
  const auto place = [&] {
    right -= button;
    ImGui::SetCursorScreenPos({right, y});
    right -= gap;
  };
  const auto key = [](const char* text, const char* k) { return std::string(text) + "  (" + k + ")"; };
  place();
  how.isOn = isHelpOpen;
  if (iconButton(look, "help", Icon::question, key(w(Word::help), "F1"), how)) isHelpOpen = !isHelpOpen;
  how.isOn = false;
  place();
  if (iconButton(look, "language", Icon::globe, key(w(Word::language), "L"), how))
    ImGui::OpenPopup("language");
  place();
  if (iconButton(look, "settings", Icon::contrast, w(Word::settings), how)) ImGui::OpenPopup("settings");
  if (lab) {
    place();
    how.isOn = preferences.hasSidePanel;
    if (iconButton(look, "side", Icon::sidebar, w(Word::panels), how)) {
      preferences.hasSidePanel = !preferences.hasSidePanel;
      savePreferences();
    }
    place();
    how.isOn = preferences.hasLayersPanel;
    if (iconButton(look, "layers", Icon::layers, w(Word::layers), how)) {
      preferences.hasLayersPanel = !preferences.hasLayersPanel;
      savePreferences();
    }
    how.isOn = false;
    right -= look.px(10);
    ImGui::GetWindowDrawList()->AddLine({right + look.px(5), y + look.px(6)},
                                        {right + look.px(5), y + button - look.px(6)}, p.border,
                                        std::max(1.0F, look.px(1)));
    place();
    if (iconButton(look, "presenter", Icon::projector, key(w(Word::presenter), "P"), how))
      isPresenting = true;
    place();
    const bool isRecording = recorder.isRecording();
    how.colour = isRecording ? p.bad : 0;
    if (iconButton(look, "record", isRecording ? Icon::stop : Icon::record,
                   key(w(isRecording ? Word::stopRecording : Word::record), "V"), how))
      toggleRecording();
    if (isRecording) {
      const int seconds = static_cast<int>(recorder.seconds());
      char text[16];
      std::snprintf(text, sizeof text, "%d:%02d", seconds / 60, seconds % 60);
      const float width = look.fonts.bold->CalcTextSizeA(look.fonts.bold->FontSize, FLT_MAX, 0, text).x;
      ImGui::SetCursorScreenPos({right - width, at.y + (size.y - look.fonts.bold->FontSize) / 2});
      label(look.fonts.bold, p.bad, text);
      right -= width + look.px(8);
    }
    how.colour = 0;
    place();
    if (iconButton(look, "screenshot", Icon::camera, key(w(Word::screenshot), "S"), how)) screenshot();
  }
  const std::string title = lab ? lab->lab().title().in(look.language) : std::string("Aula");
  const float titleY = at.y + (size.y - look.fonts.title->FontSize) / 2;
  ImGui::SetCursorScreenPos({x + (lab ? 0 : look.px(16)), titleY});
  label(look.fonts.title, p.text, title, std::max(look.px(20), right - x - look.px(16)));
  drawSettingsMenu(*this);
  drawLanguageMenu(*this);
}

void Desk::drawLayers(ImVec2 at, ImVec2 size) {
  const Palette& p = look.colours;
  board(look, at, size, p.panel);
  ImGui::SetCursorScreenPos(at);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, look.px(14, 12));
  ImGui::BeginChild("layers", size, false, ImGuiWindowFlags_AlwaysUseWindowPadding);
  ImGui::PopStyleVar();
  std::vector<Layer> layers = lab->layers().all();
  if (!lab->catalogue()->isEmpty()) {
    drawStructures(*this);
    // What has no name in the catalogue, arrows and weights, stands below.
    std::erase_if(layers, [&](const Layer& layer) { return lab->catalogue()->find(layer.name) != nullptr; });
    ImGui::Dummy({0, look.px(6)});
    if (!layers.empty()) heading(look, w(Word::otherLayers));
  } else {
    heading(look, w(Word::layers));
  }
  if (layers.empty() && lab->catalogue()->isEmpty()) caption(look, w(Word::noLayers));
  bool isFirst = true;
  for (const LayerKind kind : {LayerKind::field, LayerKind::structure}) {
    if (std::none_of(layers.begin(), layers.end(), [&](const Layer& l) { return l.kind == kind; })) continue;
    ImGui::Dummy({0, look.px(isFirst ? 2 : 6)});
    isFirst = false;
    caption(look, w(kind == LayerKind::field ? Word::fields : Word::structures));
    for (const Layer& layer : layers) {
      if (layer.kind != kind) continue;
      ImGui::PushID(layer.name.c_str());
      const ImVec2 row = ImGui::GetCursorScreenPos();
      const float width = ImGui::GetContentRegionAvail().x, height = look.px(32);
      IconButton eye;
      eye.size = 28;
      eye.colour = layer.isVisible ? p.text : p.faint;
      ImGui::SetCursorScreenPos({row.x - look.px(4), row.y + look.px(2)});
      if (iconButton(look, "eye", layer.isVisible ? Icon::eye : Icon::eyeClosed, "", eye))
        lab->layers().show(layer.name, !layer.isVisible);
      // The name chooses it in the scene.
      const bool isChosen = layer.name == scene.selection().view;
      ImGui::SetCursorScreenPos({row.x + look.px(26), row.y + look.px(2)});
      ImGui::InvisibleButton("choose", {width - look.px(26), look.px(28)});
      if (ImGui::IsItemClicked() || ImGui::IsItemActivated())
        scene.choose(isChosen ? Selection{} : Selection{layer.name, std::nullopt, std::nullopt});
      mark("layer:" + layer.name);
      tooltip(look, layer.title);
      if (isChosen || ImGui::IsItemHovered() || (ImGui::IsItemFocused() && ImGui::GetIO().NavVisible))
        ImGui::GetWindowDrawList()->AddRectFilled(ImGui::GetItemRectMin(), ImGui::GetItemRectMax(),
                                                  isChosen ? p.accentSoft : p.hovered, look.px(5));
      ImGui::SetCursorScreenPos({row.x + look.px(30), row.y + (height - look.fonts.body->FontSize) / 2});
      label(look.fonts.body, layer.isVisible ? p.text : p.faint, layer.title, width - look.px(34));
      if (layer.hasOpacity && layer.isVisible) {
        ImGui::SetCursorScreenPos({row.x + look.px(28), row.y + height - look.px(2)});
        double opacity = layer.opacity;
        if (slider(look, "##opacity", opacity, 0, 1, 0.05, width - look.px(30)))
          lab->layers().setOpacity(layer.name, opacity);
        tooltip(look, w(Word::opacity));
        ImGui::SetCursorScreenPos({row.x, row.y + height + look.px(22)});
      } else {
        ImGui::SetCursorScreenPos({row.x, row.y + height});
      }
      ImGui::Dummy({0, 0});
      ImGui::PopID();
    }
  }
  ImGui::EndChild();
}

void Desk::drawSide(ImVec2 at, ImVec2 size) {
  const Palette& p = look.colours;
  const float gap = look.px(10);
  // Knobs keep what they need, up to half of the height.
  const bool hasKnobs = !lab->knobs().empty();
  const float most = std::round(size.y * 0.565F);
  const float knobs = hasKnobs ? std::min(most, knobsHeight_ > 0 ? knobsHeight_ : most) : 0;
  if (hasKnobs) {
    board(look, at, {size.x, knobs}, p.panel);
    ImGui::SetCursorScreenPos(at);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, look.px(16, 14));
    ImGui::BeginChild("knobs", {size.x, knobs}, false, ImGuiWindowFlags_AlwaysUseWindowPadding);
    ImGui::PopStyleVar();
    drawKnobs(*this);
    knobsHeight_ = std::ceil(ImGui::GetCursorPosY() + look.px(8));
    ImGui::EndChild();
    at.y += knobs + gap;
    size.y -= knobs + gap;
  }
  board(look, at, size, p.panel);
  ImGui::SetCursorScreenPos(at);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, look.px(16, 8));
  ImGui::BeginChild("pages", size, false,
                    ImGuiWindowFlags_AlwaysUseWindowPadding | ImGuiWindowFlags_NoScrollbar |
                        ImGuiWindowFlags_NoScrollWithMouse);
  ImGui::PopStyleVar();
  tabs(look, "pages", {w(Word::instruments), w(Word::results), w(Word::activities), w(Word::lesson)}, page);
  ImGui::PushID(page);
  // Out to the board's edge, so that the scroll bar stands there.
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::BeginChild("page", {ImGui::GetContentRegionAvail().x + look.px(12), 0}, false,
                    ImGuiWindowFlags_None);
  ImGui::PopStyleVar();
  // The room of the scroll bar is kept free at all times: nothing moves when it comes.
  const float room = size.x - look.px(32);
  ImGuiWindow* window = ImGui::GetCurrentWindow();
  window->WorkRect.Max.x = std::min(window->WorkRect.Max.x, window->Pos.x + room);
  window->ContentRegionRect.Max.x = std::min(window->ContentRegionRect.Max.x, window->Pos.x + room);
  switch (page) {
    case 0:
      drawInstruments(*this);
      break;
    case 1:
      drawResults(*this);
      break;
    case 2:
      drawActivities(*this);
      break;
    default:
      drawLesson(*this);
      break;
  }
  ImGui::Dummy({0, look.px(8)});
  ImGui::EndChild();
  ImGui::PopID();
  ImGui::EndChild();
}

void Desk::drawMiddle(ImVec2 at, ImVec2 size) {
  // A narrow timeline has two lines.
  const float bar = look.px(size.x < look.px(420) ? 86 : 70), gap = look.px(10);
  const ImVec2 sceneSize{size.x, size.y - bar - gap};
  board(look, at, sceneSize, look.colours.sceneGround);
  ImGui::SetCursorScreenPos(at);
  ImGui::BeginChild("scene", sceneSize, false,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  scene.draw(*this, at, sceneSize, false);
  ImGui::EndChild();
  const ImVec2 below{at.x, at.y + sceneSize.y + gap};
  board(look, below, {size.x, bar}, look.colours.panel);
  ImGui::SetCursorScreenPos(below);
  ImGui::BeginChild("timeline", {size.x, bar}, false,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  drawTimeline(*this, below, {size.x, bar});
  ImGui::EndChild();
  drawBanner({at.x + gap, at.y + gap}, size.x - 2 * gap);
  drawToasts(at, sceneSize);
}

void Desk::drawPresenter(ImVec2 size) {
  const Palette& p = look.colours;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled({0, 0}, size, p.sceneGround);
  const float top = look.px(76), bottom = look.px(64), pad = look.px(24);
  ImGui::SetCursorScreenPos({pad, (top - look.fonts.huge->FontSize) / 2});
  const std::string time = "t = " + timeOf(lab->status().time, lab->duration());
  const float timeWidth =
      look.fonts.huge->CalcTextSizeA(look.fonts.huge->FontSize, FLT_MAX, 0, time.c_str()).x;
  const float longest = look.fonts.huge
                            ->CalcTextSizeA(look.fonts.huge->FontSize, FLT_MAX, 0,
                                            ("t = " + timeOf(lab->duration(), lab->duration())).c_str())
                            .x;
  label(look.fonts.huge, p.text, lab->lab().title().in(look.language),
        size.x - 3 * pad - std::max(timeWidth, longest));
  ImGui::SetCursorScreenPos(
      {size.x - pad - std::max(timeWidth, longest), (top - look.fonts.huge->FontSize) / 2});
  label(look.fonts.huge, p.accent, time);
  ImGui::SetCursorScreenPos({0, top});
  ImGui::BeginChild("scene", {size.x, size.y - top - bottom}, false,
                    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  scene.draw(*this, {0, top}, {size.x, size.y - top - bottom}, true);
  ImGui::EndChild();
  // What was chosen, large enough for the last row.
  float x = pad;
  const float y = size.y - bottom + (bottom - look.fonts.title->FontSize) / 2;
  for (const KnobEntry& entry : lab->knobs()) {
    const auto state = lab->status().knobs.find(entry.name());
    const double value = state == lab->status().knobs.end() ? entry.knob().value : state->second.value;
    const std::string& name = entry.knob().label.in(look.language);
    const std::string text = (name.empty() ? entry.name() : name) + ":  ";
    const float nameWidth =
        look.fonts.body->CalcTextSizeA(look.fonts.body->FontSize, FLT_MAX, 0, text.c_str()).x;
    const std::string number = entry.text(value);
    const float numberWidth =
        look.fonts.title->CalcTextSizeA(look.fonts.title->FontSize, FLT_MAX, 0, number.c_str()).x;
    if (x + nameWidth + numberWidth > size.x - pad) break;
    ImGui::SetCursorScreenPos({x, y + (look.fonts.title->FontSize - look.fonts.body->FontSize) * 0.75F});
    label(look.fonts.body, p.faint, text);
    ImGui::SetCursorScreenPos({x + nameWidth, y});
    label(look.fonts.title, p.text, number);
    x += nameWidth + numberWidth + look.px(36);
  }
  drawBanner({pad, top}, size.x - 2 * pad);
  drawToasts({0, top}, {size.x, size.y - top - bottom});
}

void Desk::drawBanner(ImVec2 at, float width) {
  const bool hasFailed = lab && lab->status().state == LiveState::failed;
  if (!hasFailed && banner.empty()) return;
  const Palette& p = look.colours;
  std::string text = banner;
  if (hasFailed)
    text =
        std::string(w(Word::stopped)) + ": " + lab->status().message + "\n" + w(Word::whatToDoAfterFailure);
  const float pad = look.px(14), mark = look.px(22), buttons = look.px(44);
  const float wrap = width - 2 * pad - mark - look.px(10) - buttons;
  const ImVec2 extent =
      look.fonts.body->CalcTextSizeA(look.fonts.body->FontSize, FLT_MAX, wrap, text.c_str());
  const float height =
      std::min(extent.y, look.px(220)) + 2 * pad + (hasFailed ? ImGui::GetFrameHeight() + look.px(8) : 0);
  ImGui::SetNextWindowPos(at);
  ImGui::SetNextWindowSize({width, height});
  ImGui::PushStyleColor(ImGuiCol_WindowBg, p.badSoft);
  ImGui::PushStyleColor(ImGuiCol_Border, p.bad);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, std::max(1.0F, look.px(1)));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(pad, pad));
  ImGui::Begin("##banner", nullptr,
               ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing);
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor(2);
  drawIcon(*ImGui::GetWindowDrawList(), Icon::warning, {at.x + pad + mark / 2, at.y + pad + mark / 2}, mark,
           p.bad);
  ImGui::SetCursorScreenPos({at.x + pad + mark + look.px(10), at.y + pad});
  ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + wrap);
  ImGui::TextUnformatted(text.c_str());
  ImGui::PopTextWrapPos();
  if (hasFailed) {
    ImGui::SetCursorScreenPos({at.x + pad + mark + look.px(10), ImGui::GetCursorScreenPos().y});
    if (textButton(look, w(Word::restart), ButtonKind::accent)) lab->session().restart();
  } else {
    ImGui::SetCursorScreenPos({at.x + width - pad - look.px(28), at.y + pad - look.px(4)});
    IconButton close;
    close.size = 28;
    if (iconButton(look, "dismiss", Icon::cross, w(Word::dismiss), close)) banner.clear();
  }
  ImGui::End();
}

void Desk::drawToasts(ImVec2 at, ImVec2 size) {
  const Palette& p = look.colours;
  float bottom = at.y + size.y - look.px(14);
  int i = 0;
  for (auto toast = toasts.rbegin(); toast != toasts.rend(); ++toast, ++i) {
    const float pad = look.px(14), widest = std::min(look.px(520), size.x - look.px(28)) - 2 * pad;
    const ImVec2 extent =
        look.fonts.body->CalcTextSizeA(look.fonts.body->FontSize, FLT_MAX, widest, toast->text.c_str());
    const ImVec2 boxSize{extent.x + 2 * pad, extent.y + look.px(18)};
    const ImVec2 corner{at.x + (size.x - boxSize.x) / 2, bottom - boxSize.y};
    ImGui::SetNextWindowPos(corner);
    ImGui::SetNextWindowSize(boxSize);
    ImGui::PushStyleColor(ImGuiCol_WindowBg, p.text);
    ImGui::PushStyleColor(ImGuiCol_Text, p.panel);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(pad, look.px(9)));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, look.px(8));
    ImGui::Begin(("##toast" + std::to_string(i)).c_str(), nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_NoNav |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing);
    ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + widest + 1);
    ImGui::TextUnformatted(toast->text.c_str());
    ImGui::PopTextWrapPos();
    ImGui::End();
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor(2);
    bottom = corner.y - look.px(8);
  }
}

void Desk::takeShortcuts() {
  const ImGuiIO& io = ImGui::GetIO();
  const auto pressed = [](int key, bool repeats = false) { return ImGui::IsKeyPressed(key, repeats); };
  if (pressed(kF1)) isHelpOpen = !isHelpOpen;
  if (pressed(kF11)) wantsFullScreen = !wantsFullScreen;
  if (io.KeyCtrl && (pressed(kEqual) || pressed(kPadPlus))) setScale(preferences.scalePercent + kScaleStep);
  if (io.KeyCtrl && (pressed(kMinus) || pressed(kPadMinus))) setScale(preferences.scalePercent - kScaleStep);
  if (pressed(kEscape)) {
    if (isHelpOpen || isAboutOpen)
      isHelpOpen = isAboutOpen = false;
    else if (!io.WantTextInput && !GImGui->OpenPopupStack.Size) {
      if (!banner.empty())
        banner.clear();
      else if (lab && scene.escape(*this))
        ;
      else if (isPresenting)
        isPresenting = false;
      else if (wantsFullScreen)
        wantsFullScreen = false;
    }
  }
  if (io.WantTextInput || io.KeyCtrl || io.KeyAlt || io.KeySuper || GImGui->OpenPopupStack.Size) return;
  if (pressed('L')) {
    const auto& all = languages();
    std::size_t next = 0;
    for (std::size_t i = 0; i < all.size(); ++i)
      if (all[i].code == look.language) next = (i + 1) % all.size();
    setLanguage(std::string(all[next].code));
  }
  if (pressed('T')) {
    preferences.theme = static_cast<ThemeName>((static_cast<int>(preferences.theme) + 1) % 3);
    savePreferences();
  }
  if (!lab) return;
  lab::LiveSession& session = lab->session();
  const LiveState state = lab->status().state;
  const bool isUsable = state != LiveState::preparing && state != LiveState::failed;
  // With the keyboard on a control, space and arrows are that control's.
  if (!io.NavVisible && isUsable) {
    if (pressed(kSpace)) state == LiveState::running ? session.pause() : session.run();
    const bool hasArrows = !scene.isSteered() && !scene.hand().isHolding();
    if (hasArrows && pressed(kRight, true)) session.step();
    if (pressed(kHome)) session.goTo(0);
    if (hasArrows && pressed(kLeft)) {
      std::int64_t before = 0;
      for (const lab::LivePlace& place : lab->status().history)
        if (place.step < lab->status().step) before = place.step;
      session.goTo(before);
    }
  }
  if (pressed('R')) session.restart();
  if (pressed('S') && !scene.isSteered()) screenshot();
  if (pressed('V')) toggleRecording();
  if (pressed('P')) isPresenting = !isPresenting;
  if (pressed('0')) scene.resetView();
  if (pressed('F')) scene.nextMode();
  if (pressed('G')) scene.nextField(*this);
  if (pressed('H')) scene.toggleHand(*this);
  if (pressed('M')) scene.nextTool(*this);
  if (pressed('X')) scene.takeOrLetGo(*this);
  if (pressed('U')) scene.toggleTape(*this);
  if (pressed('C')) scene.chooseInTheMiddle();
  if (pressed('N')) scene.chooseNext(*this, 1);
  if (pressed('B')) scene.chooseNext(*this, -1);
  for (int digit = 1; digit <= 7; ++digit)
    if (pressed('0' + digit)) scene.goToViewpoint(static_cast<std::size_t>(digit - 1));
}

}  // namespace aula::desktop
