// SPDX-License-Identifier: Apache-2.0

#include "tools/authoring/text/contracts.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "tools/authoring/stub/item_names.h"
#include "tools/authoring/stub/public_names.h"
#include "tools/authoring/stub/source_items.h"
#include "tools/authoring/stub/source_text.h"
#include "tools/authoring/text/comments.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

using Kind = SourceItem::Kind;

// They end like verbs, and are none.
constexpr std::array<std::string_view, 25> kNoVerbs = {
    "This",    "Its",        "Is",      "Was",     "As",
    "Always",  "Perhaps",    "Thus",    "Bytes",   "Classes",
    "Columns", "Elements",   "Entries", "Items",   "Keys",
    "Names",   "Nodes",      "Objects", "Options", "Pages",
    "Rows",    "Statistics", "Threads", "Towards", "Values"};

bool HasContract(const SourceItem& item) {
  if (item.comment.empty() ||
      (item.kind != Kind::kFunction && item.kind != Kind::kOther)) {
    return false;
  }
  const std::string code = BlankLiterals(JoinLines(item.lines));
  return DeclaresFunction(code) && item.name != "static_assert" &&
         code.find("= delete;") == code.npos &&
         code.find("= default;") == code.npos;
}

// The number of the first line that is not a marker for the stub.
int LineOfComment(const SourceItem& item) {
  int line = item.line;
  for (const std::string& source : item.source) {
    if (!IsStubMarker(source)) break;
    ++line;
  }
  return line;
}

void CheckFirstWord(const SourceItem& item, std::vector<TextFault>& faults) {
  const std::string_view text = CommentText(item.comment.front());
  const std::string word(text.substr(0, text.find_first_of(" .,:;(")));
  if (IsThirdPersonVerb(word)) return;
  faults.push_back(
      {LineOfComment(item),
       "begins the contract of " + item.name + " with `" + word +
           "`, which is no verb in the third person",
       "say first what the function does, like `Returns the newest block.`"});
}

void CheckFirstWords(const std::vector<SourceItem>& items, bool begins_private,
                     std::vector<TextFault>& faults) {
  const std::vector<bool> vanishing = Vanishing(items, begins_private);
  for (std::size_t i = 0; i < items.size(); ++i) {
    const SourceItem& item = items[i];
    if (vanishing[i]) continue;
    if (item.kind == Kind::kNamespace) {
      CheckFirstWords(item.children, IsInternalNamespace(item), faults);
    } else if (item.kind == Kind::kClass) {
      CheckFirstWords(item.children, BeginsPrivate(item), faults);
    } else if (HasContract(item)) {
      CheckFirstWord(item, faults);
    }
  }
}

void CheckLabels(std::string_view text, int line,
                 std::vector<TextFault>& faults) {
  for (const std::string_view label : kContractLabels) {
    const std::size_t at = text.find(" " + std::string(label), 1);
    const std::size_t end = at + 1 + label.size();
    if (at == text.npos || (end < text.size() && text[end] != ' ')) continue;
    faults.push_back(
        {line,
         "has the label `" + std::string(label) + "` in the middle of a line",
         "begin a line of the comment with it"});
  }
}

}  // namespace

bool IsThirdPersonVerb(std::string_view word) {
  const auto is_lower = [](char c) {
    return std::islower(static_cast<unsigned char>(c)) != 0;
  };
  return word.size() >= 3 &&
         std::isupper(static_cast<unsigned char>(word.front())) != 0 &&
         std::all_of(word.begin() + 1, word.end(), is_lower) &&
         word.ends_with('s') && !word.ends_with("ss") &&
         std::find(kNoVerbs.begin(), kNoVerbs.end(), word) == kNoVerbs.end();
}

std::vector<TextFault> FaultsInContracts(std::string_view header) {
  std::vector<TextFault> faults;
  CheckFirstWords(ReadSourceItems(header).items, false, faults);
  const std::vector<std::string_view> lines = SplitLines(header);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    CheckLabels(CommentText(lines[i]), static_cast<int>(i) + 1, faults);
  }
  std::stable_sort(
      faults.begin(), faults.end(),
      [](const TextFault& a, const TextFault& b) { return a.line < b.line; });
  return faults;
}

}  // namespace workbook
