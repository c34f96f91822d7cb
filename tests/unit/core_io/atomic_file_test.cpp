// SPDX-License-Identifier: Apache-2.0
#include "core/io/atomic_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/limits.h"
#include "support/scratch_folder.h"

namespace aula::core {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

std::string messageOf(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::failure);
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return {};
}

std::size_t entries(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

TEST(AtomicFile, appearsOnlyWhenCommitted) {
  const test::ScratchFolder folder;
  writeFile(folder / "a.txt", "old");
  {
    AtomicFile file(folder / "a.txt");
    file.write("new");
    EXPECT_EQ(readFile(folder / "a.txt", 100), "old");
    file.commit();
  }
  EXPECT_EQ(readFile(folder / "a.txt", 100), "new");
  EXPECT_EQ(entries(folder.path()), 1U);
}

TEST(AtomicFile, leavesNothingWithoutCommit) {
  const test::ScratchFolder folder;
  { AtomicFile(folder / "a.txt").write("lost"); }
  EXPECT_EQ(entries(folder.path()), 0U);
}

TEST(AtomicFile, fileSizeLimitIsAnErrorAndKeepsTheOldFile) {
  const test::ScratchFolder folder;
  writeFile(folder / "a.txt", "old");
  std::string message;
  {
    const test::FileSizeLimit limit(4096);
    message = messageOf([&] { writeFile(folder / "a.txt", std::string(10000, 'x')); });
  }
  EXPECT_EQ(
      message,
      "cannot write " + (folder / "a.txt").string() +
          ": File too large; the file would be larger than this process or file system allows (ulimit -f); "
          "raise the limit");
  EXPECT_EQ(readFile(folder / "a.txt", 100), "old");
  EXPECT_EQ(entries(folder.path()), 1U);
}

TEST(AtomicFile, fullDiskIsAnErrorAndLeavesNoHalfFile) {
  const test::ScratchFolder folder;
  const test::SmallDisk disk(folder / "disk", "size=64k");
  if (!disk.isMounted()) GTEST_SKIP() << "mounting a small disk needs root";
  const fs::path file = folder / "disk" / "a.bin";
  const std::string message = messageOf([&] { writeFile(file, std::string(1 << 20, 'x')); });
  EXPECT_EQ(message, "cannot write " + file.string() +
                         ": No space left on device; free some space there, or choose another folder");
  EXPECT_EQ(entries(folder / "disk"), 0U);
}

TEST(AtomicFile, readOnlyFolderIsAnError) {
  const test::ScratchFolder folder;
  const test::SmallDisk disk(folder / "disk", "size=64k", true);
  if (!disk.isMounted()) GTEST_SKIP() << "mounting a read-only disk needs root";
  const std::string message = messageOf([&] { writeFile(folder / "disk" / "a.txt", "x"); });
  EXPECT_THAT(message, AllOf(HasSubstr("cannot write "), HasSubstr("a.txt: Read-only file system; "),
                             HasSubstr("choose another folder")));
  EXPECT_THAT(
      messageOf([&] { makeWritableFolder(folder / "disk"); }),
      HasSubstr("cannot write in the folder " + (folder / "disk").string() + ": Read-only file system"));
}

TEST(AtomicFile, folderThatCannotBeMadeIsAnError) {
  const test::ScratchFolder folder;
  writeFile(folder / "file", "x");
  EXPECT_THAT(messageOf([&] { makeWritableFolder(folder / "file" / "out"); }),
              AllOf(HasSubstr("cannot make the folder"), HasSubstr("Not a directory"),
                    HasSubstr("is a file, not a folder")));
  EXPECT_THAT(messageOf([&] { makeWritableFolder("/proc/aula"); }), HasSubstr("/proc/aula"));
}

TEST(AtomicFile, readRefusesWhatIsTooLongOrMissing) {
  const test::ScratchFolder folder;
  writeFile(folder / "a.txt", std::string(101, 'x'));
  EXPECT_THAT(messageOf([&] { static_cast<void>(readFile(folder / "a.txt", 100)); }),
              HasSubstr("more than the 100 bytes"));
  EXPECT_THAT(messageOf([&] { static_cast<void>(readFile(folder / "b.txt", 100)); }),
              HasSubstr("No such file"));
}

}  // namespace
}  // namespace aula::core
