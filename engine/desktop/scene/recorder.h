// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "desktop/scene/painter.h"

namespace aula::desktop {

/// Films what the scene shows, in the wall's time, on a thread of its own: a lesson as it happened. The file
/// appears whole at stop() or, after a failure, not at all.
class Recorder {
 public:
  Recorder();
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  /// Throws core::Error when the folder cannot be written or there is no encoder.
  void start(const std::filesystem::path& video, int width, int height, const std::string& title);
  [[nodiscard]] bool isRecording() const;
  /// The scene as it is from now on. Cheap; the recorder draws at its own pace.
  void show(SceneRequest request);
  /// Ends the file. Nothing while none is recorded.
  void stop();
  /// Why the recording ended by itself (a full disk); empty otherwise. Given once.
  [[nodiscard]] std::string takeProblem();
  [[nodiscard]] double seconds() const;  ///< Of wall time since start().

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace aula::desktop
