// SPDX-License-Identifier: Apache-2.0

// Which system calls a jail answers.
//
// What compilers, tests and callgrind were seen to ask for is allowed
// (testdata/measured_calls.tsv, by trials/jail_calls.sh), and with it what does
// the same under another name. All else is refused: the call is then one that
// this kernel does not have (ENOSYS), which libraries know how to do without,
// or one that is forbidden (EPERM). So a new kernel brings nothing new into a
// jail.
#ifndef WORKBOOK_TOOLS_GRADE_JAIL_CALLS_H_
#define WORKBOOK_TOOLS_GRADE_JAIL_CALLS_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace workbook::grade {

struct Call {
  const char* name;  // as strace prints it
  std::uint32_t number;
};

// The low half of an argument, masked, decides.
struct CallRule {
  enum Answer { kUnless, kOnly };  // the values that are refused, or allowed
  Call call;
  unsigned argument;
  std::uint32_t mask;
  Answer answer;
  int refusal;  // what errno is then
  std::vector<std::uint32_t> values;
};

// Cost: none. Thread safety: any thread.
std::span<const Call> AllowedCalls();
std::span<const Call> ForbiddenCalls();
std::span<const CallRule> CallRules();

enum class CallVerdict {
  kAllowed,
  kByArgument,  // allowed for some arguments
  kForbidden,   // EPERM
  kUnknown,     // ENOSYS
};

// Of a call by its name. A name that is in no table is
// kUnknown. Cost: linear in the table. Thread safety: any thread.
CallVerdict VerdictOn(std::string_view name);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_JAIL_CALLS_H_
