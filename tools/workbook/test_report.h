// SPDX-License-Identifier: Apache-2.0

// What a test program left behind: its XML report and its log.
#ifndef WORKBOOK_TOOLS_WORKBOOK_TEST_REPORT_H_
#define WORKBOOK_TOOLS_WORKBOOK_TEST_REPORT_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace workbook::cli {

struct TestCaseResult {
  std::string suite;
  std::string name;
  std::string file;
  int line = 0;
  bool failed = false;
  std::string failure{};  // GoogleTest's text of the first failure
  std::map<std::string, std::string> properties{};  // of RecordProperty

  std::string FullName() const { return suite + "." + name; }
};

struct TestXml {
  std::vector<TestCaseResult> cases;  // only those that ran or were skipped
  // Bazel writes a report of its own when the program wrote none. It holds no
  // test; this is the program's exit code, 0 included.
  std::optional<int> exit_code_of_silent_program;
};

// nullopt when `xml` is no whole report.
std::optional<TestXml> ParseTestXml(std::string_view xml);

struct TestLog {
  // "Suite.Test" that had started and not ended when the log stops; else "".
  std::string running_test;
  // Names of the tests that ended well before it.
  std::vector<std::string> passed;
  // The line that says why the program stopped: a sanitizer's report, the words
  // of terminate(), else the last line of the running test; else "".
  std::string last_words;
};

TestLog ParseTestLog(std::string_view log);

struct ExpectedTest {
  std::string suite;
  std::string name;
};

// The tests that `source`, a GoogleTest file, declares. Those inside an #if are
// left out: another build decides about them.
std::vector<ExpectedTest> ScanTests(std::string_view source);

// How many of `expected` are not among `reported`. A parametrised or typed test
// counts as reported when one of its instances is.
int CountMissing(const std::vector<ExpectedTest>& expected,
                 const std::vector<TestCaseResult>& reported);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_TEST_REPORT_H_
