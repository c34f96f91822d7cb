// SPDX-License-Identifier: Apache-2.0
#include "desktop/ui/gallery.h"

#include <algorithm>
#include <cstdio>

#include "core/error.h"
#include "core/io/crc32c.h"
#include "core/version.h"
#include "desktop/scene/scene_painter.h"
#include "desktop/ui/desk.h"
#include "desktop/ui/widgets.h"
#include "lab/session/checked_lab.h"
#include "lab/session/session.h"
#include "render/png.h"

namespace aula::desktop {

namespace fs = std::filesystem;

namespace {

constexpr int kWidth = 480, kHeight = 270;
/// A lab that would take longer, or more memory, than this is shown without a picture until somebody has run
/// it.
constexpr double kMostSeconds = 20, kMostBytes = 1.5e9;
/// Of the run: far enough for most labs to look like themselves.
constexpr double kShare = 0.8;

/// One picture a lab text: a lab that was changed gets a new one.
fs::path cachedPicture(const fs::path& folder, const lab::Lab& lab) {
  char name[32];
  const std::string& text = lab.sourceText();
  std::snprintf(name, sizeof name, "-%08x.png",
                core::crc32c(0, std::as_bytes(std::span(text.data(), text.size()))));
  return folder / "labs" / (lab.id() + name);
}

}  // namespace

Gallery::Gallery(const std::vector<fs::path>& files, const lab::Registry& registry, fs::path cacheFolder,
                 std::string language, std::function<void()> onPicture)
    : registry_(registry),
      cacheFolder_(std::move(cacheFolder)),
      language_(std::move(language)),
      onPicture_(std::move(onPicture)) {
  for (const fs::path& file : files) {
    GalleryEntry entry;
    entry.file = file;
    entry.subject = file.parent_path().filename().string();
    // One that cannot be read is left out: `aula check` says why.
    try {
      entry.lab = lab::checkLab(lab::Lab::read(file), registry_).lab;
    } catch (const core::Error&) {
      continue;
    }
    entries_.push_back(std::move(entry));
  }
  thread_ = std::thread([this] { work(); });
}

Gallery::~Gallery() {
  isStopping_ = true;
  thread_.join();
}

void Gallery::work() {
  std::unique_ptr<ScenePainter> painter;
  for (std::size_t i = 0; i < entries_.size() && !isStopping_; ++i) {
    const lab::Lab& lab = *entries_[i].lab;
    render::Image image;
    // A picture is an ornament: what goes wrong with one leaves its place empty.
    try {
      const fs::path cached = cachedPicture(cacheFolder_, lab);
      std::error_code ignored;
      if (!cacheFolder_.empty() && fs::is_regular_file(cached, ignored)) {
        image = render::readPng(cached);
      } else {
        lab::CheckedLab checked = lab::checkLab(lab::Lab::read(entries_[i].file), registry_);
        lab::SessionOptions options;
        options.frames = 1;
        options.language = language_;
        options.latency = 0.1;
        options.shouldStop = [this] { return isStopping_.load(); };
        std::shared_ptr<const scene::Frame> last;
        options.onFrame = [&](const scene::Frame& frame, int, int) {
          last = std::make_shared<scene::Frame>(frame);
        };
        {
          lab::SessionOptions whole = options;
          lab::Session estimate(lab::checkLab(lab::Lab::read(entries_[i].file), registry_), whole);
          if (estimate.estimate().seconds > kMostSeconds || estimate.estimate().bytes > kMostBytes) continue;
          options.steps =
              std::max<std::int64_t>(1, static_cast<std::int64_t>(double(estimate.steps()) * kShare));
        }
        lab::Session session(std::move(checked), options);
        session.run();
        if (isStopping_ || !last) continue;
        if (!painter) painter = std::make_unique<ScenePainter>();
        SceneRequest request;
        request.frame = last;
        request.width = kWidth;
        request.height = kHeight;
        request.isBare = true;
        image = painter->paint(request);
        if (!cacheFolder_.empty()) {
          fs::create_directories(cached.parent_path(), ignored);
          render::writePng(cached, image);
        }
      }
    } catch (const std::exception&) {
      if (image.pixels.empty()) continue;
    }
    {
      const std::lock_guard lock(mutex_);
      ready_.emplace_back(i, std::move(image));
    }
    if (onPicture_) onPicture_();
  }
}

bool Gallery::poll(Screen& screen) {
  std::vector<std::pair<std::size_t, render::Image>> ready;
  {
    const std::lock_guard lock(mutex_);
    ready.swap(ready_);
  }
  for (auto& [i, image] : ready) {
    entries_[i].picture.set(screen, image);
    entries_[i].hasPicture = true;
  }
  return !ready.empty();
}

std::string Gallery::texts(const std::string& language) const {
  std::string all;
  for (const GalleryEntry& entry : entries_)
    all += entry.lab->title().in(language) + entry.lab->summary().in(language);
  return all;
}

namespace {

bool drawEntry(Desk& desk, const GalleryEntry& entry, ImVec2 at, ImVec2 size) {
  const Look& look = desk.look;
  const Palette& p = look.colours;
  const std::string& title = entry.lab->title().in(look.language);
  ImGui::PushID(entry.file.c_str());
  ImGui::SetCursorScreenPos(at);
  ImGui::PushStyleColor(ImGuiCol_Button, p.panel);
  ImGui::PushStyleColor(ImGuiCol_ButtonHovered, p.panel);
  ImGui::PushStyleColor(ImGuiCol_ButtonActive, p.raised);
  ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, look.px(12));
  const bool isChosen = ImGui::Button("##lab", size);
  mark("lab:" + entry.lab->id());
  ImGui::PopStyleVar();
  ImGui::PopStyleColor(3);
  const bool isHovered = ImGui::IsItemHovered() || (ImGui::IsItemFocused() && ImGui::GetIO().NavVisible);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float pictureHeight = std::round(size.x * 9 / 16);
  const ImVec2 corner{at.x + size.x, at.y + pictureHeight};
  if (entry.hasPicture) {
    list.AddImageRounded(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(entry.picture.id())),
                         {at.x + 1, at.y + 1}, {corner.x - 1, corner.y}, {0, 0}, {1, 1}, IM_COL32_WHITE,
                         look.px(11), ImDrawFlags_RoundCornersTop);
  } else {
    list.AddRectFilled({at.x + 1, at.y + 1}, {corner.x - 1, corner.y}, p.raised, look.px(11),
                       ImDrawFlags_RoundCornersTop);
    drawIcon(list, Icon::picture, {at.x + size.x / 2, at.y + pictureHeight / 2}, look.px(34), p.pressed);
  }
  list.AddRect(at, {at.x + size.x, at.y + size.y}, isHovered ? p.accent : p.border, look.px(12),
               ImDrawFlags_None, look.px(isHovered ? 2 : 1));
  const float pad = look.px(14), width = size.x - 2 * pad;
  ImGui::PushClipRect(at, {at.x + size.x - pad / 2, at.y + size.y - look.px(8)}, true);
  list.AddText(look.fonts.bold, look.fonts.bold->FontSize, {at.x + pad, at.y + pictureHeight + look.px(12)},
               p.text, cutToFit(look.fonts.bold, title, width).c_str());
  // Two or three lines of what it is about; the rest is in the lab.
  const std::string& summary = entry.lab->summary().in(look.language);
  const char* line = summary.c_str();
  const char* const end = line + summary.size();
  float y = at.y + pictureHeight + look.px(12) + look.fonts.bold->FontSize + look.px(8);
  ImFont* font = look.fonts.small;
  const int lines =
      std::max(1, static_cast<int>((at.y + size.y - look.px(10) - y) / (font->FontSize * 1.3F)));
  for (int i = 0; i < lines && line < end; ++i) {
    const char* stop = i + 1 == lines ? end : font->CalcWordWrapPositionA(1, line, end, width);
    // Chinese has no spaces: the wrapper then breaks where the room ends.
    if (stop == line) ++stop;
    const std::string text(line, stop);
    list.AddText(font, font->FontSize, {at.x + pad, y}, p.faint,
                 (i + 1 == lines ? cutToFit(font, text, width) : text).c_str());
    y += font->FontSize * 1.3F;
    line = stop;
    while (line < end && *line == ' ') ++line;
  }
  ImGui::PopClipRect();
  ImGui::PopID();
  return isChosen;
}

}  // namespace

void drawGallery(Desk& desk, ImVec2 at, ImVec2 size) {
  // The lab was closed within this frame; the gallery is there in the next.
  if (!desk.gallery) return;
  const Look& look = desk.look;
  ImGui::SetCursorScreenPos(at);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, look.px(28, 22));
  ImGui::BeginChild("gallery", size, false, ImGuiWindowFlags_AlwaysUseWindowPadding);
  ImGui::PopStyleVar();
  std::vector<GalleryEntry>& entries = desk.gallery->entries();
  if (entries.empty()) wrapped(desk.w(Word::noLabs));
  // Those opened lately come first.
  std::vector<GalleryEntry*> recent, others;
  for (GalleryEntry& entry : entries) others.push_back(&entry);
  for (const fs::path& file : desk.recent.files()) {
    const auto found = std::find_if(others.begin(), others.end(), [&](GalleryEntry* e) {
      return fs::absolute(e->file).lexically_normal() == file;
    });
    if (found != others.end() && recent.size() < 4) {
      recent.push_back(*found);
      others.erase(found);
    }
  }
  fs::path chosen;
  const float room = ImGui::GetContentRegionAvail().x, gap = look.px(18);
  const int columns = std::max(1, static_cast<int>((room + gap) / (look.px(270) + gap)));
  const float width = std::min((room - gap * float(columns - 1)) / float(columns), look.px(420));
  const float height = std::round(width * 9 / 16) + look.px(118);
  const auto section = [&](const char* title, const std::vector<GalleryEntry*>& list) {
    if (list.empty()) return;
    label(look.fonts.title, look.colours.text, title);
    ImGui::Dummy({0, look.px(4)});
    const ImVec2 start = ImGui::GetCursorScreenPos();
    int i = 0;
    for (GalleryEntry* entry : list) {
      const ImVec2 place{start.x + float(i % columns) * (width + gap),
                         start.y + float(i / columns) * (height + gap)};
      if (drawEntry(desk, *entry, place, {width, height})) chosen = entry->file;
      ++i;
    }
    const int rows = (i + columns - 1) / columns;
    ImGui::SetCursorScreenPos({start.x, start.y + float(rows) * (height + gap) + look.px(6)});
    ImGui::Dummy({0, 0});
  };
  section(desk.w(Word::recentLabs), recent);
  section(desk.w(recent.empty() ? Word::chooseLab : Word::allLabs), others);
  ImGui::EndChild();
  if (!chosen.empty()) desk.open(chosen, false);
}

}  // namespace aula::desktop
