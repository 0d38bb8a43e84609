// SPDX-License-Identifier: Apache-2.0

// Random walks through the small components of tasks 1 to 5, 7 and 8, each
// beside a model of its contract. For grading: WORKBOOK_SEED chooses the walk,
// and a failure names the seed that repeats it.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "02_02/action_queue.h"
#include "02_02/function_ref.h"
#include "02_02/inline_any.h"
#include "02_02/interface_patterns.h"
#include "02_02/map_patterns.h"
#include "02_02/optimized.h"
#include "02_02/vector_patterns.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

std::vector<int> RandomNumbers(Random& random, std::size_t most, int bound) {
  std::vector<int> numbers(random.Below(most + 1));
  for (int& number : numbers) {
    number = static_cast<int>(random.Below(static_cast<std::size_t>(bound)));
  }
  return numbers;
}

std::string RandomWord(Random& random) {
  std::string word(random.Between(1, 24), ' ');
  for (char& letter : word) letter = static_cast<char>('a' + random.Below(3));
  return word;
}

TEST(Task1Hidden, VectorsAreWhatTheNaiveFormsGive) {
  const SeedTrace trace;
  Random random(1);
  SampleMedian median;
  std::vector<int> even;
  for (int round = 0; round < 500; ++round) {
    const std::vector<int> a = RandomNumbers(random, 60, 100);
    const std::vector<int> b = RandomNumbers(random, 60, 100);
    std::vector<int> both = a;
    both.insert(both.end(), b.begin(), b.end());
    const std::array<std::span<const int>, 2> parts = {a, b};
    ASSERT_EQ(Concatenate(parts), both);

    const int divisor = static_cast<int>(random.Between(1, 5));
    std::vector<int> kept;
    std::vector<int> expected_even;
    for (const int number : both) {
      if (number % divisor == 0) kept.push_back(number);
      if (number % 2 == 0) expected_even.push_back(number);
    }
    const std::vector<int> multiples = KeepMultiples(both, divisor);
    ASSERT_EQ(multiples, kept);
    ASSERT_EQ(multiples.capacity(), multiples.size());
    EvenInto(both, even);
    ASSERT_EQ(even, expected_even);

    const std::vector<double> sample(both.begin(), both.end());
    std::sort(both.begin(), both.end());
    ASSERT_EQ(median.Of(sample),
              both.empty() ? 0.0 : both[(both.size() - 1) / 2]);
  }
}

TEST(Task1Hidden, MatricesMultiplyToTheBit) {
  const SeedTrace trace;
  Random random(2);
  for (int round = 0; round < 50; ++round) {
    const std::size_t n = random.Between(1, 9);
    const std::size_t m = random.Between(1, 9);
    const std::size_t k = random.Between(1, 9);
    Matrix left(n, m);
    Matrix right(m, k);
    const auto fill = [&random](Matrix& matrix) {
      for (std::size_t i = 0; i < matrix.Rows(); ++i) {
        for (double& x : matrix.Row(i)) {
          x = static_cast<double>(random.Below(1000)) / 7.0;
        }
      }
    };
    fill(left);
    fill(right);
    const Matrix product = left.Times(right);
    const Matrix transposed = product.Transposed();
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < k; ++j) {
        double sum = 0;
        for (std::size_t l = 0; l < m; ++l) {
          sum += left.Row(i)[l] * right.Row(l)[j];
        }
        ASSERT_EQ(product.Row(i)[j], sum);
        ASSERT_EQ(transposed.Row(j)[i], sum);
      }
    }
  }
}

TEST(Task2Hidden, MapsAnswerAsAModelDoes) {
  const SeedTrace trace;
  Random random(3);
  WordIndex index(16);
  std::map<std::string, int> words;
  for (int round = 0; round < 3000; ++round) {
    const std::string word = RandomWord(random);
    index.Add(word);
    ++words[word];
    const std::string other = RandomWord(random);
    AllocationScope scope;
    const int count = index.Count(other);
    ASSERT_EQ(scope.Counts().allocations, 0);
    ASSERT_EQ(count, words.contains(other) ? words[other] : 0);
  }
  ASSERT_EQ(index.Size(), words.size());

  const std::vector<int> keys = RandomNumbers(random, 900, 300);
  std::map<int, std::size_t> first;
  for (std::size_t i = 0; i < keys.size(); ++i) first.emplace(keys[i], i);
  const auto positions = FirstPositions(keys, 0.7f);
  ASSERT_LE(positions.load_factor(), 0.7f);
  ASSERT_TRUE(std::equal(first.begin(), first.end(),
                         std::map(positions.begin(), positions.end()).begin()));
}

TEST(Task2Hidden, TablesFindWhatWasPutIn) {
  const SeedTrace trace;
  Random random(4);
  RouteTable routes;
  std::map<std::pair<int, std::string>, int> model;
  std::vector<IdTable::Entry> entries;
  std::map<int, int> smallest;
  for (int handler = 0; handler < 1000; ++handler) {
    const auto method = static_cast<int>(random.Below(4));
    const std::string path = "/" + RandomWord(random);
    routes.Add(static_cast<Method>(method), path, handler);
    model.emplace(std::pair(method, path), handler);
    const auto id = static_cast<int>(random.Below(400));
    entries.emplace_back(id, handler ^ 21);
    const auto [entry, is_new] = smallest.emplace(id, handler ^ 21);
    if (!is_new) entry->second = std::min(entry->second, handler ^ 21);
  }
  for (const auto& [key, handler] : model) {
    for (int method = 0; method < 4; ++method) {
      const auto expected = model.find({method, key.second});
      ASSERT_EQ(routes.Find(static_cast<Method>(method), key.second),
                expected == model.end() ? std::nullopt
                                        : std::optional(expected->second));
    }
  }
  const IdTable table(std::move(entries));
  ASSERT_EQ(table.Size(), smallest.size());
  for (int id = -1; id <= 400; ++id) {
    const auto expected = smallest.find(id);
    ASSERT_EQ(table.Find(id), expected == smallest.end()
                                  ? std::nullopt
                                  : std::optional(expected->second));
  }
}

// A value whose copies are counted, inline or not.
template <std::size_t kBallastBytes>
struct Counted {
  static inline int alive = 0;
  explicit Counted(int number) : value(number) { ++alive; }
  Counted(const Counted& other) : value(other.value) { ++alive; }
  Counted(Counted&& other) noexcept : value(other.value) { ++alive; }
  Counted& operator=(const Counted&) = delete;
  Counted& operator=(Counted&&) = delete;
  ~Counted() { --alive; }
  int value;
  std::array<std::byte, kBallastBytes> ballast{};
};
using Small = Counted<8>;
using Large = Counted<200>;

TEST(Task7Hidden, AnyHoldsWhatTheModelHolds) {
  const SeedTrace trace;
  Random random(5);
  {
    std::array<InlineAny, 6> values;
    std::array<int, 6> model{};  // 0: empty; odd: a Small; even: a Large
    for (int step = 1; step < 20000; ++step) {
      const std::size_t i = random.Below(values.size());
      const std::size_t j = random.Below(values.size());
      switch (random.Below(6)) {
        case 0:
          values[i].Reset();
          model[i] = 0;
          break;
        case 1:
          values[i] = values[j];
          model[i] = model[j];
          break;
        case 2:
          values[i] = std::move(values[j]);
          model[i] = std::exchange(model[j], i == j ? model[j] : 0);
          break;
        case 3:
          values[i].Swap(values[j]);
          std::swap(model[i], model[j]);
          break;
        default:
          if (step % 2 == 1) {
            values[i].Emplace<Small>(step);
          } else {
            values[i].Emplace<Large>(step);
          }
          model[i] = step;
      }
      ASSERT_EQ(values[i].HasValue(), model[i] != 0);
      const Small* const small = values[i].TryGet<Small>();
      const Large* const large = values[i].TryGet<Large>();
      ASSERT_EQ(small != nullptr ? small->value : 0, model[i] % 2 * model[i]);
      ASSERT_EQ(large != nullptr ? large->value : 0,
                model[i] % 2 == 0 ? model[i] : 0);
      const auto held = [&model](int odd) {
        return std::count_if(model.begin(), model.end(), [odd](int number) {
          return number != 0 && number % 2 == odd;
        });
      };
      ASSERT_EQ(Small::alive, held(1));
      ASSERT_EQ(Large::alive, held(0));
    }
  }
  ASSERT_EQ(Small::alive + Large::alive, 0);
}

TEST(Task3Hidden, ReferencesCallWhatTheyReferTo) {
  const SeedTrace trace;
  Random random(6);
  std::array<long, 5> sums{};
  std::array<long, 5> expected{};
  const auto adder = [&sums](std::size_t i) {
    return [&sums, i](long by) { return sums[i] += by; };
  };
  auto adders = std::array{adder(0), adder(1), adder(2), adder(3), adder(4)};
  using Adder = FunctionRef<long(long)>;
  std::array<Adder, 3> references = {adders[0], adders[1], adders[2]};
  std::array<std::size_t, 3> targets = {0, 1, 2};
  for (int step = 0; step < 5000; ++step) {
    const std::size_t i = random.Below(references.size());
    AllocationScope scope;
    if (random.Chance(30)) {
      targets[i] = random.Below(adders.size());
      references[i] = Adder(adders[targets[i]]);
    }
    const auto by = static_cast<long>(random.Below(100));
    const long sum = references[i](by);
    ASSERT_EQ(scope.Counts().allocations, 0);
    ASSERT_EQ(sum, expected[targets[i]] += by);
  }
}

TEST(Task4Hidden, DrawingsAddUpAndActionsRunInOrder) {
  const SeedTrace trace;
  Random random(7);
  Drawing drawing(8);
  ActionQueue queue(8);
  double area = 0;
  std::size_t circles = 0;
  std::vector<int> ran;
  std::vector<int> expected;
  for (int step = 0; step < 2000; ++step) {
    const double a = static_cast<double>(random.Below(50)) / 4;
    const double b = static_cast<double>(random.Below(50)) / 4;
    switch (random.Below(3)) {
      case 0:
        drawing.Add(Circle{a});
        ++circles;
        area += 3.14159265358979323846 * a * a;
        break;
      case 1:
        drawing.Add(Rectangle{a, b});
        area += a * b;
        break;
      default:
        drawing.Add(Triangle{a, b});
        area += a * b / 2;
    }
    queue.Push([&ran, step] { ran.push_back(step); });
    expected.push_back(step);
    if (random.Chance(10)) {
      queue.RunAll();
      ASSERT_EQ(ran, expected);
      ASSERT_EQ(queue.Size(), 0u);
    }
  }
  ASSERT_EQ(drawing.CountCircles(), circles);
  ASSERT_NEAR(drawing.TotalArea(), area, area * 1e-12);
}

TEST(Task5Hidden, LinesAndBatchesAreWhatTheNaiveFormsGive) {
  const SeedTrace trace;
  Random random(8);
  LineFormatter formatter;
  std::vector<std::uint64_t> delivered;
  const std::size_t batch = random.Between(1, 9);
  EventBatcher batcher(batch, [&](std::span<const Event> events) {
    ASSERT_LE(events.size(), batch);
    for (const Event& event : events) delivered.push_back(event.value);
  });
  for (std::uint64_t i = 0; i < 2000; ++i) {
    const std::string name = RandomWord(random);
    const auto count = static_cast<std::int64_t>(random.Bits());
    const double percent = static_cast<double>(random.Below(4001)) / 16 - 125;
    std::array<char, 128> line{};
    std::snprintf(line.data(), line.size(), "%s: %lld (%.1f %%)", name.c_str(),
                  static_cast<long long>(count), percent);
    ASSERT_EQ(formatter.Format(name, count, percent), line.data());
    batcher.Add({i, i});
    ASSERT_EQ(delivered.size(), (i + 1) / batch * batch);
  }
  batcher.Flush();
  std::vector<std::uint64_t> all(2000);
  std::iota(all.begin(), all.end(), std::uint64_t{0});
  ASSERT_EQ(delivered, all);
}

TEST(Task5Hidden, PooledMessagesComeBackEmptyAndFreeOfCharge) {
  const SeedTrace trace;
  Random random(13);
  constexpr std::size_t kMaxIdle = 4;
  MessagePool pool(kMaxIdle);
  std::vector<MessagePool::Handle> lent;
  lent.reserve(20);
  std::size_t idle = 0;
  for (std::uint64_t step = 1; step < 5000; ++step) {
    if (!lent.empty() && (lent.size() == 20 || random.Chance(50))) {
      std::swap(random.Pick(lent), lent.back());
      lent.pop_back();
      idle = std::min(idle + 1, kMaxIdle);
      continue;
    }
    AllocationScope scope;
    lent.push_back(pool.Acquire());
    if (idle > 0) {
      ASSERT_EQ(scope.Counts().allocations, 0);
      --idle;
    }
    ASSERT_EQ(lent.back()->id, 0u);
    ASSERT_EQ(lent.back()->body, "");
    lent.back()->id = step;
    lent.back()->body = RandomWord(random);
  }
}

}  // namespace
}  // namespace workbook
