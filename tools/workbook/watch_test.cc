// Drives the real binary in a pseudo-terminal on the sample course, with a
// Bazel that replays recorded runs.
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "gtest/gtest.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{30};

// Links of a read-only tree become files of our own.
void CopyTree(const fs::path& from, const fs::path& to) {
  for (const auto& entry : fs::recursive_directory_iterator(
           from, fs::directory_options::follow_directory_symlink)) {
    const fs::path target = to / entry.path().lexically_relative(from);
    if (fs::is_directory(entry.path())) {
      fs::create_directories(target);
    } else {
      fs::create_directories(target.parent_path());
      std::ofstream(target) << ReadTextFile(entry.path()).value();
      fs::permissions(target, fs::perms::owner_all);
    }
  }
}

class Watch : public testing::Test {
 protected:
  Watch() {
    CopyTree(here_ / "testdata/course", root_);
    CopyTree(here_ / "testdata/recorded", recorded_);
    std::ofstream(root_ / "WORKSPACE") << "# a sample\n";
    green_ = ReadTextFile(Xml()).value();
  }

  ~Watch() override {
    if (child_ > 0) {
      ::kill(child_, SIGKILL);
      ::waitpid(child_, nullptr, 0);
    }
    if (master_ >= 0) ::close(master_);
    if (slave_ >= 0) ::close(slave_);
  }

  fs::path Xml() const { return recorded_ / "09_02/logs/green_test/test.xml"; }

  // What the next check of 09_02 finds.
  void MakeRed() {
    std::string red = green_;
    const size_t end = red.find("/>", red.find("<testcase "));
    ASSERT_NE(end, std::string::npos) << red;
    red.replace(end, 2,
                "><failure message=\"\"><![CDATA[exercises/09_02/"
                "green_test.cc:7\nExpected equality of these values:\n"
                "  Answer()\n    Which is: 41\n  42]]></failure></testcase>");
    std::ofstream(Xml()) << red;
  }
  void MakeGreen() { std::ofstream(Xml()) << green_; }

  // The next check of 09_02 finds it red, with `events` in its build events;
  // what is run once more is green.
  void MakeRedThenGreen(const std::string& events) {
    const fs::path again = recorded_ / "09_02-again";
    CopyTree(recorded_ / "09_02", again);
    Replace(again / "events.json", "/09_02/logs", "/09_02-again/logs");
    MakeRed();
    Replace(recorded_ / "09_02/events.json", "\"status\":\"PASSED\"", events);
  }

  static void Replace(const fs::path& file, const std::string& what,
                      const std::string& by) {
    std::string text = ReadTextFile(file).value();
    for (size_t at = text.find(what); at != std::string::npos;
         at = text.find(what, at + by.size())) {
      text.replace(at, what.size(), by);
    }
    std::ofstream(file) << text;
  }

  void Start(const std::string& option = "", int columns = 80) {
    winsize size = {};
    size.ws_row = 24;
    size.ws_col = static_cast<unsigned short>(columns);
    ASSERT_EQ(::openpty(&master_, &slave_, nullptr, nullptr, &size), 0);
    ASSERT_EQ(::tcgetattr(slave_, &before_), 0);
    child_ = ::fork();
    if (child_ == 0) {
      ::login_tty(slave_);
      ::setenv("WORKBOOK_ROOT", root_.c_str(), 1);
      ::setenv("WORKBOOK_BAZEL", (here_ / "testdata/fake_bazel.sh").c_str(), 1);
      ::setenv("RECORDED", recorded_.c_str(), 1);
      ::setenv("TERM", "xterm", 1);
      const std::string program = (here_ / "workbook").string();
      ::execl(program.c_str(), program.c_str(), "watch", "09_02",
              option.empty() ? nullptr : option.c_str(), nullptr);
      ::_exit(127);
    }
  }

  // Whether `text` appears on the screen after what was found before.
  testing::AssertionResult Shows(const std::string& text) {
    const auto limit = Clock::now() + kPatience;
    for (;;) {
      if (const size_t at = screen_.find(text, read_to_);
          at != std::string::npos) {
        read_to_ = at + text.size();
        return testing::AssertionSuccess();
      }
      pollfd polled = {master_, POLLIN, 0};
      char piece[4096];
      ssize_t size = 0;
      if (Clock::now() > limit || ::poll(&polled, 1, 30'000) <= 0 ||
          (size = ::read(master_, piece, sizeof piece)) <= 0) {
        return testing::AssertionFailure()
               << "\"" << text << "\" is not in: " << screen_.substr(read_to_);
      }
      screen_.append(piece, static_cast<size_t>(size));
    }
  }

  void Press(char key) { ASSERT_EQ(::write(master_, &key, 1), 1); }

  int WaitForEnd() {
    int status = 0;
    ::waitpid(child_, &status, 0);
    child_ = -1;
    return status;
  }

  void Save(const std::string& text) {
    std::ofstream(root_ / "exercises/09_02/green.h", std::ios::app) << text;
  }

  testing::AssertionResult TerminalIsAsBefore() const {
    termios now;
    ::tcgetattr(slave_, &now);
    if (now.c_lflag == before_.c_lflag && now.c_iflag == before_.c_iflag) {
      return testing::AssertionSuccess();
    }
    return testing::AssertionFailure() << "the terminal's modes have changed";
  }

  const fs::path here_ = fs::current_path() / "tools/workbook";
  const ScratchFolder scratch_;
  const fs::path root_ = scratch_.path() / "course";
  const fs::path recorded_ = scratch_.path() / "recorded";
  std::string green_;
  int master_ = -1;
  int slave_ = -1;
  pid_t child_ = -1;
  termios before_ = {};
  std::string screen_;
  size_t read_to_ = 0;
};

TEST_F(Watch, ShowsATaskTurnGreenAfterASaveAndWhatToCompare) {
  MakeRed();
  Start();
  EXPECT_TRUE(Shows("expected 42, but Answer() is 41"));
  EXPECT_TRUE(Shows("q quit"));
  MakeGreen();
  Save("// mended\n");
  EXPECT_TRUE(Shows("green.h saved"));
  EXPECT_TRUE(Shows("Task 1 turned green"));
  EXPECT_TRUE(Shows("./workbook diff 09_02"));
  Press('q');
  EXPECT_TRUE(Shows("Stopped."));
  EXPECT_EQ(WEXITSTATUS(WaitForEnd()), 0);
  EXPECT_TRUE(TerminalIsAsBefore());
}

TEST_F(Watch, SeesASaveByPollingToo) {
  MakeGreen();
  Start("--poll");
  EXPECT_TRUE(Shows("q quit"));
  MakeRed();
  Save("// broken\n");
  EXPECT_TRUE(Shows("Task 1 turned red"));
  Press('q');
  EXPECT_TRUE(Shows("Stopped."));
  EXPECT_EQ(WEXITSTATUS(WaitForEnd()), 3);
}

TEST_F(Watch, AnswersItsKeysAndGoesOn) {
  MakeRed();
  Start();
  EXPECT_TRUE(Shows("q quit"));
  Press('h');
  EXPECT_TRUE(Shows("Hint 1 of"));
  EXPECT_TRUE(Shows("q quit"));
  Press('l');
  EXPECT_TRUE(Shows("09_01"));
  EXPECT_TRUE(Shows("q quit"));
  Press('n');
  EXPECT_TRUE(Shows("not solved yet"));
  Press('q');
  EXPECT_TRUE(Shows("Stopped."));
  WaitForEnd();
  EXPECT_TRUE(TerminalIsAsBefore());
}

TEST_F(Watch, RunsRedTestsOnceMoreWhereNothingHasChanged) {
  MakeRedThenGreen("\"status\":\"FAILED\",\"cachedLocally\":true");
  Start();
  EXPECT_TRUE(Shows("1 of 1 tasks green"));
  EXPECT_TRUE(Shows("All tasks are green."));
  EXPECT_TRUE(Shows("q quit"));
  Press('q');
  EXPECT_TRUE(Shows("Stopped."));
  EXPECT_EQ(WEXITSTATUS(WaitForEnd()), 0);
}

TEST_F(Watch, RunsARedTestThatHasJustRunOnlyOnce) {
  MakeRedThenGreen("\"status\":\"FAILED\"");
  Start();
  EXPECT_TRUE(Shows("0 of 1 tasks green"));
  EXPECT_TRUE(Shows("q quit"));
  Press('q');
  EXPECT_TRUE(Shows("Stopped."));
  EXPECT_EQ(WEXITSTATUS(WaitForEnd()), 3);
}

TEST_F(Watch, GivesTheTerminalBackAfterCtrlC) {
  Start();
  EXPECT_TRUE(Shows("q quit"));
  EXPECT_FALSE(TerminalIsAsBefore()) << "keys come one by one";
  Press(3);
  EXPECT_TRUE(Shows("Stopped."));
  WaitForEnd();
  EXPECT_TRUE(TerminalIsAsBefore());
}

TEST_F(Watch, GivesTheTerminalBackAfterACrash) {
  Start();
  EXPECT_TRUE(Shows("q quit"));
  ::kill(child_, SIGSEGV);
  EXPECT_EQ(WTERMSIG(WaitForEnd()), SIGSEGV);
  EXPECT_TRUE(TerminalIsAsBefore());
}

TEST_F(Watch, SurvivesANarrowTerminalAndAResize) {
  Start("", 30);
  EXPECT_TRUE(Shows("q quit"));
  winsize size = {};
  size.ws_row = 5;
  size.ws_col = 10;
  ::ioctl(master_, TIOCSWINSZ, &size);
  Press('l');
  EXPECT_TRUE(Shows("09_01"));
  EXPECT_TRUE(Shows("q quit"));
  Press('q');
  EXPECT_TRUE(Shows("Stopped."));
  EXPECT_EQ(WEXITSTATUS(WaitForEnd()), 0);
}

}  // namespace
}  // namespace workbook::cli
