// SPDX-License-Identifier: Apache-2.0
#include "end_to_end/desktop/screen.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <thread>
#include <vector>

namespace aula::test {
namespace {

pid_t start(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  const int nothing = ::open("/dev/null", O_RDWR);
  ::dup2(nothing, 0);
  ::dup2(nothing, 1);
  ::dup2(nothing, 2);
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

void end(pid_t pid) {
  if (pid <= 0) return;
  ::kill(pid, SIGTERM);
  ::waitpid(pid, nullptr, 0);
}

}  // namespace

bool isInstalled(const std::string& program) {
  std::istringstream path(std::getenv("PATH") ? std::getenv("PATH") : "");
  for (std::string folder; std::getline(path, folder, ':');)
    if (::access((folder + "/" + program).c_str(), X_OK) == 0) return true;
  return false;
}

Screen::Screen() {
  for (const char* program : {"Xvfb", "openbox"})
    if (!isInstalled(program)) {
      problem_ = std::string(program) + " is not installed (apt install xvfb openbox)";
      return;
    }
  // The server chooses a free number and writes it where we can read it.
  int ends[2];
  if (::pipe(ends) != 0) {
    problem_ = "no pipe";
    return;
  }
  server_ = start(
      {"Xvfb", "-displayfd", std::to_string(ends[1]), "-screen", "0", "1400x900x24", "-nolisten", "tcp"});
  ::close(ends[1]);
  std::string number;
  pollfd waiting{ends[0], POLLIN, 0};
  char byte = 0;
  while (::poll(&waiting, 1, 20000) > 0 && ::read(ends[0], &byte, 1) == 1 && byte != '\n') number += byte;
  ::close(ends[0]);
  if (number.empty()) {
    problem_ = "Xvfb did not start";
    return;
  }
  display_ = ":" + number;
  ::setenv("DISPLAY", display_.c_str(), 1);
  manager_ = start({"openbox"});
  std::this_thread::sleep_for(std::chrono::milliseconds(400));
}

Screen::~Screen() {
  end(manager_);
  end(server_);
}

}  // namespace aula::test
