// SPDX-License-Identifier: Apache-2.0

#include "tools/support/history/case_text.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <set>

#include "tools/support/history/subject.h"

namespace workbook::history {
namespace {

std::string_view VerdictWord(Verdict verdict) {
  switch (verdict) {
    case Verdict::kWrong:
      return "WRONG";
    case Verdict::kCrashed:
      return "CRASH";
    case Verdict::kHangs:
      return "HANGS";
    default:
      return "passes";
  }
}

std::string Program(const std::vector<Step>& steps) {
  std::string text;
  for (const Step& step : steps) text += "    " + step.line + "\n";
  if (!text.empty()) text.insert(text.size() - 1, "   // <-- here");
  return text;
}

// What cannot be asserted in a line shows in another way.
std::string Assertion(const Outcome& outcome) {
  if (outcome.code.empty()) {
    return "  // No expression shows it. Fix: run this test with "
           "--config=asan.\n";
  }
  return "  " + AssertionOf(outcome.code, outcome.expected) + "\n";
}

bool TakeNumber(std::string_view& text, std::uint8_t& number) {
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

}  // namespace

std::vector<Step> StepsOf(const Outcome& outcome) {
  constexpr std::string_view kMark = "\n> ";
  std::vector<Step> steps;
  std::string_view rest = outcome.steps;
  while (rest.starts_with(kMark)) {
    rest.remove_prefix(kMark.size());
    const std::string_view step = rest.substr(0, rest.find(kMark));
    const std::size_t line = std::min(step.find('\n'), step.size());
    steps.push_back(
        {std::string(step.substr(0, line)),
         std::string(step.substr(std::min(line + 1, step.size())))});
    rest.remove_prefix(step.size());
  }
  return steps;
}

std::string VerdictText(const Outcome& outcome) {
  return Text(VerdictWord(outcome.verdict), ": ", outcome.sentence);
}

std::string ShowCase(const Outcome& outcome, std::size_t steps) {
  const std::vector<Step> all = StepsOf(outcome);
  const std::string sentence = VerdictText(outcome) + "\n";
  std::string text = Program(all) + sentence;
  for (std::size_t i = all.size() - std::min(steps, all.size());
       i != all.size(); ++i) {
    // Lines of one call have one picture, behind the last.
    const bool goes_on = i != 0 && all[i - 1].picture.empty();
    text +=
        Text(goes_on ? "" : "\n", i, "  ", all[i].line, "\n", all[i].picture);
  }
  return steps == 0 ? text : text + "   " + sentence;
}

std::string ShowNothing(const Found& found, const Budget& budget) {
  return Text("Nothing found: all histories of cost ", found.complete_cost,
              " and less, and ", budget.random, " random ones of ",
              kRandomCalls, " calls; ", found.histories, " in all.\n");
}

namespace {

// A case uses not all that it makes.
constexpr char kIgnored[] =
    "#pragma GCC diagnostic ignored \"-Wunused-variable\"\n"
    "#pragma GCC diagnostic ignored \"-Wunused-but-set-variable\"\n"
    "#pragma GCC diagnostic ignored \"-Wunused-result\"\n";

// The lines of a preamble that include, which stand before any namespace, or
// those that do not.
std::string LinesOf(std::string_view preamble, bool includes) {
  std::string text;
  while (!preamble.empty()) {
    const std::string_view line = preamble.substr(
        0, std::min(preamble.find('\n'), preamble.size() - 1) + 1);
    if (line.starts_with("#include") == includes) text += line;
    preamble.remove_prefix(line.size());
  }
  return text;
}

std::string TestHead(const Machine& machine) {
  std::string text =
      Text("#include \"", machine.header, "\"\n\n#include <gtest/gtest.h>\n\n");
  for (const char* const header :
       {"algorithm",   "array",    "cerrno",     "chrono",    "cstdint",
        "cstring",     "deque",    "functional", "map",       "memory",
        "new",         "optional", "span",       "stdexcept", "string",
        "string_view", "thread",   "typeinfo",   "utility",   "vector"}) {
    text += Text("#include <", header, ">\n");
  }
  return Text(text, LinesOf(machine.preamble, true), "\n", kIgnored,
              "\nnamespace workbook {\nnamespace {\n\n",
              LinesOf(machine.preamble, false));
}

std::string TestBody(const Outcome& outcome, std::string_view suite,
                     std::string_view name) {
  std::string text = Text("TEST(", suite, ", ", name, ") {\n");
  for (const Step& step : StepsOf(outcome)) text += "  " + step.line + "\n";
  return text;
}

constexpr char kTestTail[] = "}  // namespace\n}  // namespace workbook\n";

}  // namespace

std::string ShowTest(const Outcome& outcome, const Machine& machine,
                     std::string_view suite, std::string_view name) {
  return Text("// Kept by ./workbook case --save. It was\n// ",
              VerdictText(outcome), "\n") +
         TestHead(machine) + TestBody(outcome, suite, name) +
         Assertion(outcome) + "}\n\n" + kTestTail;
}

std::string ShowEachCall(const Machine& machine) {
  constexpr int kMostWithoutNew = 30;
  std::string text = TestHead(machine);
  std::set<std::uint8_t> shown;
  RandomCalls calls(machine, 1);
  lists_checks = true;
  for (int i = 0, without_new = 0; without_new != kMostWithoutNew; ++i) {
    const Outcome outcome = Play(machine, calls.Next());
    const std::size_t before = shown.size();
    shown.insert(outcome.history.calls.begin(), outcome.history.calls.end());
    if (i != 0 && shown.size() == before) {
      ++without_new;
      continue;
    }
    without_new = 0;
    text +=
        TestBody(outcome, "EachCall", "History" + std::to_string(i)) + "}\n\n";
  }
  lists_checks = false;
  return text + kTestTail;
}

std::string HistoryText(const History& history) {
  std::string text = std::to_string(history.config) + ":";
  for (const std::uint8_t call : history.calls) {
    text += (text.back() == ':' ? "" : ",") + std::to_string(call);
  }
  return text;
}

std::optional<History> ReadHistory(std::string_view text,
                                   const Machine& machine) {
  History history;
  if (!TakeNumber(text, history.config) || !text.starts_with(":") ||
      history.config >= machine.configs) {
    return std::nullopt;
  }
  while (text.size() > 1 && history.calls.size() < kMaxCalls) {
    text.remove_prefix(1);
    std::uint8_t call = 0;
    if (!TakeNumber(text, call) || machine.costs[call] == 0) {
      return std::nullopt;
    }
    history.calls.push_back(call);
    if (!text.empty() && text[0] != ',') return std::nullopt;
  }
  return text.empty() || text == ":" ? std::optional(history) : std::nullopt;
}

}  // namespace workbook::history
