// SPDX-License-Identifier: Apache-2.0

// Random walks through the components, each beside a simple model of its
// contract. For grading: WORKBOOK_SEED chooses the walk, and a failure names
// the seed that repeats it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <map>
#include <string>
#include <vector>

#include "04_04/cache_shard.h"
#include "04_04/log_analytics.h"
#include "04_04/low_alloc_api.h"
#include "04_04/memory_monitor.h"
#include "04_04/s3_fifo.h"
#include "04_04/spilling_counter.h"
#include "04_04/stream_processor.h"
#include "exercises/04_04/testdata/access_log.h"
#include "tools/exercise/testing/random_walk.h"
#include "tools/probe/probe.h"
#include "tools/process/scratch_folder.h"

namespace workbook {
namespace {

// Short reads and interruptions, by chance.
class MoodySource : public ByteSource {
 public:
  MoodySource(std::string_view text, Random& random)
      : text_(text), random_(random) {}
  ssize_t Read(std::span<char> buffer) override {
    if (random_.Chance(20)) {
      errno = EINTR;
      return -1;
    }
    if (text_.empty()) return 0;
    const std::size_t most = std::min(buffer.size(), text_.size());
    const std::size_t count = random_.Between(1, most);
    std::copy_n(text_.data(), count, buffer.data());
    text_.remove_prefix(count);
    return static_cast<ssize_t>(count);
  }

 private:
  std::string_view text_;
  Random& random_;
};

class Join : public RecordSink {
 public:
  bool OnRecord(std::string_view record, std::uint64_t offset) override {
    text += std::to_string(offset) + ":" + std::string(record) + ";";
    return true;
  }
  bool OnTooLong(const RecordError& error) override {
    text +=
        std::to_string(error.offset) + "!" + std::to_string(error.bytes) + ";";
    return true;
  }
  std::string text;
};

std::string SplitByHand(const std::string& text, std::size_t limit) {
  Join join;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end - begin > limit) {
      join.OnTooLong({begin, end - begin});
    } else {
      join.OnRecord(std::string_view(text).substr(begin, end - begin), begin);
    }
    begin = end + 1;
  }
  return join.text;
}

TEST(Task7Hidden, StreamsOfRandomTextInRandomPieces) {
  const SeedTrace trace;
  Random random(1);
  for (int walk = 0; walk < 200; ++walk) {
    std::string text;
    for (std::size_t i = random.Below(400); i > 0; --i) {
      text += random.Chance(15) ? '\n' : 'x';
    }
    StreamOptions options;
    options.chunk_bytes = random.Between(1, 60);
    options.chunks_ahead = random.Below(4);
    options.max_record_bytes = random.Between(1, 20);
    MoodySource source(text, random);
    Join join;
    StreamProcessor(options).Run(source, join);
    ASSERT_EQ(join.text, SplitByHand(text, options.max_record_bytes));
  }
}

TEST(Task3Hidden, ACacheIsAMapThatForgets) {
  const SeedTrace trace;
  Random random(2);
  for (const bool is_s3_fifo : {false, true}) {
    S3FifoOrder order;
    CacheShard cache(30'000, random.Between(1, 300),
                     is_s3_fifo ? &order : nullptr);
    std::map<std::string, std::string> model;
    for (int i = 0; i < 50'000; ++i) {
      const std::string key = std::to_string(random.Below(800));
      const std::uint64_t hash = std::hash<std::string>()(key);
      if (random.Chance(40)) {
        model[key] = std::string(random.Below(150), key.back());
        ASSERT_TRUE(cache.Put(hash, key, model[key]));
      } else if (random.Chance(10)) {
        cache.Erase(hash, key);
        model.erase(key);
      } else if (const auto value = cache.Get(hash, key)) {
        ASSERT_TRUE(model.count(key)) << "an erased key is back";
        ASSERT_EQ(*value, model[key]);
      }
      ASSERT_LE(cache.UsedBytes(), 30'000u);
    }
    EXPECT_GT(cache.Statistics().HitRatio(), 0.1);
  }
}

TEST(Task4Hidden, ParsedFieldsLieInTheLineWhateverItHolds) {
  const SeedTrace trace;
  Random random(3);
  const std::string good = MakeAccessLog(1);
  for (int i = 0; i < 20'000; ++i) {
    std::string line = good.substr(0, good.size() - 1);
    for (std::size_t change = random.Between(1, 3); change > 0; --change) {
      line[random.Below(line.size())] =
          std::string_view("\" \\[]-x0\n")[random.Below(9)];
    }
    AccessRecord record;
    const std::optional<ParseError> error = ParseAccessRecord(line, record);
    if (error) {
      ASSERT_LE(error->column, line.size());
    } else {
      for (const std::string_view field :
           {record.client, record.target, record.referer, record.agent}) {
        ASSERT_GE(field.data(), line.data());
        ASSERT_LE(field.data() + field.size(), line.data() + line.size());
      }
    }
  }
}

TEST(Task5Hidden, AThresholdFiresAsItsModelDoes) {
  const SeedTrace trace;
  Random random(4);
  double value = 0;
  int fired = 0;
  MemoryMonitorOptions options;
  options.read = [&value] {
    MemorySample sample;
    if (value >= 0) sample[MemoryMetric::kRssBytes] = value;
    return sample;
  };
  options.thresholds.push_back({"x", MemoryMetric::kRssBytes, 60, 30,
                                [&fired](const MemorySample&) { ++fired; }});
  MemoryMonitor monitor(std::move(options));
  bool armed = true;
  int expected = 0;
  for (int i = 0; i < 5000; ++i) {
    value = static_cast<double>(random.Below(100)) - 5;
    monitor.Sample();
    if (value >= 0 && value < 30) armed = true;
    if (value >= 60 && armed) {
      ++expected;
      armed = false;
    }
    ASSERT_EQ(fired, expected) << "after sample " << i;
  }
}

class Collect : public CountSink {
 public:
  bool OnCount(std::string_view key, std::uint64_t count) override {
    counts.emplace_back(key, count);
    return true;
  }
  std::vector<std::pair<std::string, std::uint64_t>> counts;
};

TEST(Task10Hidden, CountsAgreeWithAMap) {
  const SeedTrace trace;
  Random random(5);
  const ScratchFolder folder;
  SpillingCounter counter(SpillingCounter::kMinBytes, folder.path().string());
  for (int walk = 0; walk < 3; ++walk) {
    std::map<std::string, std::uint64_t> model;
    const std::size_t keys = random.Between(1, 20'000);
    const std::size_t longest = random.Between(1, 300);
    for (int i = 0; i < 30'000; ++i) {
      const std::size_t number = random.Below(keys);
      std::string key(number * 7 % longest, static_cast<char>(number % 251));
      key += std::to_string(number);
      ++model[key];
      ASSERT_TRUE(counter.Add(key));
    }
    Collect collect;
    ASSERT_TRUE(counter.Finish(collect));
    ASSERT_TRUE(std::equal(
        collect.counts.begin(), collect.counts.end(), model.begin(),
        model.end(), [](const auto& left, const auto& right) {
          return left.first == right.first && left.second == right.second;
        }));
  }
}

class Text : public ByteTarget {
 public:
  ssize_t Write(std::string_view bytes) override {
    text.append(bytes);
    return static_cast<ssize_t>(bytes.size());
  }
  std::string text;
};

// The whole with every deep part: runs on disk, and a thread that reads.
TEST(Task6Hidden, TheReportIsTheSameWhateverTheMemory) {
  const SeedTrace trace;
  Random random(6);
  const ScratchFolder folder;
  const std::string log = MakeAccessLog(8 << 20);
  const auto report = [&](std::size_t counter_bytes, std::size_t ahead) {
    LogAnalyticsOptions options;
    options.temp_folder = folder.path().string();
    options.counter_bytes = counter_bytes;
    options.stream.chunks_ahead = ahead;
    LogAnalytics analytics(options);
    MoodySource source(log, random);
    Text target;
    const LogReport result = analytics.Run(source, target);
    EXPECT_TRUE(result.ok()) << result.Message();
    EXPECT_EQ(result.runs > 1, counter_bytes == SpillingCounter::kMinBytes);
    return target.text;
  };
  const std::string in_memory = report(32 << 20, 0);
  EXPECT_TRUE(report(SpillingCounter::kMinBytes, 2) == in_memory);
}

TEST(Task6Hidden, HoldsTheSameMemoryForAnyNumberOfKeys) {
  const ScratchFolder folder;
  const auto peak = [&folder](std::size_t bytes) {
    const std::string log = MakeAccessLog(bytes);
    Random random(1);
    MoodySource source(log, random);
    Text target;
    target.text.reserve(16 << 20);
    AllocationScope scope(ProbeExtent::kProcess);
    LogAnalyticsOptions options;
    options.temp_folder = folder.path().string();
    options.stream.chunks_ahead = 2;
    LogAnalytics analytics(options);
    EXPECT_TRUE(analytics.Run(source, target).ok());
    return scope.Counts();
  };
  const AllocationCounts small = peak(1 << 20);
  const AllocationCounts large = peak(16 << 20);
  EXPECT_LE(large.peak_live_bytes, 8 << 20);
  EXPECT_LE(large.peak_live_bytes, small.peak_live_bytes + (64 << 10));
  EXPECT_LE(large.allocations, small.allocations + 100)
      << "15 MiB more, and a few agents and runs more";
}

TEST(Task6Hidden, SaysWhenTheTemporaryFolderFails) {
  const ScratchFolder folder;
  LogAnalyticsOptions options;
  options.temp_folder = folder.path().string() + "/missing";
  options.counter_bytes = SpillingCounter::kMinBytes;
  LogAnalytics analytics(options);
  const std::string log = MakeAccessLog(8 << 20);
  Random random(1);
  MoodySource source(log, random);
  Text target;
  const LogReport report = analytics.Run(source, target);
  EXPECT_EQ(report.spill.outcome, IoOutcome::kWriteFailed);
  EXPECT_TRUE(report.input.ok());
  EXPECT_EQ(target.text, "");
}

}  // namespace
}  // namespace workbook
