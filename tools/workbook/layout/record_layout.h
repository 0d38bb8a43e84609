// SPDX-License-Identifier: Apache-2.0

// Where the parts of a struct, class or union lie, and where nothing lies.
#ifndef WORKBOOK_TOOLS_WORKBOOK_LAYOUT_RECORD_LAYOUT_H_
#define WORKBOOK_TOOLS_WORKBOOK_LAYOUT_RECORD_LAYOUT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace workbook::cli {

// x86-64 and most of AArch64.
inline constexpr int64_t kCacheLineBytes = 64;

enum class PartKind {
  kField,
  kBitField,
  kBase,
  kVirtualTable,  // the hidden pointer to it
  kHole,          // between parts, for the alignment of the next one
  kPadding,       // at the end, for the next element of an array
};

struct Part {
  PartKind kind = PartKind::kField;
  std::string name;  // "(base)", "(union)"; of a hole ""
  std::string type;
  int64_t offset_bits = 0;
  int64_t size_bits = 0;
  int64_t alignment_bytes = 1;  // of its type
  bool empty = false;  // a class without fields; it may share its place

  int64_t EndBits() const { return offset_bits + size_bits; }
  bool IsUnused() const {
    return kind == PartKind::kHole || kind == PartKind::kPadding;
  }
};

// As the compiler laid it out.
struct Record {
  std::string name;  // "workbook::FixedSizePool"
  std::string kind;  // "struct", "class", "union"
  std::string file;  // "exercises/01_02/fixed_size_pool.h"; "" if not known
  int line = 0;
  int64_t size_bytes = 0;
  int64_t alignment_bytes = 1;
  std::vector<Part> parts;  // without holes, by offset
  std::vector<std::string> virtual_bases;
};

// The parts in order, with holes and padding between them; a base whose tail
// is used by the next part ends there. Virtual bases are one part at the end:
// where each lies is known at run time. The parts of a union stay as they are.
// Cost: one pass over the parts.
std::vector<Part> WithHoles(const Record& record);

// Bytes and single bits that belong to no part.
int64_t UnusedBits(const Record& record);

// The parts that begin in one cache line and end in another one, though they
// would fit into one; for an object at the beginning of a line.
std::vector<Part> LineCrossings(const Record& record);

// Fields that start further on than their type needs: alignas keeps them apart.
bool HasDeliberateGaps(const Record& record);

struct Order {
  std::vector<std::string> fields;
  int64_t size_bytes = 0;
};

// An order of the fields in which the record is smaller, and that size: each
// next one is the field that leaves the smallest hole, the widest aligned among
// those. Bases and the virtual table stay first, neighbouring bit-fields
// together. None where no byte is saved, for a union, and where gaps are
// deliberate.
std::optional<Order> SmallerOrder(const Record& record);

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_LAYOUT_RECORD_LAYOUT_H_
