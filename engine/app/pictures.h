// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/output_folder.h"
#include "scene/view/view.h"

namespace aula::app {

struct PictureOptions {
  int width = 1280, height = 720;
  bool hasSeries = false;       ///< Every frame as a PNG of its own.
  std::filesystem::path video;  ///< Empty: none.
  double duration = 0;          ///< Simulated seconds of the whole run, for the time stamps.
  bool isResuming = false;
  bool isPlate = false;  ///< No axes, as a plate of an atlas.
  bool hasTime = true;
  std::string title;
};

/// What was made: file names within the output folder.
struct PictureFiles {
  std::string picture, video;
  std::vector<std::string> all;
  std::vector<std::string> warnings;
};

/// Makes a run's picture, series and video. During the run frames are only stored; they are drawn at its end,
/// when the colour limits that suit all of them are known.
class Pictures {
 public:
  /// Throws core::Error when nothing can be drawn here (no Vulkan device, no font) or the video cannot be
  /// made.
  Pictures(const OutputFolder& output, const std::string& labId, const PictureOptions& options);
  ~Pictures();
  Pictures(const Pictures&) = delete;
  Pictures& operator=(const Pictures&) = delete;

  /// Called on the simulation's thread.
  void add(const scene::Frame& frame, int index, int count);
  /// Waits for the frames to be on the disk: after a run that was stopped.
  void keep();
  /// Forgets the frames: after an error that nothing can be resumed from.
  void discard();
  /// Draws everything. Throws core::Error.
  [[nodiscard]] PictureFiles finish();

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace aula::app
