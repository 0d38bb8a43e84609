// SPDX-License-Identifier: Apache-2.0

// What SpillingCounter promises, call by call: see tools/support/history.
#include <stdlib.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <system_error>

#include "04_04/spilling_counter.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::string_view kKeys[] = {"a", "b"};
// More text than the memory holds.
constexpr std::size_t kMany = 1000;
const std::string kLongEnd(400, '.');

constexpr char kPreamble[] = R"(
struct Counts : CountSink {
  bool OnCount(std::string_view key, std::uint64_t count) override {
    of[std::string(key)] = count;
    return true;
  }
  std::map<std::string, std::uint64_t> of;
};

)";

using Counts = std::map<std::string, std::uint64_t, std::less<>>;

// Compares what it gets, and copies nothing: it runs inside of a call.
class Comparison final : public CountSink {
 public:
  explicit Comparison(const Counts& counts)
      : next_(counts.begin()), end_(counts.end()) {}
  bool OnCount(std::string_view key, std::uint64_t count) override {
    ++calls;
    const bool is_next = next_ != end_ && next_->first == key;
    if (first_wrong == 0 && (!is_next || next_->second != count)) {
      first_wrong = calls;
      got = count;
      expected = is_next ? next_->second : 0;
    }
    if (next_ != end_) ++next_;
    return true;
  }

  std::size_t calls = 0;
  std::size_t first_wrong = 0;  // from 1 on; 0 for none
  std::uint64_t got = 0;
  std::uint64_t expected = 0;  // 0 where another key is next

 private:
  Counts::const_iterator next_;
  const Counts::const_iterator end_;
};

// For the runs of a history; what is in it is counted.
std::string NewFolder() {
  const char* const parent = std::getenv("TEST_TMPDIR");
  std::string name = std::string(parent ? parent : "/tmp") + "/case_XXXXXX";
  return mkdtemp(name.data()) != nullptr ? name : "/tmp";
}

class SpillingCounterCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 300;  // each writes to the disk

  // The counter gets ".", so that no path of this machine lies on its heap.
  SpillingCounterCase() { std::filesystem::current_path(folder_); }
  SpillingCounterCase(const SpillingCounterCase&) = delete;
  SpillingCounterCase& operator=(const SpillingCounterCase&) = delete;
  ~SpillingCounterCase() {
    std::error_code ignored;
    std::filesystem::current_path(began_in_, ignored);
    std::filesystem::remove(folder_, ignored);
  }

  void Start(int) {
    Say("SpillingCounter counter(SpillingCounter::kMinBytes, \".\");");
    Say("Counts counts;");
    In([&] { counter_.Make(SpillingCounter::kMinBytes, "."); });
    Draw("counter", counter_);
  }

  bool Add(int which) {
    const std::string_view key = kKeys[which];
    Say("counter.Add(\"", key, "\");");
    AddNow(key);
    return true;
  }
  bool AddMany(int) {
    if (many_ == 2) return false;
    ++many_;
    Say("for (int i = 0; i != ", kMany,
        "; ++i) counter.Add(std::to_string(i) + std::string(400, '.'));");
    for (std::size_t i = 0; i != kMany; ++i) {
      AddNow(std::to_string(i) + kLongEnd);
    }
    std::uint64_t runs = 0;
    In([&] { runs = counter_->Runs(); });
    Expect(runs != 0, "counter.Runs() != 0u", kMany,
           " keys do not fit its memory, and no run was written");
    return true;
  }
  bool Finish(int) {
    Say("counter.Finish(counts);");
    Comparison sink(counts_);
    bool finished = false;
    In([&] { finished = counter_->Finish(sink); });
    Expect(finished, "counter.Status().ok()", "Finish returns false");
    Expect(sink.first_wrong == 0, "", "of the counts in the order of keys, ",
           "that of number ", sink.first_wrong, " is ", sink.got,
           sink.expected == 0 ? std::string("; another key is next there")
                              : Text("; expected ", sink.expected));
    Expect(sink.calls == counts_.size(), "", "the sink gets ", sink.calls,
           " keys; expected ", counts_.size());
    counts_.clear();
    return true;
  }
  bool Clear(int) {
    Say("counter.Clear();");
    In([this] { counter_->Clear(); });
    std::uint64_t runs = 1;
    In([&] { runs = counter_->Runs(); });
    ExpectEqual("counter.Runs()", runs, 0);
    counts_.clear();
    return true;
  }

  void Check() {
    // A few words for each run, beside the one block.
    constexpr std::size_t kMostBytes = SpillingCounter::kMinBytes + 8192;
    Expect(arena.LiveBytes() <= kMostBytes, "", "the counter holds ",
           arena.LiveBytes(), " bytes; expected at most ", kMostBytes);
    std::error_code ignored;
    const auto files = std::filesystem::directory_iterator(folder_, ignored);
    Expect(files == std::filesystem::directory_iterator(), "",
           "a run has a name on the disk");
  }

  bool CanEnd() const { return true; }
  void End() {
    In([this] { counter_.End(); });
  }

  static constexpr CallKind<SpillingCounterCase> kCalls[] = {
      {2, &SpillingCounterCase::Add},
      {1, &SpillingCounterCase::Finish},
      {1, &SpillingCounterCase::Clear},
      {1, &SpillingCounterCase::AddMany, 2},
  };

 private:
  void AddNow(std::string_view key) {
    bool added = false;
    In([&] { added = counter_->Add(key); });
    Expect(added, "counter.Status().ok()", "Add returns false");
    const auto known = counts_.find(key);
    if (known == counts_.end()) {
      counts_.emplace(key, 1);
    } else {
      ++known->second;
    }
  }

  const std::filesystem::path began_in_ = std::filesystem::current_path();
  const std::string folder_ = NewFolder();
  Object<SpillingCounter> counter_;
  int many_ = 0;   // calls of AddMany
  Counts counts_;  // the model
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE_INSIDE(SpillingCounterCase, "04_04/spilling_counter.h", kPreamble)
