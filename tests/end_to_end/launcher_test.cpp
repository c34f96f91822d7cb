// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "end_to_end/process.h"

// The launcher in a folder of its own, with programs of ours in place of apt, dpkg, cmake and ninja: they
// write down how they were called. Nothing is installed and nothing is built.
using namespace aula::test;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

namespace {

class Launcher : public testing::Test {
 protected:
  Launcher() {
    const fs::path source = AULA_SOURCE_DIR;
    fs::create_directories(folder_ / "clone/.ci");
    fs::create_directories(folder_ / "bin");
    fs::create_directories(folder_ / "elsewhere");
    fs::copy(source / "aula", folder_ / "clone/aula");
    for (const char* name : {"setup.sh", "packages.txt"})
      fs::copy(source / ".ci" / name, folder_ / "clone/.ci" / name);
    // dpkg-query: all packages are there but those that $MISSING names; Mesa is new enough.
    fake("dpkg-query",
         "if [[ $* == *'${Version}'* ]]; then echo -n 25.0.7; exit 0; fi\n"
         "for name in \"${@:4}\"; do [[ \" $MISSING \" == *\" $name \"* ]] || echo -n \"installed $name \"; "
         "done\n"
         "[[ -z $MISSING ]]");
    fake("apt-get", "if [[ $* == *install* && -n $APT_BROKEN ]]; then echo 'E: broken'; exit 100; fi");
    fake("cmake",
         "mkdir -p build/release/bin; touch build/release/build.ninja\n"
         "if [[ -n $CMAKE_BROKEN ]]; then echo 'CMake Error: no compiler'; exit 1; fi");
    // ninja -n says what there is to do; a real run makes the program, which writes down its words.
    fake("ninja",
         "cd \"$2\"\n"
         "if [[ $* == *' -n '* ]]; then [[ -e bin/aula ]] || echo '[1/1] CXX'; exit 0; fi\n"
         "printf '#!/bin/bash\\necho \"program in $PWD:\" \"$@\"\\nexit ${PROGRAM_CODE:-0}\\n' > bin/aula; "
         "chmod +x bin/aula\n"
         "sleep ${NINJA_SECONDS:-0}; [[ -z $NINJA_BROKEN ]]");
    fake("ctest", "echo '100% tests passed, 0 tests failed out of 7'; exit ${CTEST_CODE:-0}");
    fake("c++", "");
  }

  void fake(const std::string& name, const std::string& body) {
    const fs::path file = folder_ / ("bin/" + name);
    writeText(file, "#!/bin/bash\necho \"" + name + " $*\" >> " + (folder_ / "calls").string() + "\n" + body +
                        "\n");
    fs::permissions(
        file, fs::perms::owner_all | fs::perms::group_all | fs::perms::others_read | fs::perms::others_exec);
  }
  Start start(std::map<std::string, std::string> environment = {}) {
    environment["PATH"] = (folder_ / "bin").string() + ":/usr/bin:/bin";
    environment["NO_COLOR"] = "1";
    return {folder_ / "elsewhere", environment};
  }
  Outcome launch(std::vector<std::string> words, std::map<std::string, std::string> environment = {}) {
    words.insert(words.begin(), (folder_ / "clone/aula").string());
    return runProgram(words, start(std::move(environment)));
  }
  [[nodiscard]] std::string calls() const { return readText(folder_ / "calls"); }

  TemporaryFolder folder_;
};

TEST_F(Launcher, HelpNamesTheTwoCommands) {
  const Outcome outcome = launch({"help"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out, HasSubstr("./aula demo "));
  EXPECT_THAT(outcome.out, HasSubstr("./aula test "));
  EXPECT_EQ(calls(), "");
}

TEST_F(Launcher, AnyOtherWordGoesToTheProgramInTheFolderOfTheUser) {
  const Outcome outcome = launch({"run", "my lab", "--out", "x"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out,
            "program in " + fs::canonical(folder_ / "elsewhere").string() + ": run my lab --out x\n");
}

TEST_F(Launcher, TheProgramsExitCodeIsPassedOn) {
  EXPECT_EQ(launch({"run"}, {{"PROGRAM_CODE", "2"}}).code, 2);
}

TEST_F(Launcher, WorksThroughASymbolicLink) {
  fs::create_symlink("../clone/aula", folder_ / "elsewhere/link");
  const Outcome outcome = runProgram({(folder_ / "elsewhere/link").string(), "version"}, start());
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr(": version\n"));
}

TEST_F(Launcher, SecondStartBuildsAndInstallsNothing) {
  launch({"version"});
  fs::remove(folder_ / "calls");
  EXPECT_EQ(launch({"version"}).code, 0);
  EXPECT_THAT(calls(), Not(HasSubstr("apt-get")));
  EXPECT_THAT(calls(), Not(HasSubstr("cmake --preset")));
  EXPECT_THAT(calls(), HasSubstr("ninja -C " + (folder_ / "clone/build/release").string() + " -n aula"));
  EXPECT_THAT(calls(), Not(HasSubstr(" -j ")));
}

TEST_F(Launcher, TestPassesCtestsClosingLineAndCodeOn) {
  Outcome outcome = launch({"test"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out, "100% tests passed, 0 tests failed out of 7\n");
  EXPECT_THAT(calls(), HasSubstr("-LE long"));
  fs::remove(folder_ / "calls");
  outcome = launch({"test", "--long"}, {{"CTEST_CODE", "8"}});
  EXPECT_EQ(outcome.code, 8);
  EXPECT_THAT(calls(), Not(HasSubstr("-LE long")));
}

TEST_F(Launcher, TestRefusesWordsItDoesNotKnow) {
  const Outcome outcome = launch({"test", "--lnog"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("test: \"--lnog\" is not known; there is only --long."));
}

TEST_F(Launcher, SetupInstallsWhatIsMissingAndNothingElse) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root: the launcher would ask sudo";
  const Outcome outcome = launch({"setup"}, {{"MISSING", "libhdf5-dev libpng-dev"}});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("Debian packages: 2 to install"));
  EXPECT_THAT(calls(), HasSubstr("install libhdf5-dev libpng-dev\n"));
  EXPECT_THAT(calls(), Not(HasSubstr("cmake --preset")));
}

TEST_F(Launcher, OnlyLongTestsInstallWhatTheyNeed) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root: the launcher would ask sudo";
  EXPECT_EQ(launch({"test"}, {{"MISSING", "clang libomp-dev"}}).code, 0);
  EXPECT_THAT(calls(), Not(HasSubstr("apt-get")));
  const Outcome outcome = launch({"test", "--long"}, {{"MISSING", "clang libomp-dev"}});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(calls(), HasSubstr("install clang libomp-dev\n"));
}

TEST_F(Launcher, TheFuzzerSaysWhichPackagesItMisses) {
  fake("clang++", "echo 'cannot find libclang_rt.fuzzer' >&2; exit 1");
  const Outcome outcome = runProgram({AULA_SOURCE_DIR "/tests/fuzz/run_lab_fuzzer.sh", "1"}, start());
  EXPECT_EQ(outcome.code, 77);  // What ctest takes for skipped.
  EXPECT_THAT(outcome.out, HasSubstr("SKIPPED"));
  EXPECT_THAT(outcome.out, HasSubstr("clang libclang-rt-dev libomp-dev\n"));
  EXPECT_THAT(calls(), Not(HasSubstr("cmake")));
}

TEST_F(Launcher, SetupSaysWhenAptFails) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root: the launcher would ask sudo";
  fake("sleep", "");  // No pauses between the tries.
  const Outcome outcome = launch({"setup"}, {{"MISSING", "libhdf5-dev"}, {"APT_BROKEN", "1"}});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("E: broken"));
  EXPECT_THAT(outcome.err,
              HasSubstr("apt-get update && apt-get install -y --no-install-recommends libhdf5-dev"));
}

TEST_F(Launcher, NoInstallNeverCallsApt) {
  const Outcome outcome = launch({"--no-install", "test"}, {{"MISSING", "libhdf5-dev"}});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(calls(), Not(HasSubstr("apt-get")));
}

TEST_F(Launcher, WithoutRootAndSudoItSaysWhatToType) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root, to become somebody else";
  // A PATH without sudo, as nobody, in a clone that nobody may write to.
  fs::permissions(folder_.path(), fs::perms::all);
  fs::create_directories(folder_ / "clone/build");
  fs::permissions(folder_ / "clone/build", fs::perms::all);
  writeText(folder_ / "calls", "");
  fs::permissions(folder_ / "calls", fs::perms::all);
  fs::create_directories(folder_ / "plain");
  for (const char* tool : {"bash", "env", "readlink", "dirname", "mkdir", "id", "flock", "cat", "cksum",
                           "xargs", "awk", "nproc", "grep", "rm"})
    for (const char* from : {"/usr/bin/", "/bin/"})
      if (fs::exists(std::string(from) + tool)) {
        fs::create_symlink(std::string(from) + tool, folder_ / (std::string("plain/") + tool));
        break;
      }
  Start nobody = start({{"MISSING", "libhdf5-dev"}});
  nobody.environment["PATH"] = (folder_ / "bin").string() + ":" + (folder_ / "plain").string();
  const Outcome outcome = runProgram({"/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
                                      (folder_ / "clone/aula").string(), "demo"},
                                     nobody);
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err,
              HasSubstr("missing Debian packages: 1. Installing them needs root or sudo. As root:\n"));
  EXPECT_THAT(outcome.err,
              HasSubstr("apt-get update && apt-get install -y --no-install-recommends libhdf5-dev\n"));
  EXPECT_THAT(calls(), Not(HasSubstr("apt-get")));
}

TEST_F(Launcher, AFolderThatCannotBeWrittenToIsNamed) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root, to become somebody else";
  fs::permissions(folder_.path(), fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec);
  const Outcome outcome = runProgram({"/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups",
                                      (folder_ / "clone/aula").string(), "version"},
                                     start());
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("cannot write below " + (folder_ / "clone/build").string()));
}

TEST_F(Launcher, TwoAtOnceBuildOneAfterTheOther) {
  Process first({(folder_ / "clone/aula").string(), "version"}, start({{"NINJA_SECONDS", "2"}}));
  ::usleep(700 * 1000);
  const Outcome second = launch({"labs"}, {{"NINJA_SECONDS", "2"}});
  const Outcome one = first.wait();
  EXPECT_EQ(one.code, 0) << one.err;
  EXPECT_EQ(second.code, 0) << second.err;
  EXPECT_THAT(second.err, HasSubstr("another ./aula is building; waiting for it"));
  // The second found the program built.
  const std::string all = calls();
  EXPECT_EQ(all.find(" -j "), all.rfind(" -j "));
}

TEST_F(Launcher, ABrokenConfigurationShowsCMakesWords) {
  const Outcome outcome = launch({"version"}, {{"CMAKE_BROKEN", "1"}});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("CMake Error: no compiler"));
  EXPECT_THAT(outcome.err, HasSubstr("cmake could not configure the build"));
}

TEST_F(Launcher, ABrokenBuildFails) {
  const Outcome outcome = launch({"version"}, {{"NINJA_BROKEN", "1"}});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("the build failed"));
}

}  // namespace
