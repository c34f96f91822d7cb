// SPDX-License-Identifier: Apache-2.0
#include "desktop/open_lab.h"

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "desktop/words.h"
#include "lab/session/checked_lab.h"
#include "lab/session/frame_titles.h"

namespace aula::desktop {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

/// Between two requests for the instruments' data: plots that move four times a second read as live, and
/// measurements of a large run stay cheap.
constexpr auto kSeriesInterval = std::chrono::milliseconds(250);
constexpr std::size_t kMostLessonBytes = 1 << 20;

bool isSame(const lab::LiveStatus& a, const lab::LiveStatus& b) {
  const auto sameKnobs = [&] {
    return std::equal(a.knobs.begin(), a.knobs.end(), b.knobs.begin(), b.knobs.end(), [](auto& x, auto& y) {
      return x.first == y.first && x.second.value == y.second.value && x.second.pending == y.second.pending;
    });
  };
  return a.state == b.state && a.step == b.step && a.steps == b.steps && a.goingTo == b.goingTo &&
         a.message == b.message && a.recording == b.recording && a.history.size() == b.history.size() &&
         a.pendingRestart == b.pendingRestart && a.speedFactor == b.speedFactor &&
         a.notices.size() == b.notices.size() && a.speed == b.speed && sameKnobs();
}

}  // namespace

OpenLab::OpenLab(const Settings& settings, const lab::Registry& registry) : language_(settings.language) {
  lab::CheckedLab checked = lab::checkLab(lab::Lab::read(settings.file), registry);
  lab_ = checked.lab;
  catalogue_ = checked.catalogue;
  lab::LiveOptions live = settings.live;
  live.language = language_;
  session_ = std::make_unique<lab::LiveSession>(std::move(checked), registry, live);
  looking_.setCatalogue(catalogue_);
  looking_.setLanguage(language_);
  readLesson();
  readKnobs();
  readTitles();
  poll();
}

OpenLab::~OpenLab() = default;

bool OpenLab::poll() {
  bool isNew = false;
  if (const std::uint64_t number = session_->frameNumber(); number != frameNumber_) {
    frameNumber_ = number;
    translate(session_->latestFrame());
    isNew = true;
  }
  lab::LiveStatus now = session_->status();
  if (!isSame(now, status_)) isNew = true;
  status_ = std::move(now);
  if (auto lab = session_->lab(); lab != lab_) {
    lab_ = std::move(lab);
    // The same things with the same names: what is hidden stays hidden.
    catalogue_ = session_->catalogue();
    readKnobs();
    readTitles();
    isNew = true;
  }
  const bool isReady = status_.state != lab::LiveState::preparing && status_.state != lab::LiveState::failed;
  if (isReady && status_.step != seriesStep_ && Clock::now() - seriesAsked_ >= kSeriesInterval) {
    session_->requestSeries();
    seriesAsked_ = Clock::now();
    seriesStep_ = status_.step;
  }
  if (auto series = session_->latestSeries(); series && series != series_) {
    series_ = std::move(series);
    charts_ = chartsOf(series_->data);
    if (frame_) tellSigns(charts_, *frame_);
    results_ = series_->results;
    ++chartsNumber_;
    isNew = true;
  }
  return isNew;
}

void OpenLab::setLanguage(const std::string& language) {
  language_ = language;
  looking_.setLanguage(language_);
  readLesson();
  readTitles();
  translate(session_->latestFrame());
}

std::string OpenLab::texts() const {
  std::string all = lab_->title().in(language_) + lab_->summary().in(language_) + lessonText_;
  for (const lab::Knob& knob : lab_->knobs()) all += knob.label.in(language_);
  for (const lab::Activity& activity : lab_->activities())
    all += activity.title.in(language_) + activity.text.in(language_) + activity.hint.in(language_);
  for (const lab::MeasurementResult& result : results_) all += result.title.in(language_);
  // Measurements' titles are known before the first result.
  all += lab_->sourceText();
  if (frame_) all += frame_->title;
  for (const lab::Structure& structure : catalogue_->all()) {
    all += structure.name.in(language_) + structure.latin + structure.system.in(language_);
    for (const std::string& synonym : structure.synonyms) all += synonym;
    for (const auto& [title, text] : structure.facts) all += title.in(language_) + text.in(language_);
  }
  return all;
}

std::shared_ptr<const scene::Frame> OpenLab::seen() const {
  if (!frame_) return nullptr;
  if (seenOf_ == frame_ && seenRevision_ == revision()) return seen_;
  seenOf_ = frame_;
  seenRevision_ = revision();
  seen_ = looking_.apply(layers_.apply(frame_));
  if (std::vector<scene::View> views = tape_.views(); !views.empty()) {
    auto measured = std::make_shared<scene::Frame>(*seen_);
    for (scene::View& view : views) measured->views.push_back(std::move(view));
    seen_ = std::move(measured);
  }
  return seen_;
}

bool OpenLab::isMoving() const {
  return status_.state == lab::LiveState::running || status_.state == lab::LiveState::preparing ||
         status_.goingTo >= 0;
}

double OpenLab::duration() const {
  return double(status_.steps) * status_.timeStep;
}

std::string OpenLab::turn(const std::string& knob, double si) {
  try {
    session_->post(knob, si);
    return {};
  } catch (const core::Error& error) {
    return error.what();
  }
}

std::vector<std::string> OpenLab::takeNotices() {
  std::vector<std::string> fresh;
  for (const lab::LiveNotice& notice : status_.notices)
    if (notice.number > seenNotice_) {
      seenNotice_ = notice.number;
      fresh.push_back(notice.text);
    }
  return fresh;
}

void OpenLab::readLesson() {
  lessonText_.clear();
  if (lab_->lesson().empty()) return;
  const fs::path folder = lab_->file().parent_path();
  for (const std::string& language : {language_, std::string("en")}) {
    const fs::path file = folder / (lab_->lesson() + "." + language + ".md");
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored)) continue;
    try {
      lessonText_ = core::readFile(file, kMostLessonBytes);
    } catch (const core::Error& error) {
      lessonText_ = error.what();
    }
    break;
  }
  lesson_ = parseMarkdown(lessonText_);
}

void OpenLab::readTitles() {
  // What simulations call by themselves; labs may say otherwise.
  std::map<std::string, std::string> titles = {
      {"objects", word(Word::outlinesLayer, language_)},
      {"absorbing layers", word(Word::absorbingLayer, language_)},
      {"source", word(Word::sourceLayer, language_)},
      {"ruler", word(Word::rulerLayer, language_)},
      {"pull", word(Word::pullLayer, language_)},
      {"box", word(Word::boxLayer, language_)},
      {"hydrogen bonds", word(Word::hydrogenBondsLayer, language_)},
  };
  for (const lab::Structure& structure : catalogue_->all())
    titles[structure.id] = structure.name.in(language_);
  for (const auto& [name, title] : lab_->viewTitles()) titles[name] = title.in(language_);
  layers_.setTitles(std::move(titles));
}

void OpenLab::translate(std::shared_ptr<const scene::Frame> frame) {
  frame_ = std::move(frame);
  if (!frame_) return;
  auto named = std::make_shared<scene::Frame>(*frame_);
  lab::nameForPeople(*named, *lab_, *catalogue_, language_);
  frame_ = std::move(named);
  layers_.follow(*frame_);
}

std::string OpenLab::titleOf(const std::string& name) const {
  const auto title = lab_->viewTitles().find(name);
  return title == lab_->viewTitles().end() ? layers_.titleOf(name) : title->second.in(language_);
}

void OpenLab::readKnobs() {
  knobs_.clear();
  for (const lab::Knob& knob : lab_->knobs()) knobs_.emplace_back(knob);
}

}  // namespace aula::desktop
