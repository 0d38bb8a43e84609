// SPDX-License-Identifier: Apache-2.0

// Packaging faults: what is read, what is refused, what is said.
#include "tools/grade/intake.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tools/grade/intake_words.h"
#include "tools/process/scratch_folder.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kWanted{"ring.cc", "ring.h"};

struct Entry {
  std::string path;
  std::string bytes = {};
  unsigned type = AE_IFREG;
  std::string link = {};
};

class Intake : public testing::Test {
 protected:
  fs::path Archive(const std::string& name, bool zip,
                   const std::vector<Entry>& entries) {
    const fs::path path = folder_.path() / name;
    archive* const out = archive_write_new();
    if (zip) {
      archive_write_set_format_zip(out);
    } else {
      archive_write_set_format_pax_restricted(out);
      archive_write_add_filter_gzip(out);
    }
    archive_write_open_filename(out, path.c_str());
    for (const Entry& entry : entries) {
      archive_entry* const header = archive_entry_new();
      archive_entry_set_pathname(header, entry.path.c_str());
      archive_entry_set_filetype(header, entry.type);
      archive_entry_set_perm(header, 0644);
      archive_entry_set_size(header,
                             static_cast<la_int64_t>(entry.bytes.size()));
      if (entry.type == AE_IFLNK) {
        archive_entry_set_symlink(header, entry.link.c_str());
      } else if (!entry.link.empty()) {
        archive_entry_set_hardlink(header, entry.link.c_str());
      }
      archive_write_header(out, header);
      archive_write_data(out, entry.bytes.data(), entry.bytes.size());
      archive_entry_free(header);
    }
    archive_write_close(out);
    archive_write_free(out);
    return path;
  }

  fs::path Folder(const std::string& name) {
    const fs::path path = folder_.path() / name;
    fs::create_directories(path);
    return path;
  }

  static void Write(const fs::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
  }

  ScratchFolder folder_;
};

TEST_F(Intake, NamesTheStudentWithoutTheEndingOfAnArchive) {
  EXPECT_EQ(StudentOf("in/ada.zip"), "ada");
  EXPECT_EQ(StudentOf("in/ada.lovelace@example.org.tar.gz"),
            "ada.lovelace@example.org");
  EXPECT_EQ(StudentOf(Folder("ada.lovelace")), "ada.lovelace");
  EXPECT_EQ(StudentOf(Folder("bob.zip")), "bob.zip") << "a folder";
  EXPECT_EQ(StudentOf("in/ada.txt"), "ada.txt");
  EXPECT_EQ(StudentOf("in/.zip"), ".zip");
  EXPECT_EQ(StudentOf("in/a\nb.tgz"), "a\\x0ab");
}

TEST_F(Intake, ReadsZipTarAndFolderAlike) {
  const fs::path folder = Folder("ada/deep/01_02");
  Write(folder / "ring.cc", "one");
  Write(folder / "other.txt", "ignored");
  for (const fs::path& path :
       {Archive("a.zip", true, {{"x/ring.cc", "one"}, {"BUILD", "no"}}),
        Archive("a.tar.gz", false, {{"ring.cc", "one"}}),
        folder_.path() / "ada"}) {
    const Submission read = TakeIn(path, kWanted);
    EXPECT_EQ(read.unreadable, "") << path;
    ASSERT_EQ(read.files.size(), 1u) << path;
    EXPECT_EQ(read.files.at("ring.cc"), "one");
  }
}

TEST_F(Intake, RefusesPathsThatClimb) {
  for (const char* path :
       {"../../ring.cc", "/etc/ring.cc", "a/../../ring.cc"}) {
    for (const bool zip : {true, false}) {
      const Submission read = TakeIn(
          Archive("slip", zip, {{path, "evil"}, {"ring.h", "good"}}), kWanted);
      EXPECT_EQ(read.files.count("ring.cc"), 0u) << path;
      EXPECT_EQ(read.files.count("ring.h"), 1u) << path;
      EXPECT_EQ(read.flags.size(), 1u) << path;
    }
  }
}

TEST_F(Intake, FollowsNoLinkAndOpensNoDevice) {
  const fs::path folder = Folder("links");
  Write(folder_.path() / "secret", "secret");
  fs::create_symlink(folder_.path() / "secret", folder / "ring.cc");
  fs::create_hard_link(folder_.path() / "secret", folder / "ring.h");
  fs::create_directory_symlink(folder_.path(), folder / "up");
  const Submission read = TakeIn(folder, kWanted);
  EXPECT_TRUE(read.files.empty());
  EXPECT_EQ(read.flags.size(), 2u);

  const fs::path pipes = Folder("pipes");
  ASSERT_EQ(mkfifo((pipes / "ring.cc").c_str(), 0644), 0);
  EXPECT_TRUE(TakeIn(pipes, kWanted).files.empty());

  const Submission tar =
      TakeIn(Archive("links.tar", false,
                     {{"ring.cc", "", AE_IFLNK, "/etc/passwd"},
                      {"ring.h", "", AE_IFREG, "/etc/passwd"}}),
             kWanted);
  EXPECT_TRUE(tar.files.empty());
  EXPECT_EQ(tar.flags.size(), 2u);
}

TEST_F(Intake, ALinkInThePlaceOfASubmissionIsRefused) {
  fs::create_directory_symlink("/etc", folder_.path() / "eve");
  EXPECT_NE(TakeIn(folder_.path() / "eve", {"passwd"}).unreadable, "");
}

TEST_F(Intake, BombsEndAtTheirLimits) {
  IntakeLimits limits;
  limits.unpacked_bytes = 1 << 20;
  const std::string zeros(std::size_t{4} << 20, '\0');
  const Submission bomb =
      TakeIn(Archive("bomb.zip", true, {{"x", zeros}}), kWanted, limits);
  EXPECT_NE(bomb.unreadable.find("unpacks to more"), std::string::npos);
  std::vector<Entry> many;
  for (int i = 0; i < 2000; ++i) many.push_back({std::to_string(i), ""});
  const Submission crowd = TakeIn(Archive("many.tar", false, many), kWanted);
  EXPECT_NE(crowd.unreadable.find("more than 1000"), std::string::npos);
  const Submission large = TakeIn(
      Archive("large.tar", false,
              {{"ring.cc", std::string(300 << 10, 'a')}, {"ring.h", "h"}}),
      kWanted);
  EXPECT_EQ(large.files.count("ring.cc"), 0u);
  EXPECT_EQ(large.notes.size(), 1u);
}

TEST_F(Intake, TwoEqualFilesOfOneNameAreOne) {
  const Submission read = TakeIn(
      Archive("equal.zip", true, {{"a/ring.cc", "1"}, {"b/ring.cc", "1"}}),
      kWanted);
  EXPECT_EQ(read.unreadable, "");
  EXPECT_EQ(read.files.at("ring.cc"), "1");
}

TEST_F(Intake, TwoFilesOfOneNameAreRefused) {
  const Submission read =
      TakeIn(Archive("two.zip", true, {{"a/ring.cc", "1"}, {"b/ring.cc", "2"}}),
             kWanted);
  EXPECT_NE(read.unreadable.find("twice, as a/ring.cc and b/ring.cc, and the "
                                 "two differ. Fix: "),
            std::string::npos);
}

TEST_F(Intake, AFileOfAnotherNameIsNamed) {
  const Submission read = TakeIn(
      Archive("named.zip", true,
              {{"Ring.H", "h"}, {"ring.cc", "c"}, {"ring_test.cc", "t"}}),
      kWanted);
  ASSERT_EQ(read.notes.size(), 1u);
  EXPECT_EQ(read.notes[0],
            "Ring.H was not read, because the exercise's file is called "
            "ring.h. Fix: rename it, and hand in again.");
  EXPECT_TRUE(NotesOnNames({"ring.cc"}, {"ring_test.cc", "ring.h"}).empty());
  EXPECT_EQ(NotesOnNames({"ring.cc"}, {"ring (1).cpp"}).size(), 1u);
}

TEST_F(Intake, UTF16IsNamedAndWhatToDo) {
  const fs::path folder = Folder("wide");
  Write(folder / "ring.h", std::string("\xff\xfei\0n\0t\0", 8));
  Write(folder / "ring.cc", std::string("i\0n\0t\0", 6));
  const Submission read = TakeIn(folder, kWanted);
  ASSERT_EQ(read.notes.size(), 2u);
  for (const std::string& note : read.notes) {
    EXPECT_NE(note.find("UTF-16"), std::string::npos) << note;
    EXPECT_NE(note.find("Fix: save it as UTF-8"), std::string::npos) << note;
  }
  EXPECT_EQ(read.unreadable, "None of your files could be read.");
}

TEST_F(Intake, WhereNothingIsWantedItSaysWhatIsThere) {
  const auto why = [this](const std::string& name) {
    return TakeIn(Archive("none.zip", true, {{"in/" + name, "x"}}), kWanted)
        .unreadable;
  };
  EXPECT_NE(why("work.pdf").find("only work.pdf. Fix: "), std::string::npos);
  EXPECT_NE(why("work.zip").find("another archive, work.zip"),
            std::string::npos);
  EXPECT_NE(TakeIn(Folder("bare"), kWanted).unreadable.find("is empty. Fix: "),
            std::string::npos);
}

TEST_F(Intake, OddNamesAreShownEscaped) {
  const fs::path folder = Folder("$(reboot)\n\x1b[31m<script>\xff=1+1");
  Write(folder / "ring.cc", "one");
  const Submission read = TakeIn(folder, kWanted);
  EXPECT_EQ(read.student, "$(reboot)\\x0a\\x1b[31m<script>\\xff=1+1");
  EXPECT_EQ(read.files.size(), 1u);
}

TEST_F(Intake, EmptyAndDamagedArchivesSayWhy) {
  EXPECT_NE(TakeIn(Archive("empty.zip", true, {}), kWanted).unreadable, "");
  EXPECT_NE(TakeIn(Folder("empty"), kWanted).unreadable, "");
  EXPECT_NE(TakeIn(folder_.path() / "nowhere", kWanted).unreadable, "");
  const fs::path cut =
      Archive("cut.tar.gz", false, {{"ring.cc", std::string(50'000, 'a')}});
  fs::resize_file(cut, fs::file_size(cut) / 2);
  EXPECT_NE(TakeIn(cut, kWanted).unreadable, "");
  Write(folder_.path() / "text.zip", "this is no archive");
  EXPECT_NE(TakeIn(folder_.path() / "text.zip", kWanted).unreadable, "");
}

TEST_F(Intake, ABinaryInThePlaceOfASourceIsNotRead) {
  const fs::path folder = Folder("binary");
  Write(folder / "ring.cc", std::string("\x7f"
                                        "ELF\0\0",
                                        6));
  Write(folder / "ring.h", "h");
  const Submission read = TakeIn(folder, kWanted);
  EXPECT_EQ(read.files.count("ring.cc"), 0u);
  ASSERT_EQ(read.notes.size(), 1u);
  EXPECT_NE(read.notes[0].find("not text. Fix: "), std::string::npos);
}

}  // namespace
}  // namespace workbook::grade
