// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// The real program as a user starts it: its own process, its exit code, what it wrote.
namespace aula::test {

struct Outcome {
  int code = -1;    ///< Exit code; 128 + number when a signal ended it.
  std::string out;  ///< Standard output.
  std::string err;  ///< Standard error.
};

struct Start {
  std::filesystem::path folder;                    ///< Working folder; empty: a fresh temporary one's parent.
  std::map<std::string, std::string> environment;  ///< Added to ours; an empty value unsets.
  int secondsAllowed = 120;                        ///< Then it is killed and the test fails.
};

/// A process that may be sent signals before it is waited for.
class Process {
 public:
  Process(const std::vector<std::string>& words, const Start& start = {});
  ~Process();  ///< Kills what was not waited for.
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void send(int signal) const;
  [[nodiscard]] bool isRunning();
  Outcome wait();

 private:
  pid_t pid_ = -1;
  int status_ = 0;
  bool isReaped_ = false;
  int secondsAllowed_;
  std::filesystem::path out_, err_;
};

/// `aula WORDS...` to its end.
Outcome runAula(std::vector<std::string> words, const Start& start = {});
/// Any program.
Outcome runProgram(const std::vector<std::string>& words, const Start& start = {});

/// The built program and the labs of these tests.
[[nodiscard]] std::string programPath();
[[nodiscard]] std::filesystem::path labFile(const std::string& name);

/// A folder of the test's own, removed with the object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

[[nodiscard]] std::string readText(const std::filesystem::path& file);
void writeText(const std::filesystem::path& file, const std::string& text);
/// Names in a folder, sorted; empty when it is not there.
[[nodiscard]] std::vector<std::string> listFolder(const std::filesystem::path& folder);

}  // namespace aula::test
