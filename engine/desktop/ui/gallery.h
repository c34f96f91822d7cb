// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "desktop/ui/plot.h"
#include "lab/lab.h"
#include "lab/session/simulation.h"

namespace aula::desktop {

/// A lab as it stands in the gallery.
struct GalleryEntry {
  std::filesystem::path file;
  std::shared_ptr<const lab::Lab> lab;  ///< Null: it cannot be read.
  std::string subject;                  ///< The folder it lies in.
  OwnedTexture picture;
  bool hasPicture = false;
};

/// The labs that there are, with pictures that a thread draws at first and keeps in a cache folder. The
/// window's thread.
class Gallery {
 public:
  Gallery(const std::vector<std::filesystem::path>& files, const lab::Registry& registry,
          std::filesystem::path cacheFolder, std::string language, std::function<void()> onPicture);
  ~Gallery();  ///< Stops at the next frame of the run under way.
  Gallery(const Gallery&) = delete;
  Gallery& operator=(const Gallery&) = delete;

  [[nodiscard]] std::vector<GalleryEntry>& entries() { return entries_; }
  /// Uploads pictures that are ready. True when there was one.
  bool poll(Screen& screen);
  [[nodiscard]] std::string texts(const std::string& language) const;

 private:
  void work();
  std::vector<GalleryEntry> entries_;
  const lab::Registry& registry_;
  std::filesystem::path cacheFolder_;
  std::string language_;
  std::function<void()> onPicture_;
  std::mutex mutex_;
  std::vector<std::pair<std::size_t, render::Image>> ready_;  ///< Guarded by mutex_.
  std::atomic<bool> isStopping_{false};
  std::thread thread_;
};

}  // namespace aula::desktop
