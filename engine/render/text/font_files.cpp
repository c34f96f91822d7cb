// SPDX-License-Identifier: Apache-2.0
#include "render/text/font_files.h"

#include <array>
#include <cstdlib>
#include <map>
#include <sstream>

#include "core/error.h"

namespace aula::render {
namespace {

struct Candidate {
  const char* regular;
  const char* bold;
  const char* family;  ///< Of a collection.
};

constexpr std::array kCandidates = {
    Candidate{"NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", "Noto Sans CJK SC"},
    Candidate{"NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf", ""},
    Candidate{"NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf", ""},
    Candidate{"SourceHanSansSC-Regular.otf", "SourceHanSansSC-Bold.otf", ""},
    Candidate{"wqy-zenhei.ttc", "wqy-zenhei.ttc", ""},
    Candidate{"NotoSans-Regular.ttf", "NotoSans-Bold.ttf", ""},
    Candidate{"DejaVuSans.ttf", "DejaVuSans-Bold.ttf", ""},
    Candidate{"LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", ""},
};

}  // namespace

std::vector<std::filesystem::path> fontFolders() {
  std::vector<std::filesystem::path> folders;
  if (const char* named = std::getenv("AULA_FONT_DIR")) {
    std::istringstream list(named);
    for (std::string folder; std::getline(list, folder, ':');) {
      if (!folder.empty()) folders.emplace_back(folder);
    }
  }
  if (const char* home = std::getenv("HOME"))
    folders.push_back(std::filesystem::path(home) / ".local/share/fonts");
  folders.emplace_back("/usr/local/share/fonts");
  folders.emplace_back("/usr/share/fonts");
  return folders;
}

FontFiles findFontFiles(const std::vector<std::filesystem::path>& folders) {
  // The first file of each name counts, in the folders' order.
  std::map<std::string, std::filesystem::path> files;
  std::string looked;
  for (const auto& folder : folders) {
    looked += (looked.empty() ? "" : ", ") + folder.string();
    std::error_code unreadable;
    auto entry = std::filesystem::recursive_directory_iterator(
        folder, std::filesystem::directory_options::skip_permission_denied, unreadable);
    if (unreadable) continue;
    for (; entry != std::filesystem::recursive_directory_iterator(); entry.increment(unreadable)) {
      if (unreadable) break;
      files.emplace(entry->path().filename().string(), entry->path());
    }
  }
  FontFiles found;
  for (const Candidate& candidate : kCandidates) {
    const auto regular = files.find(candidate.regular);
    if (regular == files.end()) continue;
    found.regular.push_back({regular->second, candidate.family});
    const auto bold = files.find(candidate.bold);
    found.bold.push_back({bold == files.end() ? regular->second : bold->second, candidate.family});
  }
  if (found.regular.empty()) {
    throw core::Error(
        "No font was found to write titles and axes with. On Debian: apt install fonts-noto-cjk (with "
        "Chinese) or "
        "fonts-dejavu-core. Looked in: " +
        looked + " (set AULA_FONT_DIR to add a folder).");
  }
  return found;
}

}  // namespace aula::render
