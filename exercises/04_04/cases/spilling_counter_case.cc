// SPDX-License-Identifier: Apache-2.0

// What SpillingCounter promises, call by call: see tools/support/history.
#include <stdlib.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

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

// Keeps what it gets where there is room, and allocates nothing: it runs inside
// of a call. Each entry is its count, the length of its key, and the key.
struct Kept final : CountSink {
  void Reserve(std::size_t room) {
    calls = 0;
    bytes.clear();
    bytes.reserve(room);
  }
  bool OnCount(std::string_view key, std::uint64_t count) override {
    ++calls;
    const std::size_t size = key.size();
    if (bytes.capacity() - bytes.size() < sizeof(count) + sizeof(size) + size) {
      return true;
    }
    bytes.append(reinterpret_cast<const char*>(&count), sizeof(count));
    bytes.append(reinterpret_cast<const char*>(&size), sizeof(size));
    bytes.append(key);
    return true;
  }

  std::size_t calls = 0;
  std::string bytes;
};

// For the runs of a history; what is in it is counted.
std::string NewFolder() {
  const char* const parent = std::getenv("TEST_TMPDIR");
  std::string name = std::string(parent ? parent : "/tmp") + "/case_XXXXXX";
  return mkdtemp(name.data()) != nullptr ? name : "/tmp";
}

// Where the process is while there is one. The counter gets ".", so that no
// path of this machine lies on its heap.
class Folder {
 public:
  Folder() = default;
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::current_path(began_in_, ignored);
    std::filesystem::remove(folder_, ignored);
  }
  void Enter() { std::filesystem::current_path(folder_); }
  bool IsEmpty() const {
    std::error_code ignored;
    return std::filesystem::directory_iterator(folder_, ignored) ==
           std::filesystem::directory_iterator();
  }

 private:
  const std::filesystem::path began_in_ = std::filesystem::current_path();
  const std::string folder_ = NewFolder();
};

class SpillingCounterCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 300;  // each writes to the disk

  void Start(int) {
    Aside([](auto& folder) { folder->Enter(); }, folder_);
    Say("SpillingCounter counter(SpillingCounter::kMinBytes, \".\");");
    Say("Counts counts;");
    In([](auto& counter) { counter.Make(SpillingCounter::kMinBytes, "."); },
       counter_);
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
    const std::uint64_t runs = Runs();
    Expect(runs != 0, "counter.Runs() != 0u", kMany,
           " keys do not fit its memory, and no run was written");
    return true;
  }
  bool Finish(int) {
    Say("counter.Finish(counts);");
    std::size_t room = 0;
    for (const auto& [key, count] : counts_) room += 16 + key.size();
    Aside([](auto& kept, std::size_t most) { kept->Reserve(most); }, kept_,
          room);
    bool finished = false;
    In(
        &finished,
        [](auto& counter, auto& kept) { return counter->Finish(*kept); },
        counter_, kept_);
    Expect(finished, "counter.Status().ok()", "Finish returns false");
    CheckKept();
    counts_.clear();
    return true;
  }
  bool Clear(int) {
    Say("counter.Clear();");
    In([](auto& counter) { counter->Clear(); }, counter_);
    ExpectEqual("counter.Runs()", Runs(), 0);
    counts_.clear();
    return true;
  }

  void Check() {
    // A few words for each run, beside the one block.
    constexpr std::size_t kMostBytes = SpillingCounter::kMinBytes + 8192;
    Expect(arena.LiveBytes() <= kMostBytes, "", "the counter holds ",
           arena.LiveBytes(), " bytes; expected at most ", kMostBytes);
    Expect(Aside([](auto& folder) { return folder->IsEmpty(); }, folder_), "",
           "a run has a name on the disk");
  }

  bool CanEnd() const { return true; }
  void End() {
    In([](auto& counter) { counter.End(); }, counter_);
  }

  static constexpr CallKind<SpillingCounterCase> kCalls[] = {
      {2, &SpillingCounterCase::Add},
      {1, &SpillingCounterCase::Finish},
      {1, &SpillingCounterCase::Clear},
      {1, &SpillingCounterCase::AddMany, 2},
  };

 private:
  std::uint64_t Runs() {
    return Ask([](auto& counter) { return counter->Runs(); }, counter_);
  }

  // What the sink got, against the model.
  void CheckKept() {
    const auto [calls, bytes] = Aside(
        [](auto& kept) {
          return std::pair(kept->calls, std::string_view(kept->bytes));
        },
        kept_);
    std::string_view rest = bytes;
    auto next = counts_.cbegin();
    for (std::size_t number = 1; rest.size() >= 16; ++number) {
      std::uint64_t got = 0;
      std::size_t size = 0;
      std::memcpy(&got, rest.data(), sizeof(got));
      std::memcpy(&size, rest.data() + sizeof(got), sizeof(size));
      const std::string_view key = rest.substr(16, size);
      rest.remove_prefix(16 + key.size());
      const bool is_next = next != counts_.cend() && next->first == key;
      const std::uint64_t expected = is_next ? next->second : 0;
      Expect(is_next && got == expected, "",
             "of the counts in the order of keys, that of number ", number,
             " is ", got,
             expected == 0 ? std::string("; another key is next there")
                           : Text("; expected ", expected));
      ++next;
    }
    Expect(calls == counts_.size(), "", "the sink gets ", calls,
           " keys; expected ", counts_.size());
  }

  void AddNow(std::string_view key) {
    bool added = false;
    In(
        &added,
        [](auto& counter, std::string_view name) { return counter->Add(name); },
        counter_, key);
    Expect(added, "counter.Status().ok()", "Add returns false");
    const auto known = counts_.find(key);
    if (known == counts_.end()) {
      counts_.emplace(key, 1);
    } else {
      ++known->second;
    }
  }

  Fixture<Folder> folder_;
  Fixture<Kept> kept_;
  Object<SpillingCounter> counter_;
  int many_ = 0;   // calls of AddMany
  Counts counts_;  // the model
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(SpillingCounterCase, "04_04/spilling_counter.h", kPreamble)
