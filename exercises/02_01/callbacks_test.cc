// SPDX-License-Identifier: Apache-2.0

#include "02_01/callbacks.h"

#include <gtest/gtest.h>

#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exercises/02_01/before/callbacks.h"
#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

std::vector<Player> Players() {
  std::vector<Player> players;
  for (const int points : {30, 10, 20, 50, 40, 0, 60, 70}) {
    players.push_back(
        {"a player whose points are " + std::to_string(points), points});
  }
  return players;
}

std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  ForEachLine(text,
              [&lines](std::string_view line) { lines.emplace_back(line); });
  return lines;
}

TEST(Task3CountIf, CountsEachYes) {
  const std::vector<int> values = {1, 2, 3, 4, 5, 6, 7};
  EXPECT_EQ(CountIf(values, [](int value) { return value % 2 == 0; }), 3u);
  EXPECT_EQ(CountIf({}, [](int) { return true; }), 0u);
  EXPECT_EQ(CountIf(values, std::function<bool(int)>(
                                [](int value) { return value > 6; })),
            1u)
      << "a std::function is a predicate as well";
}

TEST(Task3CountIf, AllocatesNothingForAnyCapture) {
  const std::vector<int> values = {1, 2, 3, 4, 5, 6, 7};
  long low = 2;
  long high = 6;
  long forbidden = 4;
  const auto inside = [&low, &high, &forbidden](int value) {
    return value >= low && value <= high && value != forbidden;
  };
  AllocationScope old_scope;
  before::CountIf(values, inside);
  const std::int64_t old_allocations = old_scope.Counts().allocations;
  AllocationScope scope;
  EXPECT_EQ(CountIf(values, inside), 4u);
  const std::int64_t allocations = scope.Counts().allocations;
  RecordGain("allocations", old_allocations, allocations);
  EXPECT_EQ(allocations, 0)
      << "three captured references are 24 bytes, and std::function holds 16. "
         "Fix: let the predicate's type be a template parameter";
}

TEST(Task3CountIf, DoesNotCopyThePredicate) {
  const std::vector<int> values = {1, 2, 3};
  const auto known = [primes = std::vector<int>{2, 3, 5, 7}](int value) {
    for (const int prime : primes) {
      if (prime == value) return true;
    }
    return false;
  };
  AllocationScope scope;
  EXPECT_EQ(CountIf(values, known), 2u);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "the lambda holds a vector, so a copy of the lambda copies it. Fix: "
         "take the predicate by reference";
}

TEST(Task3SortBy, SortsByAnyKey) {
  std::vector<Player> players = Players();
  SortBy(players, [](const Player& player) {
    return std::to_string(100 + player.points);
  });
  for (std::size_t i = 0; i < players.size(); ++i) {
    EXPECT_EQ(players[i].points, static_cast<int>(i) * 10);
  }
  std::vector<Player> none;
  SortBy(none, [](const Player& player) { return player.name; });
  EXPECT_TRUE(none.empty());
}

TEST(Task3SortBy, ComparesNamesWithoutACopy) {
  const auto name = [](const Player& player) -> const std::string& {
    return player.name;
  };
  std::vector<Player> players = Players();
  AllocationScope scope;
  SortBy(players, name);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "the key is a reference to the name, and each comparison copied two. "
         "Fix: compare what `key` returns, whatever its type";
  EXPECT_EQ(players.front().points, 0);
  EXPECT_EQ(players.back().points, 70);
}

TEST(Task3ForEachLine, SplitsAtLineEnds) {
  EXPECT_EQ(LinesOf("one\n\nthree"),
            (std::vector<std::string>{"one", "", "three"}));
  EXPECT_EQ(LinesOf("one\n"), std::vector<std::string>{"one"})
      << "no line follows the last line end";
  EXPECT_EQ(LinesOf("\n"), std::vector<std::string>{""});
  EXPECT_TRUE(LinesOf("").empty());
}

TEST(Task3ForEachLine, CopiesNoLine) {
  std::string text;
  for (int i = 0; i < 50; ++i)
    text += "a line that is longer than 15 letters\n";
  std::size_t letters = 0;
  std::size_t lines = 0;
  const auto measure = [&letters, &lines, &text](std::string_view line) {
    letters += line.size();
    if (!text.empty()) ++lines;
  };
  AllocationScope scope;
  ForEachLine(text, measure);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "a line is a part of the text. Fix: give a std::string_view of it, "
         "and take a LineVisitor";
  EXPECT_EQ(letters, 50 * 37u);
  EXPECT_EQ(lines, 50u);
}

TEST(Task3ForEachLine, LetsAnExceptionPass) {
  int visited = 0;
  EXPECT_THROW(ForEachLine("one\ntwo\nthree",
                           [&visited](std::string_view line) {
                             ++visited;
                             if (line == "two") throw std::runtime_error("two");
                           }),
               std::runtime_error);
  EXPECT_EQ(visited, 2) << "no line follows the one that threw";
}

TEST(Task3Thermostat, CountsWhatIsOutside) {
  Thermostat thermostat({.low = 18, .high = 24});
  const std::function<void(double)> kitchen = thermostat.Callback();
  const std::function<void(double)> hall = thermostat.Callback();
  for (const double temperature : {18.0, 24.0, 17.5, 30.0}) {
    kitchen(temperature);
  }
  hall(0);
  EXPECT_EQ(thermostat.outside(), 3)
      << "18 and 24 are within the limits, and all callbacks count together";
}

TEST(Task3Thermostat, ItsCallbackIsHeldWithinTheFunction) {
  Thermostat thermostat({.low = 18, .high = 24});
  AllocationScope scope;
  const std::function<void(double)> callback = thermostat.Callback();
  const std::function<void(double)> copy = callback;
  copy(30);
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "limits and `this` are 40 bytes, and std::function holds 16. Fix: the "
         "thermostat has the limits already, so capture `this` alone";
  EXPECT_EQ(thermostat.outside(), 1);
}

}  // namespace
}  // namespace workbook
