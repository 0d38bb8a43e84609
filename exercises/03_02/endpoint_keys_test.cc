// SPDX-License-Identifier: Apache-2.0

#include "03_02/endpoint_keys.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "tools/exercise/testing/recorded_gain.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

// Longer than the 15 letters that a std::string holds without a block.
constexpr std::string_view kHost = "replica-17.storage.example.org";

TEST(Task8EndpointKeys, AViewHasTheHashOfItsEndpoint) {
  const Endpoint endpoint(EndpointView{kHost, 443});
  const std::string copy(kHost);
  EXPECT_EQ(EndpointHash()(endpoint), EndpointHash()({copy, 443}))
      << "else a look-up by a view begins in another window";
  EXPECT_TRUE(EndpointEqual()(endpoint, EndpointView{copy, 443}));
}

TEST(Task8EndpointKeys, HostAndPortBothCount) {
  const EndpointView one{"a", 1};
  EXPECT_FALSE(EndpointEqual()(one, {"a", 2}));
  EXPECT_FALSE(EndpointEqual()(one, {"b", 1}));
  EXPECT_FALSE(EndpointEqual()(one, {"aa", 1}));
  EXPECT_NE(EndpointHash()(one), EndpointHash()({"a", 2}));
  EXPECT_NE(EndpointHash()(one), EndpointHash()({"b", 1}));
}

TEST(Task8EndpointKeys, NeighboursSpreadOverTheTable) {
  std::set<std::size_t> windows;
  std::set<std::size_t> fragments;
  for (std::uint16_t port = 0; port < 1024; ++port) {
    const std::size_t hash = EndpointHash()({kHost, port});
    fragments.insert(hash & 0x7F);
    windows.insert(hash >> 7 & 0x3F);
  }
  EXPECT_EQ(fragments.size(), 128u)
      << "fragments of 1024 ports of one host: all bits of the hash are used";
  EXPECT_EQ(windows.size(), 64u) << "of 64 windows";
}

TEST(Task8EndpointKeys, CountsRequests) {
  RequestCounts counts;
  CountRequest(counts, {"a", 1});
  CountRequest(counts, {"b", 1});
  CountRequest(counts, {"a", 1});
  EXPECT_EQ(counts.size(), 2u);
  ASSERT_NE(counts.Find(EndpointView{"a", 1}), nullptr);
  EXPECT_EQ(*counts.Find(EndpointView{"a", 1}), 2u);
  EXPECT_EQ(*counts.Find(EndpointView{"b", 1}), 1u);
  EXPECT_EQ(counts.Find(EndpointView{"a", 2}), nullptr);
}

TEST(Task8EndpointKeys, TheKeyOutlivesWhatWasParsed) {
  RequestCounts counts;
  {
    std::string line(kHost);
    CountRequest(counts, {line, 80});
    line.assign(line.size(), '?');
  }
  EXPECT_NE(counts.Find(EndpointView{kHost, 80}), nullptr);
}

void CountByAKeyOfItsOwn(RequestCounts& counts, std::string_view host,
                         std::uint16_t port) {
  const Endpoint endpoint(EndpointView{host, port});
  ++*counts.TryEmplace(endpoint, 0u).first;
}

TEST(Task8EndpointKeys, AKnownEndpointCostsNoAllocation) {
  RequestCounts counts;
  CountRequest(counts, {kHost, 80});
  const AllocationScope owned_scope;
  for (int i = 0; i < 100; ++i) CountByAKeyOfItsOwn(counts, kHost, 80);
  const auto owned = owned_scope.Counts().allocations;
  const AllocationScope scope;
  for (int i = 0; i < 100; ++i) CountRequest(counts, {kHost, 80});
  EXPECT_EQ(scope.Counts().allocations, 0)
      << "for 100 requests; a key of its own for each takes " << owned;
  EXPECT_EQ(*counts.Find(EndpointView{kHost, 80}), 201u);
  RecordGain("allocations", owned, scope.Counts().allocations);
  RecordProperty("owned_keys", std::to_string(owned));
}

}  // namespace
}  // namespace workbook
