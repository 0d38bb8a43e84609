// SPDX-License-Identifier: Apache-2.0

#include "04_01/text_edit.h"
#include "exercises/04_01/before/text_edit.h"
#include "exercises/04_01/text_bench.h"
#include "exercises/04_01/zero_alloc_bench.h"

#ifdef WORKBOOK_HAS_ABSEIL_CPP
#include <absl/strings/ascii.h>
#include <absl/strings/str_replace.h>
#endif

namespace workbook {
namespace {

const RegisterRows registration([] {
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
  AddGap("text_edit/fold_case", "absl::AsciiStrToLower", "libabsl-dev");
  AddGap("text_edit/replace", "absl::StrReplaceAll", "libabsl-dev");
#endif
});

}  // namespace
}  // namespace workbook
