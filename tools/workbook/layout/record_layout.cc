// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/layout/record_layout.h"

#include <algorithm>
#include <tuple>

namespace workbook::cli {
namespace {

constexpr int64_t kByte = 8;

int64_t RoundUp(int64_t value, int64_t step) {
  return (value + step - 1) / step * step;
}

bool IsFixed(const Part& part) {
  return part.kind == PartKind::kBase || part.kind == PartKind::kVirtualTable;
}

// The part after `i` that needs a place of its own; the record's end if none.
int64_t NextOffset(const Record& record, size_t i) {
  for (size_t next = i + 1; next < record.parts.size(); ++next) {
    const Part& part = record.parts[next];
    if (part.empty || part.offset_bits == record.parts[i].offset_bits) continue;
    return part.offset_bits;
  }
  return record.size_bytes * kByte;
}

Part Unused(PartKind kind, int64_t from, int64_t to) {
  return {.kind = kind,
          .name = {},
          .type = {},
          .offset_bits = from,
          .size_bits = to - from};
}

// One field, or neighbouring bit-fields that share their units.
struct Unit {
  std::vector<std::string> names;
  int64_t size_bytes = 0;
  int64_t alignment_bytes = 1;
};

std::vector<Unit> MovableUnits(const Record& record) {
  std::vector<Unit> units;
  int64_t bits_from = 0;
  bool in_bits = false;
  for (const Part& part : record.parts) {
    if (IsFixed(part) || part.empty) continue;
    const bool bits = part.kind == PartKind::kBitField;
    if (!bits || !in_bits) {
      units.push_back({});
      bits_from = part.offset_bits / kByte;
    }
    in_bits = bits;
    Unit& unit = units.back();
    unit.names.push_back(part.name);
    unit.alignment_bytes = std::max(unit.alignment_bytes, part.alignment_bytes);
    unit.size_bytes = RoundUp(part.EndBits(), kByte) / kByte -
                      (bits ? bits_from : part.offset_bits / kByte);
  }
  return units;
}

// Where the bases and the virtual table end.
int64_t FixedEnd(const Record& record) {
  int64_t end = 0;
  for (size_t i = 0; i < record.parts.size(); ++i) {
    const Part& part = record.parts[i];
    if (!IsFixed(part) || part.empty) continue;
    end = std::max(end, std::min(part.EndBits(), NextOffset(record, i)));
  }
  return RoundUp(end, kByte) / kByte;
}

}  // namespace

std::vector<Part> WithHoles(const Record& record) {
  if (record.kind == "union") return record.parts;
  std::vector<Part> all;
  int64_t end = 0;
  for (size_t i = 0; i < record.parts.size(); ++i) {
    Part part = record.parts[i];
    if (part.offset_bits > end) {
      all.push_back(Unused(PartKind::kHole, end, part.offset_bits));
    }
    if (part.empty) {
      part.size_bits = 0;
    } else {
      part.size_bits =
          std::min(part.size_bits, NextOffset(record, i) - part.offset_bits);
    }
    end = std::max(end, part.EndBits());
    all.push_back(std::move(part));
  }
  if (!record.virtual_bases.empty()) {
    Part part = Unused(PartKind::kBase, end, record.size_bytes * kByte);
    for (const std::string& base : record.virtual_bases) {
      part.type += (part.type.empty() ? "virtual " : ", ") + base;
    }
    all.push_back(std::move(part));
  } else if (end < record.size_bytes * kByte) {
    all.push_back(Unused(PartKind::kPadding, end, record.size_bytes * kByte));
  }
  return all;
}

int64_t UnusedBits(const Record& record) {
  int64_t bits = 0;
  for (const Part& part : WithHoles(record)) {
    if (part.IsUnused()) bits += part.size_bits;
  }
  return bits;
}

std::vector<Part> LineCrossings(const Record& record) {
  constexpr int64_t kLineBits = kCacheLineBytes * kByte;
  std::vector<Part> crossing;
  for (const Part& part : WithHoles(record)) {
    if (part.IsUnused() || part.size_bits == 0) continue;
    if (part.size_bits <= kLineBits &&
        part.offset_bits / kLineBits != (part.EndBits() - 1) / kLineBits) {
      crossing.push_back(part);
    }
  }
  return crossing;
}

bool HasDeliberateGaps(const Record& record) {
  int64_t natural = 1;
  for (const Part& part : record.parts) {
    natural = std::max(natural, part.alignment_bytes);
  }
  const auto all = WithHoles(record);
  for (size_t i = 0; i + 1 < all.size(); ++i) {
    if (all[i].kind == PartKind::kHole &&
        all[i].size_bits >= all[i + 1].alignment_bytes * kByte &&
        all[i + 1].kind != PartKind::kBitField) {
      return true;
    }
  }
  return record.alignment_bytes > natural;
}

std::optional<Order> SmallerOrder(const Record& record) {
  if (record.kind == "union" || HasDeliberateGaps(record)) return std::nullopt;
  // A virtual base lies behind the fields, and where is not known here.
  if (!record.virtual_bases.empty()) return std::nullopt;
  std::vector<Unit> left = MovableUnits(record);
  Order order{.fields = {}, .size_bytes = FixedEnd(record)};
  int64_t& end = order.size_bytes;
  while (!left.empty()) {
    const auto next = std::min_element(
        left.begin(), left.end(), [end](const Unit& a, const Unit& b) {
          return std::make_tuple(RoundUp(end, a.alignment_bytes),
                                 -a.alignment_bytes, -a.size_bytes) <
                 std::make_tuple(RoundUp(end, b.alignment_bytes),
                                 -b.alignment_bytes, -b.size_bytes);
        });
    end = RoundUp(end, next->alignment_bytes) + next->size_bytes;
    order.fields.insert(order.fields.end(), next->names.begin(),
                        next->names.end());
    left.erase(next);
  }
  end = RoundUp(std::max<int64_t>(end, 1), record.alignment_bytes);
  if (end >= record.size_bytes) return std::nullopt;
  return order;
}

}  // namespace workbook::cli
