// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/plan.h"

#include <nlohmann/json.hpp>

#include "tools/sha256/sha256.h"
#include "tools/text/text_file.h"

namespace workbook::grade {

using nlohmann::json;

void to_json(json& out, const TestCost& cost);
void from_json(const json& in, TestCost& cost);

void to_json(json& out, const JailLimits& limits) {
  out = {{"wall_ms", limits.wall.count()},
         {"cpu_seconds", limits.cpu_seconds},
         {"data_bytes", limits.data_bytes},
         {"address_space_bytes", limits.address_space_bytes},
         {"memory_bytes", limits.memory_bytes},
         {"file_bytes", limits.file_bytes},
         {"tmpfs_bytes", limits.tmpfs_bytes},
         {"output_bytes", limits.output_bytes},
         {"flood_bytes", limits.flood_bytes},
         {"processes", limits.processes},
         {"open_files", limits.open_files}};
}

void from_json(const json& in, JailLimits& limits) {
  limits.wall = std::chrono::milliseconds(in.at("wall_ms").get<long>());
  limits.cpu_seconds = in.at("cpu_seconds");
  limits.data_bytes = in.at("data_bytes");
  limits.address_space_bytes = in.at("address_space_bytes");
  limits.memory_bytes = in.at("memory_bytes");
  limits.file_bytes = in.at("file_bytes");
  limits.tmpfs_bytes = in.at("tmpfs_bytes");
  limits.output_bytes = in.at("output_bytes");
  limits.flood_bytes = in.at("flood_bytes");
  limits.processes = in.at("processes");
  limits.open_files = in.at("open_files");
}

void to_json(json& out, const PlannedCase& one) {
  out = {{"name", one.name},
         {"enumerated", one.enumerated},
         {"random", one.random}};
}

void from_json(const json& in, PlannedCase& one) {
  one = {in.at("name"), in.at("enumerated"), in.at("random")};
}

void to_json(json& out, const PlannedTask& task) {
  out = {{"number", task.number},
         {"title", task.title},
         {"stem", task.stem},
         {"files", task.files},
         {"test_sources", task.test_sources},
         {"tests", task.tests},
         {"hidden_tests", task.hidden_tests},
         {"cases", task.cases},
         {"costs", task.costs},
         {"counted_tests", task.counted_tests},
         {"instructions", task.instructions},
         {"canaries", task.canaries},
         {"observations", task.observations},
         {"usual_flags", task.usual_flags},
         {"usual_calls", task.usual_calls}};
}

void from_json(const json& in, PlannedTask& task) {
  task.number = in.at("number");
  task.title = in.at("title");
  task.stem = in.at("stem");
  task.files = in.at("files").get<std::vector<std::string>>();
  task.test_sources = in.at("test_sources").get<std::vector<std::string>>();
  task.tests = in.at("tests").get<std::vector<std::string>>();
  task.hidden_tests = in.at("hidden_tests").get<std::vector<std::string>>();
  task.cases = in.at("cases").get<std::vector<PlannedCase>>();
  task.costs = in.at("costs").get<std::map<std::string, TestCost>>();
  task.counted_tests = in.at("counted_tests").get<std::vector<std::string>>();
  task.instructions = in.at("instructions");
  task.canaries =
      in.at("canaries").get<std::map<std::string, std::vector<std::int64_t>>>();
  task.observations =
      in.at("observations").get<std::map<std::string, ExpectedTest>>();
  task.usual_flags = in.at("usual_flags").get<std::vector<std::string>>();
  task.usual_calls = in.at("usual_calls").get<std::vector<std::string>>();
}

void to_json(json& out, const Plan& plan) {
  out = {{"exercise", plan.exercise},
         {"trusted", plan.trusted.string()},
         {"compile_flags", plan.compile_flags},
         {"objects", plan.objects},
         {"answering", plan.answering},
         {"link_flags", plan.link_flags},
         {"toolchain", plan.toolchain},
         {"include_hash", plan.include_hash},
         {"tasks", plan.tasks},
         {"hidden_sources", plan.hidden_sources},
         {"seed", plan.seed},
         {"hidden_flags", plan.hidden_flags},
         {"hidden_calls", plan.hidden_calls},
         {"compile_limits", plan.compile_limits},
         {"run_limits", plan.run_limits}};
}

void from_json(const json& in, Plan& plan) {
  plan.exercise = in.at("exercise");
  plan.trusted = in.at("trusted").get<std::string>();
  plan.compile_flags = in.at("compile_flags").get<std::vector<std::string>>();
  plan.objects = in.at("objects").get<std::vector<std::string>>();
  plan.answering = in.at("answering").get<std::vector<std::string>>();
  plan.link_flags = in.at("link_flags").get<std::vector<std::string>>();
  plan.toolchain = in.at("toolchain");
  plan.include_hash = in.at("include_hash");
  plan.tasks = in.at("tasks").get<std::vector<PlannedTask>>();
  plan.hidden_sources = in.at("hidden_sources").get<std::vector<std::string>>();
  plan.seed = in.at("seed");
  plan.hidden_flags = in.at("hidden_flags").get<std::vector<std::string>>();
  plan.hidden_calls = in.at("hidden_calls").get<std::vector<std::string>>();
  plan.compile_limits = in.at("compile_limits");
  plan.run_limits = in.at("run_limits");
}

std::vector<std::string> Plan::Files() const {
  std::vector<std::string> files;
  for (const PlannedTask& task : tasks) {
    files.insert(files.end(), task.files.begin(), task.files.end());
  }
  return files;
}

std::vector<std::string> Plan::TestSources() const {
  std::vector<std::string> sources;
  for (const PlannedTask& task : tasks) {
    sources.insert(sources.end(), task.test_sources.begin(),
                   task.test_sources.end());
  }
  sources.insert(sources.end(), hidden_sources.begin(), hidden_sources.end());
  for (const PlannedTask& task : tasks) {
    for (const PlannedCase& one : task.cases) sources.push_back(one.Source());
  }
  return sources;
}

std::string Plan::Fingerprint() const {
  json all = *this;
  // Where the trusted folder lies changes no mark; what is in it does. Costs,
  // flags and observations of the reference follow from the rest; what is
  // counted is in the verdict itself.
  all.erase("trusted");
  all.erase("seed");
  all.erase("hidden_flags");
  all.erase("hidden_calls");
  for (json& task : all["tasks"]) {
    task.erase("costs");
    task.erase("observations");
    task.erase("usual_flags");
    task.erase("usual_calls");
  }
  all["contents"] = FolderHash(trusted);
  return Sha256(all.dump());
}

std::string FolderHash(const std::filesystem::path& folder) {
  std::map<std::string, std::string> contents;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    contents[std::filesystem::relative(entry.path(), folder).string()] =
        Sha256(ReadTextFile(entry.path()).value_or(""));
  }
  return Sha256(json(contents).dump());
}

}  // namespace workbook::grade
