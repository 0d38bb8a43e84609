// SPDX-License-Identifier: Apache-2.0

// Every kind of leak, planted in a copy; each must be told by file and fix.
#include "tools/release/scan.h"

#include <archive.h>
#include <archive_entry.h>

#include <fstream>
#include <string>

#include "gtest/gtest.h"
#include "tools/process/process.h"
#include "tools/process/scratch_folder.h"
#include "tools/sha256/sha256.h"
#include "tools/text/text_file.h"

namespace workbook::release {
namespace {

namespace fs = std::filesystem;

constexpr char kReference[] =
    "void* Pool::Allocate() {\n"
    "  if (Block* block = idle_head_; block != nullptr) {\n"
    "    idle_head_ = block->next_in_list;\n"
    "    --idle_count_now_;\n"
    "    return block;\n"
    "  }\n"
    "  if (fresh_ == end_) AddChunkOfBlocks(2 * chunk_blocks_);\n"
    "  return std::exchange(fresh_, fresh_ + block_bytes_);\n"
    "}\n"
    "void Pool::Free(void* block) { idle_head_ = new (block) "
    "Block{idle_head_}; "
    "++idle_count_now_; }\n";

class ScanTest : public testing::Test {
 protected:
  ScanTest() {
    secrets_.passages.Add("solutions/01_01/pool.cc", kReference);
    secrets_.files[Sha256(kReference)] = "solutions/01_01/pool.cc";
    for (const std::string& word : Identifiers(kReference, 8)) {
      secrets_.words[word] = "solutions/01_01/pool.cc";
    }
    secrets_.stubs = {"exercises/01_01/pool.cc"};
    Plant("exercises/01_01/README.md", "A pool of blocks.\n");
  }

  void Plant(const std::string& file, const std::string& bytes) {
    fs::create_directories((folder_.path() / file).parent_path());
    std::ofstream(folder_.path() / file, std::ios::binary) << bytes;
  }

  void Git(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(),
                     {"git", "-c", "user.name=a", "-c", "user.email=a@b"});
    ProcessOptions options;
    options.working_directory = repository_.path().string();
    const ProcessResult result = RunProcess(arguments, options);
    ASSERT_TRUE(result.ExitedWith(0)) << result.errors;
  }

  // A repository that once held the reference.
  void MakeRepository() {
    Git({"init", "-q"});
    std::ofstream(repository_.path() / "a.txt") << kReference;
    Git({"add", "a.txt"});
    Git({"commit", "-q", "-m", "a"});
  }

  std::string Found(const ScanLimits& limits = {}) const {
    std::string all;
    for (const Finding& finding : Scan(folder_.path(), secrets_, limits)) {
      EXPECT_FALSE(finding.fix.empty());
      all += finding.Text() + "\n";
    }
    return all;
  }

  void ExpectFound(const std::string& text) const {
    const std::string all = Found();
    EXPECT_NE(all.find(text), std::string::npos) << text << "\nin\n" << all;
  }

  const ScratchFolder folder_;
  const ScratchFolder repository_;
  Secrets secrets_;
};

// An archive of one file, in memory.
std::string Packed(int format, int filter, const std::string& name,
                   const std::string& bytes) {
  std::string packed(bytes.size() * 2 + (1 << 17), '\0');
  std::size_t used = 0;
  archive* const out = archive_write_new();
  archive_write_set_format(out, format);
  archive_write_add_filter(out, filter);
  archive_write_set_bytes_in_last_block(out, 1);
  EXPECT_EQ(archive_write_open_memory(out, packed.data(), packed.size(), &used),
            ARCHIVE_OK);
  archive_entry* const entry = archive_entry_new();
  archive_entry_set_pathname(entry, name.c_str());
  archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
  EXPECT_EQ(archive_write_header(out, entry), ARCHIVE_OK);
  archive_write_data(out, bytes.data(), bytes.size());
  archive_entry_free(entry);
  archive_write_close(out);
  archive_write_free(out);
  packed.resize(used);
  return packed;
}

TEST_F(ScanTest, FindsNothingInACleanCopy) { EXPECT_EQ(Found(), ""); }

TEST_F(ScanTest, ForbidsNames) {
  for (const char* name :
       {"solutions/x.h", "exercises/Mutants/a.txt",
        "exercises/hidden_walks_test.cc", "chapters/NOTES.md", "a.patch",
        "pool.cc.orig", ".pool.cc.swp", ".workbook/progress", "sub/.git",
        "bazel-bin/x"}) {
    const ScratchFolder other;
    fs::create_directories((other.path() / name).parent_path());
    std::ofstream(other.path() / name) << "x\n";
    const auto findings = Scan(other.path(), secrets_);
    ASSERT_FALSE(findings.empty()) << name;
    EXPECT_NE(findings.back().fix, "");
  }
}

TEST_F(ScanTest, FindsAWholeFileUnderAnotherName) {
  Plant("exercises/01_01/testdata/input.txt", kReference);
  ExpectFound(
      "testdata/input.txt:1: is solutions/01_01/pool.cc, byte for byte");
}

TEST_F(ScanTest, FindsAReformattedBodyInAPage) {
  std::string text(kReference);
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  Plant("chapters/01.md", "# Pools\n\n" + text);
  ExpectFound("chapters/01.md:3: holds");
  ExpectFound("tokens in a row of solutions/01_01/pool.cc:1");
  ExpectFound("Fix: say it in other words");
}

TEST_F(ScanTest, IsStricterWithStubs) {
  const std::string two_lines =
      "if (Block* block = idle_head_; block != nullptr) {\n"
      "idle_head_ = block->next_in_list; --idle_count_now_;\n";
  Plant("exercises/01_01/hints.md", two_lines);
  EXPECT_EQ(Found(), "") << "a hint may be nearly the code";
  Plant("exercises/01_01/pool.cc", two_lines);
  ExpectFound("exercises/01_01/pool.cc:1: holds");
  ExpectFound("mark that part of the reference // [reference]");
}

TEST_F(ScanTest, LetsAReviewedFilePassUpToItsLength) {
  Plant("chapters/01.md", std::string("x\n") + kReference);
  secrets_.reviewed["chapters/01.md"] = 1000;
  EXPECT_EQ(Found(), "");
  secrets_.reviewed["chapters/01.md"] = 70;
  EXPECT_NE(Found(), "");
}

TEST_F(ScanTest, FindsADozenLinesWhoseNamesWereChanged) {
  const std::string known = std::string(kReference) + kReference;
  secrets_.shapes.Add("solutions/01_01/pool.cc", known);
  std::string renamed = known;
  for (const std::string word : {"Pool", "Allocate", "Block", "block",
                                 "idle_head_", "next_in_list", "fresh_"}) {
    for (std::size_t at = renamed.find(word); at != std::string::npos;
         at = renamed.find(word, at + 2)) {
      renamed.replace(at, word.size(), "x" + std::to_string(word.size()));
    }
  }
  Plant("exercises/01_01/pool_test.cc", "#include <new>\n\n" + renamed);
  ExpectFound("exercises/01_01/pool_test.cc:3: holds");
  ExpectFound("of solutions/01_01/pool.cc:1, with other names");
  Plant("exercises/01_01/pool_test.cc", renamed.substr(0, renamed.size() / 3));
  EXPECT_EQ(Found(), "") << "a few lines of the same shape are an idiom";
}

TEST_F(ScanTest, FindsNamesOfMutants) {
  secrets_.mutants["pool.cc.never_frees"] =
      "solutions/01_01/mutants/pool.cc.never_frees.patch";
  Plant("chapters/01.md", "A pitfall:\nas in pool.cc.never_frees.\n");
  ExpectFound("chapters/01.md:2: names the mutant solutions/01_01/mutants/");
}

TEST_F(ScanTest, FindsTextOfTwoBytesACharacter) {
  std::string wide = "\xFF\xFE";
  for (const char c : std::string(kReference)) wide += {c, '\0'};
  Plant("notes.txt", wide);
  ExpectFound("notes.txt:1: holds");
}

TEST_F(ScanTest, LooksIntoArchivesOfEveryKind) {
  const std::string inner = std::string("// moved\n") + kReference;
  const auto tar = ARCHIVE_FORMAT_TAR_PAX_RESTRICTED;
  Plant("a.bin", Packed(tar, ARCHIVE_FILTER_NONE, "x.cc", inner));
  Plant("b.bin", Packed(tar, ARCHIVE_FILTER_GZIP, "x.cc", inner));
  Plant("c.bin", Packed(tar, ARCHIVE_FILTER_XZ, "x.cc", inner));
  Plant("d.bin", Packed(tar, ARCHIVE_FILTER_ZSTD, "x.cc", inner));
  Plant("e.bin",
        Packed(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, "x.cc", inner));
  Plant("f.bin",
        Packed(ARCHIVE_FORMAT_7ZIP, ARCHIVE_FILTER_NONE, "x.cc", inner));
  for (const char* name : {"a", "b", "c", "d", "e", "f"}) {
    ExpectFound(std::string(name) + ".bin!x.cc:2: holds");
  }
}

TEST_F(ScanTest, LooksIntoCompressedFilesAndArchivesInArchives) {
  Plant("a.gz", Packed(ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, "x",
                       std::string("\n") + kReference));
  ExpectFound("a.gz!:2: holds");
  Plant("b.zip", Packed(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, "in.txz",
                        Packed(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_XZ,
                               "solutions/p.cc", kReference)));
  ExpectFound("b.zip!in.txz!solutions/p.cc: is named after");
  ExpectFound("b.zip!in.txz!solutions/p.cc:1: is solutions/01_01/pool.cc");
}

TEST_F(ScanTest, RefusesWhatItCannotSeeWhole) {
  const std::string packed = Packed(ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE,
                                    "x", std::string(100'000, 'x'));
  Plant("a.zip", packed);
  EXPECT_EQ(Found(), "");
  EXPECT_NE(Found({.unpacked_bytes = 1000}).find("unpacks to too much"),
            std::string::npos);
  EXPECT_NE(Found({.depth = 0}).find("too deep"), std::string::npos);
  Plant("a.zip", packed.substr(0, packed.size() / 2));
  ExpectFound("a.zip: cannot be looked into");
}

TEST_F(ScanTest, RefusesCompiledObjectsAndNamesWhatTheyHold) {
  Plant("pool.bin", std::string("\177ELF\2\1\1\0", 8) +
                        "\0_ZN4Pool10idle_head_"
                        "\0next_in_list\0AddChunkOfBlocks" +
                        std::string(20, '\0'));
  ExpectFound("pool.bin: is a compiled object (ELF)");
  Plant("precompiled", "gpch.013");
  ExpectFound("precompiled: is a precompiled header (gcc)");
}

TEST_F(ScanTest, NamesTheReferencesWordsInOtherBinaries) {
  std::string bytes(8, '\0');
  for (const char* word : {"idle_head_", "next_in_list", "AddChunkOfBlocks"}) {
    bytes += std::string(word) + '\0';
  }
  Plant("dump.data", bytes);
  ExpectFound("dump.data: is binary, and it has the words");
}

TEST_F(ScanTest, FindsGitsHistoryHoweverItIsKept) {
  MakeRepository();
  fs::copy(repository_.path() / ".git", folder_.path() / ".git",
           fs::copy_options::recursive);
  ExpectFound(".git/HEAD: belongs to git");
  fs::remove_all(folder_.path() / ".git");

  Git({"bundle", "create", (folder_.path() / "course.dat").string(), "HEAD"});
  ExpectFound("course.dat: holds a bundle of git");
  fs::remove(folder_.path() / "course.dat");

  Git({"rev-parse", "HEAD:a.txt"});
  for (const auto& entry :
       fs::recursive_directory_iterator(repository_.path() / ".git/objects")) {
    if (entry.is_regular_file()) {
      fs::copy_file(entry, folder_.path() / entry.path().filename());
    }
  }
  ExpectFound("!: holds an object of git");
  ExpectFound("tokens in a row of solutions/01_01/pool.cc");
}

TEST_F(ScanTest, FindsAPackUnderAnotherName) {
  MakeRepository();
  Git({"gc", "-q"});
  for (const auto& entry :
       fs::directory_iterator(repository_.path() / ".git/objects/pack")) {
    fs::copy_file(
        entry,
        folder_.path() / ("data" + entry.path().extension().string() + ".bin"));
  }
  ExpectFound("data.pack.bin: holds a pack of git's objects");
  ExpectFound("data.idx.bin: holds the index of a pack");
}

TEST_F(ScanTest, RefusesSymbolicLinks) {
  fs::create_symlink("/etc/hosts", folder_.path() / "link");
  ExpectFound("link: a symbolic link");
}

}  // namespace
}  // namespace workbook::release
