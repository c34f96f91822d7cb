// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "desktop/ui/desk.h"
#include "desktop/ui/plot_export.h"
#include "desktop/ui/widgets.h"

namespace aula::desktop {
namespace {

/// "aula/screen-intensity.csv", numbered where it is there already.
std::filesystem::path freePath(const std::filesystem::path& folder, std::string name, const char* extension) {
  std::replace(name.begin(), name.end(), '/', '-');
  std::filesystem::path path = folder / (name + extension);
  for (int i = 2; std::filesystem::exists(path); ++i)
    path = folder / (name + "-" + std::to_string(i) + extension);
  return path;
}

template <class Write>
void exportChart(Desk& desk, const Chart& chart, const char* extension, const Write& write) {
  try {
    core::makeWritableFolder(desk.picturesFolder());
    const auto path = freePath(desk.picturesFolder(), desk.lab->lab().id() + "-" + chart.id, extension);
    write(path);
    desk.say(desk.w(Word::saved, {path.string()}));
  } catch (const core::Error& error) {
    desk.banner = error.what();
  }
}

void drawTools(Desk& desk, const Chart& chart, PlotView& view, float right, float y) {
  const Look& look = desk.look;
  IconButton tool;
  tool.size = 28;
  float x = right - look.px(28);
  const auto place = [&] {
    ImGui::SetCursorScreenPos({x, y});
    x -= look.px(30);
  };
  place();
  if (iconButton(look, "png", Icon::picture, desk.w(Word::exportPng), tool))
    exportChart(desk, chart, ".png",
                [&](const std::filesystem::path& path) { exportPlot(desk, chart, view, path); });
  place();
  if (iconButton(look, "csv", Icon::table, desk.w(Word::exportCsv), tool))
    exportChart(desk, chart, ".csv",
                [&](const std::filesystem::path& path) { core::writeFile(path, csvOf(chart)); });
  if (!view.isFollowing) {
    place();
    if (iconButton(look, "all", Icon::showAll, desk.w(Word::resetZoom), tool)) view.isFollowing = true;
  }
  if (!chart.isMap) {
    // "log" is understood in all four languages.
    const char* text = "log";
    const float width = look.px(38);
    ImGui::SetCursorScreenPos({x + look.px(28) - width, y + look.px(1)});
    ImGui::PushFont(look.fonts.small);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, look.px(5, 5));
    ImGui::PushStyleColor(ImGuiCol_Button,
                          view.isLogY ? look.colours.accentSoft : withAlpha(look.colours.panel, 0));
    ImGui::PushStyleColor(ImGuiCol_Text, view.isLogY ? look.colours.accent : look.colours.faint);
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0);
    if (ImGui::Button(text, {width, 0})) {
      view.isLogY = !view.isLogY;
      view.isFollowing = true;
    }
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor(2);
    ImGui::PopFont();
    tooltip(look,
            std::string(desk.w(Word::axisY)) + ": " + desk.w(view.isLogY ? Word::linear : Word::logarithmic));
  }
}

}  // namespace

void drawInstruments(Desk& desk) {
  const Look& look = desk.look;
  const std::vector<Chart>& charts = desk.lab->charts();
  if (charts.empty()) {
    caption(look, desk.w(desk.lab->lab().instruments().empty() ? Word::noInstruments : Word::noDataYet));
    return;
  }
  for (const Chart& chart : charts) {
    ImGui::PushID(chart.id.c_str());
    PlotView& view = desk.plots[chart.id];
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float tools = look.px(chart.isMap ? 62 : 102) + (view.isFollowing ? 0 : look.px(30));
    const bool hasTools = chart.number.empty();
    // The lab's own name for the instrument comes first, in the reader's language.
    const std::string own = desk.lab->titleOf(chart.instrument);
    const bool hasOwn = own != chart.instrument;
    label(look.fonts.bold, look.colours.text, hasOwn ? own : chart.title, width - (hasTools ? tools : 0));
    if (!hasTools) {
      label(look.fonts.title, look.colours.accent, chart.number);
    } else {
      drawTools(desk, chart, view, at.x + width, at.y - look.px(5));
      const float top = at.y + look.fonts.bold->FontSize + look.px(2);
      ImGui::SetCursorScreenPos({at.x, top});
      label(look.fonts.small, look.colours.faint, hasOwn ? chart.title : chart.instrument, width);
      const float plotTop = top + look.fonts.small->FontSize + look.px(6);
      ImGui::SetCursorScreenPos({at.x, plotTop});
      const float height = std::clamp(width * 0.62F, look.px(170), look.px(280));
      plot(look, desk.screen, "plot", chart, view, {width, height}, desk.plotStyle(),
           desk.lab->chartsNumber());
    }
    ImGui::Dummy({0, look.px(10)});
    ImGui::PopID();
  }
}

}  // namespace aula::desktop
