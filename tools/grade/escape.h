// Text that is not trusted, made fit for a format.
#ifndef WORKBOOK_TOOLS_GRADE_ESCAPE_H_
#define WORKBOOK_TOOLS_GRADE_ESCAPE_H_

#include <string>

namespace workbook::grade {

// For XML and HTML, in text and in quoted attributes. Whatever is no printable
// ASCII becomes a question mark: bidirectional marks and broken UTF-8 would
// reach a browser otherwise.
std::string Escape(const std::string& text);

// For JSON and plain text: only printable ASCII and line ends.
std::string Plain(const std::string& text);

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_ESCAPE_H_
