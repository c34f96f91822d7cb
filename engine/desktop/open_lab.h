// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "desktop/model/chart.h"
#include "desktop/model/knob_entry.h"
#include "desktop/model/layers.h"
#include "desktop/model/looking.h"
#include "desktop/model/markdown.h"
#include "desktop/model/quiz.h"
#include "desktop/model/tape.h"
#include "lab/session/live_session.h"

namespace aula::desktop {

/// What somebody has entered for an activity.
struct Answer {
  std::string text;  ///< Of choices their ids, semicolons between.
  bool isDone = false;
  enum class Verdict { none, right, wrong, kept } verdict = Verdict::none;
  std::string feedback;  ///< Of the lab.
};

/// A lab that stands in the window: its session, and what the panels show of it. Everything that the session
/// publishes is fetched once a frame by poll(), so that all panels agree. The window's thread.
class OpenLab {
 public:
  struct Settings {
    std::filesystem::path file;
    std::string language = "en";
    lab::LiveOptions live;
  };
  /// Reads and checks the lab, starts its session (paused). Throws core::Error as `aula check` says it.
  OpenLab(const Settings& settings, const lab::Registry& registry);
  ~OpenLab();
  OpenLab(const OpenLab&) = delete;
  OpenLab& operator=(const OpenLab&) = delete;

  /// Fetches what is new. True when there is something else to draw.
  bool poll();
  /// Texts follow; the session's own titles keep the language they began with.
  void setLanguage(const std::string& language);

  [[nodiscard]] lab::LiveSession& session() { return *session_; }
  [[nodiscard]] const lab::Lab& lab() const { return *lab_; }
  /// What can be named in the lab; never null.
  [[nodiscard]] const std::shared_ptr<const lab::Catalogue>& catalogue() const { return catalogue_; }
  [[nodiscard]] const lab::LiveStatus& status() const { return status_; }
  [[nodiscard]] const std::shared_ptr<const scene::Frame>& frame() const { return frame_; }
  [[nodiscard]] std::uint64_t frameNumber() const { return frameNumber_; }
  [[nodiscard]] const std::vector<KnobEntry>& knobs() const { return knobs_; }
  [[nodiscard]] const std::vector<Chart>& charts() const { return charts_; }
  [[nodiscard]] std::uint64_t chartsNumber() const { return chartsNumber_; }
  [[nodiscard]] const std::vector<lab::MeasurementResult>& results() const { return results_; }
  [[nodiscard]] const std::vector<TextBlock>& lesson() const { return lesson_; }
  [[nodiscard]] Layers& layers() { return layers_; }
  [[nodiscard]] Looking& looking() { return looking_; }
  [[nodiscard]] Quiz& quiz() { return quiz_; }
  [[nodiscard]] Tape& tape() { return tape_; }
  /// The frame as it is to be seen: without hidden layers, structures as they are looked at, what was
  /// measured. Null until there is one.
  [[nodiscard]] std::shared_ptr<const scene::Frame> seen() const;
  /// Counts what changes it besides the simulation's frames.
  [[nodiscard]] unsigned revision() const {
    return layers_.revision() + looking_.revision() + tape_.revision();
  }
  /// Of a view or an instrument, in the reader's language; its name where the lab gives none.
  [[nodiscard]] std::string titleOf(const std::string& name) const;
  [[nodiscard]] Answer& answer(const std::string& activity) { return answers_[activity]; }
  /// All of the lab's texts in one: what fonts must hold.
  [[nodiscard]] std::string texts() const;
  [[nodiscard]] bool isMoving() const;  ///< Frames will come by themselves.
  /// Simulated length of the run, s.
  [[nodiscard]] double duration() const;

  /// What is wrong with turning this knob; empty when it was turned.
  std::string turn(const std::string& knob, double si);
  /// Notices that were not taken yet.
  [[nodiscard]] std::vector<std::string> takeNotices();

 private:
  void readLesson();
  void readKnobs();
  void readTitles();
  /// The session's frame in the language that is chosen now.
  void translate(std::shared_ptr<const scene::Frame> frame);
  std::string language_;
  std::shared_ptr<const lab::Lab> lab_;
  std::shared_ptr<const lab::Catalogue> catalogue_;
  std::unique_ptr<lab::LiveSession> session_;
  lab::LiveStatus status_;
  std::shared_ptr<const scene::Frame> frame_;
  std::uint64_t frameNumber_ = 0;
  std::shared_ptr<const lab::LiveSeries> series_;
  std::vector<Chart> charts_;
  std::uint64_t chartsNumber_ = 0;
  std::vector<lab::MeasurementResult> results_;
  std::vector<KnobEntry> knobs_;
  std::vector<TextBlock> lesson_;
  std::string lessonText_;
  Layers layers_;
  Looking looking_;
  /// What seen() made last, and of what.
  mutable std::shared_ptr<const scene::Frame> seen_, seenOf_;
  mutable unsigned seenRevision_ = 0;
  Quiz quiz_;
  Tape tape_;
  std::map<std::string, Answer> answers_;
  std::uint64_t seenNotice_ = 0;
  std::int64_t seriesStep_ = -1;
  std::chrono::steady_clock::time_point seriesAsked_{};
};

}  // namespace aula::desktop
