// SPDX-License-Identifier: Apache-2.0

// A run of pages, and what the allocator knows of it.
#ifndef WORKBOOK_EXERCISES_01_01_GIVEN_SPAN_H_
#define WORKBOOK_EXERCISES_01_01_GIVEN_SPAN_H_

#include <cstddef>
#include <cstdint>

#include "exercises/01_01/given/size_class.h"

namespace workbook {

struct Span {
  enum class State : std::uint8_t { kFree, kSmall, kLarge, kTiny };

  std::uintptr_t first_page = 0;  // its address, shifted by kPageShift
  std::size_t pages = 0;
  Span* previous = nullptr;  // in whichever list holds it
  Span* next = nullptr;
  State state = State::kFree;
  std::uint8_t size_class = 0;   // of a small span
  bool is_kept = false;          // by a thread: KeptSpans
  std::uint32_t objects = 0;     // that a small span has room for
  std::uint32_t used = 0;        // objects that are not in the span
  std::uint32_t carved = 0;      // objects that were ever handed out
  void* free_objects = nullptr;  // each leads to the next
  void* side_table = nullptr;    // of a tiny span
  // A run of pages that are not resident, and read as zeros. It may be longer:
  // of several runs the longest is known.
  std::size_t fresh_begin = 0;
  std::size_t fresh_end = 0;  // both from the first page on

  std::uintptr_t Start() const { return first_page << kPageShift; }
  std::size_t Bytes() const { return pages << kPageShift; }
  std::size_t FreshPages() const { return fresh_end - fresh_begin; }
};

}  // namespace workbook

#endif  // WORKBOOK_EXERCISES_01_01_GIVEN_SPAN_H_
