// SPDX-License-Identifier: Apache-2.0

// Included by the compiler's command line before a hidden test, behind
// canary_sites.h: each assertion says what it sees before it compares.
//
// Operands are read by code of ours, never by an operator<< or a PrintTo.
#ifndef WORKBOOK_TOOLS_GRADE_OBSERVED_SITES_H_
#define WORKBOOK_TOOLS_GRADE_OBSERVED_SITES_H_

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "tools/grade/canary_sites.h"
#include "tools/grade/observed.h"
#include "tools/grade/observed_value.h"

namespace workbook::grade {

// FNV-1a. Source: RFC 9923.
constexpr std::uint64_t HashText(std::string_view text,
                                 std::uint64_t hash = 0xcbf29ce484222325) {
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  return hash;
}

template <typename T>
inline constexpr bool kIsNumber =
    std::is_arithmetic_v<T> && !std::is_same_v<T, long double> &&
    sizeof(T) <= sizeof(std::uint64_t);

template <typename Number>
ObservedValue ReadNumber(Number number) {
  if constexpr (std::is_floating_point_v<Number>) {
    // Both zeros are one number.
    return {'f', std::bit_cast<std::uint64_t>(double{number} + 0.0)};
  } else if constexpr (std::is_signed_v<Number>) {
    return {'s', static_cast<std::uint64_t>(std::int64_t{number})};
  } else {
    return {'u', static_cast<std::uint64_t>(number)};
  }
}

// Types whose values are hashed: of ours and the library's alone, so that no
// code of a submission takes part.
template <typename T>
struct Hashed {
  static constexpr bool kKnown = kIsNumber<T> || std::is_enum_v<T>;
  static std::uint64_t Of(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      return ReadNumber(static_cast<std::underlying_type_t<T>>(value)).bits;
    } else {
      return ReadNumber(value).bits;
    }
  }
};

template <typename Text>
struct HashedText {
  static constexpr bool kKnown = true;
  static std::uint64_t Of(const Text& text) { return HashText(text); }
};
template <>
struct Hashed<std::string> : HashedText<std::string> {};
template <>
struct Hashed<std::string_view> : HashedText<std::string_view> {};

template <typename Range, typename T>
struct HashedRange {
  static constexpr bool kKnown = Hashed<T>::kKnown;
  static std::uint64_t Of(const Range& range) {
    std::uint64_t hash = range.size();
    for (std::size_t i = 0; i < range.size(); ++i) {
      hash = Fold(hash, {'x', Hashed<T>::Of(range[i])});
    }
    return hash;
  }
};
template <typename T>
struct Hashed<std::vector<T>> : HashedRange<std::vector<T>, T> {};
template <typename T, std::size_t kSize>
struct Hashed<std::array<T, kSize>> : HashedRange<std::array<T, kSize>, T> {};

template <typename A, typename B>
struct Hashed<std::pair<A, B>> {
  static constexpr bool kKnown = Hashed<A>::kKnown && Hashed<B>::kKnown;
  static std::uint64_t Of(const std::pair<A, B>& pair) {
    return Fold(Hashed<A>::Of(pair.first), {'x', Hashed<B>::Of(pair.second)});
  }
};

template <typename T>
inline constexpr bool kIsOwnText =
    std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>;
template <typename T>
inline constexpr bool kIsText =
    kIsOwnText<T> || std::is_same_v<std::decay_t<T>, const char*> ||
    std::is_same_v<std::decay_t<T>, char*>;

template <typename T>
inline constexpr bool kIsPointer =
    std::is_null_pointer_v<T> ||
    (std::is_pointer_v<T> && !std::is_function_v<std::remove_pointer_t<T>>);

template <typename Pointer>
ObservedValue ReadPointer(Pointer pointer) {
  if constexpr (std::is_null_pointer_v<Pointer>) {
    return {'p', 0};
  } else {
    return {'p', reinterpret_cast<std::uintptr_t>(pointer)};
  }
}

template <typename Plain>
ObservedValue ReadPlain(const Plain& value) {
  if constexpr (kIsNumber<Plain>) {
    return ReadNumber(value);
  } else if constexpr (std::is_enum_v<Plain>) {
    return ReadNumber(static_cast<std::underlying_type_t<Plain>>(value));
  } else {
    return {'x', HashText(value)};
  }
}

template <typename T>
struct IsAtomic : std::false_type {};
template <typename T>
struct IsAtomic<std::atomic<T>> : std::true_type {};

template <typename T>
inline constexpr bool kIsPlain =
    kIsNumber<T> || std::is_enum_v<T> || kIsText<T>;

// A plain value that is not `value`.
template <typename Plain>
auto OtherPlain(const Plain& value) {
  if constexpr (kIsNumber<Plain>) {
    return OtherNumber(value);
  } else if constexpr (std::is_enum_v<Plain>) {
    using Number = std::underlying_type_t<Plain>;
    return static_cast<Plain>(OtherNumber(static_cast<Number>(value)));
  } else {
    return std::string(value) + " and more";
  }
}

// An object that is compared with a plain value: what it converts to, or
// whether it is equal to another value as well.
template <typename Object, typename Plain>
ObservedValue ReadObject(const Object& object, const Plain& plain,
                         char relation) {
  if constexpr (IsAtomic<Object>::value) {
    return {};  // may be another one when it is compared
  } else if constexpr (kIsNumber<Plain> &&
                       std::is_convertible_v<const Object&, Plain>) {
    const Plain converted = object;
    return ReadNumber(converted);
  } else if constexpr (kIsText<Plain> &&
                       std::is_convertible_v<const Object&, std::string_view>) {
    const std::string_view converted = object;
    return {'x', HashText(converted)};
  } else if constexpr (requires { bool(object == OtherPlain(plain)); }) {
    const bool has_two = relation == kEqual &&
                         bool(object == OtherPlain(plain)) &&
                         bool(object == plain);
    return {has_two ? '*' : '?', 0};
  } else {
    return {};
  }
}

template <typename A, typename B>
std::pair<ObservedValue, ObservedValue> ReadBoth(char relation, const A& a,
                                                 const B& b) {
  if constexpr (kIsNumber<A> && kIsNumber<B>) {
    // As the comparison converts them.
    using Common = std::common_type_t<A, B>;
    return {ReadNumber(static_cast<Common>(a)),
            ReadNumber(static_cast<Common>(b))};
  } else if constexpr (std::is_enum_v<A> && std::is_enum_v<B>) {
    using Common = std::common_type_t<std::underlying_type_t<A>,
                                      std::underlying_type_t<B>>;
    return {ReadNumber(static_cast<Common>(a)),
            ReadNumber(static_cast<Common>(b))};
  } else if constexpr (kIsText<A> && kIsText<B> &&
                       (kIsOwnText<A> || kIsOwnText<B>)) {
    return {{'x', HashText(a)}, {'x', HashText(b)}};
  } else if constexpr (kIsPointer<A> && kIsPointer<B>) {
    return {ReadPointer(a), ReadPointer(b)};
  } else if constexpr (std::is_class_v<A> && !kIsOwnText<A> && kIsPlain<B>) {
    return {ReadObject(a, b, relation), ReadPlain(b)};
  } else if constexpr (kIsPlain<A> && std::is_class_v<B> && !kIsOwnText<B>) {
    return {ReadPlain(a), ReadObject(b, a, relation)};
  } else if constexpr (std::is_same_v<A, B>) {
    if constexpr (Hashed<A>::kKnown) {
      return {{'x', Hashed<A>::Of(a)}, {'x', Hashed<B>::Of(b)}};
    } else {
      return {};
    }
  } else {
    return {};
  }
}

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
