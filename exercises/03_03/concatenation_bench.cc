// SPDX-License-Identifier: Apache-2.0

// Texts put together of letters and of words, and a replacement in one of them.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "03_03/concatenation.h"
#include "exercises/03_03/before/concatenation.h"
#include "exercises/03_03/testing/counted_string.h"
#include "tools/bench/keep.h"
#include "tools/bench/orders.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/strings/cord.h>
#include <absl/strings/str_cat.h>
#include <absl/strings/str_join.h>
#include <absl/strings/str_replace.h>
#endif

namespace workbook {
namespace {

using Parts = std::span<const std::string_view>;

// Each row makes a text of `parts` with `separator` between them, in a function
// of its own that no loop swallows.

[[gnu::noinline]] std::string Naturally(Parts parts, std::string_view between) {
  return before::Joined<std::string>(parts, between);
}
[[gnu::noinline]] std::string ByJoined(Parts parts, std::string_view between) {
  return Joined<std::string>(parts, between);
}

template <class String>
String AppendedTo(String text, Parts parts, std::string_view between) {
  bool is_first = true;
  for (const std::string_view part : parts) {
    if (!is_first) text.append(between.data(), between.size());
    text.append(part.data(), part.size());
    is_first = false;
  }
  return text;
}

template <class String>
String WithRoom(Parts parts, std::string_view between) {
  std::size_t size = 0;
  for (const std::string_view part : parts)
    size += part.size() + between.size();
  String text;
  text.reserve(size);
  return text;
}

[[gnu::noinline]] std::string ByAppend(Parts parts, std::string_view between) {
  return AppendedTo(std::string(), parts, between);
}
[[gnu::noinline]] std::string ByReserve(Parts parts, std::string_view between) {
  return AppendedTo(WithRoom<std::string>(parts, between), parts, between);
}
[[gnu::noinline]] std::string ByFmt(Parts parts, std::string_view between) {
  fmt::memory_buffer text;
  bool is_first = true;
  for (const std::string_view part : parts) {
    if (!is_first) text.append(between.data(), between.data() + between.size());
    text.append(part.data(), part.data() + part.size());
    is_first = false;
  }
  return fmt::to_string(text);
}

#ifdef WORKBOOK_HAS_ABSEIL_CPP
// The library has a string_view of its own.
absl::string_view Abseil(std::string_view text) {
  return {text.data(), text.size()};
}
[[gnu::noinline]] std::string ByStrAppend(Parts parts,
                                          std::string_view between) {
  std::string text;
  bool is_first = true;
  for (const std::string_view part : parts) {
    if (is_first) {
      absl::StrAppend(&text, Abseil(part));
    } else {
      absl::StrAppend(&text, Abseil(between), Abseil(part));
    }
    is_first = false;
  }
  return text;
}
[[gnu::noinline]] absl::Cord ByCord(Parts parts, std::string_view between) {
  absl::Cord text;
  bool is_first = true;
  for (const std::string_view part : parts) {
    if (!is_first) text.Append(Abseil(between));
    text.Append(Abseil(part));
    is_first = false;
  }
  return text;
}
[[gnu::noinline]] std::string ByStrJoin(Parts parts, std::string_view between) {
  return absl::StrJoin(parts, Abseil(between),
                       [](std::string* text, std::string_view part) {
                         text->append(part.data(), part.size());
                       });
}
[[gnu::noinline]] std::string ByStrCat(Parts p, std::string_view between) {
  const absl::string_view b = Abseil(between);
  return absl::StrCat(Abseil(p[0]), b, Abseil(p[1]), b, Abseil(p[2]), b,
                      Abseil(p[3]), b, Abseil(p[4]));
}
std::string Flat(const absl::Cord& text) { return std::string(text); }
#endif
[[gnu::noinline]] std::string ByFormat(Parts p, std::string_view b) {
  return fmt::format("{}{}{}{}{}{}{}{}{}", p[0], b, p[1], b, p[2], b, p[3], b,
                     p[4]);
}
const std::string& Flat(const std::string& text) { return text; }

struct Scenario {
  std::string name;
  std::vector<std::string_view> parts;
  std::string_view between;
};

using Counted = CountedString (*)(Parts, std::string_view);

// An operation is one text. `counted` does the same to a string that counts.
template <class Make>
Row* Add(const Scenario& scenario, Role role, const char* implementation,
         Make make, Counted counted = nullptr) {
  return AddRow(scenario.name, role, implementation,
                [scenario, make, counted](benchmark::State& state) {
                  Digest digest;
                  digest.Add(Flat(make(scenario.parts, scenario.between)));
                  if (!RequireSameDigest(state, scenario.name, digest)) return;
                  if (counted != nullptr) {
                    CountingTraits::bytes_moved = 0;
                    const CountedString text =
                        counted(scenario.parts, scenario.between);
                    state.counters["bytes_moved"] =
                        static_cast<double>(CountingTraits::bytes_moved);
                  }
                  InputOrders<std::string_view> orders(scenario.parts, 303);
                  for (auto _ : state) {
                    const auto text = make(orders.Next(), scenario.between);
                    Keep(text);
                  }
                  state.SetItemsProcessed(state.iterations());
                });
}

void AddRows(const Scenario& scenario) {
  Add(scenario, Role::kBaseline, "text = text + part", Naturally,
      before::Joined<CountedString>);
  Add(scenario, Role::kSubject, "Joined", ByJoined, Joined<CountedString>);
  Add(scenario, Role::kPeer, "std::string, append", ByAppend,
      [](Parts parts, std::string_view between) {
        return AppendedTo(CountedString(), parts, between);
      });
  Add(scenario, Role::kPeer, "std::string, reserve", ByReserve,
      [](Parts parts, std::string_view between) {
        return AppendedTo(WithRoom<CountedString>(parts, between), parts,
                          between);
      });
  Add(scenario, Role::kPeer, "fmt::memory_buffer", ByFmt);
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  Add(scenario, Role::kPeer, "absl::StrAppend", ByStrAppend);
  Add(scenario, Role::kPeer, "absl::StrJoin", ByStrJoin);
  Add(scenario, Role::kPeer, "absl::Cord", ByCord);
#else
  AddGap(scenario.name, "absl::StrAppend", "libabsl-dev");
  AddGap(scenario.name, "absl::StrJoin", "libabsl-dev");
  AddGap(scenario.name, "absl::Cord", "libabsl-dev");
#endif
}

std::vector<std::string_view> Words(std::size_t count) {
  static constexpr std::string_view kWords[] = {
      "a",       "of",       "pool",     "views",       "string",
      "handles", "dangling", "interned", "immutability"};
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < count; ++i) {
    words.push_back(kWords[i % std::size(kWords)]);
  }
  return words;
}

std::vector<std::string_view> Letters(std::size_t count) {
  static constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";
  std::vector<std::string_view> letters;
  for (std::size_t i = 0; i < count; ++i) {
    letters.push_back(kLetters.substr(i % kLetters.size(), 1));
  }
  return letters;
}

constexpr char kHook[] = "concatenation/forty_letters";
constexpr char kReplace[] = "concatenation/replace_500";

// The page's first code.
[[gnu::noinline]] std::string OneByOne(Parts letters, std::string_view) {
  std::string text;
  for (const std::string_view letter : letters) {
    const char c = letter[0];
    text = text + c;
  }
  return text;
}

std::string Html() {
  std::string html;
  for (const std::string_view word : Words(500)) {
    html.append(word).append(" < ");
  }
  return html;
}

[[gnu::noinline]] std::string ReplaceInPlace(const std::string& html) {
  return before::Replaced<std::string>(html, "<", "&lt;");
}
[[gnu::noinline]] std::string ReplaceByOurs(const std::string& html) {
  return Replaced<std::string>(html, "<", "&lt;");
}

// An operation is one text, in which "<" stands 500 times.
template <class Replace>
void AddReplace(Role role, const char* implementation, Replace replace) {
  AddRow(kReplace, role, implementation, [replace](benchmark::State& state) {
    std::string html = Html();
    Digest digest;
    digest.Add(replace(html));
    if (!RequireSameDigest(state, kReplace, digest)) return;
    for (auto _ : state) {
      Keep(html);
      const std::string text = replace(html);
      Keep(text);
    }
    state.SetItemsProcessed(state.iterations());
  });
}

const RegisterRows registration([] {
  const Scenario hook{kHook, Letters(40), ""};
  Add(hook, Role::kBaseline, "text = text + c", OneByOne);
  Add(hook, Role::kSubject, "Joined", ByJoined, Joined<CountedString>);
  Add(hook, Role::kPeer, "std::string, append", ByAppend);
  AddRows({"concatenation/thousand_words", Words(1000), " "});
  const Scenario five{"concatenation/five_words", Words(5), " "};
  AddRows(five);
  Add(five, Role::kPeer, "fmt::format", ByFormat);
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  Add(five, Role::kPeer, "absl::StrCat", ByStrCat);
#else
  AddGap(five.name, "absl::StrCat", "libabsl-dev");
#endif

  AddReplace(Role::kBaseline, "replace in place",
             [](const std::string& html) { return ReplaceInPlace(html); });
  AddReplace(Role::kSubject, "Replaced",
             [](const std::string& html) { return ReplaceByOurs(html); });
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddReplace(Role::kPeer, "absl::StrReplaceAll", [](const std::string& html) {
    return absl::StrReplaceAll(html, {{"<", "&lt;"}});
  });
#else
  AddGap(kReplace, "absl::StrReplaceAll", "libabsl-dev");
#endif
});

}  // namespace
}  // namespace workbook
