// SPDX-License-Identifier: Apache-2.0

#include "tools/support/history/codec.h"

#include <deque>

namespace workbook::history {
namespace {

std::deque<std::string> texts;

}  // namespace

std::string_view KeepText(std::string_view text) {
  return texts.emplace_back(text);
}

void ForgetTexts() { texts.clear(); }

}  // namespace workbook::history
