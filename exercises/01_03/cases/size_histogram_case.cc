// SPDX-License-Identifier: Apache-2.0

// What SizeHistogram promises, call by call: see tools/support/history.
#include <cstddef>
#include <cstdint>
#include <map>
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
    In([this] { histogram_.Make(); });
    Draw("histogram", histogram_);
  }

  bool Record(int which) {
    const std::size_t bytes = kSizes[which];
    Say("histogram.Record(", bytes, ");");
    In([&] { histogram_->Record(bytes); });
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
    std::uint64_t requests = 0;
    std::uint64_t large = 0;
    std::vector<SizeCount> sizes;
    In([&] {
      requests = histogram_->requests();
      large = histogram_->large_requests();
    });
    In([&] { sizes = histogram_->Sizes(); });
    const std::size_t allocations = Allocations();
    ExpectEqual("histogram.requests()", requests, requests_);
    ExpectEqual("histogram.large_requests()", large, large_);
    ExpectEqual("histogram.Sizes().size()", sizes.size(), counts_.size());
    std::size_t i = 0;
    for (const auto& [bytes, count] : counts_) {
      ExpectEqual(Text("histogram.Sizes()[", i, "].size_bytes"),
                  sizes[i].size_bytes, bytes);
      ExpectEqual(Text("histogram.Sizes()[", i, "].count"), sizes[i].count,
                  count);
      ++i;
    }
    const std::size_t most = counts_.empty() ? 0 : 1;
    Expect(allocations <= most, "", "Sizes makes ", allocations,
           " allocations; expected ", most);
    In([&] { std::vector<SizeCount>().swap(sizes); });
  }

  bool CanEnd() const { return true; }
  void End() {
    In([this] { histogram_.End(); });
  }

  static constexpr CallKind<SizeHistogramCase> kCalls[] = {
      {6, &SizeHistogramCase::Record},
  };

 private:
  Object<SizeHistogram> histogram_;
  // The model.
  std::map<std::size_t, std::uint64_t> counts_;
  std::uint64_t requests_ = 0;
  std::uint64_t large_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(SizeHistogramCase, "01_03/size_histogram.h", "")
