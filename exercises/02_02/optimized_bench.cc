// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <cstdint>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "02_02/optimized.h"
#include "tools/bench/keep.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/strings/str_join.h>
#endif

namespace workbook {
namespace {

constexpr std::int64_t kWords = 64;

// 64 words are joined; an item is one word.
template <typename Join>
void JoinWords(benchmark::State& state, Join join) {
  const std::vector<std::string> texts = {"tree", "a longer word", "x"};
  std::vector<std::string_view> words;
  for (std::size_t i = 0; i < kWords; ++i) words.push_back(texts[i % 3]);
  Digest digest;
  digest.Add(std::string_view(join(words)));
  RequireSameDigest(state, "optimized/join", digest);
  std::size_t turn = 0;
  for (auto _ : state) {
    words[turn % kWords] = texts[turn % 3];
    ++turn;
    const std::string joined = join(words);
    Keep(joined.data());
  }
  state.SetItemsProcessed(state.iterations() * kWords);
}

void AddJoinRow(Role role, const char* name, auto join) {
  AddRow("optimized/join", role, name,
         [join](benchmark::State& state) { JoinWords(state, join); });
}

// A message with 200 bytes of text is taken, filled and given back; an item is
// one message.
template <typename Acquire>
void Messages(benchmark::State& state, Acquire acquire) {
  const std::string text(200, 't');
  std::uint64_t id = 0;
  for (auto _ : state) {
    const auto message = acquire();
    message->id = ++id;
    message->body = text;
    Keep(message->body.data());
  }
  state.SetItemsProcessed(state.iterations());
}

// One line of a report; an item is a line.
template <typename Format>
void Lines(benchmark::State& state, Format format) {
  Require(state, format(12, 34.56) == "a name of some length: 12 (34.6 %)",
          "a wrong line");
  std::int64_t count = 0;
  for (auto _ : state) {
    ++count;
    const auto line = format(count, 0.1 * static_cast<double>(count % 1000));
    Keep(line.data());
  }
  state.SetItemsProcessed(state.iterations());
}

const RegisterRows registration([] {
  AddJoinRow(Role::kBaseline, "operator+",
             [](const std::vector<std::string_view>& words) {
               std::string joined(words[0]);
               for (std::size_t i = 1; i < words.size(); ++i) {
                 joined = joined + ", " + std::string(words[i]);
               }
               return joined;
             });
  AddJoinRow(Role::kSubject, "JoinWithCommas",
             [](const std::vector<std::string_view>& words) {
               return JoinWithCommas(words);
             });
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddJoinRow(Role::kPeer, "absl::StrJoin",
             [](const std::vector<std::string_view>& words) {
               return absl::StrJoin(
                   words, ", ", [](std::string* joined, std::string_view word) {
                     joined->append(word);
                   });
             });
#else
  AddGap("optimized/join", "absl::StrJoin", "libabsl-dev");
#endif
  AddRow("optimized/message", Role::kBaseline, "new/delete",
         [](benchmark::State& state) {
           Messages(state, [] { return std::make_unique<Message>(); });
         });
  AddRow("optimized/message", Role::kSubject, "MessagePool",
         [](benchmark::State& state) {
           MessagePool pool(16);
           Messages(state, [&pool] { return pool.Acquire(); });
         });
  AddRow("optimized/line", Role::kBaseline, "std::ostringstream",
         [](benchmark::State& state) {
           Lines(state, [](std::int64_t count, double percent) {
             std::ostringstream line;
             line.setf(std::ios::fixed);
             line.precision(1);
             line << "a name of some length: " << count << " (" << percent
                  << " %)";
             return line.str();
           });
         });
  AddRow("optimized/line", Role::kPeer, "std::ostringstream, kept",
         [](benchmark::State& state) {
           std::ostringstream line;
           line.setf(std::ios::fixed);
           line.precision(1);
           Lines(state, [&line](std::int64_t count, double percent) {
             line.seekp(0);
             line << "a name of some length: " << count << " (" << percent
                  << " %)";
             const auto size = static_cast<std::size_t>(line.tellp());
             return line.view().substr(0, size);
           });
         });
  AddRow("optimized/line", Role::kSubject, "LineFormatter",
         [](benchmark::State& state) {
           LineFormatter formatter;
           Lines(state, [&formatter](std::int64_t count, double percent) {
             return formatter.Format("a name of some length", count, percent);
           });
         });
});

}  // namespace
}  // namespace workbook
