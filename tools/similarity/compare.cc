// SPDX-License-Identifier: Apache-2.0

#include "tools/similarity/compare.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <system_error>

#include "tools/process/process.h"
#include "tools/process/scratch_folder.h"
#include "tools/similarity/tokens.h"

namespace workbook::similarity {
namespace {

// Where a token of an entry comes from.
struct Origin {
  std::size_t file;
  int line;
};

struct Text {
  std::vector<std::string> tokens;
  std::vector<Origin> origins;
};

Text ReadEntry(const Entry& entry) {
  Text text;
  for (std::size_t file = 0; file < entry.files.size(); ++file) {
    for (Token& token : Tokenize(entry.files[file].second)) {
      text.tokens.push_back(std::move(token.text));
      text.origins.push_back({file, token.line});
    }
  }
  return text;
}

// Tokens first to last - 1 of two texts.
struct Run {
  std::size_t a;
  int first_a;
  int last_a;
  std::size_t b;
  int first_b;
  int last_b;
};

// Texts as files 0, 1, 2 ... of a folder, and SIM in that folder.
class Sim {
 public:
  void Write(const std::vector<Text>& texts) const {
    for (std::size_t i = 0; i < texts.size(); ++i) WriteOne(i, texts[i]);
  }

  void WriteOne(std::size_t index, const Text& text) const {
    std::ofstream file(folder_.path() / std::to_string(index));
    for (const std::string& token : text.tokens) file << token << '\n';
    // SIM takes a text without a line end for broken.
    file << '\n';
    file.close();
    if (!file) {
      throw std::system_error(std::make_error_code(std::errc::io_error),
                              folder_.path().string());
    }
  }

  // Calls `on_run` with each; returns what went wrong.
  template <typename OnRun>
  std::string Find(std::vector<std::string> arguments, OnRun on_run) const {
    arguments.insert(arguments.begin(), {"sim_c++", "-n", "-T", "-o", "runs"});
    ProcessOptions options;
    options.working_directory = folder_.path().string();
    options.timeout = std::chrono::minutes(60);
    const ProcessResult result = RunProcess(arguments, options);
    if (!result.ExitedWith(0)) {
      return "sim_c++: " + DescribeEnd(result) + " " + result.errors;
    }
    std::ifstream runs(folder_.path() / "runs");
    std::string line;
    while (std::getline(runs, line)) {
      Run run{};
      if (std::sscanf(line.c_str(), "%zu: line %d-%d |%zu: line %d-%d", &run.a,
                      &run.first_a, &run.last_a, &run.b, &run.first_b,
                      &run.last_b) != 6) {
        continue;
      }
      --run.first_a;
      --run.first_b;
      on_run(run);
    }
    return "";
  }

 private:
  ScratchFolder folder_;
};

// What the stub has goes; returns how much, an entry.
std::string TakeOutStub(const Sim& sim, const Text& stub, int shortest,
                        std::vector<Text>& texts, std::vector<int>& taken) {
  taken.assign(texts.size(), 0);
  if (stub.tokens.empty()) return "";
  sim.WriteOne(texts.size(), stub);
  std::vector<std::string> arguments{"-r", std::to_string(shortest), "-S"};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    arguments.push_back(std::to_string(i));
  }
  arguments.insert(arguments.end(), {"/", std::to_string(texts.size())});
  std::vector<std::vector<bool>> known(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    known[i].resize(texts[i].tokens.size());
  }
  std::string error = sim.Find(arguments, [&known](const Run& run) {
    // Which side is the stub's is SIM's to choose.
    const bool first = run.a < known.size();
    std::vector<bool>& marks = known[first ? run.a : run.b];
    const int from = first ? run.first_a : run.first_b;
    const int to = std::min(first ? run.last_a : run.last_b,
                            static_cast<int>(marks.size()));
    for (int i = from; i < to; ++i) marks[static_cast<std::size_t>(i)] = true;
  });
  for (std::size_t i = 0; i < texts.size(); ++i) {
    Text own;
    for (std::size_t t = 0; t < known[i].size(); ++t) {
      if (known[i][t]) continue;
      own.tokens.push_back(std::move(texts[i].tokens[t]));
      own.origins.push_back(texts[i].origins[t]);
    }
    taken[i] = static_cast<int>(known[i].size() - own.tokens.size());
    texts[i] = std::move(own);
  }
  return error;
}

// How many tokens the ranges cover: those of one side may overlap.
int Covered(std::vector<std::pair<int, int>> ranges) {
  std::sort(ranges.begin(), ranges.end());
  int covered = 0;
  int end = 0;
  for (const auto& [first, last] : ranges) {
    covered += std::max(0, last - std::max(first, end));
    end = std::max(end, last);
  }
  return covered;
}

Place PlaceOf(const Text& text, int first, int last) {
  const Origin& start = text.origins.at(static_cast<std::size_t>(first));
  Place place{start.file, start.line, start.line};
  for (int i = first; i < last; ++i) {
    const Origin& origin = text.origins.at(static_cast<std::size_t>(i));
    if (origin.file != start.file) break;
    place.last_line = origin.line;
  }
  return place;
}

Pair MakePair(const std::vector<Text>& texts, const std::vector<Run>& runs,
              int few_tokens) {
  Pair pair;
  pair.a = runs[0].a;
  pair.b = runs[0].b;
  const Text& a = texts[pair.a];
  const Text& b = texts[pair.b];
  std::vector<std::pair<int, int>> in_a;
  std::vector<std::pair<int, int>> in_b;
  for (const Run& run : runs) {
    const int last_a = std::min(run.last_a, static_cast<int>(a.tokens.size()));
    const int last_b = std::min(run.last_b, static_cast<int>(b.tokens.size()));
    in_a.emplace_back(run.first_a, last_a);
    in_b.emplace_back(run.first_b, last_b);
    pair.regions.push_back({PlaceOf(a, run.first_a, last_a),
                            PlaceOf(b, run.first_b, last_b),
                            last_a - run.first_a});
  }
  std::stable_sort(
      pair.regions.begin(), pair.regions.end(),
      [](const Region& x, const Region& y) { return x.tokens > y.tokens; });
  pair.tokens = std::min(Covered(std::move(in_a)), Covered(std::move(in_b)));
  const auto smaller =
      static_cast<int>(std::min(a.tokens.size(), b.tokens.size()));
  pair.share = static_cast<double>(pair.tokens) /
               static_cast<double>(std::max(smaller, few_tokens));
  return pair;
}

std::string FindPairs(const Sim& sim, const std::vector<Text>& texts,
                      const Options& options, std::vector<Pair>& pairs) {
  sim.Write(texts);
  // -e: each pair alone; without it a run that three share is told once.
  std::vector<std::string> arguments{"-e", "-s", "-r",
                                     std::to_string(options.shortest_run)};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    arguments.push_back(std::to_string(i));
  }
  std::map<std::pair<std::size_t, std::size_t>, std::vector<Run>> runs;
  std::string error = sim.Find(arguments, [&runs](Run run) {
    if (run.a > run.b) {
      std::swap(run.a, run.b);
      std::swap(run.first_a, run.first_b);
      std::swap(run.last_a, run.last_b);
    }
    runs[{run.a, run.b}].push_back(run);
  });
  for (const auto& [ids, found] : runs) {
    pairs.push_back(MakePair(texts, found, options.few_tokens));
  }
  std::stable_sort(
      pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) {
        return x.share != y.share ? x.share > y.share : x.tokens > y.tokens;
      });
  return error;
}

}  // namespace

Comparison Compare(const std::vector<Entry>& entries, const Entry& stub,
                   const Options& options) {
  Comparison comparison;
  try {
    std::vector<Text> texts;
    for (const Entry& entry : entries) texts.push_back(ReadEntry(entry));
    const Sim sim;
    sim.Write(texts);
    comparison.error =
        TakeOutStub(sim, ReadEntry(stub), options.shortest_stub_run, texts,
                    comparison.stub_tokens);
    for (const Text& text : texts) {
      comparison.own_tokens.push_back(static_cast<int>(text.tokens.size()));
    }
    if (comparison.error.empty()) {
      comparison.error = FindPairs(sim, texts, options, comparison.pairs);
    }
  } catch (const std::exception& failure) {
    comparison.error = failure.what();
  }
  return comparison;
}

}  // namespace workbook::similarity
