// SPDX-License-Identifier: Apache-2.0
#include "render/vulkan/shader_reload.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

#include "core/error.h"
#include "core/log.h"

extern char** environ;

namespace aula::render::vulkan {
namespace {

namespace fs = std::filesystem;

// Every shader that was built in, by name: kShaders. Written by CMake.
#include <shader_index.inc>

constexpr auto kBetweenLooks = std::chrono::milliseconds(200);

/// Runs a program; all it prints. Throws core::Error when it cannot be started.
std::string outputOf(const std::vector<std::string>& command, int& status) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0)
    throw core::Error(std::string("No pipe to ") + command[0] + ": " + std::strerror(errno));
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, pipe[1], STDERR_FILENO);
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(pipe[1]);
  std::string text;
  if (error == 0) {
    std::array<char, 4096> piece{};
    for (ssize_t n = 0; (n = ::read(pipe[0], piece.data(), piece.size())) != 0;) {
      if (n > 0) text.append(piece.data(), static_cast<std::size_t>(n));
      if (n < 0 && errno != EINTR) break;
    }
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
  }
  ::close(pipe[0]);
  if (error != 0) throw core::Error("Cannot run " + command[0] + ": " + std::strerror(error));
  return text;
}

}  // namespace

ShaderReload::ShaderReload(fs::path folder) : folder_(std::move(folder)) {}

std::unique_ptr<ShaderReload> ShaderReload::fromEnvironment() {
  const char* folder = std::getenv("AULA_SHADER_DIR");
#ifdef AULA_SHADER_FOLDER
  if (folder == nullptr) folder = AULA_SHADER_FOLDER;
#endif
  if (folder == nullptr || folder[0] == '\0') return nullptr;
  if (!fs::is_directory(folder)) {
    core::log::warning(std::string("AULA_SHADER_DIR names ") + folder +
                       ", which is not a folder; shaders stay as they were built.");
    return nullptr;
  }
  return std::make_unique<ShaderReload>(folder);
}

fs::file_time_type ShaderReload::timeOf(const std::string& name) const {
  std::error_code error;
  fs::file_time_type newest = fs::last_write_time(folder_ / name, error);
  if (error) return {};
  // What many shaders include counts as a part of each.
  for (const auto& entry : fs::directory_iterator(folder_ / "include", error)) {
    const fs::file_time_type time = fs::last_write_time(entry.path(), error);
    if (!error) newest = std::max(newest, time);
  }
  return newest;
}

std::string ShaderReload::nameOf(std::span<const std::uint32_t> words) {
  const auto found = std::find_if(std::begin(kShaders), std::end(kShaders), [&](const BuiltIn& shader) {
    return std::equal(words.begin(), words.end(), shader.words.begin(), shader.words.end());
  });
  if (found == std::end(kShaders)) return {};
  // What is built in is taken to be what the files say now.
  if (watched_.find(found->name) == watched_.end()) watched_[found->name].changed = timeOf(found->name);
  return found->name;
}

std::shared_ptr<const ShaderWords> ShaderReload::words(const std::string& name) const {
  const auto found = watched_.find(name);
  return found == watched_.end() ? nullptr : found->second.words;
}

std::uint64_t ShaderReload::generation() {
  const auto now = std::chrono::steady_clock::now();
  if (now - looked_ < kBetweenLooks) return generation_;
  looked_ = now;
  bool isNew = false;
  for (auto& [name, watched] : watched_) {
    const fs::file_time_type time = timeOf(name);
    if (time == watched.changed) continue;
    watched.changed = time;
    if (auto words = compile(name)) {
      watched.words = std::move(words);
      isNew = true;
      core::log::info("The shader " + name + " was compiled anew.");
    }
  }
  if (isNew) ++generation_;
  return generation_;
}

std::shared_ptr<const ShaderWords> ShaderReload::compile(const std::string& name) {
  std::string pattern = (fs::temp_directory_path() / "aula-shader-XXXXXX").string();
  const int file = ::mkstemp(pattern.data());
  if (file < 0) {
    core::log::warning("No temporary file for the shader " + name + ": " + std::strerror(errno));
    return nullptr;
  }
  ::close(file);
  auto words = std::make_shared<ShaderWords>();
  try {
    int status = 0;
    lastMessage_ = outputOf({"glslc", "--target-env=vulkan1.3", "-O", "-I", (folder_ / "include").string(),
                             "-o", pattern, (folder_ / name).string()},
                            status);
    if (status == 0) {
      std::ifstream in(pattern, std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(in), {}};
      words->resize(bytes.size() / 4);
      std::memcpy(words->data(), bytes.data(), 4 * words->size());
    } else {
      core::log::warning("The shader " + name + " does not compile; the one before stays:\n" + lastMessage_);
    }
  } catch (const core::Error& error) {
    lastMessage_ = error.what();
    core::log::warning("The shader " + name + " was not compiled. " + lastMessage_);
  }
  ::unlink(pattern.c_str());
  if (words->empty()) return nullptr;
  return words;
}

}  // namespace aula::render::vulkan
