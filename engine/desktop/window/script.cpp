// SPDX-License-Identifier: Apache-2.0
#include "desktop/window/script.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <sstream>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "core/text.h"
#include "desktop/ui/desk.h"
#include "desktop/ui/widgets.h"

namespace aula::desktop {
namespace {

constexpr std::size_t kMostBytes = 1 << 20;
/// A wait that has not come true by then never will.
constexpr auto kPatience = std::chrono::seconds(120);

const std::map<std::string, int>& keys() {
  static const std::map<std::string, int> all{
      {"Space", 32}, {"Right", 262},     {"Left", 263},   {"Enter", 257},   {"Escape", 256},
      {"Tab", 258},  {"F1", 290},        {"F11", 300},    {"Home", 268},    {"Down", 264},
      {"Up", 265},   {"Backspace", 259}, {"PageUp", 266}, {"PageDown", 267}};
  return all;
}

const std::vector<std::string> kNames{"wait",   "frames",   "picture",   "ready",  "step",  "steady", "drawn",
                                      "click",  "drag",     "rightdrag", "move",   "wheel", "key",    "text",
                                      "resize", "minimise", "restore",   "lose",   "shot",  "expect", "idle",
                                      "quit",   "press",    "slide",     "release"};

}  // namespace

Script::Script(const std::filesystem::path& file, ScriptHost host) : file_(file), host_(std::move(host)) {
  std::istringstream lines(core::readFile(file, kMostBytes));
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (const std::size_t comment = line.find('#'); comment != std::string::npos) line.resize(comment);
    std::istringstream stream(line);
    Command command;
    command.line = number;
    if (!(stream >> command.name)) continue;
    if (std::find(kNames.begin(), kNames.end(), command.name) == kNames.end())
      throw core::inputError(file.string() + ":" + std::to_string(number) + ": there is no command " +
                             core::quoted(command.name) + "; there are " + core::listed(kNames, "and"));
    if (command.name == "text") {
      std::string rest;
      std::getline(stream >> std::ws, rest);
      command.words.push_back(rest);
    } else {
      for (std::string word; stream >> word;) command.words.push_back(word);
    }
    commands_.push_back(command);
  }
}

void Script::fail(const Command& command, const std::string& why) const {
  throw core::Error(file_.string() + ":" + std::to_string(command.line) + ": " + command.name + ": " + why);
}

double Script::number(const Command& command, std::size_t index) const {
  if (index >= command.words.size()) fail(command, "a number is missing");
  char* end = nullptr;
  const double value = std::strtod(command.words[index].c_str(), &end);
  if (*end != '\0' || !std::isfinite(value))
    fail(command, core::quoted(command.words[index]) + " is not a number");
  return value;
}

Script::Point Script::pointIn(const Desk& desk, const Command& command, std::size_t x) const {
  if (command.words.empty()) fail(command, "an item's name is missing");
  ImVec4 place = placeOf(command.words[0]);
  if (const std::string prefix = "particle:"; command.words[0].rfind(prefix, 0) == 0)
    place = desk.scene.placeOfParticle(std::strtoul(command.words[0].c_str() + prefix.size(), nullptr, 10))
                .value_or(ImVec4{});
  if (!(place.z > place.x))
    fail(command, "there is no item " + core::quoted(command.words[0]) + " in the window");
  const double px = command.words.size() > x ? number(command, x) : 0.5,
               py = command.words.size() > x + 1 ? number(command, x + 1) : 0.5;
  return {place.x + float(px) * (place.z - place.x), place.y + float(py) * (place.w - place.y)};
}

void Script::begin(const Command& command, Desk& desk) {
  const std::string& name = command.name;
  std::vector<Moment> moments;
  const auto add = [&](Point mouse, bool isLeft, bool isRight) {
    Moment moment;
    moment.mouse = mouse;
    moment.isLeftDown = isLeft;
    moment.isRightDown = isRight;
    moments.push_back(moment);
  };
  if (name == "wait" || name == "idle") {
    isIdle_ = true;
    until_ = Clock::now() +
             std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(number(command, 0)));
    cpuBefore_ = host_.cpuSeconds();
    waiting_ = &command;
  } else if (name == "frames") {
    frames_ = static_cast<int>(number(command, 0));
  } else if (name == "picture" || name == "ready" || name == "step" || name == "steady" || name == "drawn") {
    waiting_ = &command;
    deadline_ = Clock::now() + kPatience;
  } else if (name == "click") {
    const Point p = pointIn(desk, command, 1);
    add(p, false, false);
    add(p, true, false);
    add(p, true, false);
    add(p, false, false);
    add(p, false, false);
  } else if (name == "drag" || name == "rightdrag") {
    const Point a = pointIn(desk, command, 1), b = pointIn(desk, command, 3);
    const bool isRight = name == "rightdrag";
    add(a, false, false);
    for (int i = 0; i <= 10; ++i)
      add({a.x + (b.x - a.x) * float(i) / 10, a.y + (b.y - a.y) * float(i) / 10}, !isRight, isRight);
    add(b, false, false);
    add(b, false, false);
  } else if (name == "press") {
    const Point p = pointIn(desk, command, 1);
    add(p, false, false);
    add(p, true, false);
    add(p, true, false);
  } else if (name == "slide") {
    const Point a = now_.mouse, b = pointIn(desk, command, 1);
    for (int i = 1; i <= 10; ++i)
      add({a.x + (b.x - a.x) * float(i) / 10, a.y + (b.y - a.y) * float(i) / 10}, true, false);
  } else if (name == "release") {
    add(now_.mouse, true, false);
    add(now_.mouse, false, false);
    add(now_.mouse, false, false);
  } else if (name == "move") {
    add(pointIn(desk, command, 1), false, false);
    add(pointIn(desk, command, 1), false, false);
  } else if (name == "wheel") {
    add(pointIn(desk, command, 1), false, false);
    add(pointIn(desk, command, 1), false, false);
    moments.back().wheel = float(number(command, 3));
    // What is held while the wheel turns stays held.
    if (now_.isLeftDown)
      for (Moment& moment : moments) moment.isLeftDown = true;
    add(pointIn(desk, command, 1), now_.isLeftDown, false);
  } else if (name == "key") {
    if (command.words.empty()) fail(command, "a key's name is missing");
    const std::string& key = command.words[0];
    const auto known = keys().find(key);
    Moment moment;
    moment.mouse = now_.mouse;
    moment.isLeftDown = now_.isLeftDown;
    moments.push_back(moment);
    moment.key = known != keys().end() ? known->second
                 : key.size() == 1     ? std::toupper(static_cast<unsigned char>(key[0]))
                                       : 0;
    if (moment.key == 0) fail(command, "there is no key " + core::quoted(key));
    moments.push_back(moment);
    moment.key = 0;
    moments.push_back(moment);
  } else if (name == "text") {
    Moment moment;
    moment.mouse = now_.mouse;
    moment.text = command.words[0];
    moments.push_back(moment);
    moment.text.clear();
    moments.push_back(moment);
  } else if (name == "resize") {
    host_.resize(static_cast<int>(number(command, 0)), static_cast<int>(number(command, 1)));
    frames_ = 3;
  } else if (name == "minimise" || name == "restore") {
    host_.minimise(name == "minimise");
    frames_ = 2;
  } else if (name == "lose") {
    host_.loseDevice();
    frames_ = 2;
  } else if (name == "shot") {
    if (command.words.empty()) fail(command, "a file name is missing");
    host_.shot(command.words[0]);
  } else if (name == "expect") {
    expect(command, desk);
  } else if (name == "quit") {
    desk.wantsToClose = true;
  }
  if (!moments.empty()) {
    std::reverse(moments.begin(), moments.end());
    moments_ = std::move(moments);
    frames_ = static_cast<int>(moments_.size());
  }
}

void Script::expect(const Command& command, Desk& desk) const {
  if (command.words.empty()) fail(command, "it does not say what");
  const std::string& what = command.words[0];
  const auto state = desk.lab ? desk.lab->status().state : lab::LiveState::failed;
  bool isSo = false;
  std::string found;
  if (what == "running") {
    isSo = state == lab::LiveState::running;
  } else if (what == "paused") {
    isSo = state == lab::LiveState::paused || state == lab::LiveState::finished;
  } else if (what == "recording") {
    isSo = desk.recorder.isRecording();
  } else if (what == "recorded") {
    isSo = !desk.recorder.isRecording() && !desk.recordingFolder.empty() && desk.banner.empty();
    found = desk.banner;
  } else if (what == "device-lost") {
    isSo = desk.losses > 0;
  } else if (what == "presenting") {
    isSo = desk.isPresenting;
  } else if (what == "gallery") {
    isSo = !desk.lab;
  } else if (what == "language" && command.words.size() > 1) {
    isSo = desk.look.language == command.words[1];
    found = desk.look.language;
  } else if (what == "answered" && command.words.size() > 1) {
    isSo = desk.lab && desk.lab->answer(command.words[1]).isDone;
  } else if (what == "camera" && command.words.size() > 1) {
    static constexpr const char* kModes[] = {"orbit", "fly", "walk"};
    found = kModes[static_cast<int>(desk.scene.mode())];
    isSo = found == command.words[1];
  } else if (what == "chosen" && command.words.size() > 1) {
    found = desk.scene.selection().view;
    isSo = (found.empty() ? "nothing" : found) == command.words[1];
  } else if (what == "hand" && command.words.size() > 1) {
    found = desk.scene.hand().isHolding() ? "holding" : desk.scene.isHandOn() ? "on" : "off";
    isSo = found == command.words[1];
  } else if (what == "space" || what == "plane") {
    isSo = desk.scene.isSpace() == (what == "space");
  } else if (what == "coarser") {
    isSo = desk.scene.coarsestRatio() > 1;
  } else if (what == "native") {
    found = std::to_string(desk.scene.ratio());
    isSo = desk.scene.ratio() == 1;
  } else if (what == "problem") {
    isSo = !desk.banner.empty();
  } else if (what == "knob" && command.words.size() > 2 && desk.lab) {
    for (const KnobEntry& entry : desk.lab->knobs()) {
      if (entry.name() != command.words[1]) continue;
      const auto knob = desk.lab->status().knobs.find(entry.name());
      found = knob == desk.lab->status().knobs.end() ? "nothing" : entry.numberText(knob->second.pending);
      isSo = found == command.words[2];
    }
  } else {
    fail(command, "cannot expect " + core::quoted(what));
  }
  if (!isSo) fail(command, core::quoted(what) + " is not so" + (found.empty() ? "" : ": found " + found));
}

bool Script::isWaiting(Desk& desk) {
  if (!waiting_) return false;
  const Command& command = *waiting_;
  if (command.name == "wait" || command.name == "idle") {
    if (Clock::now() < until_) return true;
    if (command.name == "idle") {
      char text[120];
      const double seconds = number(command, 0);
      std::snprintf(text, sizeof text, "{\"idle_seconds\": %.1f, \"share_of_a_core\": %.4f}", seconds,
                    (host_.cpuSeconds() - cpuBefore_) / seconds);
      host_.print(text);
    }
    isIdle_ = false;
    waiting_ = nullptr;
    return false;
  }
  bool isThere = false;
  if (desk.lab) {
    const lab::LiveStatus& status = desk.lab->status();
    if (command.name == "picture") isThere = desk.scene.hasPicture();
    if (command.name == "ready") isThere = status.state != lab::LiveState::preparing;
    if (command.name == "step") isThere = double(status.step) >= number(command, 0);
    if (command.name == "drawn") isThere = desk.scene.isDrawn();
    if (command.name == "steady") isThere = !desk.lab->isMoving();
    if (!isThere && status.state == lab::LiveState::failed)
      fail(command, "the simulation failed: " + status.message);
  }
  if (isThere) {
    waiting_ = nullptr;
    frames_ = 2;
    return true;
  }
  if (Clock::now() > deadline_) fail(command, "it did not happen");
  return true;
}

void Script::advance(Desk& desk) {
  if (isWaiting(desk) || frames_ > 0) return;
  if (next_ < commands_.size()) begin(commands_[next_++], desk);
}

void Script::applyInput() {
  if (frames_ > 0) --frames_;
  if (!moments_.empty()) {
    now_ = moments_.back();
    moments_.pop_back();
  }
  ImGuiIO& io = ImGui::GetIO();
  io.MousePos = {now_.mouse.x, now_.mouse.y};
  io.MouseDown[0] = now_.isLeftDown;
  io.MouseDown[1] = now_.isRightDown;
  io.MouseWheel = now_.wheel;
  now_.wheel = 0;
  std::fill(std::begin(io.KeysDown), std::end(io.KeysDown), false);
  if (now_.key != 0) io.KeysDown[now_.key] = true;
  if (!now_.text.empty()) io.AddInputCharactersUTF8(now_.text.c_str());
  now_.text.clear();
}

double Script::idleSeconds() const {
  if (!isIdle_) return 0;
  return std::max(0.0, std::chrono::duration<double>(until_ - Clock::now()).count());
}

}  // namespace aula::desktop
