// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/mount.h>
#include <sys/resource.h>

#include <filesystem>
#include <string>

namespace aula::test {

/// While it lives no file of this process may grow beyond `bytes`: the portable half of a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &before_); }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
};

/// A small file system in memory, mounted over `folder`; isMounted() is false where the process may not mount
/// (not root).
class SmallDisk {
 public:
  SmallDisk(std::filesystem::path folder, const std::string& options, bool isReadOnly = false)
      : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
    isMounted_ = mount("aula-test", folder_.c_str(), "tmpfs",
                       isReadOnly ? static_cast<unsigned long>(MS_RDONLY) : 0UL, options.c_str()) == 0;
  }
  ~SmallDisk() {
    if (isMounted_) umount2(folder_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  [[nodiscard]] bool isMounted() const { return isMounted_; }

 private:
  std::filesystem::path folder_;
  bool isMounted_ = false;
};

}  // namespace aula::test
