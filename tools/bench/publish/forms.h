// SPDX-License-Identifier: Apache-2.0

// What the rows of a benchmark case share, and where a row differs: what
// exercises/NN_MM/bench.toml says. fairness.h has the rules.
//
//   [[cases]]
//   names = ["pool/batch_lifo"]      STEM/CASE, without a number of threads
//   operation = "allocate, free"     what is counted as one
//   touches = "8 bytes"              what the loop itself reads or writes, or
//                                    has read or written for it
//   calls = "one call for 64"        optional: where it is not one call for
//                                    each thing that the operation names
//   through = "inlined"              how the loop gets there: inlined, call,
//                                    pointer, virtual or process
//   by = ["Pool::Allocate"]          where the subject is reached by call or
//                                    pointer: its functions that the compiler
//                                    cannot inline into the loop
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
//   does_not_show = "what a pool     optional: what a reader must not conclude
//   saves in a caller's loop"        from the row, as the end of "It does not
//                                    show ..."
//
//   [[cases.inside]]                 rows that do the same work in another way,
//   rows = ["std::list"]             which is what the case compares
//   how = "allocates each node"      for a reader, beginning with a verb
//   does_not_show = "..."            optional, as above
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

// Rows that are told apart, with the form in which they are unlike the case.
// One that only works otherwise inside has none.
struct UnlikeRows {
  std::vector<std::string> rows;
  std::string how;
  Form form{};
  std::string does_not_show{};
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
  std::vector<UnlikeRows> unlike{};
  std::vector<UnlikeRows> inside{};
  std::vector<std::string> by{};
  int line = 0;

  // The form of a row: the case's, with what the row is unlike in.
  Form Of(std::string_view implementation) const;
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
