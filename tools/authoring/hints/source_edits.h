// SPDX-License-Identifier: Apache-2.0

// Lines of a source that others take the place of.
#ifndef WORKBOOK_TOOLS_AUTHORING_HINTS_SOURCE_EDITS_H_
#define WORKBOOK_TOOLS_AUTHORING_HINTS_SOURCE_EDITS_H_

#include <string>
#include <vector>

namespace workbook {

// Code of the hints.
struct Piece {
  std::string text;
  int line = 0;  // of its first line, in the hints
};

struct SourceEdit {
  int first = 0;
  int last = 0;      // before `first`: an insertion in front of it
  std::string text;  // what stands there then
  Piece piece;       // what it comes from

  bool IsInsertion() const { return last < first; }
};

// An edit of lines that an earlier one has replaced by something else.
struct EditConflict {
  int line = 0;    // of its piece, in the hints
  int before = 0;  // of the earlier one's
};

// Makes `edits`, of the file `name`, in its `text`. A #line directive follows
// each of them, so that a compiler names the lines of the file.
// Cost: O(text). Thread safety: any thread, for all functions here.
// On failure: leaves out what is added to `conflicts`.
std::string WithEdits(const std::string& name, const std::string& text,
                      std::vector<SourceEdit> edits,
                      std::vector<EditConflict>& conflicts);

// Returns `#line LINE "FILE"` and a line end.
std::string LineDirective(int line, const std::string& file);

// Removes all white space.
std::string Squeezed(std::string text);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_HINTS_SOURCE_EDITS_H_
