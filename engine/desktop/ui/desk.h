// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "desktop/model/preferences.h"
#include "desktop/open_lab.h"
#include "desktop/scene/painter.h"
#include "desktop/scene/recorder.h"
#include "desktop/screen.h"
#include "desktop/ui/font_set.h"
#include "desktop/ui/gallery.h"
#include "desktop/ui/plot.h"
#include "desktop/ui/scene_view.h"
#include "desktop/ui/style.h"
#include "desktop/words.h"

namespace aula::desktop {

/// What the program gives its window.
struct DeskOptions {
  const lab::Registry* registry = nullptr;
  std::vector<std::filesystem::path> labs;  ///< For the gallery.
  std::string language = "en";              ///< Where no choice was kept.
  lab::LiveOptions live;
  std::filesystem::path stateFolder, cacheFolder, picturesFolder;
  std::string version;
  std::function<void()> wake;  ///< Called on any thread when there is something to draw.
};

/// Where somebody types a knob's value.
struct KnobEdit {
  std::string text;
  std::string problem;
  bool isEditing = false;
  double dragged = 0;  ///< SI, while the handle is held.
  bool isDragging = false;
};

/// A sentence that stands over the scene for a while.
struct Toast {
  std::string text;
  std::chrono::steady_clock::time_point until;
};

/// Everything the window shows, and its state. Panels are functions over it. The window's thread.
class Desk {
 public:
  Desk(const DeskOptions& options, Screen& screen);
  ~Desk();
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

  /// Opens a lab; what is wrong with it becomes a banner (gallery) or is thrown (`isStrict`).
  void open(const std::filesystem::path& file, bool isStrict);
  void closeLab();

  /// Fetches what the session, painter and recorder have made. True when there is something new to draw.
  bool poll();
  /// Everything, in the current Dear ImGui frame.
  void draw();
  /// Between two frames: builds fonts and style anew where a choice asks for it. True when it did.
  bool refresh(float contentScale);
  /// When the next change comes by itself (a toast ends, frames arrive), in seconds.
  [[nodiscard]] double idleSeconds() const;

  void say(const std::string& text);
  /// Somebody typed this, or it came from outside: from the next frame on it can be written.
  void wantGlyphs(const std::string& text) { fonts_.want(text); }
  void savePreferences();
  void setLanguage(const std::string& language);
  void setScale(int percent);
  void screenshot();
  void toggleRecording();
  [[nodiscard]] const char* w(Word which) const { return word(which, look.language); }
  [[nodiscard]] std::string w(Word which, std::initializer_list<std::string_view> values) const {
    return fill(w(which), values);
  }
  [[nodiscard]] PlotStyle plotStyle() const;
  [[nodiscard]] std::filesystem::path picturesFolder() const;

  // ---- State that panels read and write.
  DeskOptions options;
  Screen& screen;
  Preferences preferences;
  RecentLabs recent;
  Look look;
  std::unique_ptr<OpenLab> lab;
  std::map<std::string, KnobEdit> knobEdits;
  std::map<std::string, PlotView> plots;
  SceneView scene;
  std::unique_ptr<Gallery> gallery;
  Recorder recorder;
  std::vector<Toast> toasts;
  std::string banner;          ///< What went wrong and was not dismissed.
  std::string structureQuery;  ///< What is searched for among the lab's structures.
  std::string quizAnswer;      ///< As it is being typed.
  std::string pointingFor;     ///< Id of the activity that the next click in the scene answers.
  int page = 0;                ///< Of the right side: instruments, results, activities, lesson.
  bool isPresenting = false, isHelpOpen = false, isAboutOpen = false;
  bool wantsFullScreen = false;  ///< As it should be; the window follows.
  bool wantsToClose = false;
  int losses = 0;                         ///< Of the graphics device so far.
  std::filesystem::path recordingFolder;  ///< Of the last recording.
  int scrubStep = -1;                     ///< While the timeline's handle is held.

 private:
  void drawToolbar(ImVec2 at, ImVec2 size);
  void drawLayers(ImVec2 at, ImVec2 size);
  void drawSide(ImVec2 at, ImVec2 size);
  void drawMiddle(ImVec2 at, ImVec2 size);
  void drawPresenter(ImVec2 size);
  void drawToasts(ImVec2 at, ImVec2 size);
  void drawBanner(ImVec2 at, float width);
  void takeShortcuts();
  /// Writes a finished screenshot. True when there was one.
  bool keepStill();
  /// Puts into the banner why the recording ended by itself. True when it did.
  bool reportRecording();
  StateStore store_;
  FontSet fonts_;
  std::unique_ptr<PainterThread> stills_;
  std::filesystem::path stillPath_;
  unsigned filmedChanges_ = 0;
  float builtScale_ = 0, knobsHeight_ = 0;
  ThemeName builtTheme_ = ThemeName::light;
  bool isBuilt_ = false;
};

// ---- Panels, each in a file of its own.
void drawKnobs(Desk& desk);
void drawInstruments(Desk& desk);
void drawResults(Desk& desk);
void drawActivities(Desk& desk);
void drawStructures(Desk& desk);
/// Looks at an activity's answer and says what is to be said of it.
void judgeAnswer(Desk& desk, const lab::Activity& activity, Answer& answer);
void drawLesson(Desk& desk);
void drawTimeline(Desk& desk, ImVec2 at, ImVec2 size);
void drawSettingsMenu(Desk& desk);
void drawLanguageMenu(Desk& desk);
void drawHelp(Desk& desk);
void drawAbout(Desk& desk);
void drawGallery(Desk& desk, ImVec2 at, ImVec2 size);

/// "t = 12.3 fs" of "78.1 fs": both with the run's prefix.
[[nodiscard]] std::string timeOf(double seconds, double duration);

}  // namespace aula::desktop
