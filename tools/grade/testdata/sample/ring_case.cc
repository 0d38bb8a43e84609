#include <cstddef>
#include <deque>
#include <numeric>

#include "09_09/ring.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::size_t kCapacities[] = {2, 1, 7};
constexpr int kValues[] = {1, 20, -300};

class RingCase : public Subject {
 public:
  static constexpr int kConfigs = 3;

  void Start(int config) {
    capacity_ = kCapacities[config];
    Say("Ring ring(", capacity_, ");");
    In([](auto& ring, std::size_t capacity) { ring.Make(capacity); }, ring_,
       capacity_);
    Draw("ring", ring_);
  }
  bool Push(int which) {
    Say("ring.Push(", kValues[which], ");");
    In([](auto& ring, int value) { ring->Push(value); }, ring_, kValues[which]);
    model_.push_back(kValues[which]);
    if (model_.size() > capacity_) model_.pop_front();
    return true;
  }
  void Check() {
    ExpectEqual("ring.Sum()",
                Ask([](auto& ring) { return ring->Sum(); }, ring_),
                std::accumulate(model_.begin(), model_.end(), 0));
    ExpectEqual("ring.Size()",
                Ask([](auto& ring) { return ring->Size(); }, ring_),
                model_.size());
  }
  bool CanEnd() const { return true; }
  void End() {
    In([](auto& ring) { ring.End(); }, ring_);
  }

  static constexpr CallKind<RingCase> kCalls[] = {{3, &RingCase::Push}};

 private:
  Object<Ring> ring_;
  std::size_t capacity_ = 0;
  std::deque<int> model_;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(RingCase, "09_09/ring.h", "")
