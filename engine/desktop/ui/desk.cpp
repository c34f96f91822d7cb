// SPDX-License-Identifier: Apache-2.0
#include "desktop/ui/desk.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <thread>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "core/log.h"
#include "desktop/model/state_folder.h"
#include "render/png.h"

namespace aula::desktop {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto kToastTime = std::chrono::seconds(6);

/// "2026-11-20 14.03.07": sorts by time and is a file name everywhere.
std::string timeStamp() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  char text[40];
  std::strftime(text, sizeof text, "%Y-%m-%d %H.%M.%S", &local);
  return text;
}

fs::path freeName(const fs::path& folder, const std::string& stem, const std::string& extension) {
  fs::path path = folder / (stem + extension);
  for (int i = 2; fs::exists(path); ++i) path = folder / (stem + " (" + std::to_string(i) + ")" + extension);
  return path;
}

}  // namespace

Desk::Desk(const DeskOptions& wanted, Screen& target)
    : options(wanted), screen(target), store_(wanted.stateFolder) {
  preferences = store_.preferences();
  recent = store_.recentLabs();
  scene.setWake(options.wake);
  look.language = preferences.language.empty() ? options.language : preferences.language;
}

Desk::~Desk() {
  // A screenshot that was asked for is kept, even when the window is closed at once.
  while (stills_ && stills_->isBusy()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  keepStill();
  // Before the screen that their textures are on.
  scene.reset();
  plots.clear();
  gallery.reset();
}

void Desk::open(const fs::path& file, bool isStrict) {
  OpenLab::Settings settings;
  settings.file = file;
  settings.language = look.language;
  settings.live = options.live;
  try {
    auto opened = std::make_unique<OpenLab>(settings, *options.registry);
    closeLab();
    gallery.reset();
    lab = std::move(opened);
  } catch (const core::Error& error) {
    if (isStrict) throw;
    banner = std::string(w(Word::openFailed)) + "\n" + error.what();
    return;
  }
  banner.clear();
  fonts_.want(lab->texts());
  recent.open(file);
  store_.keep(recent);
}

void Desk::closeLab() {
  if (recorder.isRecording()) toggleRecording();
  scene.reset();
  plots.clear();
  knobEdits.clear();
  lab.reset();
  isPresenting = false;
  page = 0;
}

bool Desk::poll() {
  bool isNew = false;
  if (lab) {
    isNew = lab->poll();
    for (const std::string& notice : lab->takeNotices()) say(notice);
    if (recorder.isRecording() && (isNew || scene.changes() != filmedChanges_)) {
      recorder.show(scene.request(*this));
      filmedChanges_ = scene.changes();
    }
  } else {
    if (!gallery) {
      gallery = std::make_unique<Gallery>(options.labs, *options.registry, options.cacheFolder, look.language,
                                          options.wake);
      fonts_.want(gallery->texts(look.language));
      isNew = true;
    }
    isNew = gallery->poll(screen) || isNew;
  }
  isNew = scene.poll(*this) || isNew;
  if (reportRecording()) {
    if (lab) lab->session().stopRecording();
    isNew = true;
  }
  isNew = keepStill() || isNew;
  if (const std::string problem = store_.takeProblem(); !problem.empty()) {
    core::log::warning(w(Word::stateReadOnly, {problem}));
    say(w(Word::stateReadOnly, {problem}));
    isNew = true;
  }
  const std::size_t before = toasts.size();
  std::erase_if(toasts, [](const Toast& toast) { return toast.until < Clock::now(); });
  return isNew || toasts.size() != before;
}

bool Desk::keepStill() {
  const auto still = stills_ ? stills_->take() : nullptr;
  if (!still) return false;
  try {
    if (!still->problem.empty()) throw core::Error(still->problem);
    core::makeWritableFolder(stillPath_.parent_path());
    render::writePng(stillPath_, still->image);
    say(w(Word::saved, {stillPath_.string()}));
  } catch (const core::Error& error) {
    banner = error.what();
    core::log::warning(banner);
  }
  return true;
}

double Desk::idleSeconds() const {
  double seconds = lab && (lab->isMoving() || scene.isAnimated()) ? 1.0 / 60 : 0.5;
  for (const Toast& toast : toasts)
    seconds = std::min(
        seconds, std::max(0.01, std::chrono::duration<double>(toast.until - Clock::now()).count() + 0.01));
  return seconds;
}

bool Desk::refresh(float contentScale) {
  const float scale = std::round(contentScale * float(preferences.scalePercent)) / 100;
  const bool needsFonts = !isBuilt_ || scale != builtScale_ || fonts_.isStale();
  if (!needsFonts && builtTheme_ == preferences.theme) return false;
  look.scale = scale;
  look.colours = paletteOf(preferences.theme);
  if (needsFonts) look.fonts = fonts_.build(scale);
  applyStyle(look);
  builtScale_ = scale;
  builtTheme_ = preferences.theme;
  isBuilt_ = true;
  return needsFonts;
}

void Desk::say(const std::string& text) {
  fonts_.want(text);
  toasts.push_back({text, Clock::now() + kToastTime});
  if (toasts.size() > 3) toasts.erase(toasts.begin());
}

void Desk::savePreferences() {
  store_.keep(preferences);
}

void Desk::setLanguage(const std::string& language) {
  preferences.language = look.language = language;
  if (lab) {
    lab->setLanguage(language);
    fonts_.want(lab->texts());
  }
  if (gallery) fonts_.want(gallery->texts(language));
  savePreferences();
}

void Desk::setScale(int percent) {
  preferences.scalePercent = std::clamp(percent, kSmallestScale, kLargestScale);
  savePreferences();
}

PlotStyle Desk::plotStyle() const {
  const bool isDark = preferences.theme != ThemeName::light;
  const auto named = [](const char* name) { return &render::ColourMap::named(name); };
  switch (preferences.colours) {
    case ValueColours::colourBlindSafe:
      return {named("wheat"), named("harbour")};
    case ValueColours::grey:
      return {named("graphite"), named("graphite")};
    case ValueColours::standard:
      break;
  }
  return {named("dusk"), named(isDark ? "ember" : "tide")};
}

fs::path Desk::picturesFolder() const {
  return preferences.picturesFolder.empty() ? options.picturesFolder : fs::path(preferences.picturesFolder);
}

void Desk::screenshot() {
  if (!lab || !lab->frame()) return;
  try {
    core::makeWritableFolder(picturesFolder());
  } catch (const core::Error& error) {
    banner = error.what();
    return;
  }
  if (!stills_) stills_ = std::make_unique<PainterThread>(options.wake);
  stillPath_ = freeName(picturesFolder(), lab->lab().id() + " " + timeStamp(), ".png");
  SceneRequest request = scene.request(*this);
  request.width = lab->lab().run().width;
  request.height = lab->lab().run().height;
  request.isStill = true;
  stills_->ask(std::move(request));
}

bool Desk::reportRecording() {
  const std::string problem = recorder.takeProblem();
  if (problem.empty()) return false;
  banner = w(Word::recordingBroken, {problem});
  core::log::warning(banner);
  return true;
}

void Desk::toggleRecording() {
  if (!lab) return;
  if (recorder.isRecording()) {
    recorder.stop();
    lab->session().stopRecording();
    if (!reportRecording()) say(w(Word::recordingSaved, {recordingFolder.string()}));
    return;
  }
  try {
    core::makeWritableFolder(picturesFolder());
    recordingFolder = freeName(picturesFolder(), lab->lab().id() + " " + timeStamp(), "");
    core::makeWritableFolder(recordingFolder);
    const lab::RunSettings& run = lab->lab().run();
    recorder.start(recordingFolder / (lab->lab().id() + ".mp4"), run.width, run.height,
                   lab->lab().title().in(look.language));
    recorder.show(scene.request(*this));
    lab->session().startRecording(recordingFolder);
    say(w(Word::recordingTo, {recordingFolder.string()}));
  } catch (const core::Error& error) {
    banner = error.what();
  }
}

}  // namespace aula::desktop
