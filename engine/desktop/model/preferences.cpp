// SPDX-License-Identifier: Apache-2.0
#include "desktop/model/preferences.h"

#include <algorithm>
#include <sstream>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "desktop/words.h"

namespace aula::desktop {

namespace fs = std::filesystem;

namespace {

constexpr const char* kThemes[] = {"light", "dark", "high-contrast"};
constexpr const char* kColours[] = {"standard", "colour-blind-safe", "grey"};
constexpr const char* kPreferencesFile = "desktop.txt";
constexpr const char* kRecentFile = "recent-labs.txt";
/// Far more than either file ever holds.
constexpr std::size_t kMostBytes = 1 << 16;

/// A missing or unreadable file is an empty one: everything has a default.
std::string readOr(const fs::path& file) {
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) return {};
  try {
    return core::readFile(file, kMostBytes);
  } catch (const core::Error&) {
    return {};
  }
}

template <class Enum, std::size_t n>
void choose(const char* const (&names)[n], const std::string& value, Enum& chosen) {
  for (std::size_t i = 0; i < n; ++i)
    if (value == names[i]) chosen = static_cast<Enum>(i);
}

void chooseNumber(const std::string& value, int lowest, int highest, int& chosen) {
  std::istringstream stream(value);
  int number = 0;
  if (stream >> number && stream.eof() && number >= lowest && number <= highest) chosen = number;
}

}  // namespace

std::string preferencesText(const Preferences& preferences) {
  std::ostringstream text;
  if (!preferences.language.empty()) text << "language " << preferences.language << '\n';
  text << "theme " << kThemes[static_cast<int>(preferences.theme)] << '\n'
       << "scale " << preferences.scalePercent << '\n'
       << "colours " << kColours[static_cast<int>(preferences.colours)] << '\n'
       << "quality " << preferences.quality << '\n'
       << "rate " << preferences.picturesPerSecond << '\n'
       << "layers " << (preferences.hasLayersPanel ? 1 : 0) << '\n'
       << "side " << (preferences.hasSidePanel ? 1 : 0) << '\n'
       << "width " << preferences.windowWidth << '\n'
       << "height " << preferences.windowHeight << '\n';
  if (!preferences.picturesFolder.empty()) text << "pictures " << preferences.picturesFolder << '\n';
  return text.str();
}

Preferences parsePreferences(const std::string& text) {
  Preferences read;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t space = line.find(' ');
    if (space == std::string::npos) continue;
    const std::string name = line.substr(0, space), value = line.substr(space + 1);
    int flag = -1;
    if (name == "language") {
      for (const Language& language : languages())
        if (language.code == value) read.language = value;
    } else if (name == "theme") {
      choose(kThemes, value, read.theme);
    } else if (name == "scale") {
      chooseNumber(value, kSmallestScale, kLargestScale, read.scalePercent);
    } else if (name == "colours") {
      choose(kColours, value, read.colours);
    } else if (name == "quality") {
      chooseNumber(value, 0, kAutomaticQuality, read.quality);
    } else if (name == "rate") {
      chooseNumber(value, 1, 240, read.picturesPerSecond);
    } else if (name == "layers") {
      chooseNumber(value, 0, 1, flag);
      if (flag >= 0) read.hasLayersPanel = flag == 1;
    } else if (name == "side") {
      chooseNumber(value, 0, 1, flag);
      if (flag >= 0) read.hasSidePanel = flag == 1;
    } else if (name == "width") {
      chooseNumber(value, 640, 16384, read.windowWidth);
    } else if (name == "height") {
      chooseNumber(value, 400, 16384, read.windowHeight);
    } else if (name == "pictures" && fs::path(value).is_absolute()) {
      read.picturesFolder = value;
    }
  }
  return read;
}

RecentLabs::RecentLabs(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line) && files_.size() < kMost;) {
    const fs::path file = line;
    if (file.is_absolute() && std::find(files_.begin(), files_.end(), file) == files_.end())
      files_.push_back(file);
  }
}

void RecentLabs::open(const fs::path& file) {
  const fs::path absolute = fs::absolute(file).lexically_normal();
  files_.erase(std::remove(files_.begin(), files_.end(), absolute), files_.end());
  files_.insert(files_.begin(), absolute);
  if (files_.size() > kMost) files_.resize(kMost);
}

std::string RecentLabs::text() const {
  std::string text;
  for (const fs::path& file : files_) text += file.string() + '\n';
  return text;
}

Preferences StateStore::preferences() const {
  return parsePreferences(readOr(folder_ / kPreferencesFile));
}

RecentLabs StateStore::recentLabs() const {
  return RecentLabs(readOr(folder_ / kRecentFile));
}

void StateStore::keep(const Preferences& preferences) {
  write(kPreferencesFile, preferencesText(preferences));
}

void StateStore::keep(const RecentLabs& labs) {
  write(kRecentFile, labs.text());
}

std::string StateStore::takeProblem() {
  return std::exchange(problem_, {});
}

void StateStore::write(const char* name, const std::string& text) {
  // One failure is told once; trying again at every change would only tell it again.
  if (hasFailed_) return;
  try {
    if (folder_.empty()) throw core::Error("neither HOME nor XDG_STATE_HOME is set");
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) throw core::Error("cannot make " + folder_.string() + ": " + error.message());
    core::writeFile(folder_ / name, text);
  } catch (const core::Error& error) {
    hasFailed_ = true;
    problem_ = error.what();
  }
}

}  // namespace aula::desktop
