// SPDX-License-Identifier: Apache-2.0
#include "end_to_end/process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace aula::test {

namespace fs = std::filesystem;

namespace {
fs::path temporaryFile() {
  std::string name = (fs::temp_directory_path() / "aula-test-XXXXXX").string();
  const int descriptor = ::mkstemp(name.data());
  if (descriptor < 0) throw std::runtime_error("no temporary file");
  ::close(descriptor);
  return name;
}
}  // namespace

Process::Process(const std::vector<std::string>& words, const Start& start)
    : secondsAllowed_(start.secondsAllowed), out_(temporaryFile()), err_(temporaryFile()) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  pid_ = ::fork();
  if (pid_ < 0) throw std::runtime_error("cannot fork");
  if (pid_ == 0) {
    const int in = ::open("/dev/null", O_RDONLY);
    const int out = ::open(out_.c_str(), O_WRONLY | O_TRUNC);
    const int err = ::open(err_.c_str(), O_WRONLY | O_TRUNC);
    ::dup2(in, 0);
    ::dup2(out, 1);
    ::dup2(err, 2);
    // Language and labs as every test expects them, whoever runs the tests.
    ::setenv("LC_ALL", "C.UTF-8", 1);
    ::unsetenv("AULA_LABS");
    for (const auto& [name, value] : start.environment) {
      if (value.empty())
        ::unsetenv(name.c_str());
      else
        ::setenv(name.c_str(), value.c_str(), 1);
    }
    if (!start.folder.empty() && ::chdir(start.folder.c_str()) != 0) ::_exit(126);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
}

Process::~Process() {
  if (!isReaped_) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, &status_, 0);
  }
  std::error_code ignored;
  fs::remove(out_, ignored);
  fs::remove(err_, ignored);
}

void Process::send(int signal) const {
  ::kill(pid_, signal);
}

bool Process::isRunning() {
  if (!isReaped_ && ::waitpid(pid_, &status_, WNOHANG) == pid_) isReaped_ = true;
  return !isReaped_;
}

Outcome Process::wait() {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(secondsAllowed_);
  while (isRunning()) {
    if (std::chrono::steady_clock::now() > end) {
      send(SIGKILL);
      ADD_FAILURE() << "the program did not end within " << secondsAllowed_ << " s";
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  Outcome outcome;
  outcome.code = WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_);
  outcome.out = readText(out_);
  outcome.err = readText(err_);
  return outcome;
}

Outcome runProgram(const std::vector<std::string>& words, const Start& start) {
  return Process(words, start).wait();
}

Outcome runAula(std::vector<std::string> words, const Start& start) {
  words.insert(words.begin(), programPath());
  return runProgram(words, start);
}

std::string programPath() {
  return AULA_PROGRAM;
}

fs::path labFile(const std::string& name) {
  return fs::path(AULA_SOURCE_DIR) / "tests/end_to_end/labs" / (name + ".lab.json");
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "aula-test-XXXXXX").string();
  if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string readText(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

void writeText(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

std::vector<std::string> listFolder(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace aula::test
