// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace aula::desktop {

enum class ThemeName { light, dark, highContrast };
enum class ValueColours { standard, colourBlindSafe, grey };

/// Preferences::quality: as good as the pictures a second allow.
inline constexpr int kAutomaticQuality = 5;

/// What a teacher chooses once. Kept as lines "name value" in a file that an older or newer Aula can read:
/// what it does not know, or cannot be, is passed over.
struct Preferences {
  std::string language;  ///< Empty: the environment's.
  ThemeName theme = ThemeName::light;
  int scalePercent = 100;  ///< 100 to 200.
  ValueColours colours = ValueColours::standard;
  int quality =
      kAutomaticQuality;       ///< 0 (native) to 4 (ultra performance): render::UpscaleMode; or automatic.
  int picturesPerSecond = 30;  ///< Of a space, that automatic quality holds.
  bool hasLayersPanel = true;
  bool hasSidePanel = true;
  std::string picturesFolder;  ///< Empty: picturesFolder().
  int windowWidth = 1280, windowHeight = 800;
  bool operator==(const Preferences&) const = default;
};

inline constexpr int kSmallestScale = 100, kLargestScale = 200, kScaleStep = 10;

[[nodiscard]] std::string preferencesText(const Preferences& preferences);
[[nodiscard]] Preferences parsePreferences(const std::string& text);

/// Labs opened lately, the newest first.
class RecentLabs {
 public:
  static constexpr std::size_t kMost = 12;
  RecentLabs() = default;
  /// A path a line; relative ones and doubles are left out.
  explicit RecentLabs(const std::string& text);
  void open(const std::filesystem::path& file);
  [[nodiscard]] const std::vector<std::filesystem::path>& files() const { return files_; }
  [[nodiscard]] std::string text() const;

 private:
  std::vector<std::filesystem::path> files_;
};

/// The two files in a state folder. A folder that cannot be used is no reason to stop: `problem` says why,
/// once.
class StateStore {
 public:
  explicit StateStore(std::filesystem::path folder) : folder_(std::move(folder)) {}
  [[nodiscard]] Preferences preferences() const;
  [[nodiscard]] RecentLabs recentLabs() const;
  void keep(const Preferences& preferences);
  void keep(const RecentLabs& labs);
  /// The first reason why something could not be kept; empty when all is well. Given once.
  [[nodiscard]] std::string takeProblem();

 private:
  void write(const char* name, const std::string& text);
  std::filesystem::path folder_;
  std::string problem_;
  bool hasFailed_ = false;
};

}  // namespace aula::desktop
