// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace aula::desktop {

class Desk;

/// What the window does for a script.
struct ScriptHost {
  std::function<void(int, int)> resize;
  std::function<void(bool)> minimise;
  std::function<void(const std::filesystem::path&)> shot;  ///< The whole window as a PNG.
  std::function<void()> loseDevice;
  std::function<double()> cpuSeconds;  ///< Of this process so far.
  std::function<void(const std::string&)> print;
};

/// Plays a lesson from a file, so that a test, or somebody who shows Aula, need not sit there. A line a
/// command,
/// "#" begins a comment:
///
///     wait SECONDS          idle, as without a script
///     frames N              draw N frames
///     picture               until the scene has a picture
///     ready                 until the simulation is prepared
///     step N                until the simulation has reached step N
///     steady                until nothing is computed (paused, finished)
///     drawn                 until a space at rest is drawn as smoothly as it will be
///     click ITEM [X Y]      press and release in the middle of a named item, or at a share of its width and
///     height;
///                           "particle:12" is where that particle is seen
///     drag ITEM X Y X Y     from one share of the item to the other, in ten moves; rightdrag likewise
///     press ITEM [X Y]      press, and hold down until
///     slide ITEM X Y        there, in ten moves, and
///     release
///     move ITEM X Y         the mouse alone
///     wheel ITEM X Y TURNS
///     key NAME              Space, Right, Left, Enter, Escape, Tab, F1, F11, Backspace, PageUp or a letter
///     or digit text WORDS            typed resize WIDTH HEIGHT, minimise, restore, lose (the graphics
///     device) shot FILE             a PNG of the window expect WHAT           running | paused | recording |
///     recorded | device-lost | presenting | language XX |
///                           hand holding|on|off | knob NAME VALUE: ends with an error when it is not so
///     idle SECONDS          prints the share of a core used meanwhile
///     quit
class Script {
 public:
  /// Throws core::Error (input) naming file and line for a command it does not know.
  Script(const std::filesystem::path& file, ScriptHost host);

  /// Called once an iteration, before input is read. Throws core::Error when an expectation fails or an item
  /// is not there.
  void advance(Desk& desk);
  /// Puts mouse and keys where the script has them; between the backend's new frame and Dear ImGui's.
  void applyInput();
  /// A frame that is not drawn because the window is hidden: its input is lost.
  void passFrame() {
    if (frames_ > 0) --frames_;
    moments_.clear();
  }
  /// True while frames must follow each other without waiting for events.
  [[nodiscard]] bool isBusy() const { return !isIdle_; }
  [[nodiscard]] bool hasEnded() const { return next_ >= commands_.size() && frames_ == 0; }
  /// Seconds until it wants to be asked again while idle.
  [[nodiscard]] double idleSeconds() const;

 private:
  struct Command {
    int line = 0;
    std::string name;
    std::vector<std::string> words;
  };
  using Clock = std::chrono::steady_clock;
  void begin(const Command& command, Desk& desk);
  [[nodiscard]] bool isWaiting(Desk& desk);
  [[noreturn]] void fail(const Command& command, const std::string& why) const;
  [[nodiscard]] double number(const Command& command, std::size_t index) const;
  void expect(const Command& command, Desk& desk) const;
  struct Point {
    float x = 0, y = 0;
  };
  [[nodiscard]] Point pointIn(const Desk& desk, const Command& command, std::size_t x) const;

  std::filesystem::path file_;
  ScriptHost host_;
  std::vector<Command> commands_;
  std::size_t next_ = 0;
  int frames_ = 0;  ///< Still to be drawn before the next command.
  bool isIdle_ = false;
  Clock::time_point until_{}, deadline_{};
  const Command* waiting_ = nullptr;
  double cpuBefore_ = 0;
  // Input, frame by frame.
  struct Moment {
    Point mouse;
    bool isLeftDown = false, isRightDown = false;
    float wheel = 0;
    int key = 0;
    std::string text;
  };
  std::vector<Moment> moments_;  ///< The last comes first.
  Moment now_;
};

}  // namespace aula::desktop
