// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/options.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace workbook {
namespace {

Options Parse(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "bench");
  return ParseOptions(arguments);
}

TEST(ParseOptions, CountsAndTimesNineInterleavedRepetitions) {
  const Options options = Parse({});
  EXPECT_TRUE(options.run.count);
  EXPECT_TRUE(options.run.time);
  EXPECT_EQ(options.repetitions, 9);
  const auto& given = options.benchmark_arguments;
  for (const char* expected : {"--benchmark_repetitions=9",
                               "--benchmark_enable_random_interleaving=true"}) {
    EXPECT_NE(std::find(given.begin(), given.end(), expected), given.end())
        << expected;
  }
}

TEST(ParseOptions, PutsGivenFlagsAfterTheDefaultsTheyOverride) {
  const Options options =
      Parse({"--benchmark_repetitions=3", "--benchmark_filter=lifo"});
  EXPECT_EQ(options.repetitions, 3);
  EXPECT_EQ(options.benchmark_arguments.back(), "--benchmark_filter=lifo");
}

TEST(ParseOptions, KnowsThePasses) {
  EXPECT_FALSE(Parse({"--pass=counts"}).run.time);
  EXPECT_EQ(Parse({"--pass=counts"}).repetitions, 0);
  EXPECT_FALSE(Parse({"--pass=times"}).run.count);
  const Options smoke = Parse({"--pass=smoke"});
  EXPECT_FALSE(smoke.run.time);
  EXPECT_TRUE(smoke.run.count);
  EXPECT_LT(smoke.run.counted_iterations, 10);
}

TEST(ParseOptions, KeepsTheFileForItself) {
  const Options options =
      Parse({"--benchmark_out=x.json", "--benchmark_out_format=json"});
  EXPECT_EQ(options.json_file, "x.json");
  EXPECT_EQ(options.benchmark_arguments.back(), "--benchmark_out=");
}

TEST(ParseOptions, KnowsListAndHelp) {
  EXPECT_TRUE(Parse({"--benchmark_list_tests"}).list_rows);
  EXPECT_TRUE(Parse({"--benchmark_list_tests=true"}).list_rows);
  EXPECT_FALSE(Parse({"--benchmark_list_tests=false"}).list_rows);
  EXPECT_TRUE(Parse({"--help"}).help);
}

TEST(ParseOptions, RefusesWhatItWouldHaveToIgnore) {
  for (const char* argument :
       {"--pass=fast", "--benchmark_out_format=csv", "--benchmark_format=json",
        "--benchmark_repetitions=0", "--benchmark_repetitions=many"}) {
    EXPECT_THROW(Parse({argument}), std::invalid_argument) << argument;
  }
}

TEST(ParseOptions, OrdersAreFreshUnlessTold) {
  EXPECT_FALSE(Parse({}).repeat_orders);
  EXPECT_FALSE(Parse({"--order=fresh"}).repeat_orders);
  EXPECT_TRUE(Parse({"--order=repeated"}).repeat_orders);
  EXPECT_THROW(Parse({"--order=random"}), std::invalid_argument);
}

}  // namespace
}  // namespace workbook
