// SPDX-License-Identifier: Apache-2.0

#include "04_01/text_edit.h"
#include "exercises/04_01/before/text_edit.h"
#include "exercises/04_01/zero_alloc_bench.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/strings/ascii.h>
#include <absl/strings/str_replace.h>
#include <absl/strings/str_split.h>
#endif

namespace workbook {
namespace {

const Texts kLines = {
    "GET,/index.html,200,Mozilla/5.0 (X11; Linux),a note & more, and the end",
    "POST,/api/v1/items,201,curl/7.88.1,short,x",
    "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p & q"};

// Digests the parts' lengths: the text is the input.
template <typename Call>
void AddSplitRow(Role role, const char* name, Call call) {
  AddTextRow("text_edit/split", role, name, kLines, true,
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
  AddFillRows("text_edit/fold_case", "FoldCase", kLines, true, before::FoldCase,
              FoldCase);
  AddFillRows(
      "text_edit/replace", "Replace", kLines, true,
      [](std::string_view text, std::span<char> out) {
        return before::Replace(text, ",", " & ", out);
      },
      [](std::string_view text, std::span<char> out) {
        return Replace(text, ",", " & ", out);
      });
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
  AddTextRow("text_edit/fold_case", Role::kPeer, "absl::AsciiStrToLower",
             kLines, true, [](std::string_view text, std::vector<char>&) {
               return absl::AsciiStrToLower({text.data(), text.size()});
             });
  AddTextRow(
      "text_edit/replace", Role::kPeer, "absl::StrReplaceAll", kLines, true,
      [](std::string_view text, std::vector<char>&) {
        return absl::StrReplaceAll({text.data(), text.size()}, {{",", " & "}});
      });
#else
  AddGap("text_edit/split", "absl::StrSplit", "libabsl-dev");
  AddGap("text_edit/fold_case", "absl::AsciiStrToLower", "libabsl-dev");
  AddGap("text_edit/replace", "absl::StrReplaceAll", "libabsl-dev");
#endif
});

}  // namespace
}  // namespace workbook
