// SPDX-License-Identifier: Apache-2.0

#include "03_05/creation_sites.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "tools/exercise/testing/bounded_test.h"
#include "tools/probe/probe.h"

namespace workbook {
namespace {

constexpr Site kLogin{"login.cc", 10};
constexpr Site kLogout{"login.cc", 20};
constexpr Site kSearch{"search.cc", 10};

TEST(Task6CreationSites, SumsUpWhatIsAliveByLine) {
  CreationSites sites;
  const CreationSites::Id start = sites.Mark();
  sites.Add(kLogin, 100);
  sites.Add(kSearch, 1000);
  sites.Add(kLogin, 50);
  sites.Add(kLogout, 60);
  const std::vector<SiteTotal> expected = {
      {kSearch, 1, 1000}, {kLogin, 2, 150}, {kLogout, 1, 60}};
  EXPECT_EQ(sites.AliveSince(start), expected);
}

TEST(Task6CreationSites, ForgetsWhatHasDied) {
  CreationSites sites;
  const CreationSites::Id start = sites.Mark();
  const CreationSites::Id first = sites.Add(kLogin, 100);
  const CreationSites::Id second = sites.Add(kLogin, 30);
  const CreationSites::Id third = sites.Add(kSearch, 7);
  sites.Remove(first);
  sites.Remove(first);
  sites.Remove(third);
  sites.Remove(9999);
  const std::vector<SiteTotal> expected = {{kLogin, 1, 30}};
  EXPECT_EQ(sites.AliveSince(start), expected);
  sites.Remove(second);
  EXPECT_TRUE(sites.AliveSince(start).empty());
}

TEST(Task6CreationSites, AMarkHidesWhatIsOlder) {
  CreationSites sites;
  const CreationSites::Id start = sites.Mark();
  const CreationSites::Id old = sites.Add(kLogin, 100);
  const CreationSites::Id mark = sites.Mark();
  EXPECT_TRUE(sites.AliveSince(mark).empty())
      << "what is there since the start of the program is no leak";
  sites.Add(kLogin, 5);
  EXPECT_EQ(sites.AliveSince(mark), (std::vector<SiteTotal>{{kLogin, 1, 5}}));
  EXPECT_EQ(sites.AliveSince(start),
            (std::vector<SiteTotal>{{kLogin, 2, 105}}));
  sites.Remove(old);
  EXPECT_EQ(sites.AliveSince(mark), (std::vector<SiteTotal>{{kLogin, 1, 5}}));
}

TEST(Task6CreationSites, NoIdIsUsedAgain) {
  CreationSites sites;
  const CreationSites::Id mark = sites.Mark();
  const CreationSites::Id first = sites.Add(kLogin, 1);
  sites.Remove(first);
  const CreationSites::Id second = sites.Add(kLogin, 1);
  EXPECT_GT(first, 0u);
  EXPECT_GT(second, first)
      << "with ids that come again, a late Remove forgets the wrong object";
  sites.Remove(first);
  EXPECT_EQ(sites.AliveSince(mark).size(), 1u);
}

TEST(Task6CreationSites, OrdersByBytesThenObjectsThenPlace) {
  CreationSites sites;
  sites.Add({"b.cc", 5}, 40);
  sites.Add({"b.cc", 4}, 40);
  sites.Add({"a.cc", 9}, 40);
  sites.Add({"z.cc", 1}, 20);
  sites.Add({"z.cc", 1}, 20);
  sites.Add({"c.cc", 1}, 41);
  const std::vector<SiteTotal> expected = {{{"c.cc", 1}, 1, 41},
                                           {{"z.cc", 1}, 2, 40},
                                           {{"a.cc", 9}, 1, 40},
                                           {{"b.cc", 4}, 1, 40},
                                           {{"b.cc", 5}, 1, 40}};
  EXPECT_EQ(sites.AliveSince(0), expected);
}

TEST(Task6CreationSites, EqualNamesAreOneFile) {
  // A header that two sources include has its name in each of them.
  const std::string in_one_source = "session.h";
  const std::string in_another = "session.h";
  CreationSites sites;
  sites.Add({in_one_source, 7}, 8);
  sites.Add({in_another, 7}, 8);
  const std::vector<SiteTotal> totals = sites.AliveSince(0);
  ASSERT_EQ(totals.size(), 1u);
  EXPECT_EQ(totals[0].objects, 2);
}

TEST(Task6CreationSites, KnowsTheLineOfItsCaller) {
  CreationSites sites;
  sites.Add(Site::Here(), 1);
  sites.Add(Site::Here(), 1);
  const std::vector<SiteTotal> totals = sites.AliveSince(0);
  ASSERT_EQ(totals.size(), 2u) << "two lines of this test";
  EXPECT_EQ(totals[1].site.line, totals[0].site.line + 1);
  EXPECT_NE(totals[0].site.file.find("creation_sites_test.cc"),
            std::string::npos);
}

TEST(Task6CreationSites, ItsOwnListDoesNotLeak) {
  const AllocationScope scope;
  CreationSites sites;
  const std::int64_t empty = scope.Counts().live_bytes;
  for (int i = 0; i < 1000; ++i) sites.Remove(sites.Add(kLogin, 1));
  EXPECT_EQ(scope.Counts().live_bytes, empty);
}

class Task6CreationSitesThreads : public BoundedTest {};

TEST_F(Task6CreationSitesThreads, ManyThreadsMayRegister) {
  CreationSites sites;
  sites.Remove(sites.Add(kLogin, 1));  // unwritten code throws here
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 300; ++i) {
        const CreationSites::Id id = sites.Add(kLogin, 1);
        sites.Add(kSearch, 2);
        sites.Remove(id);
      }
    });
  }
  for (int i = 0; i < 20; ++i) EXPECT_LE(sites.AliveSince(0).size(), 2u);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(sites.AliveSince(0),
            (std::vector<SiteTotal>{{kSearch, 900, 1800}}));
}

}  // namespace
}  // namespace workbook
