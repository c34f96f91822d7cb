// SPDX-License-Identifier: Apache-2.0
#include "kernel/view_bench.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>

#include "core/error.h"
#include "core/io/atomic_file.h"

namespace aula::bench {

namespace fs = std::filesystem;

namespace {

/// A child with its standard output in `out` (a descriptor); standard error stays ours.
pid_t start(const std::vector<std::string>& words, int out) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  if (out >= 0) ::dup2(out, 1);
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

/// Xvfb for the life of the object, where there is no window system.
class Screen {
 public:
  Screen() {
    if (const char* display = std::getenv("DISPLAY"); display && *display) return;
    int ends[2];
    if (::pipe(ends) != 0) throw core::Error("no pipe can be made");
    pid_ = start(
        {"Xvfb", "-displayfd", std::to_string(ends[1]), "-screen", "0", "1400x900x24", "-nolisten", "tcp"},
        -1);
    ::close(ends[1]);
    std::string number;
    pollfd waiting{ends[0], POLLIN, 0};
    char byte = 0;
    while (::poll(&waiting, 1, 20000) > 0 && ::read(ends[0], &byte, 1) == 1 && byte != '\n') number += byte;
    ::close(ends[0]);
    if (number.empty())
      throw core::Error("there is no screen: DISPLAY is not set and Xvfb does not start (apt install xvfb)");
    ::setenv("DISPLAY", (":" + number).c_str(), 1);
  }
  ~Screen() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
    ::unsetenv("DISPLAY");
  }
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

 private:
  pid_t pid_ = -1;
};

std::string outputOf(const std::vector<std::string>& words) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw core::Error("no pipe can be made");
  const pid_t pid = start(words, ends[1]);
  ::close(ends[1]);
  std::string text;
  char buffer[4096];
  for (ssize_t n = 0; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;)
    text.append(buffer, static_cast<std::size_t>(n));
  ::close(ends[0]);
  int status = 0;
  ::waitpid(pid, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw core::Error("\"aula view\" failed while it was measured");
  return text;
}

/// The value of `key` in the lines of JSON that the program prints.
double valueIn(const std::string& text, const char* key) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (const auto json = nlohmann::json::parse(line, nullptr, false); json.is_object() && json.contains(key))
      return json[key].get<double>();
  throw core::Error("\"aula view\" did not print " + std::string(key));
}

Row rowOf(const ViewOptions& options, const char* name, const char* unit, std::vector<double> values) {
  Row row;
  row.bench = "view";
  row.name = name;
  row.device = "window";
  row.size = "1280x800, " + options.lab;
  row.unit = unit;
  setValues(row, std::move(values));
  row.value = row.minimum;  // The best of a time is the least.
  return row;
}

}  // namespace

std::vector<Row> runView(const ViewOptions& options, const std::function<void(const std::string&)>& say) {
  const Screen screen;
  const fs::path script =
      fs::temp_directory_path() / ("aula-bench-view-" + std::to_string(::getpid()) + ".txt");
  core::writeFile(script, "ready\npicture\nframes 2\nquit\n");
  const std::vector<std::string> words{options.program.string(), "view",     options.lab,
                                       "--print-times",          "--script", script.string()};
  std::vector<Row> rows;
  try {
    say("first picture");
    std::vector<double> seconds;
    for (int i = 0; i < options.repeats; ++i)
      seconds.push_back(valueIn(outputOf(words), "first_picture_seconds"));
    rows.push_back(rowOf(options, "first-picture", "s", seconds));

    say("idle");
    std::ostringstream idle;
    idle << "ready\npicture\nwait 2\nidle " << options.idleSeconds << "\nquit\n";
    core::writeFile(script, idle.str());
    rows.push_back(
        rowOf(options, "idle", "% of a core", {100 * valueIn(outputOf(words), "share_of_a_core")}));
  } catch (...) {
    fs::remove(script);
    throw;
  }
  fs::remove(script);
  return rows;
}

}  // namespace aula::bench
