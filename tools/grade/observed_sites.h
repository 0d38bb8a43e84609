// SPDX-License-Identifier: Apache-2.0

// Included by the compiler's command line before a hidden test, behind
// canary_sites.h: each assertion says what it sees before it compares.
#ifndef WORKBOOK_TOOLS_GRADE_OBSERVED_SITES_H_
#define WORKBOOK_TOOLS_GRADE_OBSERVED_SITES_H_

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <type_traits>

#include "tools/grade/canary_sites.h"
#include "tools/grade/observed.h"
#include "tools/grade/observed_operands.h"
#include "tools/grade/observed_value.h"

namespace workbook::grade {

template <typename A, typename B>
void ObserveBoth(const ObservedSite& site, char relation, const A& a,
                 const B& b) {
  const auto [first, second] = ReadBoth(relation, a, b);
  Observe(site, relation, first, second);
}

template <typename A, typename B>
testing::AssertionResult ObservedEqual(const ObservedSite& site,
                                       const char* a_text, const char* b_text,
                                       const A& a, const B& b) {
  ObserveBoth(site, kEqual, a, b);
  return TurnableEqual(a_text, b_text, a, b);
}

template <char kRelation, typename A, typename B>
testing::AssertionResult ObservedOrder(const ObservedSite& site,
                                       const char* a_text, const char* b_text,
                                       const A& a, const B& b) {
  ObserveBoth(site, kRelation, a, b);
  using namespace testing::internal;
  if constexpr (kRelation == kNotEqual) {
    return CmpHelperNE(a_text, b_text, a, b);
  } else if constexpr (kRelation == kLess) {
    return CmpHelperLT(a_text, b_text, a, b);
  } else if constexpr (kRelation == kLessOrEqual) {
    return CmpHelperLE(a_text, b_text, a, b);
  } else if constexpr (kRelation == kGreater) {
    return CmpHelperGT(a_text, b_text, a, b);
  } else {
    return CmpHelperGE(a_text, b_text, a, b);
  }
}

inline testing::AssertionResult ObservedNear(const ObservedSite& site,
                                             const char* a_text,
                                             const char* b_text,
                                             const char* bound_text, double a,
                                             double b, double bound) {
  Observe(site, kLessOrEqual, ReadNumber(std::fabs(a - b)), ReadNumber(bound));
  return testing::internal::DoubleNearPredFormat(a_text, b_text, bound_text, a,
                                                 b, bound);
}

inline testing::AssertionResult ObservedTruth(
    const ObservedSite& site, const testing::AssertionResult& result) {
  Observe(site, kTrue, ReadNumber(static_cast<bool>(result)), {});
  return TurnableTruth(result);
}

inline testing::AssertionResult ObservedResult(
    const ObservedSite& site, const testing::AssertionResult& result) {
  Observe(site, kReached, {}, {});
  return Turnable(result);
}

inline void ObserveThrow(const ObservedSite& site, bool is_expected) {
  Observe(site, kTrue, ReadNumber(is_expected), {});
}

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_OBSERVED_SITES_H_

// Without a guard, as canary_sites.h, which has just restored its own.
#undef WORKBOOK_GRADE_SITE_
#define WORKBOOK_GRADE_SITE_(text)                                             \
  ::workbook::grade::ObservedSite {                                            \
    __FILE__, __LINE__,                                                        \
        ::std::integral_constant<::std::uint64_t, ::workbook::grade::HashText( \
                                                      __FILE__ text)>::value   \
  }

#undef WORKBOOK_GRADE_ASSERT_
#define WORKBOOK_GRADE_ASSERT_(result, on_failure)          \
  GTEST_AMBIGUOUS_ELSE_BLOCKER_                             \
  if (const ::testing::AssertionResult gtest_ar = (result)) \
    ;                                                       \
  else                                                      \
    on_failure(gtest_ar.failure_message())

#undef GTEST_ASSERT_
#define GTEST_ASSERT_(expression, on_failure)                                \
  WORKBOOK_GRADE_ASSERT_(::workbook::grade::ObservedResult(                  \
                             WORKBOOK_GRADE_SITE_(#expression), expression), \
                         on_failure)

#undef WORKBOOK_GRADE_EQ_
#define WORKBOOK_GRADE_EQ_(val1, val2, on_failure)                        \
  WORKBOOK_GRADE_ASSERT_(                                                 \
      ::workbook::grade::ObservedEqual(WORKBOOK_GRADE_SITE_(#val1 #val2), \
                                       #val1, #val2, val1, val2),         \
      on_failure)

#undef WORKBOOK_GRADE_ORDER_
#define WORKBOOK_GRADE_ORDER_(relation, val1, val2, on_failure)              \
  WORKBOOK_GRADE_ASSERT_(                                                    \
      ::workbook::grade::Turnable(                                           \
          ::workbook::grade::ObservedOrder<::workbook::grade::relation>(     \
              WORKBOOK_GRADE_SITE_(#val1 #val2), #val1, #val2, val1, val2)), \
      on_failure)

#undef WORKBOOK_GRADE_NEAR_
#define WORKBOOK_GRADE_NEAR_(val1, val2, bound, on_failure)                    \
  WORKBOOK_GRADE_ASSERT_(                                                      \
      ::workbook::grade::Turnable(::workbook::grade::ObservedNear(             \
          WORKBOOK_GRADE_SITE_(#val1 #val2), #val1, #val2, #bound, val1, val2, \
          bound)),                                                             \
      on_failure)

#undef GTEST_TEST_BOOLEAN_
#define GTEST_TEST_BOOLEAN_(expression, text, actual, expected, fail) \
  GTEST_AMBIGUOUS_ELSE_BLOCKER_                                       \
  if (const ::testing::AssertionResult gtest_ar_ =                    \
          ::workbook::grade::ObservedTruth(                           \
              WORKBOOK_GRADE_SITE_(text),                             \
              ::testing::AssertionResult(expression)))                \
    ;                                                                 \
  else                                                                \
    fail(::testing::internal::GetBoolAssertionFailureMessage(         \
             gtest_ar_, text, #actual, #expected)                     \
             .c_str())

#undef EXPECT_NE
#undef EXPECT_LT
#undef EXPECT_LE
#undef EXPECT_GT
#undef EXPECT_GE
#undef EXPECT_NEAR
#undef ASSERT_NE
#undef ASSERT_LT
#undef ASSERT_LE
#undef ASSERT_GT
#undef ASSERT_GE
#undef ASSERT_NEAR
#define EXPECT_NE(val1, val2) \
  WORKBOOK_GRADE_ORDER_(kNotEqual, val1, val2, GTEST_NONFATAL_FAILURE_)
#define EXPECT_LT(val1, val2) \
  WORKBOOK_GRADE_ORDER_(kLess, val1, val2, GTEST_NONFATAL_FAILURE_)
#define EXPECT_LE(val1, val2) \
  WORKBOOK_GRADE_ORDER_(kLessOrEqual, val1, val2, GTEST_NONFATAL_FAILURE_)
#define EXPECT_GT(val1, val2) \
  WORKBOOK_GRADE_ORDER_(kGreater, val1, val2, GTEST_NONFATAL_FAILURE_)
#define EXPECT_GE(val1, val2) \
  WORKBOOK_GRADE_ORDER_(kGreaterOrEqual, val1, val2, GTEST_NONFATAL_FAILURE_)
#define EXPECT_NEAR(val1, val2, abs_error) \
  WORKBOOK_GRADE_NEAR_(val1, val2, abs_error, GTEST_NONFATAL_FAILURE_)
#define ASSERT_NE(val1, val2) \
  WORKBOOK_GRADE_ORDER_(kNotEqual, val1, val2, GTEST_FATAL_FAILURE_)
#define ASSERT_LT(val1, val2) \
  WORKBOOK_GRADE_ORDER_(kLess, val1, val2, GTEST_FATAL_FAILURE_)
#define ASSERT_LE(val1, val2) \
  WORKBOOK_GRADE_ORDER_(kLessOrEqual, val1, val2, GTEST_FATAL_FAILURE_)
#define ASSERT_GT(val1, val2) \
  WORKBOOK_GRADE_ORDER_(kGreater, val1, val2, GTEST_FATAL_FAILURE_)
#define ASSERT_GE(val1, val2) \
  WORKBOOK_GRADE_ORDER_(kGreaterOrEqual, val1, val2, GTEST_FATAL_FAILURE_)
#define ASSERT_NEAR(val1, val2, abs_error) \
  WORKBOOK_GRADE_NEAR_(val1, val2, abs_error, GTEST_FATAL_FAILURE_)

#undef WORKBOOK_GRADE_THROW_
#define WORKBOOK_GRADE_THROW_(statement, expected)                            \
  try {                                                                       \
    statement;                                                                \
    ::workbook::grade::ObserveThrow(WORKBOOK_GRADE_SITE_(#statement), false); \
  } catch (expected const&) {                                                 \
    ::workbook::grade::ObserveThrow(WORKBOOK_GRADE_SITE_(#statement), true);  \
    throw;                                                                    \
  }
#undef EXPECT_THROW
#undef ASSERT_THROW
#define EXPECT_THROW(statement, expected)                                 \
  GTEST_TEST_THROW_(WORKBOOK_GRADE_THROW_(statement, expected), expected, \
                    GTEST_NONFATAL_FAILURE_)
#define ASSERT_THROW(statement, expected)                                 \
  GTEST_TEST_THROW_(WORKBOOK_GRADE_THROW_(statement, expected), expected, \
                    GTEST_FATAL_FAILURE_)

// The test's words become the body of a class between its fixture and the test
// that GoogleTest makes; that one says whether they ended by themselves.
#undef WORKBOOK_GRADE_TEST_
#define WORKBOOK_GRADE_TEST_(suite, name, fixture, id)      \
  class suite##_##name##_Observed : public fixture {        \
   protected:                                               \
    void TestBody() override;                               \
  };                                                        \
  GTEST_TEST_(suite, name, suite##_##name##_Observed, id) { \
    ::workbook::grade::BodyBegins();                        \
    suite##_##name##_Observed::TestBody();                  \
    ::workbook::grade::BodyReturns();                       \
  }                                                         \
  void suite##_##name##_Observed::TestBody()

#undef TEST
#define TEST(suite, name)                            \
  WORKBOOK_GRADE_TEST_(suite, name, ::testing::Test, \
                       ::testing::internal::GetTestTypeId())
#undef TEST_F
#define TEST_F(fixture, name)                  \
  WORKBOOK_GRADE_TEST_(fixture, name, fixture, \
                       ::testing::internal::GetTypeId<fixture>())
