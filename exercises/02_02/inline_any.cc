// SPDX-License-Identifier: Apache-2.0

#include "02_02/inline_any.h"

#include <cxxabi.h>

#include <cstdlib>
#include <memory>

namespace workbook {
namespace {

// "i" is no help to a reader; "int" is.
std::string ReadableName(const std::type_info& type) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), std::free);
  return status == 0 ? name.get() : type.name();
}

}  // namespace

void ThrowBadInlineAnyCast(const std::type_info& held,
                           const std::type_info& asked) {
  const std::string state = held == typeid(void)
                                ? "InlineAny is empty"
                                : "InlineAny holds " + ReadableName(held);
  throw BadInlineAnyCast(state + ", and " + ReadableName(asked) +
                         " was asked for");
}

}  // namespace workbook
