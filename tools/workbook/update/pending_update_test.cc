// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/update/pending_update.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <memory>

#include "gtest/gtest.h"
#include "tools/process/process.h"
#include "tools/process/scratch_folder.h"
#include "tools/text/text_file.h"

namespace workbook::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kManifest =
    "id = \"01_01\"\ntitle = \"Pools\"\nchapter = \"01_allocators\"\n"
    "kind = \"build\"\nprerequisites = []\n\n"
    "[[tasks]]\ntitle = \"A pool\"\nfiles = [\"pool.h\", \"pool.cc\"]\n"
    "level = \"core\"\nminutes = 10\ntest = \"pool_test\"\n";

void Write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path) << text;
}

// A checkout with edits and an update that lies ready for it.
struct Checkout {
  Checkout() {
    const PendingUpdate pending(root());
    for (const fs::path& tree : {root(), pending.base(), pending.theirs()}) {
      const std::string version = tree == pending.theirs() ? "2" : "1";
      Write(tree / "exercises/01_01/exercise.toml", kManifest);
      Write(tree / "exercises/01_01/pool.h", "stub " + version);
      Write(tree / "exercises/01_01/pool.cc", "source " + version);
      Write(tree / "exercises/01_01/pool_test.cc", "test " + version);
      Write(tree / "exercises/01_01/hints.md", "hints " + version);
      if (version == "1") Write(tree / "exercises/01_01/old.txt", "old");
      if (version == "2") Write(tree / "exercises/01_01/new.txt", "new");
    }
    Write(root() / "exercises/01_01/pool.h", "mine");
    Write(root() / "exercises/01_01/hints.md", "my hints");
  }

  fs::path root() const { return scratch.path() / "course"; }
  std::string Read(const std::string& path) const {
    return ReadTextFile(root() / path).value_or("(none)");
  }

  void ExpectNew() const {
    EXPECT_EQ(Read("exercises/01_01/pool.h"), "mine");
    EXPECT_EQ(Read("exercises/01_01/pool.cc"), "source 2");
    EXPECT_EQ(Read("exercises/01_01/pool_test.cc"), "test 2");
    EXPECT_EQ(Read("exercises/01_01/hints.md"), "hints 2");
    EXPECT_EQ(Read(".workbook/backups/b/exercises/01_01/hints.md"), "my hints");
    EXPECT_EQ(Read(OldStub("exercises/01_01/pool.h")), "stub 1");
    EXPECT_EQ(Read(NewStub("exercises/01_01/pool.h")), "stub 2");
    EXPECT_EQ(Read("exercises/01_01/old.txt"), "(none)");
    EXPECT_EQ(Read("exercises/01_01/new.txt"), "new");
    EXPECT_EQ(Read(".workbook/release/exercises/01_01/pool.h"), "stub 2");
    EXPECT_FALSE(fs::exists(root() / ".workbook/update"));
  }

  void ExpectOld() const {
    EXPECT_EQ(Read("exercises/01_01/pool.h"), "mine");
    EXPECT_EQ(Read("exercises/01_01/pool.cc"), "source 1");
    EXPECT_EQ(Read("exercises/01_01/pool_test.cc"), "test 1");
    EXPECT_EQ(Read("exercises/01_01/hints.md"), "my hints");
    EXPECT_EQ(Read("exercises/01_01/old.txt"), "old");
    EXPECT_EQ(Read("exercises/01_01/new.txt"), "(none)");
  }

  ScratchFolder scratch;
};

const UpdateJournal kJournal{.source = "a folder",
                             .backup = ".workbook/backups/b",
                             .ref = {},
                             .from = {},
                             .to = {}};

bool RunAll(const PendingUpdate& pending) {
  const auto planned = pending.Plan();
  PendingUpdate::Outcome outcome;
  return !planned.problem && !pending.Begin(planned.files, kJournal) &&
         !pending.Finish(outcome);
}

// Runs the update in a child that kills itself at this step; whether it got
// that far.
bool DiesAt(const fs::path& root, int step) {
  const pid_t child = ::fork();
  if (child == 0) {
    auto left = std::make_shared<int>(step);
    const PendingUpdate pending(root, [left] {
      if (--*left == 0) ::raise(SIGKILL);
    });
    ::_exit(RunAll(pending) ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
  return WIFSIGNALED(status);
}

TEST(PendingUpdate, BringsTheNewCourse) {
  const Checkout checkout;
  EXPECT_TRUE(RunAll(PendingUpdate(checkout.root())));
  checkout.ExpectNew();
}

TEST(PendingUpdate, IsWholeAfterAKillAtEveryStep) {
  int begun = 0;
  int step = 1;
  for (;; ++step) {
    SCOPED_TRACE("killed at step " + std::to_string(step));
    const Checkout checkout;
    if (!DiesAt(checkout.root(), step)) break;
    const PendingUpdate again(checkout.root());
    if (again.Begun()) {
      ++begun;
      PendingUpdate::Outcome outcome;
      const auto problem = again.Finish(outcome);
      EXPECT_FALSE(problem) << problem->what << " " << problem->where;
      checkout.ExpectNew();
    } else if (checkout.Read("exercises/01_01/pool_test.cc") == "test 1") {
      checkout.ExpectOld();
      EXPECT_TRUE(RunAll(again)) << "it can start anew";
      checkout.ExpectNew();
    }
  }
  EXPECT_GT(begun, 6) << "kills after the journal";
  EXPECT_GT(step, begun + 4) << "kills before it";
}

TEST(PendingUpdate, KeepsWhatWasEditedBetweenAKillAndTheNextStart) {
  const Checkout checkout;
  const PendingUpdate pending(checkout.root());
  ASSERT_FALSE(pending.Begin(pending.Plan().files, kJournal));
  Write(checkout.root() / "exercises/01_01/pool.cc", "my source");
  Write(checkout.root() / "exercises/01_01/pool_test.cc", "my test");
  PendingUpdate::Outcome outcome;
  ASSERT_FALSE(pending.Finish(outcome));
  EXPECT_EQ(checkout.Read("exercises/01_01/pool.cc"), "my source");
  EXPECT_EQ(checkout.Read(NewStub("exercises/01_01/pool.cc")), "source 2");
  EXPECT_EQ(checkout.Read("exercises/01_01/pool_test.cc"), "test 2");
  EXPECT_EQ(checkout.Read(".workbook/backups/b/exercises/01_01/pool_test.cc"),
            "my test");
}

TEST(PendingUpdate, ShowsTheOldestStubThatTheLearnerStartedFrom) {
  const Checkout checkout;
  Write(checkout.root() / OldStub("exercises/01_01/pool.h"), "stub 0");
  EXPECT_TRUE(RunAll(PendingUpdate(checkout.root())));
  EXPECT_EQ(checkout.Read(OldStub("exercises/01_01/pool.h")), "stub 0");
  EXPECT_EQ(checkout.Read(NewStub("exercises/01_01/pool.h")), "stub 2");
}

TEST(PendingUpdate, SaysWhatToDoWithAJournalThatCannotBeRead) {
  const Checkout checkout;
  const PendingUpdate pending(checkout.root());
  Write(pending.folder() / "journal", "{ broken");
  PendingUpdate::Outcome outcome;
  const auto problem = pending.Finish(outcome);
  ASSERT_TRUE(problem);
  EXPECT_NE(problem->next.find(".workbook/update away"), std::string::npos);
  checkout.ExpectOld();
}

TEST(PendingUpdate, DoesNotBeginWhereAManifestCannotBeRead) {
  const Checkout checkout;
  Write(checkout.root() / "exercises/01_01/exercise.toml", "id = broken");
  const auto planned = PendingUpdate(checkout.root()).Plan();
  ASSERT_TRUE(planned.problem);
  EXPECT_NE(planned.problem->what.find("your files"), std::string::npos);
}

TEST(PendingUpdate, StopsWhereAFolderIsInTheWayAndGoesOnAfterIt) {
  const Checkout checkout;
  const PendingUpdate pending(checkout.root());
  ASSERT_FALSE(pending.Begin(pending.Plan().files, kJournal));
  Write(checkout.root() / "exercises/01_01/new.txt/inner", "mine");
  PendingUpdate::Outcome outcome;
  const auto problem = pending.Finish(outcome);
  ASSERT_TRUE(problem);
  EXPECT_NE(problem->next.find("goes on"), std::string::npos);
  EXPECT_TRUE(pending.Begun());
  EXPECT_EQ(checkout.Read("exercises/01_01/new.txt/inner"), "mine");
  fs::rename(checkout.root() / "exercises/01_01/new.txt",
             checkout.root() / "away");
  EXPECT_FALSE(pending.Finish(outcome));
  checkout.ExpectNew();
}

}  // namespace
}  // namespace workbook::cli
