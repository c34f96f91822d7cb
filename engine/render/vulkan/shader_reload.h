// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace aula::render::vulkan {

using ShaderWords = std::vector<std::uint32_t>;

/// For whoever writes shaders: while the program runs, changed GLSL files are compiled and the pipelines made
/// of them replaced. On where AULA_SHADER_DIR names the folder `shaders`, and in debug builds. A shader that
/// does not compile leaves the old one at work and prints what the compiler says. One thread.
class ShaderReload {
 public:
  explicit ShaderReload(std::filesystem::path folder);
  /// As the environment and the build say; null: off.
  [[nodiscard]] static std::unique_ptr<ShaderReload> fromEnvironment();

  /// The name ("mesh/mesh.frag") of the shader that was built in with these words; empty: none of ours.
  [[nodiscard]] std::string nameOf(std::span<const std::uint32_t> words);
  /// The newest words of a shader that nameOf() knows; null: those built in.
  [[nodiscard]] std::shared_ptr<const ShaderWords> words(const std::string& name) const;
  /// Rises whenever a shader was replaced. Looks at the files' times at most five times a second.
  [[nodiscard]] std::uint64_t generation();
  /// What the compiler said last, for tests.
  [[nodiscard]] const std::string& lastMessage() const { return lastMessage_; }

 private:
  struct Watched {
    std::filesystem::file_time_type changed{};
    std::shared_ptr<const ShaderWords> words;
  };
  [[nodiscard]] std::filesystem::file_time_type timeOf(const std::string& name) const;
  [[nodiscard]] std::shared_ptr<const ShaderWords> compile(const std::string& name);

  std::filesystem::path folder_;
  std::map<std::string, Watched> watched_;
  std::chrono::steady_clock::time_point looked_;
  std::uint64_t generation_ = 1;
  std::string lastMessage_;
};

}  // namespace aula::render::vulkan
