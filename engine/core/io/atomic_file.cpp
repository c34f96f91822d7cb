// SPDX-License-Identifier: Apache-2.0
#include "core/io/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <utility>

namespace aula::core {

namespace {

namespace fs = std::filesystem;

const char* remedyFor(int errorNumber) {
  switch (errorNumber) {
    case ENOSPC:
    case EDQUOT:
      return "free some space there, or choose another folder";
    case EFBIG:
      return "the file would be larger than this process or file system allows (ulimit -f); raise the limit";
    case EROFS:
      return "it lies on a read-only file system; choose another folder";
    case EACCES:
    case EPERM:
      return "change the permissions of its folder, or choose another folder";
    case ENOENT:
      return "a folder on the way does not exist, or the system allows no file there; check the path";
    case ENOTDIR:
      return "a part of the path is a file, not a folder; choose another folder";
    case EISDIR:
      return "a folder of that name is in the way; remove it or choose another name";
    case EEXIST:
      return "a file of that name is in the way; remove it or choose another name";
    case ENAMETOOLONG:
      return "choose a shorter path";
    case EMFILE:
    case ENFILE:
      return "too many files are open; close some or raise the limit (ulimit -n)";
    case EIO:
      return "the disk reports an error; check it before trusting it with data";
    default:
      return "choose another folder";
  }
}

}  // namespace

void ignoreFileSizeSignal() {
  static const bool done = [] {
    struct sigaction current {};
    if (sigaction(SIGXFSZ, nullptr, &current) == 0 && current.sa_handler == SIG_DFL) {
      current.sa_handler = SIG_IGN;
      sigaction(SIGXFSZ, &current, nullptr);
    }
    return true;
  }();
  static_cast<void>(done);
}

namespace {

fs::path partialName(const fs::path& target) {
  fs::path partial = target;
  partial += ".partial";
  return partial;
}

// The rename itself must survive a power cut: flush the folder that holds the name. Some file systems refuse;
// that is fine.
void flushFolder(const fs::path& file) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

Error fileError(const std::string& action, const fs::path& file, int errorNumber) {
  std::string reason = std::generic_category().message(errorNumber);
  return Error("cannot " + action + " " + file.string() + ": " + reason + "; " + remedyFor(errorNumber));
}

AtomicFile::AtomicFile(fs::path target) : target_(std::move(target)), partial_(partialName(target_)) {
  ignoreFileSizeSignal();
  descriptor_ = ::open(partial_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor_ < 0) throw fileError("write", target_, errno);
}

AtomicFile::~AtomicFile() {
  discard();
}

void AtomicFile::discard() noexcept {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  descriptor_ = -1;
  ::unlink(partial_.c_str());
}

void AtomicFile::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      const int reason = written < 0 ? errno : ENOSPC;
      discard();
      throw fileError("write", target_, reason);
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void AtomicFile::commit() {
  // EINVAL: this kind of file cannot be flushed (a pipe), which is no loss of data.
  if (::fsync(descriptor_) != 0 && errno != EINVAL) {
    const int reason = errno;
    discard();
    throw fileError("write", target_, reason);
  }
  const int closed = ::close(std::exchange(descriptor_, -1));
  const int closeReason = errno;
  if (closed != 0 || ::rename(partial_.c_str(), target_.c_str()) != 0) {
    const int reason = closed != 0 ? closeReason : errno;
    ::unlink(partial_.c_str());
    throw fileError("write", target_, reason);
  }
  flushFolder(target_);
}

void writeFile(const fs::path& target, std::string_view text) {
  AtomicFile file(target);
  file.write(text);
  file.commit();
}

std::string readFile(const fs::path& file, std::size_t maximumBytes) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    const std::string reason = std::generic_category().message(errno);
    throw Error("cannot read " + file.string() + ": " + reason);
  }
  std::string text;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t count = ::read(descriptor, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      const std::string reason = std::generic_category().message(errno);
      ::close(descriptor);
      throw Error("cannot read " + file.string() + ": " + reason);
    }
    if (count == 0) break;
    text.append(buffer, static_cast<std::size_t>(count));
    if (text.size() > maximumBytes) {
      ::close(descriptor);
      throw Error("cannot read " + file.string() + ": it has more than the " + std::to_string(maximumBytes) +
                  " bytes allowed here");
    }
  }
  ::close(descriptor);
  return text;
}

void makeWritableFolder(const fs::path& folder) {
  ignoreFileSizeSignal();
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) throw fileError("make the folder", folder, code.value());
  const fs::path probe = folder / ".writable.partial";
  const int descriptor = ::open(probe.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) throw fileError("write in the folder", folder, errno);
  const ssize_t written = ::write(descriptor, "x", 1);
  const int reason = written < 0 ? errno : ENOSPC;
  ::close(descriptor);
  ::unlink(probe.c_str());
  if (written != 1) throw fileError("write in the folder", folder, reason);
}

}  // namespace aula::core
