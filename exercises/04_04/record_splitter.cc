// SPDX-License-Identifier: Apache-2.0

#include "04_04/record_splitter.h"

#include <algorithm>
#include <utility>

#include "tools/exercise/todo.h"

namespace workbook {

RecordSplitter::RecordSplitter(RecordSink& sink, std::size_t max_record_bytes,
                               char separator)
    : sink_(sink),
      max_record_bytes_(max_record_bytes),
      separator_(separator),
      carry_(new char[max_record_bytes]) {}

std::size_t RecordSplitter::Process(std::string_view chunk) {
  Todo("04_04 task 2: RecordSplitter::Process");
}

void RecordSplitter::Flush() { Todo("04_04 task 2: RecordSplitter::Flush"); }

// The state is that of the next record before the sink is called: it may throw.
bool RecordSplitter::Deliver(std::string_view tail, std::uint64_t next_offset) {
  Todo("04_04 task 2: RecordSplitter::Deliver");
}

void RecordSplitter::Carry(std::string_view tail) {
  Todo("04_04 task 2: RecordSplitter::Carry");
}

}  // namespace workbook
