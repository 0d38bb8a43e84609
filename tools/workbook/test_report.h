// SPDX-License-Identifier: Apache-2.0

// What a test program reported: its XML, and the tests that its sources have.
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

struct ExpectedTest {
  std::string suite;
  std::string name;
};

// The tests that `source`, a GoogleTest file, declares. Those inside an #if are
// left out: another build decides about them.
std::vector<ExpectedTest> ScanTests(std::string_view source);

// Where a test stands among `expected`, from 0; their number for one that is
// not among them. GoogleTest runs suites whose names end with DeathTest first,
// and reports them so; a reader goes through a file from its beginning.
size_t PlaceAmong(const std::vector<ExpectedTest>& expected,
                  std::string_view suite, std::string_view name);

// How many of `expected` are not among `reported`. A parametrised or typed test
// counts as reported when one of its instances is.
int CountMissing(const std::vector<ExpectedTest>& expected,
                 const std::vector<TestCaseResult>& reported);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_TEST_REPORT_H_
