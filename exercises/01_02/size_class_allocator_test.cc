#include "01_02/size_class_allocator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <limits>
#include <map>
#include <memory_resource>
#include <new>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "tools/probe/probe.h"

namespace workbook {
namespace {

std::uintptr_t Address(const void* pointer) {
  return reinterpret_cast<std::uintptr_t>(pointer);
}

// A resource that counts what is lent, and can be out of memory.
class CountingUpstream : public std::pmr::memory_resource {
 public:
  std::size_t blocks = 0;
  std::size_t bytes = 0;
  std::size_t last_alignment = 0;
  bool exhausted = false;

 private:
  void* do_allocate(std::size_t size_bytes, std::size_t alignment) override {
    if (exhausted) throw std::bad_alloc();
    blocks++;
    bytes += size_bytes;
    last_alignment = alignment;
    return std::pmr::new_delete_resource()->allocate(size_bytes, alignment);
  }
  void do_deallocate(void* block, std::size_t size_bytes,
                     std::size_t alignment) override {
    blocks--;
    bytes -= size_bytes;
    std::pmr::new_delete_resource()->deallocate(block, size_bytes, alignment);
  }
  bool do_is_equal(const memory_resource& other) const noexcept override {
    return this == &other;
  }
};

struct Request {
  void* block;
  std::size_t size_bytes;
};

// Blocks that go back at the end of the test, whatever happens in between.
class Lent {
 public:
  explicit Lent(SizeClassAllocator& allocator) : allocator_(allocator) {
    requests_.reserve(5000);
  }
  ~Lent() {
    while (!requests_.empty()) GiveBackLast();
  }
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;

  void* Add(std::size_t size_bytes) {
    requests_.push_back({allocator_.Allocate(size_bytes), size_bytes});
    return requests_.back().block;
  }
  void GiveBackLast() {
    const Request last = requests_.back();
    requests_.pop_back();
    allocator_.Deallocate(last.block, last.size_bytes);
  }
  std::vector<Request>& requests() { return requests_; }

 private:
  SizeClassAllocator& allocator_;
  std::vector<Request> requests_;
};

struct GoClassRow {
  std::size_t number, bytes_per_object, bytes_per_span, objects, tail_waste;
  double max_waste_percent;
  std::size_t min_alignment;
};

std::vector<GoClassRow> GoClassRows() {
  std::ifstream file("exercises/01_02/testdata/go_size_classes.csv");
  std::string line;
  std::getline(file, line);
  std::vector<GoClassRow> rows;
  while (std::getline(file, line)) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream cells(line);
    GoClassRow row;
    cells >> row.number >> row.bytes_per_object >> row.bytes_per_span >>
        row.objects >> row.tail_waste >> row.max_waste_percent >>
        row.min_alignment;
    rows.push_back(row);
  }
  return rows;
}

TEST(Task2SizeClassAllocator, UsesTheClassesOfGoByDefault) {
  SizeClassAllocator allocator;
  const std::vector<GoClassRow> rows = GoClassRows();
  ASSERT_EQ(rows.size(), 67u) << "the test has to find its testdata";
  ASSERT_EQ(allocator.ClassCount(), 67u);
  Lent lent(allocator);
  std::size_t previous_bytes = 0;
  for (const GoClassRow& row : rows) {
    const std::size_t size_bytes = row.bytes_per_object;
    EXPECT_EQ(allocator.ClassBytes(row.number), size_bytes);
    EXPECT_EQ(kGoSizeClasses[row.number - 1].size_bytes, size_bytes);
    EXPECT_EQ(kGoSizeClasses[row.number - 1].blocks_per_chunk, row.objects);
    EXPECT_EQ(
        Address(lent.Add(size_bytes)) %
            std::min(row.min_alignment, FixedSizePool::kMaxAlignmentBytes),
        0u)
        << "a block of " << size_bytes << " bytes";
    // What the table itself says has to hold together.
    EXPECT_EQ(row.bytes_per_span - row.objects * size_bytes, row.tail_waste);
    const std::size_t worst =
        (size_bytes - previous_bytes - 1) * row.objects + row.tail_waste;
    EXPECT_NEAR(100.0 * static_cast<double>(worst) /
                    static_cast<double>(row.bytes_per_span),
                row.max_waste_percent, 0.0051);
    previous_bytes = size_bytes;
  }
}

TEST(Task2SizeClassAllocator, FindsTheSmallestClassThatFitsEverySize) {
  SizeClassAllocator allocator;
  std::size_t expected = 1;
  for (std::size_t size_bytes = 1; size_bytes <= 32768; ++size_bytes) {
    if (size_bytes > kGoSizeClasses[expected - 1].size_bytes) ++expected;
    ASSERT_EQ(allocator.SizeToClass(size_bytes), expected)
        << "a request of " << size_bytes << " bytes";
  }
  EXPECT_EQ(allocator.SizeToClass(0), 1u) << "0 bytes count as 1";
  EXPECT_EQ(allocator.SizeToClass(32769), 0u) << "larger than every class";
  EXPECT_EQ(allocator.SizeToClass(std::numeric_limits<std::size_t>::max()), 0u);
}

TEST(Task2SizeClassAllocator, GivesEveryByteToOneOwner) {
  SizeClassAllocator allocator;
  Lent lent(allocator);
  std::minstd_rand random(3);
  for (std::size_t i = 0; i < 2000; ++i) {
    const std::size_t size_bytes = 1 + random() % (i % 10 == 0 ? 40'000 : 600);
    std::memset(lent.Add(size_bytes), static_cast<int>(i % 251), size_bytes);
  }
  for (std::size_t i = 0; i < 2000; ++i) {
    const Request& request = lent.requests()[i];
    const auto* bytes = static_cast<const unsigned char*>(request.block);
    const auto same = std::count(bytes, bytes + request.size_bytes, i % 251);
    EXPECT_EQ(same, static_cast<std::ptrdiff_t>(request.size_bytes))
        << "a block of " << request.size_bytes << " bytes was overwritten";
  }
}

TEST(Task2SizeClassAllocator, AllocatesNothingInSteadyState) {
  SizeClassAllocator allocator;
  std::vector<Request> requests(3000);
  const auto round = [&] {
    std::minstd_rand random(1);
    for (Request& request : requests) {
      const std::size_t size_bytes = 1 + random() % 2048;
      request = {allocator.Allocate(size_bytes), size_bytes};
    }
    std::shuffle(requests.begin(), requests.end(), random);
    for (const Request& request : requests) {
      allocator.Deallocate(request.block, request.size_bytes);
    }
  };
  round();
  const std::size_t held_bytes = allocator.BytesHeld();
  AllocationScope scope;
  for (int i = 0; i < 5; ++i) round();
  EXPECT_EQ(scope.Counts().allocations, 0);
  EXPECT_EQ(scope.Counts().frees, 0);
  EXPECT_EQ(allocator.BytesHeld(), held_bytes);
}

TEST(Task2SizeClassAllocator, ReportsEveryByteItHolds) {
  AllocationScope scope;
  SizeClassAllocator allocator;
  Lent lent(allocator);
  const std::int64_t before = scope.Counts().live_bytes -
                              static_cast<std::int64_t>(allocator.BytesHeld());
  for (const std::size_t size_bytes : {1u, 100u, 1000u, 10'000u, 100'000u}) {
    lent.Add(size_bytes);
  }
  EXPECT_EQ(scope.Counts().live_bytes - before,
            static_cast<std::int64_t>(allocator.BytesHeld()));
}

TEST(Task2SizeClassAllocator, TakesAClassOnlyWhenItIsUsed) {
  SizeClassAllocator allocator;
  const std::size_t empty_bytes = allocator.BytesHeld();
  EXPECT_LE(empty_bytes, 32'768u) << "67 empty pools, and no block";
  Lent lent(allocator);
  lent.Add(64);
  EXPECT_LE(allocator.BytesHeld() - empty_bytes, 8192u + 64u)
      << "one chunk of 128 blocks of 64 bytes";
}

TEST(Task2SizeClassAllocator, CountsInternalWaste) {
  SizeClassAllocator allocator;
  {
    Lent lent(allocator);
    lent.Add(33);      // class of 48
    lent.Add(1025);    // class of 1152
    lent.Add(32'769);  // 5 pages of 8 KiB
    const auto statistics = allocator.GetStatistics();
    EXPECT_EQ(statistics.blocks, 3u);
    EXPECT_EQ(statistics.requested_bytes, 33u + 1025u + 32'769u);
    EXPECT_EQ(statistics.lent_bytes, 48u + 1152u + 40'960u);
    EXPECT_EQ(statistics.large_blocks, 1u);
    EXPECT_EQ(statistics.large_bytes, 40'960u);
    EXPECT_EQ(statistics.InternalWasteBytes(), 15u + 127u + 8191u);
    EXPECT_EQ(statistics.held_bytes, allocator.BytesHeld());
  }
  const auto statistics = allocator.GetStatistics();
  EXPECT_EQ(statistics.blocks, 0u);
  EXPECT_EQ(statistics.requested_bytes, 0u);
  EXPECT_EQ(statistics.lent_bytes, 0u);
}

TEST(Task2SizeClassAllocator, SendsLargeBlocksUpstreamInWholePages) {
  CountingUpstream upstream;
  SizeClassAllocator allocator({.upstream = &upstream});
  {
    Lent lent(allocator);
    lent.Add(32'768);
    EXPECT_EQ(upstream.blocks, 0u) << "the largest class is pooled";
    lent.Add(32'769);
    EXPECT_EQ(upstream.bytes, 40'960u);
    lent.Add(81'920);
    EXPECT_EQ(upstream.bytes, 40'960u + 81'920u);
    EXPECT_EQ(upstream.blocks, 2u);
  }
  EXPECT_EQ(upstream.blocks, 0u);
  EXPECT_EQ(upstream.bytes, 0u);
}

TEST(Task2SizeClassAllocator, FailsCleanlyWhenTheUpstreamDoes) {
  CountingUpstream upstream;
  SizeClassAllocator allocator({.upstream = &upstream});
  const std::size_t held_bytes = allocator.BytesHeld();
  const auto round_trip = [&](std::size_t size_bytes) {
    allocator.Deallocate(allocator.Allocate(size_bytes), size_bytes);
  };
  EXPECT_THROW(round_trip(std::numeric_limits<std::size_t>::max()),
               std::bad_alloc)
      << "the page count must not wrap to 0";
  upstream.exhausted = true;
  EXPECT_THROW(round_trip(100'000), std::bad_alloc);
  EXPECT_EQ(allocator.BytesHeld(), held_bytes);
  EXPECT_EQ(allocator.GetStatistics().requested_bytes, 0u);
  EXPECT_EQ(allocator.GetStatistics().large_blocks, 0u);
}

TEST(Task2SizeClassAllocator, AlignsAsAsked) {
  CountingUpstream upstream;
  SizeClassAllocator allocator({.upstream = &upstream});
  for (std::size_t alignment_bytes = 1; alignment_bytes <= 16'384;
       alignment_bytes *= 2) {
    for (const std::size_t size_bytes : {1u, 24u, 300u, 2500u, 32'768u}) {
      void* const block = allocator.Allocate(size_bytes, alignment_bytes);
      EXPECT_EQ(Address(block) % alignment_bytes, 0u)
          << size_bytes << " bytes aligned to " << alignment_bytes;
      std::memset(block, 1, size_bytes);
      allocator.Deallocate(block, size_bytes, alignment_bytes);
    }
  }
  EXPECT_EQ(upstream.last_alignment, 16'384u);
  EXPECT_EQ(allocator.GetStatistics().blocks, 0u);
}

TEST(Task2SizeClassAllocator, GivesAZeroByteRequestItsOwnBlock) {
  SizeClassAllocator allocator;
  Lent lent(allocator);
  EXPECT_NE(lent.Add(0), nullptr);
  EXPECT_NE(lent.requests()[0].block, lent.Add(0));
}

TEST(Task2SizeClassAllocator, WorksWithATableOfYourOwn) {
  constexpr std::array<SizeClass, 4> kTable = {
      {{40, 10}, {1000, 0}, {1152, 3}, {2048, 0}}};
  CountingUpstream upstream;
  SizeClassAllocator allocator({.classes = kTable, .upstream = &upstream});
  EXPECT_EQ(allocator.ClassCount(), 4u);
  const std::map<std::size_t, std::size_t> expected = {
      {1, 1},    {40, 1},   {41, 2},   {1000, 2}, {1001, 3}, {1024, 3},
      {1025, 3}, {1152, 3}, {1153, 4}, {2048, 4}, {2049, 0}, {32'768, 0}};
  for (const auto& [size_bytes, size_class] : expected) {
    EXPECT_EQ(allocator.SizeToClass(size_bytes), size_class)
        << "a request of " << size_bytes << " bytes";
  }
  Lent lent(allocator);
  lent.Add(2049);
  EXPECT_EQ(upstream.bytes, 8192u) << "past the last class: one page";

  constexpr std::array<SizeClass, 1> kTiny = {{{16, 0}}};
  SizeClassAllocator tiny({.classes = kTiny});
  EXPECT_EQ(tiny.SizeToClass(17), 0u);
  EXPECT_EQ(tiny.SizeToClass(1024), 0u);
}

TEST(Task2SizeClassAllocator, RejectsTablesThatMakeNoSense) {
  const auto make = [](const std::vector<SizeClass>& classes) {
    SizeClassAllocator allocator({.classes = classes});
  };
  EXPECT_THROW(make({}), std::invalid_argument);
  EXPECT_THROW(make({{0, 1}}), std::invalid_argument);
  EXPECT_THROW(make({{12, 1}}), std::invalid_argument) << "not a multiple of 8";
  EXPECT_THROW(make({{64, 1}, {64, 1}}), std::invalid_argument) << "twice";
  EXPECT_THROW(make({{64, 1}, {32, 1}}), std::invalid_argument) << "descends";
  EXPECT_THROW(make({{1032, 1}}), std::invalid_argument)
      << "above 1024 the table goes by 128";
  EXPECT_THROW(make({{32'896, 1}}), std::invalid_argument) << "too large";
  std::vector<SizeClass> many;
  for (std::uint32_t i = 1; i <= 256; ++i) {
    many.push_back({i <= 128 ? 8 * i : 1024 + 128 * (i - 128), 1});
  }
  EXPECT_THROW(make(many), std::invalid_argument) << "256 do not fit a byte";
  many.pop_back();
  EXPECT_NO_THROW(make(many));
  EXPECT_THROW(SizeClassAllocator({.upstream = nullptr}),
               std::invalid_argument);
}

TEST(Task2SizeClassResource, RunsStandardContainers) {
  SizeClassAllocator allocator;
  SizeClassResource resource(allocator);
  {
    std::pmr::map<int, std::pmr::string> map(&resource);
    for (int i = 0; i < 500; ++i) {
      map.emplace(i, std::string(static_cast<std::size_t>(i) * 100, 'x'));
    }
    EXPECT_GE(allocator.GetStatistics().blocks, 999u)
        << "a node for each entry, a buffer for each long string";
    for (int i = 0; i < 500; i += 2) map.erase(i);
    EXPECT_EQ(map.at(499), std::string(49'900, 'x').c_str());
  }
  EXPECT_EQ(allocator.GetStatistics().blocks, 0u) << "everything came back";
}

TEST(Task2SizeClassResource, KeepsOverAlignedTypesAligned) {
  SizeClassAllocator allocator;
  SizeClassResource resource(allocator);
  void* const block = resource.allocate(100, 256);
  EXPECT_EQ(Address(block) % 256, 0u);
  resource.deallocate(block, 100, 256);
  EXPECT_EQ(allocator.GetStatistics().blocks, 0u);
}

TEST(Task2SizeClassResource, EqualsAnotherOverTheSameAllocator) {
  SizeClassAllocator allocator;
  SizeClassAllocator other_allocator;
  SizeClassResource first(allocator);
  EXPECT_EQ(first, SizeClassResource(allocator));
  EXPECT_NE(first, SizeClassResource(other_allocator));
  EXPECT_NE(first, *std::pmr::new_delete_resource());
}

TEST(Task2SizeClassAllocatorDeathTest, CatchesMisuseInDebugBuilds) {
  SizeClassAllocator allocator;
  Lent lent(allocator);
  void* const block = lent.Add(100);
  void* const freed = allocator.Allocate(200);
  allocator.Deallocate(freed, 200);
  int local = 0;
  if constexpr (!kDebugChecks) GTEST_SKIP() << "undefined in this build";
  EXPECT_DEATH(allocator.Deallocate(block, 113), "size is not the one");
  EXPECT_DEATH(allocator.Deallocate(block, 100'000), "size is not the one");
  EXPECT_DEATH(allocator.Deallocate(freed, 200), "double free");
  EXPECT_DEATH(allocator.Deallocate(&local, 4), "foreign pointer");
  EXPECT_DEATH(allocator.Allocate(8, 24), "power of two");
  EXPECT_DEATH(SizeClassAllocator().Allocate(64), "lent");
  EXPECT_DEATH(SizeClassAllocator().Allocate(100'000), "lent");
}

}  // namespace
}  // namespace workbook
