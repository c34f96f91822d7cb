// SPDX-License-Identifier: Apache-2.0
#include "app/labs_folder.h"

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include "core/error.h"
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
  if (fs::is_regular_file(word, ignored)) return word;
  if (fs::is_directory(word, ignored))
    throw core::inputError(core::quoted(word, 200) + " is a folder; name a lab file in it");
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
  std::string message = "there is no lab and no file " + core::quoted(word, 200);
  if (const auto nearest = core::nearestWord(word, names)) message += "; did you mean \"" + *nearest + "\"?";
  throw core::inputError(message + " (aula labs lists those that come with Aula)");
}

}  // namespace aula::app
