// SPDX-License-Identifier: Apache-2.0

// What SizeHistogram promises, call by call: see tools/support/history.
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "01_03/size_histogram.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::size_t kSizes[] = {
    kStepBytes, 1, 0, kStepBytes + 1, kLargestBytes, kLargestBytes + 1};

class SizeHistogramCase : public Subject {
 public:
  static constexpr int kConfigs = 1;
  static constexpr std::uint64_t kHistories = 2000;  // each fills 32 KiB

  void Start(int) {
    Say("SizeHistogram histogram;");
    In([](auto& histogram) { histogram.Make(); }, histogram_);
    Draw("histogram", histogram_);
  }

  bool Record(int which) {
    const std::size_t bytes = kSizes[which];
    Say("histogram.Record(", bytes, ");");
    In([](auto& histogram, std::size_t size) { histogram->Record(size); },
       histogram_, bytes);
    Expect(Allocations() == 0, "", "Record allocates");
    ++requests_;
    if (bytes > kLargestBytes) {
      ++large_;
    } else {
      const std::size_t steps = (bytes + kStepBytes - 1) / kStepBytes;
      ++counts_[(steps == 0 ? 1 : steps) * kStepBytes];
    }
    return true;
  }

  void Check() {
    const auto [requests, large] = Ask(
        [](auto& histogram) {
          return std::pair(histogram->requests(), histogram->large_requests());
        },
        histogram_);
    const std::size_t count_of_sizes = Ask(
        [](auto& histogram, auto& sizes) {
          *sizes = histogram->Sizes();
          return sizes->size();
        },
        histogram_, sizes_);
    const std::size_t allocations = Allocations();
    ExpectEqual("histogram.requests()", requests, requests_);
    ExpectEqual("histogram.large_requests()", large, large_);
    ExpectEqual("histogram.Sizes().size()", count_of_sizes, counts_.size());
    std::size_t i = 0;
    for (const auto& [bytes, count] : counts_) {
      const auto size = Aside(
          [](auto& sizes, std::size_t k) {
            return std::pair((*sizes)[k].size_bytes, (*sizes)[k].count);
          },
          sizes_, i);
      ExpectEqual(Text("histogram.Sizes()[", i, "].size_bytes"), size.first,
                  bytes);
      ExpectEqual(Text("histogram.Sizes()[", i, "].count"), size.second, count);
      ++i;
    }
    const std::size_t most = counts_.empty() ? 0 : 1;
    Expect(allocations <= most, "", "Sizes makes ", allocations,
           " allocations; expected ", most);
    In([](auto& sizes) { std::vector<SizeCount>().swap(*sizes); }, sizes_);
  }

  bool CanEnd() const { return true; }
  void End() {
    In([](auto& histogram) { histogram.End(); }, histogram_);
  }

  static constexpr CallKind<SizeHistogramCase> kCalls[] = {
      {6, &SizeHistogramCase::Record},
  };

 private:
  Fixture<std::vector<SizeCount>> sizes_;
  Object<SizeHistogram> histogram_;
  // The model.
  std::map<std::size_t, std::uint64_t> counts_;
  std::uint64_t requests_ = 0;
  std::uint64_t large_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(SizeHistogramCase, "01_03/size_histogram.h", "")
