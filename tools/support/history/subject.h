// SPDX-License-Identifier: Apache-2.0

// What every description inherits: a call into the subject, the line of the
// program that it is, what it promises, and the blocks that were lent.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_SUBJECT_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_SUBJECT_H_

#include <concepts>
#include <cstddef>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <vector>

#include "tools/exercise/todo.h"
#include "tools/support/history/arena.h"
#include "tools/support/history/child.h"

namespace workbook::history {

// Text of strings, numbers and truth values, one behind the other.
inline std::string ToText(std::string_view text) { return std::string(text); }
template <class T>
requires std::integral<T> || std::floating_point<T> std::string ToText(
    T value) {
  if constexpr (std::is_same_v<T, bool>) return value ? "true" : "false";
  if constexpr (std::is_same_v<T, char>) return std::string(1, value);
  return std::to_string(value);
}
template <class... Parts>
std::string Text(const Parts&... parts) {
  return (std::string() + ... + ToText(parts));
}

// The line of a test that checks `code`: that it is `expected`, or true where
// that is "".
inline std::string AssertionOf(std::string_view code,
                               std::string_view expected) {
  return expected.empty() ? Text("EXPECT_TRUE(", code, ");")
                          : Text("EXPECT_EQ(", code, ", ", expected, ");");
}

// How a call ended.
enum class Thrown {
  kNothing,
  kBadAlloc,
  kInvalidArgument,
  kLengthError,
  kOutOfRange,
  kOther,  // any other exception
};

// Thrown by Subject::In at a Todo, for the search; nothing else catches it.
struct NotWritten {};

// An object of the subject's class, between guards. It is destroyed by End()
// only: a history may end where its destructor would be misuse.
template <class T>
class Object {
 public:
  Object()
      : memory_(arena.Allocate(sizeof(T), alignof(T), Arena::Kind::kObject)) {}
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  // All three belong into a call of In. MakeFrom makes what `call` returns, in
  // place and without a move.
  template <class... Args>
  void Make(Args&&... args) {
    ::new (memory_) T(std::forward<Args>(args)...);
  }
  template <class F>
  void MakeFrom(F call) {
    ::new (memory_) T(call());
  }
  void End() { std::destroy_at(address()); }

  T* address() const { return static_cast<T*>(memory_); }
  T* operator->() const { return address(); }
  T& operator*() const { return *address(); }

 private:
  void* memory_;
};

// Thread safety: one thread at a time, for all functions here.
class Subject {
 public:
  struct Block {
    std::byte* begin;
    std::size_t bytes;  // that its borrower may write
    std::string name;   // a, b, c, ...
    bool lent;
  };

  // Runs one call into the subject: until it returns, the heap is the arena.
  // Counts its allocations, and refuses those that RefuseAllocations named.
  // On failure: a Todo ends the history, as if the call were not allowed.
  template <class F>
  Thrown In(F&& call) {
    Enter();
    Thrown thrown = Thrown::kNothing;
    bool is_written = true;
    try {
      call();
    } catch (const TodoError& todo) {
      is_written = false;
      RememberTodo(todo.what());
    } catch (const std::bad_alloc&) {
      thrown = Thrown::kBadAlloc;
    } catch (const std::invalid_argument&) {
      thrown = Thrown::kInvalidArgument;
    } catch (const std::length_error&) {
      thrown = Thrown::kLengthError;
    } catch (const std::out_of_range&) {
      thrown = Thrown::kOutOfRange;
    } catch (...) {
      thrown = Thrown::kOther;
    }
    Leave(thrown);
    if (!is_written) throw NotWritten{};
    return thrown;
  }

  // The line of the program that the next call is. It is C++, so that a case
  // can be kept as a test: complete, with its semicolon.
  template <class... Parts>
  void Say(const Parts&... parts) {
    if (is_played) RecordLine(Text(parts...));
  }

  // Fails the history unless `holds`. `code` is the C++ expression for it, or
  // "" where none is; the sentence says what is wrong.
  template <class... Parts>
  static void Expect(bool holds, std::string_view code,
                     const Parts&... sentence) {
    if (lists_checks) ListCheck(code, "");
    if (!holds) FailAt(std::string(code), "", Text(sentence...));
  }

  // Fails the history unless got == expected. `code` is the C++ expression that
  // was evaluated, "pool.LentBlocks()"; or words where none is, which begin with
  // "the ".
  template <class Got, class Expected>
  static void ExpectEqual(std::string_view code, const Got& got,
                          const Expected& expected) {
    if (lists_checks) ListCheck(code, Text(expected, Suffix<Got>()));
    if (got == static_cast<Got>(expected)) return;
    FailAt(IsInWords(code) ? "" : std::string(code),
           Text(expected, Suffix<Got>()),
           Text(code, " is ", got, "; expected ", expected));
  }

  static bool IsInWords(std::string_view code) {
    return code.starts_with("the ");
  }
  // Of a literal that is compared with a T: without it compilers warn.
  template <class T>
  static constexpr const char* Suffix() {
    return std::is_unsigned_v<T> && !std::is_same_v<T, bool> ? "u" : "";
  }

  // Lets the k-th allocation of the next call of In fail, and all after it; 0
  // lets none fail.
  void RefuseAllocations(std::size_t from_kth) { refuse_from_ = from_kth; }
  // Counts what the last call of In allocated, without its exception.
  std::size_t Allocations() const { return arena.allocations; }

  // The next name: a, b, ..., z, a1, ...
  std::string NewName();

  // Takes note of `block`, which a call returned with `bytes` that its borrower
  // may write. Checks that it is aligned, in live memory and apart from all
  // that is lent, and fills it: each call from now on has to leave its content
  // alone.
  void Lend(const std::string& name, void* block, std::size_t bytes,
            std::size_t alignment_bytes);
  std::size_t LentCount() const { return lent_.size(); }
  // The k-th newest of what is lent. REQUIRES: k < LentCount().
  const Block& Newest(std::size_t k = 0) const;
  void Return(std::size_t k = 0);

  // For a subject whose blocks do not come from the arena but from pages of its
  // own: what is lent need not lie in the heap then.
  void BlocksAreElsewhere() { are_elsewhere_ = true; }

  // For the picture: the object whose words are drawn from now on.
  template <class T>
  void Draw(const std::string& name, const Object<T>& object) {
    drawn_ = {reinterpret_cast<std::byte*>(object.address()), sizeof(T), name,
              true};
    if (is_played) NameType(typeid(T).name());
  }

  // For the engine.
  void CheckContents() const;
  const std::vector<Block>& blocks() const { return blocks_; }
  const Block& drawn() const { return drawn_; }
  bool are_elsewhere() const { return are_elsewhere_; }

 private:
  static void ListCheck(std::string_view code, std::string_view expected);
  void Enter();
  void Leave(Thrown thrown);
  void RecordLine(const std::string& line);
  static void RememberTodo(const char* what);

  std::vector<Block> blocks_;      // all that ever was lent, each place once
  std::vector<std::size_t> lent_;  // in the order of lending
  std::size_t names_ = 0;
  std::size_t refuse_from_ = 0;
  bool are_elsewhere_ = false;
  Block drawn_{};
};

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_SUBJECT_H_
