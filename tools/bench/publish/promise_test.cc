// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/publish/promise.h"

#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace workbook {
namespace {

constexpr char kPromise[] = R"(fewer_allocations_from = 80
fewer_allocations_to = 95
lower_peak_from = 40
lower_peak_to = 60
times_as_fast_from = 2
times_as_fast_to = 5

[[cases]]
exercise = "09_01"
case = "log/lines"
natural = "a string | a field"
pattern = "views"
)";

struct Measured {
  double ns = 0;
  double allocs = 0;
  double peak = 0;
};

MeasuredRow Row(const std::string& role, const Measured& measured) {
  MeasuredRow row{.role = role, .implementation = role};
  row.rounds_ns.assign(9, measured.ns);
  row.allocs_per_op = measured.allocs;
  row.peak_bytes = measured.peak;
  return row;
}

std::vector<PublishedExercise> Exercises(const Measured& natural,
                                         const Measured& pattern) {
  std::vector<PublishedExercise> exercises(1);
  exercises[0].exercise.id = "09_01";
  exercises[0].measurement.cases = {
      {"log/lines", {Row("baseline", natural), Row("reference", pattern)}, {}}};
  return exercises;
}

struct Page {
  std::string text;
  std::string problems;
};

Page PageOf(const std::string& promise,
            const std::vector<PublishedExercise>& exercises) {
  const Promise read = ReadPromise(promise, "promise.toml");
  std::vector<Problem> problems = read.problems;
  Page page;
  page.text = PromisePage(read, exercises, problems);
  for (const Problem& problem : problems) page.problems += problem.Text();
  return page;
}

std::string RowOf(const Measured& natural, const Measured& pattern) {
  const Page page = PageOf(kPromise, Exercises(natural, pattern));
  EXPECT_EQ(page.problems, "");
  const auto row = page.text.rfind("| [09_01]");
  return row == std::string::npos ? "" : page.text.substr(row);
}

TEST(Promise, SaysWhatWasPromisedAndWhatWasMeasured) {
  EXPECT_EQ(RowOf({30, 10, 1000}, {10, 1, 500}),
            "| [09_01](../../exercises/09_01/README.md) | log/lines | "
            "a string \\| a field | views | 10 to 1: 90 %, as promised | "
            "1,000 to 500: 50 %, as promised | 3.00, as promised |\n");
}

TEST(Promise, LessAndMoreAreSaid) {
  const std::string row = RowOf({10, 10, 1000}, {10, 3, 100});
  EXPECT_NE(row.find("10 to 3: 70 %, less than promised"), std::string::npos);
  EXPECT_NE(row.find("1,000 to 100: 90 %, more"), std::string::npos);
  EXPECT_NE(row.find("1.00, less than promised"), std::string::npos);
}

TEST(Promise, WhereNothingWasAllocatedNothingWasSaved) {
  EXPECT_NE(RowOf({10, 0, 1000}, {10, 0, 500}).find("0 to 0: none to save"),
            std::string::npos);
}

TEST(Promise, ACaseThatWasNotMeasuredIsRefusedWithItsLine) {
  for (const auto& [from, to] :
       {std::pair<std::string, std::string>{"log/lines", "log/other"},
        {"exercise = \"09_01\"", "exercise = \"09_02\""}}) {
    std::string text = kPromise;
    text.replace(text.find(from), from.size(), to);
    const Page page = PageOf(text, Exercises({30, 1, 1}, {10, 1, 1}));
    EXPECT_NE(page.problems.find("promise.toml:8"), std::string::npos)
        << page.problems;
    EXPECT_NE(page.problems.find("which no published measurement has"),
              std::string::npos)
        << page.problems;
    EXPECT_EQ(page.text.find("| [09_0"), std::string::npos);
  }
}

TEST(Promise, AFieldThatIsMissingWrongOrUnknownIsRefused) {
  EXPECT_NE(PageOf("lower_peak_from = 40", {}).problems.find("is missing"),
            std::string::npos);
  EXPECT_NE(PageOf("lower = = 40", {}).problems.find("is not TOML"),
            std::string::npos);
  EXPECT_NE(PageOf(std::string("higher = 1\n") + kPromise, {})
                .problems.find("higher"),
            std::string::npos);
  std::string text = kPromise;
  text.replace(text.find("_to = 95"), 8, "_to = 70");
  EXPECT_NE(PageOf(text, Exercises({30, 1, 1}, {10, 1, 1}))
                .problems.find("is less than fewer_allocations_from"),
            std::string::npos);
}

}  // namespace
}  // namespace workbook
