// SPDX-License-Identifier: Apache-2.0

#include "03_03/shared_string.h"

#include <algorithm>
#include <limits>
#include <new>
#include <stdexcept>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {

SharedString::SharedString(std::string_view text) {
  Todo("03_03 task 4: SharedString::SharedString");
}

SharedString::SharedString(const SharedString& other) noexcept {
  // Yours. No Todo: it may not leave a noexcept function.
}

SharedString::SharedString(SharedString&& other) noexcept {
  // Yours. No Todo: it may not leave a noexcept function.
}

SharedString& SharedString::operator=(SharedString other) noexcept {
  // Yours. No Todo: it may not leave a noexcept function.
  return *this;
}

SharedString::~SharedString() {
  // Yours. No Todo: it may not leave a destructor.
}

SharedString SharedString::Substring(std::size_t offset,
                                     std::size_t size_bytes) const {
  Todo("03_03 task 4: SharedString::Substring");
}

SharedString SharedString::Trimmed(std::size_t max_ratio) const {
  Todo("03_03 task 4: SharedString::Trimmed");
}

std::size_t SharedString::HeldBytes() const {
  Todo("03_03 task 4: SharedString::HeldBytes");
}

std::string_view SharedString::view() const& {
  Todo("03_03 task 4: SharedString::view");
}

std::size_t SharedString::size() const {
  Todo("03_03 task 4: SharedString::size");
}

}  // namespace workbook
