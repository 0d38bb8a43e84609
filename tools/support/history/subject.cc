// SPDX-License-Identifier: Apache-2.0

#include "tools/support/history/subject.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <functional>
#include <set>
#include <string_view>
#include <vector>

#include "tools/support/history/asking.h"
#include "tools/support/history/content.h"

namespace workbook::history {
namespace {

std::uint8_t FirstByteOf(const Subject::Block& block) {
  return static_cast<std::uint8_t>(static_cast<std::size_t>(block.name[0]) * 7);
}

// Whether a line of the program gives a block this name, so that an expression
// may use it.
bool IsDeclared(const std::string& name) {
  if (!is_played) return false;
  const Shared& state = State();
  return std::string_view(state.steps, state.steps_bytes)
             .find(" " + name + " = ") != std::string_view::npos;
}

void ExpectInHeap(const Subject::Block& block) {
  const Arena::Piece* const piece = arena.Find(block.begin);
  Subject::Expect(piece != nullptr, "", block.name,
                  " is not in memory that is allocated");
  const auto room =
      static_cast<std::size_t>(piece->begin + piece->bytes - block.begin);
  Subject::Expect(block.bytes <= room, "", block.name, ", of ", block.bytes,
                  " bytes, ends behind the memory it is in");
}

void FillBlock(const Subject::Block& block) {
  const std::uint8_t first = FirstByteOf(block);
  if (is_asking) {
    Writer& out = Asking::Tell(Op::kFill);
    out.Raw(block.begin);
    out.Raw(static_cast<std::uint64_t>(block.bytes));
    out.Raw(first);
    return;
  }
  FirstFalse(block.bytes, [&](std::size_t i) {
    block.begin[i] = PatternAt(first, i);
    return true;
  });
}

template <class At>
void ExpectContent(const Subject::Block& block, At at) {
  const std::uint8_t first = FirstByteOf(block);
  const std::size_t i = FirstFalse(block.bytes, [&](std::size_t offset) {
    return at(offset) == PatternAt(first, offset);
  });
  Subject::Expect(i == block.bytes, "", "byte ", i, " of ", block.name,
                  " was overwritten while it was lent");
}

}  // namespace

std::string Subject::NewName() {
  const std::size_t number = names_++;
  std::string name(1, static_cast<char>('a' + number % 26));
  return number < 26 ? name : name + std::to_string(number / 26);
}

void EnterArena(std::size_t refuse_from) {
  ++State().calls;
  arena.allocations = 0;
  arena.refuse_from = refuse_from;
  arena.on = true;
}

void LeaveArena(Thrown thrown) {
  arena.on = false;
  arena.refuse_from = 0;
  if (thrown != Thrown::kNothing && arena.allocations != 0) --arena.allocations;
}

void RememberTodo(const char* what) {
  Shared& state = State();
  if (state.todo[0] == '\0') {
    std::snprintf(state.todo, sizeof(state.todo), "%s", what);
  }
}

std::vector<std::byte> Subject::BytesAt(const void* begin, std::size_t bytes) {
  if (!is_asking) {
    const auto* const first = static_cast<const std::byte*>(begin);
    return {first, first + bytes};
  }
  Writer& out = Asking::Tell(Op::kRead);
  out.Raw(begin);
  out.Raw(static_cast<std::uint64_t>(bytes));
  Reader answer = Asking::Ask();
  std::vector<std::byte> content(bytes);
  for (std::byte& byte : content) byte = answer.Raw<std::byte>();
  Asking::ExpectWhole(answer);
  return content;
}

void Subject::RecordLine(const std::string& line) {
  Record("\n> " + line + "\n");
}

void Subject::ListCheck(std::string_view code, std::string_view expected) {
  static std::set<std::string, std::less<>> listed;
  if (code.empty() || IsInWords(code) ||
      !listed.insert(std::string(code)).second)
    return;
  Record("\n> " + AssertionOf(code, expected) + "\n");
}

const Subject::Block& Subject::Newest(std::size_t k) const {
  return blocks_[lent_[lent_.size() - 1 - k]];
}

void Subject::Lend(const std::string& name, void* block, std::size_t bytes,
                   std::size_t alignment_bytes) {
  const Block lent = {static_cast<std::byte*>(block), bytes, name, true};
  const bool is_declared = IsDeclared(name);
  const auto code = [is_declared](const auto&... parts) {
    return is_declared ? Text(parts...) : "";
  };
  Expect(block != nullptr, code(name, " != nullptr"), name, " is nullptr");
  Expect(reinterpret_cast<std::uintptr_t>(block) % alignment_bytes == 0,
         code("reinterpret_cast<std::uintptr_t>(", name, ") % ",
              alignment_bytes, " == 0"),
         name, " is not aligned to ", alignment_bytes, " bytes");
  if (!are_elsewhere_) ExpectInHeap(lent);
  for (const std::size_t i : lent_) {
    const Block& other = blocks_[i];
    const bool is_apart = other.begin + other.bytes <= lent.begin ||
                          lent.begin + bytes <= other.begin;
    Expect(is_apart,
           IsDeclared(other.name) ? code(name, " != ", other.name) : "", name,
           " lies in memory that is still lent as ", other.name);
  }
  FillBlock(lent);
  // What was lent at this place before is that block no more.
  auto place = std::find_if(blocks_.begin(), blocks_.end(), [&](auto& old) {
    return !old.lent && old.begin == lent.begin;
  });
  if (place == blocks_.end()) place = blocks_.insert(place, lent);
  *place = lent;
  lent_.push_back(static_cast<std::size_t>(place - blocks_.begin()));
}

void Subject::Return(std::size_t k) {
  const auto at = lent_.end() - 1 - static_cast<std::ptrdiff_t>(k);
  blocks_[*at].lent = false;
  lent_.erase(at);
}

void Subject::CheckContents() const {
  for (const std::size_t place : lent_) {
    const Block& block = blocks_[place];
    ExpectContent(block, [&block](std::size_t at) { return block.begin[at]; });
  }
}

void Subject::LookElsewhere() const {
  Writer& out = Asking::Tell(Op::kLook);
  out.Raw(static_cast<std::uint32_t>(lent_.size()));
  for (const std::size_t place : lent_) {
    out.Raw(blocks_[place].begin);
    out.Raw(static_cast<std::uint64_t>(blocks_[place].bytes));
  }
  Reader answer = Asking::Ask();
  const Block* first_other = nullptr;
  for (const std::size_t place : lent_) {
    const Block& block = blocks_[place];
    const std::uint8_t first = FirstByteOf(block);
    const std::uint64_t hash = HashOf(
        block.bytes, [first](std::size_t at) { return PatternAt(first, at); });
    const bool is_same = answer.Raw<std::uint64_t>() == hash;
    if (!is_same && first_other == nullptr) first_other = &block;
  }
  Asking::ExpectWhole(answer);
  if (first_other == nullptr) return;
  const std::vector<std::byte> content =
      BytesAt(first_other->begin, first_other->bytes);
  ExpectContent(*first_other,
                [&content](std::size_t at) { return content[at]; });
  Fail(Text("the content of ", first_other->name, " changes by itself"));
}

}  // namespace workbook::history
