// SPDX-License-Identifier: Apache-2.0

#include "exercises/03_06/given/benchmark_json.h"

#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

namespace workbook {
namespace {

// Numbers that Google Benchmark writes of itself; others are counters.
const std::set<std::string> kOwnNumbers = {
    "family_index", "per_family_instance_index",
    "repetitions",  "repetition_index",
    "threads",      "iterations",
    "real_time",    "cpu_time"};

BenchmarkEntry ReadEntry(const nlohmann::json& from) {
  BenchmarkEntry entry;
  entry.name = from.at("run_name").get<std::string>();
  entry.is_aggregate = from.at("run_type").get<std::string>() == "aggregate";
  entry.aggregate = from.value("aggregate_name", "");
  entry.iterations = from.at("iterations").get<std::int64_t>();
  entry.cpu_time = from.at("cpu_time").get<double>();
  entry.time_unit = from.at("time_unit").get<std::string>();
  for (const auto& [name, value] : from.items()) {
    if (value.is_number() && !kOwnNumbers.contains(name)) {
      entry.counters[name] = value.get<double>();
    }
  }
  return entry;
}

}  // namespace

std::vector<BenchmarkEntry> ParseBenchmarkJson(std::string_view text) {
  try {
    std::vector<BenchmarkEntry> entries;
    const nlohmann::json document = nlohmann::json::parse(text);
    for (const nlohmann::json& from : document.at("benchmarks")) {
      entries.push_back(ReadEntry(from));
    }
    return entries;
  } catch (const nlohmann::json::exception& error) {
    throw std::invalid_argument(
        std::string("this is not the JSON of a benchmark: ") + error.what() +
        ". Fix: write it with --benchmark_out=FILE");
  }
}

}  // namespace workbook
