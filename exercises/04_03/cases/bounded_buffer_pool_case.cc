// SPDX-License-Identifier: Apache-2.0

// What BoundedBufferPool promises one thread, call by call: see
// tools/support/history. No call is made that would wait.
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <list>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include "04_03/bounded_buffer_pool.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

struct Shape {
  std::size_t buffers;
  std::size_t bytes;
};
constexpr Shape kShapes[] = {{2, 8}, {1, 64}, {3, 65}};

std::stop_token Stopped() {
  std::stop_source source;
  source.request_stop();
  return source.get_token();
}

class BoundedBufferPoolCase : public Subject {
 public:
  static constexpr int kConfigs = std::size(kShapes);
  static constexpr std::uint64_t kHistories = 10'000;

  void Start(int config) {
    shape_ = kShapes[config];
    never_lent_ = shape_.buffers;
    Say("BoundedBufferPool pool(", shape_.buffers, ", ", shape_.bytes, ");");
    In([](auto& pool,
          int i) { pool.Make(kShapes[i].buffers, kShapes[i].bytes); },
       pool_, config);
    Draw("pool", pool_);
  }

  bool TryAcquire(int) {
    return AcquireBy("TryAcquire()", [](auto& buffer, auto& pool) {
      buffer.MakeFrom([&pool] { return pool->TryAcquire(); });
    });
  }
  // 0: without a stop; 1: a stop is requested before.
  bool Acquire(int is_stopped) {
    if (is_stopped == 1) {
      Aside([](auto& stop) { stop->token = Stopped(); }, stop_);
      return AcquireBy(
          "Acquire(Stopped())",
          [](auto& buffer, auto& pool, auto& stop) {
            buffer.MakeFrom([&] { return pool->Acquire(stop->token); });
          },
          stop_);
    }
    if (!is_closed_ && lent_.size() == shape_.buffers) return false;
    return AcquireBy("Acquire()", [](auto& buffer, auto& pool) {
      buffer.MakeFrom([&pool] { return pool->Acquire(); });
    });
  }

  bool Give(int k) {
    const auto kth = static_cast<std::size_t>(k);
    if (kth >= lent_.size()) return false;
    const auto lent = std::next(lent_.rbegin(), k).base();
    Lent& one = *std::prev(lent);
    Say(one.name, ".Return();");
    std::byte* const data = Newest(kth).begin;
    Return(kth);
    const Thrown thrown =
        In([](auto& buffer) { buffer->Return(); }, one.buffer);
    Expect(thrown == Thrown::kNothing, "", "Return throws");
    Expect(Allocations() == 0, "", "Return allocates");
    came_back_.push_back(data);
    lent_.erase(std::prev(lent));
    return true;
  }

  bool Close(int) {
    Say("pool.Close();");
    In([](auto& pool) { pool->Close(); }, pool_);
    Expect(Allocations() == 0, "", "Close allocates");
    is_closed_ = true;
    return true;
  }

  void Check() {
    const auto [idle, waiting] =
        Ask([](auto& pool) { return std::pair(pool->Idle(), pool->Waiting()); },
            pool_);
    ExpectEqual("pool.Idle()", idle, shape_.buffers - lent_.size());
    ExpectEqual("pool.Waiting()", waiting, std::size_t{0});
  }

  bool CanEnd() const { return lent_.empty(); }
  void End() {
    In([](auto& pool) { pool.End(); }, pool_);
  }

  static constexpr CallKind<BoundedBufferPoolCase> kCalls[] = {
      {1, &BoundedBufferPoolCase::TryAcquire},
      {2, &BoundedBufferPoolCase::Acquire},
      {2, &BoundedBufferPoolCase::Give},
      {1, &BoundedBufferPoolCase::Close},
  };

 private:
  using Buffer = BoundedBufferPool::Buffer;
  struct Lent {
    std::string name;
    Object<Buffer> buffer;
  };
  struct Stop {
    std::stop_token token;
  };

  template <class F, class... Args>
  bool AcquireBy(const std::string& call, F acquire, Args&... args) {
    const std::string name = NewName();
    // Not "= ...": a name declared so is taken for a pointer by Lend.
    Say("BoundedBufferPool::Buffer ", name, "(pool.", call, ");");
    Lent& lent = lent_.emplace_back();
    lent.name = name;
    const Thrown thrown = In(acquire, lent.buffer, pool_, args...);
    Expect(thrown == Thrown::kNothing, "", call, " throws");
    Expect(Allocations() == 0, "", call, " allocates");
    const bool should = !is_closed_ && lent_.size() <= shape_.buffers;
    const bool is_lent = Aside(
        [](auto& buffer) { return static_cast<bool>(*buffer); }, lent.buffer);
    Expect(is_lent == should, Text(should ? "" : "!", "bool{", name, "}"), call,
           should ? " lends nothing, and a buffer is idle in an open pool"
                  : " lends a buffer, and none is idle in an open pool");
    if (!is_lent) {
      lent_.pop_back();
      return true;
    }
    const auto [data, bytes] = Aside(
        [](auto& buffer) {
          const auto span = buffer->bytes();
          return std::pair<std::byte*, std::size_t>(span.data(), span.size());
        },
        lent.buffer);
    ExpectEqual(name + ".bytes().size()", bytes, shape_.bytes);
    Lend(name, data, shape_.bytes, 64);
    if (came_back_.empty()) {
      Expect(never_lent_-- > 0, "", name, " is no buffer of the pool");
      return true;
    }
    Expect(data == came_back_.back(), "", name,
           " is not the buffer that came back last");
    came_back_.pop_back();
    return true;
  }

  Object<BoundedBufferPool> pool_;
  Fixture<Stop> stop_;
  // The model.
  Shape shape_{};
  std::list<Lent> lent_;
  std::vector<std::byte*> came_back_;
  std::size_t never_lent_ = 0;
  bool is_closed_ = false;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(BoundedBufferPoolCase, "04_03/bounded_buffer_pool.h",
              "[[maybe_unused]] std::stop_token Stopped() {\n"
              "  std::stop_source source;\n"
              "  source.request_stop();\n"
              "  return source.get_token();\n}\n\n")
