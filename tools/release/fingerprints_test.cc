// SPDX-License-Identifier: Apache-2.0

#include "tools/release/fingerprints.h"

#include <string>

#include "gtest/gtest.h"

namespace workbook::release {
namespace {

constexpr char kBody[] =
    "void* Pool::Allocate() {\n"
    "  // Idle blocks first: they are warm.\n"
    "  if (Block* block = idle_; block != nullptr) {\n"
    "    idle_ = block->next;\n"
    "    --idle_count_;\n"
    "    return block;\n"
    "  }\n"
    "  if (fresh_ == end_) AddChunk(2 * chunk_blocks_);\n"
    "  return std::exchange(fresh_, fresh_ + block_bytes_);\n"
    "}\n";

class FingerprintsTest : public testing::Test {
 protected:
  FingerprintsTest() { known_.Add("solutions/pool.cc", kBody); }

  bool Finds(const std::string& text) const {
    const auto found = known_.Find(text);
    return !found.empty() && found.front().tokens >= 60;
  }

  Fingerprints known_;
};

std::string Replaced(std::string text, const std::string& from,
                     const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

TEST_F(FingerprintsTest, NameTheLineInBothTexts) {
  const auto found = known_.Find(std::string("first\nsecond\n") + kBody);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().line, 3);
  EXPECT_EQ(found.front().source, "solutions/pool.cc:1");
}

TEST_F(FingerprintsTest, SeeThroughLayout) {
  EXPECT_TRUE(Finds(Replaced(kBody, "\n", " ")));
  EXPECT_TRUE(Finds(Replaced(kBody, "\n", "\r\n\t")));
  EXPECT_TRUE(Finds(Replaced(kBody, "{", "\n\n    {\n")));
}

TEST_F(FingerprintsTest, SeeThroughPatchesQuotationsAndHtml) {
  EXPECT_TRUE(Finds("+" + Replaced(kBody, "\n", "\n+")));
  EXPECT_TRUE(Finds("> " + Replaced(kBody, "\n", "\n> ")));
  EXPECT_TRUE(Finds(Replaced(kBody, ">", "&gt;")));
}

TEST_F(FingerprintsTest, SeeThroughCommentsTakenOutOrPutIn) {
  EXPECT_TRUE(
      Finds(Replaced(kBody, "  // Idle blocks first: they are warm.\n", "")));
  EXPECT_TRUE(Finds(Replaced(kBody, ";\n", ";  /* so\n it is */\n")));
}

// Every name of kBody is another one, and every line broken elsewhere.
constexpr char kRenamed[] =
    "void* Arena::Take() { if (Node* first = free_;\n first != nullptr)\n"
    "{ free_ = first->link; --free_nodes_; return first; }\n"
    "if (bump_ == limit_) Grow(4 * nodes_in_slab_);\n"
    "return boost::exchange(bump_, bump_ + node_size_); }\n";

TEST_F(FingerprintsTest, SeeThroughNewNamesWhereNamesAreAlike) {
  Fingerprints shapes(Names::kAreAlike);
  shapes.Add("solutions/pool.cc", kBody);
  const auto found = shapes.Find(kRenamed);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found.front().source, "solutions/pool.cc:1");
  EXPECT_GE(found.front().tokens, 60u);
  EXPECT_FALSE(Finds(kRenamed));
}

TEST_F(FingerprintsTest, ForgetWhatEverybodyMayRead) {
  known_.Remove(kBody);
  EXPECT_EQ(known_.size(), 0u);
  EXPECT_TRUE(known_.Find(kBody).empty());
}

TEST_F(FingerprintsTest, TakeNoRuleOfATableForAPassage) {
  constexpr char kRule[] = "|:-|-:|-:|-:|-:|-:|-:|-:|-:|-:|-:|---:|\n";
  known_.Add("solutions/NOTES.md", std::string("| a | b |\n") + kRule + "c");
  EXPECT_TRUE(known_.Find(std::string("| x | y |\n") + kRule).empty());
  EXPECT_TRUE(known_.Find(kRule).empty());
  EXPECT_TRUE(Finds(Replaced(kBody, "  }\n", std::string(kRule) + "  }\n")));
}

TEST_F(FingerprintsTest, LeaveShortMatchesAlone) {
  EXPECT_TRUE(
      known_.Find("if (Block* block = idle_; block != nullptr) {").empty());
}

TEST(WithoutComments, KeepsLinesAndLiterals) {
  EXPECT_EQ(WithoutComments("a; // b\nc; /* d\n e */ f;"), "a; \nc;  \n f;");
  EXPECT_EQ(WithoutComments("s = \"http://x\"; n = 1'000; // y"),
            "s = \"http://x\"; n = 1'000; ");
  EXPECT_EQ(WithoutComments("// only"), "");
}

}  // namespace
}  // namespace workbook::release
