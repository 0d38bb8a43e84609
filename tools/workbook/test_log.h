// SPDX-License-Identifier: Apache-2.0

// What a test program printed: all that is known of one that crashed.
#ifndef WORKBOOK_TOOLS_WORKBOOK_TEST_LOG_H_
#define WORKBOOK_TOOLS_WORKBOOK_TEST_LOG_H_

#include <string>
#include <string_view>
#include <vector>

namespace workbook::cli {

// A test that failed, by a log.
struct LoggedFailure {
  std::string test;     // "Suite.Test"
  std::string failure;  // of the first one, as a report would have it
};

struct TestLog {
  // "Suite.Test" that had started and not ended when the log stops; else "".
  std::string running_test;
  // Names of the tests that ended well before it.
  std::vector<std::string> passed;
  std::vector<LoggedFailure> failed;  // in the order in which they ran
  // The line that says why the program stopped: a sanitizer's report, the words
  // of terminate(), else the last line of the running test; else "".
  std::string last_words;
};

TestLog ParseTestLog(std::string_view log);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_TEST_LOG_H_
