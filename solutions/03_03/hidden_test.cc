// SPDX-License-Identifier: Apache-2.0

// Random texts and random calls, each beside a model of its contract. For
// grading: WORKBOOK_SEED chooses the walk, and a failure names the seed that
// repeats it.
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <new>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "03_03/concatenation.h"
#include "03_03/interner.h"
#include "03_03/views.h"
#include "exercises/03_03/testing/counted_string.h"
#include "exercises/03_03/testing/dangling.h"
#include "exercises/03_03/testing/scarce_memory.h"
#include "exercises/03_03/testing/some_text.h"
#include "tools/exercise/testing/random_walk.h"

namespace workbook {
namespace {

TEST(Task1Hidden, JoinsAndReplacesAsThePlainestLoopDoes) {
  const SeedTrace trace;
  Random random(1);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> texts(random.Below(40));
    for (std::string& text : texts) text = SomeText(random, 30);
    const std::vector<std::string_view> parts(texts.begin(), texts.end());
    const std::string between = SomeText(random, 4);
    std::string expected;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      expected += (i == 0 ? "" : between) + texts[i];
    }
    ASSERT_EQ(Joined<std::string>(parts, between), expected);
    CountingTraits::bytes_moved = 0;
    const CountedString counted = Joined<CountedString>(parts, between);
    ASSERT_LE(CountingTraits::bytes_moved,
              static_cast<std::int64_t>(counted.size()) + 64);

    const std::string from = "a" + SomeText(random, 2);
    const std::string to = SomeText(random, 6);
    std::string replaced;
    for (std::size_t i = 0; i < expected.size();) {
      const bool is_here = expected.compare(i, from.size(), from) == 0;
      replaced += is_here ? to : expected.substr(i, 1);
      i += is_here ? from.size() : 1;
    }
    ASSERT_EQ(Replaced<std::string>(expected, from, to), replaced);
  }
}

TEST(Task1Hidden, AJoinMovesExactlyTheBytesOfItsText) {
  for (const std::string_view between : {", ", " ", ""}) {
    std::vector<std::string_view> parts;
    for (int i = 0; i < 99; ++i) parts.push_back(i % 2 == 0 ? "a" : "words");
    CountingTraits::bytes_moved = 0;
    const CountedString text = Joined<CountedString>(parts, between);
    EXPECT_EQ(CountingTraits::bytes_moved,
              static_cast<std::int64_t>(text.size()))
        << "separator \"" << between << '"';
  }
}

TEST(Task2Hidden, WordsAndOrderAreThoseOfCopies) {
  const SeedTrace trace;
  Random random(2);
  for (int round = 0; round < 500; ++round) {
    const std::string text = SomeText(random, 60);
    std::vector<Message> messages;
    for (int i = 0; i < 5; ++i) messages.emplace_back(text);
    messages.push_back(messages[random.Below(5)]);
    const Message message = messages[random.Below(messages.size())];
    messages.clear();
    ASSERT_EQ(message.text(), text);
    std::istringstream stream(text);
    std::string word;
    std::size_t words = 0;
    for (; stream >> word; ++words) {
      ASSERT_LT(words, message.WordCount());
      ASSERT_EQ(WhyDangling(message.Word(words), message.text()), "");
      ASSERT_EQ(message.Word(words), word);
    }
    ASSERT_EQ(message.WordCount(), words);

    std::string other = random.Chance(50) ? text : SomeText(random, 5);
    const auto lower = [](std::string copy) {
      for (char& c : copy) c = c == 'A' ? 'a' : c == 'B' ? 'b' : c;
      return copy;
    };
    for (char& c : other) c = c == 'a' && random.Chance(50) ? 'A' : c;
    ASSERT_EQ(LessIgnoringCase()(text, other), lower(text) < lower(other));
    ASSERT_EQ(LessIgnoringCase()(other, text), lower(other) < lower(text));
    ASSERT_EQ(AsText(AsBytes(text)).data(), text.data());
  }
}

TEST(Task3Hidden, IsAMapThatMayRunOutOfMemory) {
  const SeedTrace trace;
  Random random(3);
  for (int round = 0; round < 20; ++round) {
    ScarceMemory memory;
    {
      Interner interner(&memory);
      std::map<std::string, Symbol> model;
      std::vector<std::string_view> views;
      std::size_t text_bytes = 0;
      for (int step = 0; step < 1500; ++step) {
        std::string text = SomeText(random, random.Chance(5) ? 3000 : 12);
        std::string_view asked = text;
        if (!views.empty() && random.Chance(20)) {
          const std::string_view whole = random.Pick(views);
          asked = whole.substr(random.Below(whole.size() + 1));
          text = asked;
        }
        const auto known = model.find(text);
        ASSERT_EQ(interner.Find(asked).has_value(), known != model.end());
        if (random.Chance(30)) memory.AllowAllocations(0);
        try {
          const Symbol symbol = interner.Intern(asked);
          if (known != model.end()) {
            ASSERT_EQ(symbol, known->second);
          } else {
            ASSERT_EQ(static_cast<std::size_t>(symbol), model.size());
            model.emplace(text, symbol);
            views.push_back(interner.TextOf(symbol));
            text_bytes += text.size();
          }
        } catch (const std::bad_alloc&) {
          ASSERT_EQ(known, model.end()) << "a known text needs no memory";
          ASSERT_EQ(interner.Find(text), std::nullopt);
        }
        memory.AllowAll();
        ASSERT_EQ(interner.size(), model.size());
        ASSERT_LE(memory.live_bytes(),
                  text_bytes * 4 / 3 + 48 * (model.size() + 1) + 8192);
      }
      for (const auto& [text, symbol] : model) {
        ASSERT_EQ(interner.TextOf(symbol), text);
        ASSERT_EQ(static_cast<const void*>(interner.TextOf(symbol).data()),
                  views[static_cast<std::size_t>(symbol)].data());
        ASSERT_EQ(interner.Find(text), symbol);
      }
    }
    ASSERT_EQ(memory.live_bytes(), 0u);
  }
}

}  // namespace
}  // namespace workbook
