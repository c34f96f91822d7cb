// SPDX-License-Identifier: Apache-2.0
#include "scene/import/file_fence.h"

#include <algorithm>
#include <fstream>
#include <system_error>

#include "core/error.h"
#include "scene/import/tidy.h"

namespace aula::scene {

namespace fs = std::filesystem;

namespace {

std::optional<std::string> readWhole(const fs::path& file, std::size_t size) {
  std::ifstream stream(file, std::ios::binary);
  std::string bytes(size, '\0');
  if (!stream.read(bytes.data(), std::streamsize(size)) && stream.gcount() != std::streamsize(size))
    return std::nullopt;
  return bytes;
}

std::string inMiB(std::size_t bytes) {
  return bytes < (1U << 20U) ? std::to_string(bytes) + " bytes" : std::to_string(bytes >> 20U) + " MiB";
}

}  // namespace

FileFence::FileFence(const fs::path& file, std::size_t bytes) : bytesLeft_(bytes) {
  std::error_code problem;
  file_ = fs::canonical(file, problem);
  const std::string name = "\"" + file.string() + "\"";
  if (problem) throw core::inputError("The model " + name + " cannot be opened: " + problem.message() + ".");
  if (!fs::is_regular_file(file_, problem)) throw core::inputError("The model " + name + " is not a file.");
  folder_ = file_.parent_path();
  const auto size = fs::file_size(file_, problem);
  if (problem) throw core::inputError("The model " + name + " cannot be opened: " + problem.message() + ".");
  if (size == 0) throw core::inputError("The model " + name + " is empty.");
  if (size > bytes)
    throw core::inputError("The model " + name + " has " + inMiB(size) + "; " + inMiB(bytes) +
                           " are allowed. Reduce its triangles or pictures.");
  auto content = readWhole(file_, size);
  if (!content) throw core::inputError("The model " + name + " cannot be read.");
  bytesLeft_ -= size;
  contents_.emplace(file_, std::move(*content));
}

void FileFence::note(const std::string& problem) {
  if (std::find(problems_.begin(), problems_.end(), problem) == problems_.end() && problems_.size() < 20)
    problems_.push_back(problem);
}

std::string FileFence::shown(const std::string& name) const {
  const std::string folder = folder_.string() + "/";
  return cleanText(name.starts_with(folder) ? name.substr(folder.size()) : name, 120);
}

std::optional<fs::path> FileFence::resolve(const std::string& name) {
  std::string clean = name;
  std::replace(clean.begin(), clean.end(), '\\', '/');
  if (clean.empty() || clean.find('\0') != std::string::npos || clean.size() > 4096) return std::nullopt;
  std::error_code problem;
  const fs::path path = fs::weakly_canonical(folder_ / clean, problem);
  const auto [end, unused] = std::mismatch(folder_.begin(), folder_.end(), path.begin(), path.end());
  if (!problem && end == folder_.end()) return path;
  note("It refers to \"" + shown(name) + "\", which lies outside its folder; put that file beside it.");
  return std::nullopt;
}

bool FileFence::exists(const std::string& name) {
  const auto path = resolve(name);
  std::error_code ignored;
  return path && fs::is_regular_file(*path, ignored);
}

const std::string* FileFence::open(const std::string& name) {
  const auto path = resolve(name);
  if (!path) return nullptr;
  if (const auto known = contents_.find(*path); known != contents_.end()) return &known->second;
  std::error_code problem;
  const bool isFile = fs::is_regular_file(*path, problem);
  const auto size = isFile ? fs::file_size(*path, problem) : 0;
  if (!isFile || problem) {
    note("It refers to \"" + shown(name) + "\", which is not there.");
    return nullptr;
  }
  if (size > bytesLeft_) {
    note("With \"" + shown(name) + "\" (" + inMiB(size) + ") it has more bytes than are allowed.");
    return nullptr;
  }
  auto content = readWhole(*path, size);
  if (!content) {
    note("It refers to \"" + shown(name) + "\", which cannot be read.");
    return nullptr;
  }
  bytesLeft_ -= size;
  return &contents_.emplace(*path, std::move(*content)).first->second;
}

}  // namespace aula::scene
