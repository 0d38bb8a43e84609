// SPDX-License-Identifier: Apache-2.0

#include "tools/grade/jobs.h"

#include <fmt/core.h>
#include <nettle/base64.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "tools/grade/intake.h"
#include "tools/grade/node_folder.h"
#include "tools/grade/whole_io.h"
#include "tools/process/process.h"
#include "tools/sha256/sha256.h"
#include "tools/text/text_file.h"

namespace workbook::grade {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// Students' bytes need not be UTF-8, which JSON must be.
std::string Encode(const std::string& bytes) {
  std::string text(BASE64_ENCODE_RAW_LENGTH(bytes.size()), '\0');
  base64_encode_raw(text.data(), bytes.size(),
                    reinterpret_cast<const std::uint8_t*>(bytes.data()));
  return text;
}

std::string Decode(const std::string& text) {
  std::string bytes(BASE64_DECODE_LENGTH(text.size()), '\0');
  base64_decode_ctx context;
  base64_decode_init(&context);
  std::size_t size = bytes.size();
  if (base64_decode_update(&context, &size,
                           reinterpret_cast<std::uint8_t*>(bytes.data()),
                           text.size(), text.data()) == 0 ||
      base64_decode_final(&context) == 0) {
    throw std::invalid_argument("a file of the submission is no base64");
  }
  bytes.resize(size);
  return bytes;
}

void WriteJson(const fs::path& path, const json& value) {
  WriteFile(path, JsonText(value, 1) + "\n");
}

// An array may have 1001 members as Slurm comes (MaxArraySize), so each takes
// every thousandth job.
std::string SlurmScript(const fs::path& folder, std::size_t jobs,
                        const fs::path& checkout) {
  const std::size_t members = std::clamp<std::size_t>(jobs, 1, 1000);
  return fmt::format(R"sh(#!/bin/sh
# sbatch {0}/slurm.sh
# Then: ./workbook grade ... --collect-jobs {0}
# The folder and the checkout must be on a disk that every node sees; each node
# needs g++ of the same version, user namespaces, and what
# ./workbook setup --grade installs.
#SBATCH --job-name=workbook-grade
#SBATCH --array=1-{1}
#SBATCH --cpus-per-task=1
#SBATCH --mem=4G
#SBATCH --time=01:00:00
#SBATCH --requeue
#SBATCH --output={0}/logs/%a.log
cd '{2}' || exit
status=0
for name in $(awk -v member="$SLURM_ARRAY_TASK_ID" \
  'NR % {1} == member % {1}' '{0}/jobs.txt'); do
  '{0}/grader' run-job "{0}/jobs/$name" || status=$?
done
exit $status
)sh",
                     folder.string(), members, checkout.string());
}

void CopyTrusted(const fs::path& from, const fs::path& to) {
  const fs::path fresh = to.string() + ".new";
  fs::remove_all(fresh);
  fs::copy(from, fresh, fs::copy_options::recursive);
  fs::remove_all(to);
  fs::rename(fresh, to);
}

// Renamed into its place: a job that is still there may run the last one.
void CopyProgram(const fs::path& from, const fs::path& to) {
  const fs::path fresh = to.string() + ".new";
  fs::copy_file(fs::canonical(from), fresh,
                fs::copy_options::overwrite_existing);
  fs::permissions(fresh, fs::perms(0700));
  fs::rename(fresh, to);
}

// What was written before goes, and nothing else: the name may be mistyped.
void MakeRoom(const fs::path& folder) {
  fs::create_directories(folder);
  if (!fs::is_empty(folder) && !fs::exists(folder / "jobs.txt")) {
    throw std::runtime_error(folder.string() +
                             " has something else in it: name a new folder");
  }
  const std::string path = folder.string();
  if (path.find_first_of(" \t\n'\"\\$`%") != std::string::npos) {
    throw std::runtime_error(path + " has a character that sbatch can't take");
  }
  fs::permissions(folder, fs::perms(0700));
  WriteFile(folder / "jobs.txt", "");
  fs::remove_all(folder / "jobs");
  for (const char* name : {"jobs", "results", "logs"}) {
    fs::create_directories(folder / name);
  }
}

json JobJson(const Plan& plan, const std::string& fingerprint, const Job& job) {
  json files = json::object();
  std::string all;
  for (const auto& [name, bytes] : job.files) {
    files[name] = Encode(bytes);
    all += name + '\0' + std::to_string(bytes.size()) + '\0' + bytes;
  }
  json plan_json = plan;
  plan_json["trusted"] = "../trusted";
  return {{"schema", 1},
          {"exercise", plan.exercise},
          {"student", job.student},
          {"key", job.key},
          {"submission_sha256", Sha256(all)},
          {"files", files},
          {"plan_fingerprint", fingerprint},
          {"plan", plan_json}};
}

struct ReadJobFile {
  Plan plan;
  Submission submission;
  std::string key;
  std::string fingerprint;
};

ReadJobFile ReadJob(const fs::path& file) {
  const auto text = ReadTextFile(file);
  if (!text) throw std::runtime_error("there is no such job");
  const json in = json::parse(*text);
  if (in.at("schema") != 1) throw std::runtime_error("not a job of schema 1");
  ReadJobFile job;
  job.plan = in.at("plan");
  job.submission.student = in.at("student");
  for (const auto& [name, bytes] : in.at("files").items()) {
    job.submission.files[name] = Decode(bytes);
  }
  job.key = in.at("key");
  job.fingerprint = in.at("plan_fingerprint");
  return job;
}

JudgeOptions OnNode(const NodeFolder& node) {
  JudgeOptions judging;
  judging.scratch = node.scratch();
  judging.object_cache = node.objects();
  judging.slot = node.slot();
  return judging;
}

// Empty, or why this machine would not give the marks that were asked for.
std::string Unfit(const Plan& plan, const ReadJobFile& read, const Job& job) {
  if (plan.Fingerprint() != read.fingerprint || job.key != read.key) {
    return "the job or its trusted/ is not what was written";
  }
  const std::string compiler = RunProcess({"g++", "--version"}).output;
  if (!plan.toolchain.empty() && plan.toolchain != compiler) {
    return "this machine has another g++ than the one that wrote the job";
  }
  return "";
}

}  // namespace

std::size_t WriteJobs(const fs::path& folder, const Plan& plan,
                      const std::vector<fs::path>& submissions,
                      const Ledger& ledger, const JobProgram& program) {
  const fs::path absolute = fs::absolute(folder);
  MakeRoom(absolute);
  CopyTrusted(plan.trusted, absolute / "trusted");
  CopyProgram(program.program, absolute / "grader");
  const std::vector<std::string> wanted = plan.Files();
  const std::string fingerprint = plan.Fingerprint();
  std::set<std::string> names;
  for (const fs::path& path : submissions) {
    const Submission submission = TakeIn(path, wanted);
    if (!submission.unreadable.empty()) continue;
    const Job job = MakeJob(plan, submission, fingerprint);
    const std::string name = job.key + ".json";
    if (ledger.Has(job.key) || !names.insert(name).second) continue;
    WriteJson(absolute / "jobs" / name, JobJson(plan, fingerprint, job));
  }
  std::string list;
  for (const std::string& name : names) list += name + "\n";
  WriteFile(absolute / "jobs.txt", list);
  WriteFile(absolute / "slurm.sh", SlurmScript(absolute, names.size(),
                                               fs::absolute(program.checkout)));
  return names.size();
}

RunJobResult RunJob(const fs::path& file, const RunJobOptions& options) {
  try {
    ReadJobFile read = ReadJob(file);
    const fs::path folder = fs::absolute(file).parent_path().parent_path();
    const fs::path result_file = folder / "results" / (read.key + ".json");
    if (fs::exists(result_file)) return {"", "", true};
    const NodeFolder node(options.node, read.fingerprint.substr(0, 16),
                          folder / "trusted");
    read.plan.trusted = node.trusted();
    const Job job = MakeJob(read.plan, read.submission, read.fingerprint);
    if (std::string unfit = Unfit(read.plan, read, job); !unfit.empty()) {
      return {unfit, "write the jobs again, or use the same machines"};
    }
    const Result result = JudgeWithRetries(read.plan, job, options.judge,
                                           OnNode(node), options.attempts);
    if (result.state == "infrastructure") {
      return {
          "the job could not be graded on this machine, so it has no result",
          "./workbook doctor says what is missing; then run it again"};
    }
    WriteJson(result_file, result);
  } catch (const std::exception& failure) {
    return {failure.what(), "./workbook grade --write-jobs writes jobs"};
  }
  return {};
}

CollectResult CollectJobs(const fs::path& folder, Ledger& ledger) {
  CollectResult collect;
  for (const std::string& name : FileNames(folder / "jobs", ".json")) {
    const auto text = ReadTextFile(folder / "results" / name);
    if (!text) {
      ++collect.missing;
      continue;
    }
    Result result;
    try {
      result = json::parse(*text);
    } catch (const std::exception&) {
      collect.damaged.push_back(name);
      continue;
    }
    if (result.key + ".json" != name || result.state != "graded") {
      collect.damaged.push_back(name);
      continue;
    }
    if (ledger.Has(result.key)) continue;
    ledger.Record(result);
    ++collect.collected;
  }
  return collect;
}

}  // namespace workbook::grade
