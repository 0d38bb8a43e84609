// A reference holds its own stub: this takes one of the two out of it.
#ifndef WORKBOOK_TOOLS_AUTHORING_STUB_H_
#define WORKBOOK_TOOLS_AUTHORING_STUB_H_

#include <string>

namespace workbook {

enum class StubForm {
  kStub,       // what the learner gets: WORKBOOK_STUB is 1
  kReference,  // what he is shown in the end: WORKBOOK_STUB is 0
};

struct StubResult {
  bool ok = false;
  std::string text;
  std::string message;  // if not ok: the file, what is wrong, and the mend
};

// The form of `source_path` that is asked for, laid out as clang-format wants
// it. Blank lines that a removed part leaves behind go with it, everywhere in
// the file: two blank lines in a raw string become one.
// Cost: one run of unifdef, some milliseconds.
// Thread safety: any thread.
// On failure: ok is false; nothing is thrown.
StubResult MakeStub(const std::string& source_path, StubForm form);

// The same text without blank lines that clang-format would remove.
std::string TidyBlankLines(const std::string& text);

// The same text with `{`, a Todo and `}` on one line where they fit, because
// clang-format would join them.
std::string JoinShortStubs(const std::string& text);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_STUB_H_
