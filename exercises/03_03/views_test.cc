// SPDX-License-Identifier: Apache-2.0

#include "03_03/views.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "exercises/03_03/testing/dangling.h"
#include "tools/exercise/testing/called_from.h"
#include "tools/exercise/testing/guarded_buffer.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

std::vector<std::string_view> WordsOf(std::string_view text) {
  std::vector<std::string_view> words;
  WordReader reader(text);
  // A reader that stands still must not hang the test.
  while (words.size() <= text.size()) {
    const std::string_view word = reader.Next();
    if (word.empty()) break;
    words.push_back(word);
  }
  return words;
}

using Views = std::vector<std::string_view>;

TEST(Task2Words, AreWhatStandsBetweenBlanks) {
  EXPECT_EQ(WordsOf("GET /index.html HTTP/1.1"),
            (Views{"GET", "/index.html", "HTTP/1.1"}));
  EXPECT_EQ(WordsOf("  two \t\r\n words\n"), (Views{"two", "words"}));
  EXPECT_EQ(WordsOf("one"), Views{"one"});
  EXPECT_EQ(WordsOf(" \t "), Views{});
  EXPECT_EQ(WordsOf(""), Views{});
  EXPECT_EQ(WordsOf(std::string_view("a\0b c", 5)),
            (Views{std::string_view("a\0b", 3), "c"}))
      << "a zero byte is no blank";
}

TEST(Task2Words, StayEmptyAtTheEnd) {
  WordReader reader("last ");
  EXPECT_EQ(reader.Next(), "last");
  EXPECT_TRUE(reader.Next().empty());
  EXPECT_TRUE(reader.Next().empty());
}

TEST(Task2Words, AreViewsIntoTheText) {
  const std::string text(" a view is no copy of a word that is long ");
  const AllocationScope scope;
  WordReader reader(text);
  std::int64_t words = 0;
  bool inside = true;
  for (int i = 0; i < 50; ++i) {
    const std::string_view word = reader.Next();
    if (word.empty()) break;
    inside = inside && LiesIn(word, text);
    ++words;
  }
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_TRUE(inside) << "a word lies outside of the text that was read";
  EXPECT_EQ(words, 11);
}

TEST(Task2Words, EndWhereTheTextEnds) {
  GuardedBuffer buffer(64);
  const std::string_view text = buffer.LastCopy("ends at a closed page");
  std::size_t words = 0;
  EXPECT_FALSE(TouchesClosedMemory([&] { words = WordsOf(text).size(); }))
      << "a view has no zero byte behind it: a byte behind the text was read";
  EXPECT_EQ(words, 5u);
}

TEST(Task2Words, OfATemporaryStringDoNotCompile) {
  EXPECT_FALSE((std::is_constructible_v<WordReader, std::string>))
      << "WordReader(MakeText()) compiles: the text dies at the end of the "
         "line, and each Next() reads freed memory";
  EXPECT_FALSE((std::is_constructible_v<WordReader, const std::string>))
      << "a const temporary dies as early";
  EXPECT_TRUE((std::is_constructible_v<WordReader, std::string&>));
  EXPECT_TRUE((std::is_constructible_v<WordReader, const std::string&>));
  EXPECT_TRUE((std::is_constructible_v<WordReader, const char*>))
      << "a literal lives as long as the program; a deleted constructor from "
         "const std::string&& makes it ambiguous";
  EXPECT_TRUE((std::is_constructible_v<WordReader, std::string_view>));
}

TEST(Task2Compare, FindsByAViewWithoutACopy) {
  std::map<std::string, int, LessIgnoringCase> headers;
  headers["Content-Length-Of-The-Body"] = 42;
  headers["Accept-Language-And-More"] = 7;
  const std::string_view line = "CONTENT-LENGTH-OF-THE-BODY: 42";
  const AllocationScope scope;
  const auto found = headers.find(line.substr(0, 26));
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "comparing needs no lower-case copies";
  ASSERT_NE(found, headers.end());
  EXPECT_EQ(found->second, 42);
}

TEST(Task2Compare, OrdersByBytesWithoutCase) {
  const LessIgnoringCase less;
  EXPECT_FALSE(less("Host", "hOST"));
  EXPECT_FALSE(less("hOST", "Host"));
  EXPECT_TRUE(less("apple", "BANANA"));
  EXPECT_FALSE(less("BANANA", "apple"));
  EXPECT_TRUE(less("host", "Hosts")) << "a part comes before the whole";
  EXPECT_FALSE(less("Hosts", "host"));
  EXPECT_FALSE(less("", ""));
  EXPECT_TRUE(less("z", "\xC3\xA4")) << "bytes are unsigned numbers";
  EXPECT_TRUE(less("\xC3\x84", "\xC3\xA4"))
      << "only the 26 letters of ASCII have no case";
  EXPECT_TRUE(less("[", "a")) << "[ comes behind Z and before a";
  EXPECT_FALSE(less("Z", "["));
}

TEST(Task2Bytes, AreTheSameMemory) {
  const std::string text(1000, 'x');
  const AllocationScope scope;
  const std::span<const std::byte> bytes = AsBytes(text);
  const std::string_view back = AsText(bytes);
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(static_cast<const void*>(bytes.data()), text.data());
  EXPECT_EQ(bytes.size(), 1000u);
  EXPECT_EQ(back.data(), text.data());
  EXPECT_EQ(back.size(), 1000u);
  EXPECT_TRUE(AsText({}).empty());
  EXPECT_TRUE(AsBytes("").empty());
}

constexpr char kShort[] = "GET /a 1.1";
constexpr char kLong[] = "GET /a/long/path/that/lies/on/the/heap HTTP/1.1";

// Reads no word before it knows that its memory is that of `message`.
void ExpectOwnWords(const Message& message, std::string_view text,
                    const char* file = __builtin_FILE(),
                    int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "Message");
  ASSERT_EQ(message.text(), text);
  const Views words = WordsOf(message.text());
  ASSERT_EQ(message.WordCount(), words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = message.Word(i);
    ASSERT_EQ(WhyDangling(word, message.text()), "")
        << "word " << i << " of " << words.size();
    EXPECT_EQ(word, words[i]);
  }
}

// What most programs write first.
struct NaiveMessage {
  explicit NaiveMessage(std::string line)
      : text(std::move(line)), method(std::string_view(text).substr(0, 3)) {}

  std::string text;
  std::string_view method;  // "GET"
};

TEST(Task2Message, ADefaultMoveLeavesViewsOfAShortTextBehind) {
  auto source = std::make_unique<NaiveMessage>(kShort);
  const NaiveMessage moved(std::move(*source));
  source.reset();
  EXPECT_NE(WhyDangling(moved.method, moved.text), "")
      << "a short text lies in the object, so its address changes";
  auto other = std::make_unique<NaiveMessage>(kLong);
  const NaiveMessage lucky(std::move(*other));
  other.reset();
  EXPECT_EQ(WhyDangling(lucky.method, lucky.text), "")
      << "a long text lies in a block, which the move hands on";
}

TEST(Task2Message, HasTheWordsOfItsText) {
  ExpectOwnWords(Message(kShort), kShort);
  ExpectOwnWords(Message(kLong), kLong);
  ExpectOwnWords(Message(""), "");
  ExpectOwnWords(Message("  "), "  ");
}

TEST(Task2Message, ACopyHasWordsOfItsOwn) {
  for (const char* const text : {kShort, kLong}) {
    auto source = std::make_unique<Message>(text);
    const Message copy(*source);
    source.reset();
    ExpectOwnWords(copy, text);
  }
}

// [region moved]
TEST(Task2Message, AMovedShortTextTakesItsWordsAlong) {
  auto source = std::make_unique<Message>(kShort);
  const Message moved(std::move(*source));
  source.reset();
  ExpectOwnWords(moved, kShort);
}
// [end]

TEST(Task2Message, AMovedLongTextTakesItsWordsAlong) {
  auto source = std::make_unique<Message>(kLong);
  const Message moved(std::move(*source));
  source.reset();
  ExpectOwnWords(moved, kLong);
}

TEST(Task2Message, AnAssignedMessageHasWordsOfItsOwn) {
  Message message("what was there before, and is longer than that");
  message = Message(kShort);
  ExpectOwnWords(message, kShort);
  const Message other(kLong);
  message = other;
  ExpectOwnWords(message, kLong);
}

TEST(Task2Message, SurvivesAVectorThatGrows) {
  std::vector<Message> messages;
  for (int i = 0; i < 100; ++i) messages.emplace_back(kShort);
  for (const Message& message : messages) ExpectOwnWords(message, kShort);
}

TEST(Task2Message, TakesItsTextOver) {
  std::string text(100'000, 'x');
  const AllocationScope scope;
  const Message message(std::move(text));
  EXPECT_EQ(message.WordCount(), 1u);
  EXPECT_LT(scope.Counts().bytes_allocated, 1000)
      << "neither the text nor a word is copied";
}

}  // namespace
}  // namespace workbook
