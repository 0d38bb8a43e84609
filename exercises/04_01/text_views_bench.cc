// SPDX-License-Identifier: Apache-2.0

#include "04_01/text_views.h"
#include "exercises/04_01/before/text_views.h"
#include "exercises/04_01/text_bench.h"
#include "exercises/04_01/zero_alloc_bench.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/strings/str_split.h>
#endif

namespace workbook {
namespace {

// Digests the parts' lengths: the text is the input.
template <typename Call>
void AddSplitRow(Role role, const char* name, Call call) {
  AddTextRow("text_views/split", role, name, kLines, true,
             [=](std::string_view line, std::vector<char>& buffer) {
               return std::string_view(buffer.data(), call(line, buffer));
             });
}

template <typename Split>
auto Lengths(Split split) {
  return [=](std::string_view line, std::vector<char>& buffer) {
    std::string_view parts[32];
    const auto result = split(line, ',', std::span(parts));
    for (std::size_t i = 0; i < result.size; ++i) {
      buffer[i] = static_cast<char>(parts[i].size());
    }
    return result.size;
  };
}

const RegisterRows registration([] {
  AddSplitRow(Role::kBaseline, "before", Lengths(before::Split));
  AddSplitRow(Role::kSubject, "Split", Lengths(Split));
#ifdef WORKBOOK_HAS_ABSEIL_CPP
  AddSplitRow(Role::kPeer, "absl::StrSplit",
              [](std::string_view line, std::vector<char>& buffer) {
                std::size_t count = 0;
                for (const absl::string_view part : absl::StrSplit(
                         absl::string_view(line.data(), line.size()), ',')) {
                  buffer[count++] = static_cast<char>(part.size());
                }
                return count;
              });
#else
  AddGap("text_views/split", "absl::StrSplit", "libabsl-dev");
#endif
});

}  // namespace
}  // namespace workbook
