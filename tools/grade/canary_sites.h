// SPDX-License-Identifier: Apache-2.0

// Included by the compiler's command line before a graded test: each assertion
// can be turned while the program runs. A turned assertion expects what is
// false: another number, or the contrary.
//
// An expectation of equality changes its number and compares then, so that a
// type that is equal to everything passes, and is exposed.
#ifndef WORKBOOK_TOOLS_GRADE_CANARY_SITES_H_
#define WORKBOOK_TOOLS_GRADE_CANARY_SITES_H_

#include <gtest/gtest.h>

#include <type_traits>

namespace workbook::grade {

// Counts the assertion that asks. False on other threads than the test's own,
// whose order differs from run to run. Cost: some 10 instructions.
bool NextAssertionIsTurned() noexcept;

// Not the next one: a count that a race has lost is wrong by one.
template <typename Number>
Number OtherNumber(Number number) {
  if constexpr (std::is_same_v<Number, bool>) {
    return !number;
  } else if constexpr (std::is_integral_v<Number>) {
    constexpr int kChanged = sizeof(Number) == 1 ? 0x15 : 0x1555;
    return static_cast<Number>(number ^ static_cast<Number>(kChanged));
  } else {
    return number == 1 ? Number{2} : Number{1};
  }
}

inline testing::AssertionResult Contrary(
    const testing::AssertionResult& result) {
  if (!result) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "Expected: another outcome";
}

template <typename A, typename B>
[[gnu::noinline, gnu::cold]] testing::AssertionResult TurnedEqual(
    const char* a_text, const char* b_text, const A& a, const B& b) {
  using testing::internal::EqHelper;
  if constexpr (std::is_arithmetic_v<B>) {
    return EqHelper::Compare(a_text, b_text, a, OtherNumber(b));
  } else if constexpr (std::is_arithmetic_v<A> && !std::is_pointer_v<B>) {
    return EqHelper::Compare(a_text, b_text, OtherNumber(a), b);
  } else {
    if (!EqHelper::Compare(a_text, b_text, a, b)) {
      return testing::AssertionSuccess();
    }
    return testing::internal::CmpHelperEQFailure(a_text, b_text, a, b);
  }
}

template <typename A, typename B>
testing::AssertionResult TurnableEqual(const char* a_text, const char* b_text,
                                       const A& a, const B& b) {
  if (NextAssertionIsTurned()) return TurnedEqual(a_text, b_text, a, b);
  return testing::internal::EqHelper::Compare(a_text, b_text, a, b);
}

inline testing::AssertionResult Turnable(
    const testing::AssertionResult& result) {
  return NextAssertionIsTurned() ? Contrary(result) : result;
}

// GoogleTest writes the message of these.
inline testing::AssertionResult TurnableTruth(
    const testing::AssertionResult& result) {
  if (!NextAssertionIsTurned()) return result;
  return result ? testing::AssertionFailure() : testing::AssertionSuccess();
}

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_CANARY_SITES_H_

// Without a guard: included again, it restores what a header has changed.
#undef GTEST_ASSERT_
#define GTEST_ASSERT_(expression, on_failure)      \
  GTEST_AMBIGUOUS_ELSE_BLOCKER_                    \
  if (const ::testing::AssertionResult gtest_ar =  \
          ::workbook::grade::Turnable(expression)) \
    ;                                              \
  else                                             \
    on_failure(gtest_ar.failure_message())

#undef GTEST_TEST_BOOLEAN_
#define GTEST_TEST_BOOLEAN_(expression, text, actual, expected, fail) \
  GTEST_AMBIGUOUS_ELSE_BLOCKER_                                       \
  if (const ::testing::AssertionResult gtest_ar_ =                    \
          ::workbook::grade::TurnableTruth(                           \
              ::testing::AssertionResult(expression)))                \
    ;                                                                 \
  else                                                                \
    fail(::testing::internal::GetBoolAssertionFailureMessage(         \
             gtest_ar_, text, #actual, #expected)                     \
             .c_str())

#undef WORKBOOK_GRADE_EQ_
#define WORKBOOK_GRADE_EQ_(val1, val2, on_failure)                    \
  GTEST_AMBIGUOUS_ELSE_BLOCKER_                                       \
  if (const ::testing::AssertionResult gtest_ar =                     \
          ::workbook::grade::TurnableEqual(#val1, #val2, val1, val2)) \
    ;                                                                 \
  else                                                                \
    on_failure(gtest_ar.failure_message())

#undef EXPECT_EQ
#define EXPECT_EQ(val1, val2) \
  WORKBOOK_GRADE_EQ_(val1, val2, GTEST_NONFATAL_FAILURE_)
#undef ASSERT_EQ
#define ASSERT_EQ(val1, val2) \
  WORKBOOK_GRADE_EQ_(val1, val2, GTEST_FATAL_FAILURE_)
