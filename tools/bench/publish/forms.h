// SPDX-License-Identifier: Apache-2.0

// What the rows of a benchmark case share, and where a row differs: what
// exercises/NN_MM/bench.toml says.
//
//   [[cases]]
//   names = ["pool/batch_lifo"]      STEM/CASE, without a number of threads
//   operation = "allocate, free"     what is counted as one
//   touches = "8 bytes"              the memory that a row reads or writes
//   calls = "one call for 64"        optional: where it is not one call for
//   each
//                                    thing that the operation names
//   through = "inlined"              how the loop gets there: inlined, call,
//                                    pointer, virtual or process
//   keeps = "the pool"               what lives from iteration to iteration
//   order = "fresh"                  of the inputs: fresh, repeated or does not
//                                    matter (orders.h)
//   order_note = "one size"          why; only fresh orders need none
//
//   [[cases.unlike]]                 rows that are not like this
//   rows = ["glibc"]                 implementations; "mallocs" is all of those
//                                    that AddMallocPeerRows adds
//   how = "called by pointer"        for a reader, beginning with a verb
//   touches, calls, through, keeps   at least one: in the place of the case's
#ifndef WORKBOOK_TOOLS_BENCH_PUBLISH_FORMS_H_
#define WORKBOOK_TOOLS_BENCH_PUBLISH_FORMS_H_

#include <string>
#include <string_view>
#include <vector>

#include "tools/problem/problem.h"

namespace workbook {

// What fairness is about; an empty part is that of the case.
struct Form {
  std::string touches;
  std::string calls;
  std::string through;
  std::string keeps;
};

struct UnlikeRows {
  std::vector<std::string> rows;
  std::string how;
  Form form;
  int line = 0;

  // Whether `implementation` is one of the rows.
  bool Covers(std::string_view implementation) const;
};

struct CaseForm {
  std::vector<std::string> names;
  std::string operation;
  Form form;
  std::string order;
  std::string order_note;
  std::vector<UnlikeRows> unlike;
  int line = 0;
};

struct Forms {
  std::string file;  // relative to the course's root
  std::vector<CaseForm> cases;
  std::vector<Problem> problems;

  // The form of "pool/batch_lifo/threads:2"; nullptr where there is none.
  const CaseForm* Find(std::string_view case_name) const;
};

// Reads the text of a bench.toml. On failure: problems with lines.
Forms ReadForms(std::string_view text, const std::string& file);

// Whether AddMallocPeerRows adds rows of this name: they are always called
// through a pointer.
bool IsMalloc(std::string_view implementation);

// Compares the forms with the rows of the reference's benchmark, as
// --benchmark_list_tests prints them: each case has a form, each form a case,
// each row that is told apart exists, and a malloc is called by pointer.
std::vector<Problem> CheckForms(const Forms& forms,
                                const std::vector<std::string>& rows);

}  // namespace workbook

#endif  // WORKBOOK_TOOLS_BENCH_PUBLISH_FORMS_H_
