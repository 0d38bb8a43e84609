// SPDX-License-Identifier: Apache-2.0

// The learner's file of a task, made from the reference by replacing bodies.
#ifndef WORKBOOK_TOOLS_AUTHORING_STUB_STUB_H_
#define WORKBOOK_TOOLS_AUTHORING_STUB_STUB_H_

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tools/course/exercise.h"

namespace workbook {

struct StubResult {
  bool ok = false;
  std::string text;
  std::string message;  // if not ok: the file, what is wrong, and the fix
};

// Makes the stub of `file`, a name in the tasks of `exercise`, from what lies
// below `root`:
// - where exercises/NN_MM/before/ has a file of that name, the stub is that
//   file in the namespace workbook instead of workbook::before;
// - else the stub is the reference with each public function's body replaced by
//   a Todo and without its private parts (GenerateStub).
// Cost: reads a few files.
// Thread safety: any thread, for all functions here.
// On failure: ok is false; nothing is thrown.
StubResult MakeStub(const std::filesystem::path& root, const Exercise& exercise,
                    const std::string& file);

// Reads a file and removes the comment lines that only speak to MakeStub.
// On failure: ok is false; nothing is thrown.
StubResult CleanReference(const std::filesystem::path& path);

// Where the text of the stub comes from: before/ or the reference, relative to
// the root.
std::filesystem::path StubSource(const std::filesystem::path& root,
                                 const Exercise& exercise,
                                 const std::string& file);

// What GenerateStub needs to know.
struct StubInput {
  std::string text;  // the reference
  bool is_header = false;
  std::vector<std::string> headers;  // what declares the functions of a source
  std::string exercise_id;           // "01_02"
  int task = 1;                      // whose file it is
};

// Replaces bodies, as source_items.h's markers say:
// - A function that the headers declare in public becomes
//   `Todo("01_02 task 1: Class::Function")`; one that may not throw a comment.
// - Private members, unnamed namespaces and functions that no header declares
//   vanish; a comment stands where data members were.
// - An inline body inside of a class stays if it uses nothing that vanished.
// - Annotated locks become the standard library's (plain_locks.h).
// On failure: `ok` is false and `message` begins with "LINE: ".
StubResult GenerateStub(const StubInput& input);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_AUTHORING_STUB_STUB_H_
