// SPDX-License-Identifier: Apache-2.0

#include "tools/support/history/subject.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <set>
#include <string_view>

#include "tools/support/history/picture.h"

namespace workbook::history {
namespace {

// Of a large block only both ends are filled and looked at.
constexpr std::size_t kEdgeBytes = 128;

std::byte PatternAt(const Subject::Block& block, std::size_t i) {
  return static_cast<std::byte>(static_cast<std::size_t>(block.name[0]) * 7 +
                                i);
}

// The first offset for which `visit` returns false; block.bytes if none.
template <class Visit>
std::size_t FirstFalse(const Subject::Block& block, Visit visit) {
  for (std::size_t i = 0; i != block.bytes; ++i) {
    if (i == kEdgeBytes && block.bytes > 2 * kEdgeBytes) {
      i = block.bytes - kEdgeBytes;
    }
    if (!visit(i)) return i;
  }
  return block.bytes;
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

}  // namespace

std::string Subject::NewName() {
  const std::size_t number = names_++;
  std::string name(1, static_cast<char>('a' + number % 26));
  return number < 26 ? name : name + std::to_string(number / 26);
}

void Subject::Enter() {
  ++State().calls;
  arena.allocations = 0;
  arena.refuse_from = std::exchange(refuse_from_, 0);
  arena.on = true;
}

void Subject::Leave(Thrown thrown) {
  arena.on = false;
  arena.refuse_from = 0;
  // The exception is an allocation of its own.
  if (thrown != Thrown::kNothing && arena.allocations != 0) --arena.allocations;
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

void Subject::RememberTodo(const char* what) {
  Shared& state = State();
  if (state.todo[0] == '\0') {
    std::snprintf(state.todo, sizeof(state.todo), "%s", what);
  }
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
  FirstFalse(lent, [&](std::size_t i) {
    lent.begin[i] = PatternAt(lent, i);
    return true;
  });
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
    const std::size_t i = FirstFalse(block, [&block](std::size_t at) {
      return block.begin[at] == PatternAt(block, at);
    });
    Expect(i == block.bytes, "", "byte ", i, " of ", block.name,
           " was overwritten while it was lent");
  }
}

}  // namespace workbook::history
