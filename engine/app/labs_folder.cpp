// SPDX-License-Identifier: Apache-2.0
#include "app/labs_folder.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <nlohmann/json.hpp>
#include <system_error>

#include "anatomy/import/folder.h"
#include "anatomy/import/nifti.h"
#include "core/error.h"
#include "core/io/atomic_file.h"
#include "core/text.h"

namespace aula::app {

namespace fs = std::filesystem;

namespace {
constexpr const char* kSuffix = ".lab.json";

bool isLabFile(const fs::path& file) {
  const std::string name = file.filename().string();
  const std::string suffix = kSuffix;
  return name.size() > suffix.size() && name.compare(name.size() - suffix.size(), suffix.size(), suffix) == 0;
}

using Json = nlohmann::ordered_json;

Json knob(double value, double lower, double upper, const char* en, const char* zh, const char* fr,
          const char* es) {
  return {{"default", value},
          {"unit", "1"},
          {"range", {lower, upper}},
          {"live", true},
          {"label", {{"en", en}, {"zh", zh}, {"fr", fr}, {"es", es}}}};
}

/// A lab in which a volume is looked at: window and level as a radiologist turns them.
Json scanLab(const fs::path& file) {
  const anatomy::Scan scan = anatomy::readScan(file);
  const double width = std::max(scan.highest - scan.lowest, 1e-30);
  return {{"aula", 1},
          {"title", file.filename().string()},
          {"knobs",
           {{"level",
             knob((scan.low + scan.high) / 2, scan.lowest, scan.highest, "Level", "窗位", "Niveau", "Nivel")},
            {"window", knob(std::max(scan.high - scan.low, 1e-3 * width), 1e-3 * width, 2 * width, "Window",
                            "窗宽", "Fenêtre", "Ventana")},
            {"sagittal",
             knob(0.5, 0, 1, "Left to right", "左右", "De gauche à droite", "De izquierda a derecha")},
            {"coronal", knob(0.5, 0, 1, "Back to front", "后前", "D'arrière en avant", "De atrás adelante")},
            {"axial", knob(0.5, 0, 1, "Bottom to top", "下上", "De bas en haut", "De abajo arriba")}}},
          {"simulation", {{"kind", "scan"}, {"file", file.string()}}},
          {"scene",
           {{"level", "level"},
            {"window", "window"},
            {"volume", false},
            {"slices", true},
            {"slices_at", {"sagittal", "coronal", "axial"}}}},
          {"run", {{"steps", 1}}}};
}

/// A lab in which somebody's own models are an atlas.
Json modelsLab(const fs::path& folder) {
  const fs::path name = folder.has_filename() ? folder.filename() : folder.parent_path().filename();
  return {{"aula", 1},
          {"title", name.string()},
          {"simulation", {{"kind", "atlas"}, {"folder", folder.string()}}},
          {"run", {{"steps", 1}}}};
}

/// Where it can be read from as any other: the user's cache folder, by the name of what was opened.
fs::path labFor(const std::string& word, const Json& lab) {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const char* home = std::getenv("HOME");
  const fs::path base = cache && *cache ? fs::path(cache)
                        : home && *home ? fs::path(home) / ".cache"
                                        : fs::temp_directory_path();
  const fs::path file = base / "aula" / "opened" /
                        (std::to_string(std::hash<std::string>()(fs::absolute(word).string())) + kSuffix);
  fs::create_directories(file.parent_path());
  core::writeFile(file, lab.dump(2) + "\n");
  return file;
}

fs::path modelsFor(const std::string& word) {
  if (!anatomy::holdsModels(word))
    throw core::inputError(core::quoted(word, 200) + " is a folder; name a lab file in it");
  return labFor(word, modelsLab(fs::absolute(word)));
}

}  // namespace

fs::path labsFolder() {
  std::vector<fs::path> places;
  if (const char* wanted = std::getenv("AULA_LABS"); wanted && *wanted) {
    places.emplace_back(wanted);
  } else {
    // PREFIX/bin/aula with PREFIX/share/aula/labs, or SOURCE/build/PRESET/bin/aula with SOURCE/labs.
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
    if (!ignored) {
      const fs::path bin = program.parent_path();
      places.push_back(bin.parent_path() / "share/aula/labs");
      places.push_back(bin.parent_path().parent_path().parent_path() / "labs");
    }
    places.emplace_back(AULA_LABS_FOLDER);
  }
  std::string looked;
  for (const fs::path& place : places) {
    std::error_code ignored;
    if (fs::is_directory(place, ignored)) return place;
    looked += (looked.empty() ? "" : ", ") + place.string();
  }
  throw core::Error("the labs that come with Aula were not found (looked in " + looked +
                    "); set AULA_LABS to their folder, or name a lab file by its path");
}

std::vector<fs::path> findLabFiles(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error))
    if (isLabFile(entry->path()) && entry->is_regular_file()) files.push_back(entry->path());
  if (error) throw core::Error("cannot list " + folder.string() + ": " + error.message());
  std::sort(files.begin(), files.end());
  return files;
}

std::string labName(const fs::path& file) {
  const std::string name = file.filename().string();
  return isLabFile(file) ? name.substr(0, name.size() - std::string(kSuffix).size()) : file.stem().string();
}

fs::path resolveLab(const std::string& word) {
  std::error_code ignored;
  if (word.ends_with(".nii") || word.ends_with(".nii.gz")) return labFor(word, scanLab(fs::absolute(word)));
  if (fs::is_regular_file(word, ignored)) return word;
  // A run's results may lie in a folder of the lab's name: the lab is meant unless a slash says otherwise.
  const bool isFolder = fs::is_directory(word, ignored);
  if (isFolder && word.find('/') != std::string::npos) return modelsFor(word);
  // What looks like a path is meant as one.
  const bool isPath = isLabFile(word) || word.find(".json") != std::string::npos ||
                      word.rfind("./", 0) == 0 || word.rfind("../", 0) == 0 || word.rfind('/', 0) == 0;
  if (isPath) throw core::inputError("there is no file " + core::quoted(word, 200));

  const fs::path folder = labsFolder();
  std::vector<std::string> names;
  for (const fs::path& file : findLabFiles(folder)) {
    const std::string name = labName(file);
    const std::string longName = (fs::relative(file.parent_path(), folder) / name).generic_string();
    if (word == name || word == longName) return file;
    names.push_back(name);
  }
  if (isFolder) return modelsFor(word);
  std::string message = "there is no lab and no file " + core::quoted(word, 200);
  if (const auto nearest = core::nearestWord(word, names)) message += "; did you mean \"" + *nearest + "\"?";
  throw core::inputError(message + " (aula labs lists those that come with Aula)");
}

}  // namespace aula::app
