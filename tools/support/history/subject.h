// SPDX-License-Identifier: Apache-2.0

// What every description inherits: a call into the subject, the line of the
// program that it is, what it promises, and the blocks that were lent.
#ifndef WORKBOOK_TOOLS_SUPPORT_HISTORY_SUBJECT_H_
#define WORKBOOK_TOOLS_SUPPORT_HISTORY_SUBJECT_H_

#include <concepts>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <vector>

#include "tools/support/history/arena.h"
#include "tools/support/history/child.h"
#include "tools/support/history/guarded.h"

// A description is compiled three times: into one program with its subject, for
// learners; and into two for grading, of which one asks and one answers.
#if defined(WORKBOOK_HISTORY_ASKS)
#define WORKBOOK_HISTORY_REMOTE 1
#include "tools/support/history/asked_object.h"
#elif defined(WORKBOOK_HISTORY_ANSWERS)
#define WORKBOOK_HISTORY_REMOTE 1
#include "tools/support/history/answering.h"
#else
#include "tools/support/history/object.h"
#endif

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

// Thread safety: one thread at a time, for all functions here.
class Subject {
 public:
  struct Block {
    std::byte* begin;
    std::size_t bytes;  // that its borrower may write
    std::string name;   // a, b, c, ...
    bool lent;
  };

  // Makes one call into the subject, `call(args...)`: until it returns, the
  // heap is the arena. Counts its allocations, and refuses those that
  // RefuseAllocations named. The lambda captures nothing, and what it takes are
  // objects and fixtures, as `auto&`, and values: so another process can make
  // the call. What it returns goes to `result`; where it throws, that stays.
  // On failure: a Todo ends the history, as if the call were not allowed.
  template <class F, class... Args>
  requires std::is_class_v<F> Thrown In(F call, Args&&... args) {
    return MakeCall(static_cast<void*>(nullptr), call, args...);
  }
  template <class R, class F, class... Args>
  requires std::is_class_v<F> Thrown In(R* result, F call, Args&&... args) {
    return MakeCall(result, call, args...);
  }
  // The same, and returns what the call does; where it throws, an empty value.
  template <class F, class... Args>
  auto Ask(F call, Args&&... args) {
    std::decay_t<std::invoke_result_t<F, Args&...>> result{};
    MakeCall(&result, call, args...);
    return result;
  }
  // Makes a call outside of the arena that is none into the subject, and leaves
  // Allocations() alone: of a fixture, or of something that all objects share.
  template <class F, class... Args>
  static auto Aside([[maybe_unused]] F call, [[maybe_unused]] Args&&... args) {
#if defined(WORKBOOK_HISTORY_ASKS)
    return AskAside<F, std::remove_cvref_t<Args>...>(args...);
#elif defined(WORKBOOK_HISTORY_ANSWERS)
    static_cast<void>(&Site<F, std::remove_cvref_t<Args>...>::is_known);
    return ResultOf<F, std::remove_cvref_t<Args>...>();
#else
    return call(args...);
#endif
  }
  // The bytes at an address of the subject's process.
  static std::vector<std::byte> BytesAt(const void* begin, std::size_t bytes);
  template <class T>
  static std::vector<T> ValuesAt(const T* begin, std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    std::vector<T> values(count);
    if (count == 0) return values;
    const std::vector<std::byte> bytes = BytesAt(begin, count * sizeof(T));
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
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
  // was evaluated, "pool.LentBlocks()"; or words where none is, which begin
  // with "the ".
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

  // Lets the k-th allocation of the next call fail, and all after it; 0 lets
  // none fail.
  void RefuseAllocations(std::size_t from_kth) { refuse_from_ = from_kth; }
  // Counts what the last call allocated, without its exception.
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
#ifdef WORKBOOK_HISTORY_REMOTE
    static_cast<void>(name);
    static_cast<void>(object);
#else
    drawn_ = {reinterpret_cast<std::byte*>(object.address()), sizeof(T), name,
              true};
    if (is_played) NameType(typeid(T).name());
#endif
  }

  // For the engine.
  void CheckContents() const;
  // The same, and the guards of the arena, in another process.
  void LookElsewhere() const;
  const std::vector<Block>& blocks() const { return blocks_; }
  const Block& drawn() const { return drawn_; }
  bool are_elsewhere() const { return are_elsewhere_; }

 private:
  static void ListCheck(std::string_view code, std::string_view expected);
  void RecordLine(const std::string& line);

  template <class R, class F, class... Args>
  Thrown MakeCall([[maybe_unused]] R* result, [[maybe_unused]] F call,
                  [[maybe_unused]] Args&... args) {
    [[maybe_unused]] const std::size_t refuse_from =
        std::exchange(refuse_from_, 0);
    static_assert(std::is_empty_v<F>,
                  "the lambda captures: give it what it needs, so that another "
                  "process can make the call");
#if defined(WORKBOOK_HISTORY_ASKS)
    return AskFor<F, R, std::remove_cvref_t<Args>...>(result, refuse_from,
                                                      args...);
#elif defined(WORKBOOK_HISTORY_ANSWERS)
    // This program asks nothing: it only has to know the call.
    static_cast<void>(&Site<F, std::remove_cvref_t<Args>...>::is_known);
    std::abort();
#else
    Thrown thrown = Thrown::kNothing;
    const bool is_written = Guarded(
        refuse_from,
        [&] {
          if constexpr (std::is_void_v<R>) {
            static_cast<void>(call(args...));
          } else {
            *result = call(args...);
          }
        },
        thrown);
    if (!is_written) throw NotWritten{};
    return thrown;
#endif
  }

  std::vector<Block> blocks_;      // all that ever was lent, each place once
  std::vector<std::size_t> lent_;  // in the order of lending
  std::size_t names_ = 0;
  std::size_t refuse_from_ = 0;
  bool are_elsewhere_ = false;
  Block drawn_{};
};

}  // namespace workbook::history

#endif  // WORKBOOK_TOOLS_SUPPORT_HISTORY_SUBJECT_H_
