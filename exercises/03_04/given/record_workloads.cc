// SPDX-License-Identifier: Apache-2.0

// record_workloads FOLDER: reads the published measurements 01_02.json and
// 03_04.json in FOLDER, and prints testdata/workloads.toml. The times are those
// of the published rows; the rest of a workload is an assumption, made here.
// Run it on the machine that measured: cache and memory are those of this one.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using nlohmann::json;

constexpr double kPageBytes = 4096;
constexpr double kTenants = 1024;

// What a program does with an object whose times `rows` of a case are.
struct Scenario {
  std::string name;
  std::string exercise;
  std::string case_name;
  std::string make_row;
  std::string pooled_row;
  double uses_per_second = 0;
  double touched_bytes = 64;
  double idle_objects = 64;
  double busy_objects = 64;
  double object_bytes = 0;  // 0: what new/delete allocates for one use
  double bytes_between_uses = 0;
  double resources_per_object = 0;
  double resources_available = 0;
};

const std::vector<Scenario>& Scenarios() {
  static const std::vector<Scenario> scenarios = [] {
    const std::string buffer = "buffer_pool/round_trip";
    const std::string query = "connection_pool/query/threads:1";
    const std::string pool = "ObjectPool";
    return std::vector<Scenario>{
        // A service that answers 100,000 messages a second.
        {"any_buffer_tcmalloc", "01_02", buffer + "_uninitialized", "tcmalloc",
         "BufferPool", 100'000},
        {"full_buffer_tcmalloc", "01_02", buffer + "_full", "tcmalloc",
         "BufferPool", 100'000},
        {"zeroed_buffer_tcmalloc", "01_02", buffer, "tcmalloc", "BufferPool",
         100'000},
        {"zeroed_buffer_new", "01_02", buffer, "new/delete", "BufferPool",
         100'000},
        // A service that asks its database 1,000 times a second; a tool that
        // asks once a minute; 400 workers with a connection each, in a process
        // that may open 1,024 files, as Linux has it unless told otherwise. A
        // connection in WAL mode has three files open.
        {"sqlite_connection", "01_02", query, "open and close",
         "ConnectionPool", 1'000, 4096, 8, 8, 0, 0, 3, 1024},
        {"sqlite_connection_once_a_minute", "01_02", query, "open and close",
         "ConnectionPool", 1.0 / 60, 4096, 1, 1, 0, 0, 3, 1024},
        {"sqlite_connection_of_each_worker", "01_02", query, "open and close",
         "ConnectionPool", 1'000, 4096, 400, 32, 0, 0, 3, 1024},
        {"draft_new", "03_04", "object_pool/draft", "new/delete", pool, 20'000},
        // A page for each of 1,024 tenants, by warm times and by cold ones:
        // what the model says of it, and what was measured.
        {"page_of_each_tenant", "03_04", "object_pool/page", "new/delete", pool,
         100'000, kPageBytes, kTenants, 1, 0, kTenants * kPageBytes},
        {"page_of_each_tenant_measured", "03_04",
         "object_pool/page_of_each_tenant", "new/delete", pool, 100'000,
         kPageBytes, kTenants, 1},
        // Lines to one log; an open file takes some 256 bytes in the kernel.
        {"log_file", "03_04", "file_pool/append", "open, write, close",
         "FilePool", 1'000, 64, 1, 1, 256, 0, 1, 1024},
    };
  }();
  return scenarios;
}

// A published measurement: 01_02.json and the like.
class Published {
 public:
  explicit Published(const std::string& path) : path_(path) {
    std::ifstream file(path);
    json_ = json::parse(file, nullptr, false);
    if (json_.is_discarded()) {
      throw std::runtime_error(
          path +
          " can't be read. Fix: name the folder docs/benchmarks of the "
          "course, with its whole path");
    }
  }

  const json& Row(const std::string& case_name,
                  const std::string& implementation) const {
    for (const json& one : json_["cases"]) {
      if (one["case"] != case_name) continue;
      for (const json& row : one["rows"]) {
        if (row["implementation"] == implementation) return row;
      }
    }
    throw std::runtime_error(path_ + " has no row " + case_name + ", " +
                             implementation + ". Fix: publish 03_04 anew");
  }

  std::string Origin() const {
    return fmt::format("{}, {}, {}, {}", json_["measured_at"], json_["commit"],
                       json_["processor"], json_["compiler"]);
  }

 private:
  std::string path_;
  json json_;
};

double Ns(const json& row) { return row["ns_per_op"]; }

// Half of the 95 % interval of the median of the differences, by their ranks:
// the ranks leave at most 2.5 % of a binomial distribution on either side.
double ErrorNs(const json& make, const json& pooled) {
  const std::vector<double> makes = make["rounds_ns"];
  const std::vector<double> pools = pooled["rounds_ns"];
  const std::size_t rounds = std::min(makes.size(), pools.size());
  std::vector<double> differences(rounds);
  for (std::size_t i = 0; i < rounds; ++i) differences[i] = makes[i] - pools[i];
  std::sort(differences.begin(), differences.end());
  double share = std::pow(0.5, static_cast<double>(rounds));
  double below = share;
  std::size_t rank = 0;
  while (true) {
    share *= static_cast<double>(rounds - rank) / static_cast<double>(rank + 1);
    if (below + share > 0.025) break;
    below += share;
    ++rank;
  }
  return (differences[rounds - 1 - rank] - differences[rank]) / 2;
}

// The times that a workload takes from published rows.
struct Times {
  double make_ns = 0;
  double pooled_ns = 0;
  double error_ns = 0;
  double locked_ns = 0;
  double bytes_per_op = 0;
};

void Print(const Scenario& scenario, const Times& times) {
  const double object_bytes =
      scenario.object_bytes > 0 ? scenario.object_bytes : times.bytes_per_op;
  fmt::print("\n[[workloads]]\nname = \"{}\"\n", scenario.name);
  fmt::print("source = \"{}: {}, {} and {}\"\n", scenario.exercise,
             scenario.case_name, scenario.make_row, scenario.pooled_row);
  fmt::print("uses_per_second = {:.6g}\n", scenario.uses_per_second);
  fmt::print("make_ns = {:.6g}\n", times.make_ns);
  fmt::print("pooled_ns = {:.6g}\n", times.pooled_ns);
  fmt::print("error_ns = {:.3g}\n", times.error_ns);
  fmt::print("locked_ns = {:.6g}\n", times.locked_ns);
  fmt::print("touched_bytes = {:.12g}\n", scenario.touched_bytes);
  fmt::print("bytes_between_uses = {:.12g}\n", scenario.bytes_between_uses);
  fmt::print("object_bytes = {:.12g}\n", object_bytes);
  fmt::print("idle_objects = {:.12g}\n", scenario.idle_objects);
  fmt::print("busy_objects = {:.12g}\n", scenario.busy_objects);
  fmt::print("resources_per_object = {:.12g}\n", scenario.resources_per_object);
  fmt::print("resources_available = {:.12g}\n", scenario.resources_available);
}

void PrintScenario(const Scenario& scenario, const Published& published) {
  const json& make = published.Row(scenario.case_name, scenario.make_row);
  const json& pooled = published.Row(scenario.case_name, scenario.pooled_row);
  const json& fresh = published.Row(
      scenario.case_name,
      scenario.make_row == "tcmalloc" ? "new/delete" : scenario.make_row);
  Print(scenario, {.make_ns = Ns(make),
                   .pooled_ns = Ns(pooled),
                   .error_ns = ErrorNs(make, pooled),
                   .bytes_per_op = fresh["bytes_per_op"]});
}

// Two threads do nothing but use points, as fast as new and delete let them,
// and ask one pool. With two threads that wait for one lock, the time of a use
// is the time for which it holds the lock.
void PrintOneLock(const Published& published) {
  const std::string name = "object_pool/point_one_lock/threads:";
  const std::string pool = "ObjectPool, one mutex";
  const json& make = published.Row(name + "2", "new/delete");
  const json& alone = published.Row(name + "1", "new/delete");
  const json& pooled = published.Row(name + "1", pool);
  const json& contended = published.Row(name + "2", pool);
  Print({"point_one_lock", "03_04", name + "2", "new/delete", pool,
         1e9 / Ns(make)},
        {.make_ns = Ns(alone),
         .pooled_ns = Ns(pooled),
         .error_ns = ErrorNs(alone, pooled),
         .locked_ns = Ns(contended),
         .bytes_per_op = alone["bytes_per_op"]});
}

void PrintMachine(const Published& published) {
  const double line_bytes = 64;
  const std::string pool = "ObjectPool";
  const double cold =
      Ns(published.Row("object_pool/page_of_each_tenant", pool));
  const double warm = Ns(published.Row("object_pool/page", pool));
  const double memory_bytes = static_cast<double>(sysconf(_SC_PHYS_PAGES)) *
                              static_cast<double>(sysconf(_SC_PAGESIZE));
  const double cores = static_cast<double>(sysconf(_SC_NPROCESSORS_CONF));
  fmt::print("[machine]\n");
  fmt::print("cache_bytes = {}  # of level 2\n",
             sysconf(_SC_LEVEL2_CACHE_SIZE));
  fmt::print("line_bytes = {}\n", line_bytes);
  fmt::print(
      "line_miss_ns = {:.4g}  # a cold page less a warm one, for each line\n",
      (cold - warm) / (kPageBytes / line_bytes));
  fmt::print("bytes_per_core = {:.12g}  # {:.12g} bytes, {} cores\n",
             memory_bytes / cores, memory_bytes, cores);
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 2) {
    std::fputs(
        "usage: record_workloads FOLDER. Fix: name the folder docs/benchmarks, "
        "with its whole path\n",
        stderr);
    return 2;
  }
  const std::string folder = argv[1];
  const Published pools(folder + "/01_02.json");
  const Published own(folder + "/03_04.json");
  fmt::print(
      "# Written by //exercises/03_04/given:record_workloads; see README.md.\n"
      "# 01_02: {}\n# 03_04: {}\n\n",
      pools.Origin(), own.Origin());
  PrintMachine(own);
  for (const Scenario& scenario : Scenarios()) {
    PrintScenario(scenario, scenario.exercise == "01_02" ? pools : own);
  }
  PrintOneLock(own);
  return 0;
} catch (const std::exception& error) {
  std::fprintf(stderr, "record_workloads: %s\n", error.what());
  return 1;
}
