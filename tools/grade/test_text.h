// SPDX-License-Identifier: Apache-2.0

// The text of a graded test. The test's own lines are preprocessed where no
// file of a submission is, and the submission's headers where no line of the
// test is; then one is put into the other. So no macro of a submission, however
// it is made, can reach a word of the test.
#ifndef WORKBOOK_TOOLS_GRADE_TEST_TEXT_H_
#define WORKBOOK_TOOLS_GRADE_TEST_TEXT_H_

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace workbook::grade {

// The text of the file that `#include "NAME"` means, of ours; nothing where
// there is none.
using ReadOurs =
    std::function<std::optional<std::string>(const std::string& name)>;

// The includes that come before everything else in a test's text: GoogleTest,
// the probe, and what `source` and our headers include, but for a header of
// ours that reaches one of `students` ("09_09/ring.h").
// Cost: reads each of our headers once.
std::string BeforeHeaders(const std::string& source,
                          const std::set<std::string>& students,
                          const ReadOurs& read_ours);

// What stands for the submission's header `name` while the test is
// preprocessed.
std::string Placeholder(const std::string& name);

// The headers whose placeholders are in a test's preprocessed text, in the
// order in which the test includes them.
std::vector<std::string> IncludedHeaders(const std::string& test_text);

// A source of only the submission's headers, and the part of its preprocessed
// text that comes of them. Nothing where the marks are not there.
std::string OnlyHeaders(const std::vector<std::string>& names);
std::optional<std::string> TextOfHeaders(const std::string& preprocessed);

// The test with `headers` at its first placeholder. Behind them the compiler's
// options are as they were, whatever a pragma left, and nothing that was begun
// can be ended.
std::string JoinTexts(const std::string& test_text, const std::string& headers);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_TEST_TEXT_H_
