// SPDX-License-Identifier: Apache-2.0

#include "04_04/low_alloc_api.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <system_error>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {

std::optional<ParseError> ParseAccessRecord(std::string_view line,
                                            AccessRecord& record) {
  Todo("04_04 task 6: ParseAccessRecord");
}

TextBuilder::TextBuilder(std::size_t kept_bytes) : kept_bytes_(kept_bytes) {}

TextBuilder& TextBuilder::Append(std::string_view text) {
  Todo("04_04 task 6: TextBuilder::Append");
}

TextBuilder& TextBuilder::Append(std::uint64_t number) {
  return AppendPadded(number, 0);
}

TextBuilder& TextBuilder::AppendPadded(std::uint64_t number,
                                       std::size_t width) {
  Todo("04_04 task 6: TextBuilder::AppendPadded");
}

void TextBuilder::Clear() { Todo("04_04 task 6: TextBuilder::Clear"); }

std::string_view WithoutByteOrderMark(std::string_view text) {
  Todo("04_04 task 6: WithoutByteOrderMark");
}

SelectTotals SelectRecords(std::string_view text, const SelectOptions& options,
                           ResultSink& sink) {
  Todo("04_04 task 6: SelectRecords");
}

}  // namespace workbook
