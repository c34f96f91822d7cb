// SPDX-License-Identifier: Apache-2.0
#include "scene/import/isolated.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <thread>

#include "core/error.h"

#if defined(__SANITIZE_ADDRESS__)
#define AULA_UNDER_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define AULA_UNDER_ADDRESS_SANITIZER 1
#endif
#endif

namespace aula::scene {

namespace {

// What the first byte of the result says.
constexpr char kDone = 'd', kInputError = 'i', kFailure = 'f', kOther = 'o', kMemory = 'm';

/// Address space in use, bytes; 0 where the system does not say.
[[maybe_unused]] std::size_t addressSpace() {
  std::size_t pages = 0;
  if (std::FILE* file = std::fopen("/proc/self/statm", "r")) {
    if (std::fscanf(file, "%zu", &pages) != 1) pages = 0;
    std::fclose(file);
  }
  return pages * std::size_t(::sysconf(_SC_PAGESIZE));
}

void setLimit(decltype(RLIMIT_AS) what, rlim_t value) {
  rlimit limit{};
  if (::getrlimit(what, &limit) != 0) return;
  limit.rlim_cur = std::min(value, limit.rlim_max);
  ::setrlimit(what, &limit);
}

bool writeAll(int file, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t written = ::write(file, bytes, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes += written;
    size -= std::size_t(written);
  }
  return true;
}

[[noreturn]] void runChild(const std::function<std::string()>& task, int file, std::size_t memoryBytes,
                           double seconds, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  // The parent's handlers would clean up what is not the child's.
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGPIPE})
    ::signal(signal, signal == SIGINT ? SIG_IGN : SIG_DFL);
  setLimit(RLIMIT_CORE, 0);
  setLimit(RLIMIT_CPU, rlim_t(std::ceil(seconds)) + 1);
#ifndef AULA_UNDER_ADDRESS_SANITIZER  // It reserves terabytes of addresses for itself.
  if (const std::size_t used = addressSpace()) setLimit(RLIMIT_AS, used + memoryBytes);
  // What the library prints when it dies helps nobody in the middle of a progress bar.
  if (const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC); null >= 0) ::dup2(null, 2);
#else
  (void)memoryBytes;
#endif
  char kind = kDone;
  std::string bytes;
  try {
    bytes = task();
  } catch (const core::Error& error) {
    kind = error.fault() == core::Fault::input ? kInputError : kFailure;
    bytes = error.what();
  } catch (const std::bad_alloc&) {
    kind = kMemory;
  } catch (const std::exception& error) {
    kind = kOther;
    bytes = error.what();
  }
  // The kind comes last: without it nothing counts.
  const bool isWritten = writeAll(file, bytes.data(), bytes.size()) && writeAll(file, &kind, 1);
  ::_exit(isWritten ? 0 : 1);
}

class File {
 public:
  explicit File(int number) : number_(number) {}
  ~File() { ::close(number_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

/// Sleeps until the child ends or for that long, whichever comes first; on old kernels (before 5.3) a little.
void sleepBeside(pid_t child, double seconds) {
  const int handle = int(::syscall(SYS_pidfd_open, child, 0));
  if (handle < 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return;
  }
  pollfd end{handle, POLLIN, 0};
  ::poll(&end, 1, int(std::clamp(1e3 * seconds + 1, 1.0, 1e6)));
  ::close(handle);
}

/// Waits for the child; kills it when its time is over and says so by false.
bool waitFor(pid_t child, double seconds, int& status) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::duration<double>(seconds);
  while (true) {
    const pid_t found = ::waitpid(child, &status, WNOHANG);
    if (found == child) return true;
    if (found < 0 && errno != EINTR) {
      status = 0;  // Somebody else reaped it (a parent that ignores SIGCHLD): the result tells.
      return true;
    }
    const double left = std::chrono::duration<double>(end - Clock::now()).count();
    if (left <= 0) {
      ::kill(child, SIGKILL);
      while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
      }
      return false;
    }
    sleepBeside(child, left);
  }
}

std::string readAll(int file) {
  struct stat state {};
  if (::fstat(file, &state) != 0 || state.st_size <= 0) return {};
  std::string bytes(std::size_t(state.st_size), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got = ::pread(file, bytes.data() + done, bytes.size() - done, off_t(done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return {};
    done += std::size_t(got);
  }
  return bytes;
}

}  // namespace

std::string runIsolated(const std::function<std::string()>& task, const std::string& subject,
                        std::size_t memoryBytes, double seconds) {
  const File file(::memfd_create("aula-import", MFD_CLOEXEC));
  if (file.number() < 0)
    throw core::Error("No memory for reading " + subject + ": " + std::strerror(errno) + ".");
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) throw core::Error("No process for reading " + subject + ": " + std::strerror(errno) + ".");
  if (child == 0) runChild(task, file.number(), memoryBytes, seconds, parent);
  int status = 0;
  const bool isInTime = waitFor(child, seconds, status);
  std::string bytes = readAll(file.number());
  const char kind = bytes.empty() ? '\0' : bytes.back();
  const bool hasEnded = isInTime && WIFEXITED(status) && WEXITSTATUS(status) == 0 && kind != '\0';
  if (hasEnded) bytes.pop_back();
  if (hasEnded && kind == kDone) return bytes;
  if (hasEnded && kind == kInputError) throw core::inputError(bytes);
  if (hasEnded && kind == kFailure) throw core::Error(bytes);
  if (hasEnded && kind == kOther) throw core::inputError("Cannot read " + subject + ": " + bytes);
  const std::string mend =
      " Open it in the program that made it and export it again, simpler or in another format.";
  if (hasEnded && kind == kMemory)
    throw core::inputError("Cannot read " + subject + ": it takes more than the " +
                           std::to_string(memoryBytes >> 20U) + " MiB of memory that are allowed." + mend);
  if (!isInTime || (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)) {
    std::array<char, 32> limit{};
    std::snprintf(limit.data(), limit.size(), "%g", seconds);
    throw core::inputError("Cannot read " + subject + ": it takes longer than the " + limit.data() +
                           " s that are allowed." + mend);
  }
  throw core::inputError("Cannot read " + subject + ": it broke the reader (" +
                         (WIFSIGNALED(status) ? std::string("signal ") + std::to_string(WTERMSIG(status))
                                              : "exit code " + std::to_string(WEXITSTATUS(status))) +
                         "), which is why that runs in a process of its own." + mend);
}

}  // namespace aula::scene
