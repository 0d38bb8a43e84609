// SPDX-License-Identifier: Apache-2.0

#include "02_01/ownership.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "exercises/02_01/before/ownership.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

std::string LongText(char letter) { return std::string(40, letter); }

TEST(Task4Share, HoldsTheTexts) {
  const std::shared_ptr<Document> document = Share("title", "text");
  EXPECT_EQ(document->title, "title");
  EXPECT_EQ(document->text, "text");
  EXPECT_EQ(document.use_count(), 1);
}

TEST(Task4Share, IsOneBlock) {
  AllocationScope scope;
  const std::shared_ptr<Document> document = Share("title", "text");
  EXPECT_EQ(scope.Counts().allocations, 1)
      << "the document is one block and the counts of its owners another. Fix: "
         "std::make_shared puts both into one";
}

TEST(Task4Share, MovesTheTextsOn) {
  std::string title = LongText('a');
  std::string text = LongText('b');
  AllocationScope scope;
  const std::shared_ptr<Document> document =
      Share(std::move(title), std::move(text));
  EXPECT_EQ(scope.Counts().allocations, 1)
      << "both texts were moved in, so the document alone is allocated. Fix: "
         "move the parameters on";
  EXPECT_EQ(document->text, LongText('b'));
}

TEST(Task4Library, FindsByTitle) {
  Library library;
  EXPECT_FALSE(library.Find("one"));
  library.Add("one", "1");
  library.Add("two", "2");
  library.Add("one", "3");
  const auto found = library.Find("one");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->text, "1") << "the first with this title";
  ASSERT_TRUE(library.Find("two"));
  EXPECT_FALSE(library.Find("three"));
}

TEST(Task4Library, FindCopiesNothing) {
  Library library;
  library.Add(LongText('a'), LongText('b'));
  const std::string title = LongText('a');
  AllocationScope scope;
  const auto found = library.Find(title);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->text.size(), 40u);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "the caller only reads. Fix: return a pointer to the document";
}

TEST(Task4Library, AddMovesTheTextsOn) {
  Library library;
  library.Add("first", "makes room");
  std::string title = LongText('a');
  std::string text = LongText('b');
  AllocationScope scope;
  library.Add(std::move(title), std::move(text));
  EXPECT_LE(scope.Counts().allocations, 2)
      << "both texts were moved in: at most a document and a larger vector are "
         "allocated";
}

TEST(Task4Outline, KnowsItsDepth) {
  Outline outline;
  Outline::Node* const chapter = outline.Add(outline.root(), "chapter");
  Outline::Node* const section = outline.Add(chapter, "section");
  outline.Add(chapter, "second section");
  EXPECT_EQ(Outline::DepthOf(outline.root()), 0);
  EXPECT_EQ(Outline::DepthOf(section), 2);
  ASSERT_EQ(chapter->children.size(), 2u);
  EXPECT_EQ(chapter->children[0]->title, "section");
  EXPECT_EQ(chapter->children[1]->title, "second section");
}

template <class AnyOutline>
std::int64_t BytesOfAChain(AnyOutline& outline, int nodes) {
  AllocationScope scope;
  auto* node = outline.root();
  for (int i = 0; i < nodes; ++i) node = outline.Add(node, "short");
  return scope.Counts().live_bytes / nodes;
}

TEST(Task4Outline, ANodeHasOneOwner) {
  before::Outline old_outline;
  Outline outline;
  const std::int64_t old_bytes = BytesOfAChain(old_outline, 100);
  const std::int64_t bytes = BytesOfAChain(outline, 100);
  RecordGain("node_bytes", old_bytes, bytes);
  EXPECT_LE(bytes, 72)
      << "32 bytes of title, 24 of the vector, 8 for the parent and 8 for its "
         "entry. Fix: the parent owns its children by std::unique_ptr, and a "
         "child knows its parent by a plain pointer";
}

TEST(Task4Outline, FreesItsNodes) {
  AllocationScope scope;
  {
    Outline outline;
    BytesOfAChain(outline, 50);
  }
  EXPECT_EQ(scope.Counts().live_bytes, 0) << "a node outlives its outline";
}

TEST(Task4Session, Counts) {
  Session session;
  EXPECT_EQ(session.traffic().received_bytes, 0u);
  session.Receive(100);
  session.Receive(20);
  session.Send(3);
  EXPECT_EQ(session.traffic().received_bytes, 120u);
  EXPECT_EQ(session.traffic().sent_bytes, 3u);
}

TEST(Task4Session, IsOneObject) {
  AllocationScope scope;
  const Session session;
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "16 bytes that live as long as the session. Fix: make them a member, "
         "not a pointer to a block of their own";
  EXPECT_EQ(session.traffic().sent_bytes, 0u);
}

}  // namespace
}  // namespace workbook
