// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/json_report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

namespace workbook {
namespace {

RowResult Named(const std::string& name) {
  RowResult result;
  result.name = name;
  return result;
}

// The schema of README.md, which tools/workbook reads.
TEST(WriteJson, WritesTheDocumentedSchema) {
  RowResult timed = Named("s/c/yours:Pool");
  timed.threads = 2;
  timed.counts = {0.5, 32, 4096};
  timed.repetitions = {{2.5, 250, 240, 1000}, {3.5, 350, 340, 900}};
  timed.other_counters["hit_rate"] = 0.75;
  RowResult counted = Named("s/c/baseline:new");
  counted.counts = {1, 64, 128};
  RowResult gap = Named("s/c/peer:gone");
  gap.status = RowStatus::kGap;
  gap.message = "not installed: apt-get install gone";
  RowResult todo = Named("s/c/yours:Other");
  todo.status = RowStatus::kNotWritten;
  todo.message = "\"task 1\" is yours to write";
  RowResult error = Named("s/c/peer:wrong");
  error.status = RowStatus::kError;
  error.repetitions = {{1, 1, 1, 1}};
  RunConditions conditions;
  conditions.compiler = "gcc 12";
  std::ostringstream out;
  WriteJson({timed, counted, gap, todo, error}, conditions, out);

  const nlohmann::json document = nlohmann::json::parse(out.str());
  EXPECT_EQ(document["context"]["workbook_schema"], "1");
  EXPECT_EQ(document["context"]["workbook_build"], "optimized");
  EXPECT_EQ(document["context"]["workbook_compiler"], "gcc 12");
  const nlohmann::json& rows = document["benchmarks"];
  ASSERT_EQ(rows.size(), 6u);
  EXPECT_EQ(rows[0]["name"], "s/c/yours:Pool");
  EXPECT_EQ(rows[0]["threads"], 2);
  EXPECT_EQ(rows[0]["ns_per_op"], 2.5);
  EXPECT_EQ(rows[0]["iterations"], 1000);
  EXPECT_DOUBLE_EQ(rows[0]["real_time"], 250);
  EXPECT_DOUBLE_EQ(rows[0]["cpu_time"], 240);
  EXPECT_EQ(rows[0]["time_unit"], "ns");
  EXPECT_EQ(rows[0]["allocs_per_op"], 0.5);
  EXPECT_EQ(rows[0]["bytes_per_op"], 32);
  EXPECT_EQ(rows[0]["peak_bytes"], 4096);
  EXPECT_EQ(rows[0]["hit_rate"], 0.75);
  EXPECT_FALSE(rows[0].contains("label"));
  EXPECT_FALSE(rows[0].contains("error_occurred"));
  EXPECT_EQ(rows[1]["ns_per_op"], 3.5);
  EXPECT_EQ(rows[1]["repetition_index"], 1);
  EXPECT_EQ(rows[2]["iterations"], 0);
  EXPECT_FALSE(rows[2].contains("ns_per_op"));
  EXPECT_EQ(rows[3]["label"], "gap");
  EXPECT_EQ(rows[3]["error_message"], "not installed: apt-get install gone");
  EXPECT_EQ(rows[4]["label"], "not_written");
  EXPECT_EQ(rows[4]["error_message"], "\"task 1\" is yours to write");
  EXPECT_EQ(rows[5]["label"], "error");
  EXPECT_EQ(rows[5]["error_occurred"], true);
}

}  // namespace
}  // namespace workbook
