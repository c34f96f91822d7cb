// SPDX-License-Identifier: Apache-2.0
#include "desktop/ui/plot_export.h"

#include "desktop/ui/desk.h"
#include "desktop/ui/raster.h"
#include "render/png.h"

namespace aula::desktop {
namespace {

constexpr float kWidth = 1200, kHeight = 750;

}  // namespace

void exportPlot(Desk& desk, const Chart& chart, const PlotView& view, const std::filesystem::path& path) {
  // A context of its own: the window's frame goes on undisturbed.
  ImGuiContext* const window = ImGui::GetCurrentContext();
  ImFontAtlas atlas;
  ImGuiContext* const context = ImGui::CreateContext(&atlas);
  ImGui::SetCurrentContext(context);
  const auto restore = [&] {
    ImGui::DestroyContext(context);
    ImGui::SetCurrentContext(window);
  };
  render::Image image;
  try {
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().DisplaySize = {kWidth, kHeight};
    ImGui::GetIO().DeltaTime = 1.0F / 60;
    ImGui::GetIO().MousePos = {-FLT_MAX, -FLT_MAX};
    FontSet fonts;
    fonts.want(chart.title + chart.xLabel + chart.yLabel + chart.valueLabel);
    for (const Curve& curve : chart.curves) fonts.want(curve.name);
    Look look;
    look.colours = paletteOf(ThemeName::light);
    look.scale = 1.4F;
    look.fonts = fonts.build(look.scale);
    applyStyle(look);
    PictureScreen screen;
    unsigned char* pixels = nullptr;
    render::Image glyphs;
    atlas.GetTexDataAsRGBA32(&pixels, &glyphs.width, &glyphs.height);
    glyphs.pixels.assign(pixels, pixels + 4 * static_cast<std::ptrdiff_t>(glyphs.width) * glyphs.height);
    atlas.SetTexID(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(screen.makeTexture(glyphs))));

    PlotView seen;
    seen.x = view.x;
    seen.y = view.y;
    seen.isFollowing = view.isFollowing;
    seen.isLogX = view.isLogX;
    seen.isLogY = view.isLogY;
    seen.limits = view.limits;
    const PlotStyle style = desk.plotStyle();
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({kWidth, kHeight});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, look.colours.panel);
    ImGui::Begin("plot", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoNav);
    const float pad = look.px(20);
    ImGui::GetWindowDrawList()->AddText(look.fonts.title, look.fonts.title->FontSize, {pad, look.px(14)},
                                        look.colours.text, chart.title.c_str());
    const float top = look.px(14) + look.fonts.title->FontSize + look.px(12);
    ImGui::SetCursorScreenPos({pad, top});
    plot(look, screen, "plot", chart, seen, {kWidth - 2 * pad, kHeight - top - look.px(12)}, style, 1);
    ImGui::End();
    ImGui::PopStyleColor();
    ImGui::Render();
    screen.present(*ImGui::GetDrawData(), look.colours.panel);
    image = screen.picture();
  } catch (...) {
    restore();
    throw;
  }
  restore();
  render::writePng(path, image);
}

}  // namespace aula::desktop
