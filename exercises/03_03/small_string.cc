// SPDX-License-Identifier: Apache-2.0

#include "03_03/small_string.h"

#include <cstring>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {

SmallString::SmallString() noexcept {
  // Yours. No Todo: it may not leave a noexcept function.
}

SmallString::SmallString(std::string_view text) {
  Todo("03_03 task 6: SmallString::SmallString");
}

SmallString::SmallString(const SmallString& other) {
  Todo("03_03 task 6: SmallString::SmallString");
}

SmallString::SmallString(SmallString&& other) noexcept {
  // Yours. No Todo: it may not leave a noexcept function.
}

SmallString& SmallString::operator=(SmallString other) noexcept {
  // Yours. No Todo: it may not leave a noexcept function.
  return *this;
}

SmallString::~SmallString() {
  // Yours. No Todo: it may not leave a destructor.
}

std::string_view SmallString::view() const {
  Todo("03_03 task 6: SmallString::view");
}

}  // namespace workbook
