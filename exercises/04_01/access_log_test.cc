// SPDX-License-Identifier: Apache-2.0

#include "04_01/access_log.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "exercises/04_01/before/access_log.h"
#include "exercises/04_01/testing/access_log_input.h"
#include "exercises/04_01/testing/contract.h"
#include "tools/exercise/testing/recorded_gain.h"

namespace workbook {
namespace {

std::string Convert(std::string_view csv, const char* file = __builtin_FILE(),
                    int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "ConvertAccessLog");
  Scratch scratch;
  std::string json(6 * csv.size() + 1000, '?');
  const BufferResult result = ConvertAccessLog(csv, scratch, json);
  EXPECT_TRUE(result.ok());
  return std::string(Written(json, result));
}

TEST(Task16AccessLog, ConvertsRecords) {
  EXPECT_EQ(
      Convert("Ann,/a%20b,200,1.50,\"said \"\"hi\"\"\"\r\nBOB,/,0404,1e3,\n"),
      "{\"user\":\"ann\",\"path\":\"/a b\",\"status\":200,\"ms\":1.5,"
      "\"note\":\"said \\\"hi\\\"\"}\n"
      "{\"user\":\"bob\",\"path\":\"/\",\"status\":404,\"ms\":1000,"
      "\"note\":\"\"}\n"
      "{\"rejected\":0}\n");
  EXPECT_EQ(Convert(""), "{\"rejected\":0}\n");
  EXPECT_EQ(Convert("\n\r\n"), "{\"rejected\":0}\n") << "empty lines";
}

TEST(Task16AccessLog, RejectsWhatIsNotARecord) {
  for (const char* record : {
           "ann,/,200,1",                                 // four fields
           "ann,/,200,1,x,y",                             // six
           "\"\"",                                        // one
           ",/,200,1,x",                                  // no user
           " ann,/,200,1,x",                              // spaces
           "abcdefghijklmnopqrstuvwxyzabcdefg,/,200,1,",  // 33 bytes
           "ann,/%2,200,1,x",                             // half an escape
           "ann,/%ff,200,1,x",                            // no UTF-8
           "ann,/%c0%af,200,1,x",                         // an overlong one
           "ann,/,99,1,x",
           "ann,/,600,1,x",
           "ann,/,2e2,1,x",
           "ann,/,200,-1,x",
           "ann,/,200,nan,x",
           "ann,/,200,1e999,x",
           "ann,/,200,1,\xED\xA0\x80",  // a surrogate
           "a\xFF,/,200,1,x",
           "ann,/,200,1,a\"b",  // no CSV
           "ann,/,200,1,\"never ends\n",
       }) {
    EXPECT_EQ(Convert(record), "{\"rejected\":1}\n") << record;
    EXPECT_EQ(Convert("ann,/,200,1,\n" + std::string(record)),
              "{\"user\":\"ann\",\"path\":\"/\",\"status\":200,\"ms\":1,"
              "\"note\":\"\"}\n{\"rejected\":1}\n")
        << record;
  }
}

TEST(Task16AccessLog, TakesWhatStandsJustInside) {
  const std::string user(32, 'u');
  EXPECT_EQ(Convert(user + ",/,100,0,\nu,/,599,0.0,\nu,/,599,-0,\n"),
            "{\"user\":\"" + user +
                "\",\"path\":\"/\",\"status\":100,\"ms\":0,\"note\":\"\"}\n"
                "{\"user\":\"u\",\"path\":\"/\",\"status\":599,\"ms\":0,"
                "\"note\":\"\"}\n"
                "{\"user\":\"u\",\"path\":\"/\",\"status\":599,\"ms\":-0,"
                "\"note\":\"\"}\n{\"rejected\":0}\n");
}

TEST(Task16AccessLog, QuotedFieldsOfEveryKindAreRead) {
  EXPECT_EQ(Convert("\"a\"\"b\",\"/\"\"%22\",\"200\",\"1\",\"x\r\ny\""),
            "{\"user\":\"a\\\"b\",\"path\":\"/\\\"\\\"\",\"status\":200,"
            "\"ms\":1,\"note\":\"x\\r\\ny\"}\n{\"rejected\":0}\n");
}

TEST(Task16AccessLog, HasTheContractOfACallersBuffer) {
  const std::string csv = AccessLogOf(2) + "bad\n";
  const std::string json = Convert(csv);
  Scratch scratch;
  ExpectFillsText(json, [&](std::span<char> out) {
    return ConvertAccessLog(csv, scratch, out);
  });
}

TEST(Task16AccessLog, SeesAChangeAtTheSameAddress) {
  std::string csv = "ann,/a,200,1,x\n";
  Scratch scratch;
  std::string json(200, '?');
  ASSERT_TRUE(ConvertAccessLog(csv, scratch, json).ok());
  csv[5] = 'b';
  const BufferResult result = ConvertAccessLog(csv, scratch, json);
  EXPECT_NE(Written(json, result).find("\"/b\""), std::string::npos)
      << "the answer of the last call was given again";
}

TEST(Task16AccessLog, LeavesTheCallersScratchAsItWas) {
  Scratch scratch;
  const ScratchFrame frame(scratch);
  const auto mine = scratch.AllocateArray<char>(100);
  std::fill(mine.begin(), mine.end(), 'm');
  const std::string csv = AccessLogOf(50);
  std::string json(40'000, '?');
  ASSERT_TRUE(ConvertAccessLog(csv, scratch, json).ok());
  EXPECT_EQ(scratch.used_bytes(), 100u);
  EXPECT_EQ(std::string(mine.begin(), mine.end()), std::string(100, 'm'));
}

TEST(Task16AccessLog, AllocatesNothingOnceTheScratchHasGrown) {
  const std::string csv = AccessLogOf(200);
  std::string json(100'000, '?');
  Scratch scratch;
  ASSERT_TRUE(ConvertAccessLog(csv, scratch, json).ok());
  const AllocationScope scope;
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(ConvertAccessLog(csv, scratch, json).ok());
  }
  EXPECT_EQ(scope.Counts().allocations, 0);
}

TEST(Task16AccessLog, MoreRecordsNeedNoMoreMemory) {
  std::int64_t peaks[2];
  for (int i = 0; i < 2; ++i) {
    const std::string csv = AccessLogOf(i == 0 ? 40 : 1000);
    std::string json(500'000, '?');
    const AllocationScope scope;
    Scratch scratch;
    ASSERT_TRUE(ConvertAccessLog(csv, scratch, json).ok());
    peaks[i] = scope.Counts().peak_live_bytes;
    EXPECT_LE(scope.Counts().allocations, 2) << "the scratch, and its growth";
  }
  EXPECT_EQ(peaks[0], peaks[1]);
}

TEST(Task16AccessLog, ReachesTheGoalsOfTheChapter) {
  const std::string csv = AccessLogOf(1000);
  std::string json(500'000, '?');
  std::string want(500'000, '?');
  AllocationCounts counts;
  AllocationCounts plain;
  {
    const AllocationScope scope;
    Scratch scratch;
    json.resize(ConvertAccessLog(csv, scratch, json).size);
    counts = scope.Counts();
  }
  {
    const AllocationScope scope;
    before::Scratch scratch;
    want.resize(before::ConvertAccessLog(csv, scratch, want).size);
    plain = scope.Counts();
  }
  EXPECT_EQ(json, want);
  EXPECT_LE(counts.allocations * 20, plain.allocations)
      << "95 % fewer allocations; at first " << plain.allocations;
  EXPECT_LE(counts.peak_live_bytes * 10, plain.peak_live_bytes * 4)
      << "60 % less at the peak; at first " << plain.peak_live_bytes;
  RecordGain("allocations", plain.allocations, counts.allocations);
  RecordGain("peak_bytes", plain.peak_live_bytes, counts.peak_live_bytes);
  RecordProperty("allocations_of_a_record",
                 static_cast<int>(plain.allocations / 1000));
}

TEST(Task16AccessLog, AnswersAMillionRandomBytesAsThePlainForm) {
  SeedTrace trace;
  Random random(422);
  Scratch scratch;
  before::Scratch plain_scratch;
  std::string json(20'000, '?');
  std::string want(20'000, '?');
  std::string csv;
  for (int bytes = 0; bytes < kRandomInputs;) {
    csv = AccessLogOf(3);
    for (std::size_t k = random.Below(4); k > 0; --k) {
      csv[random.Below(csv.size())] =
          "\"\"%%,,\n\r1.-e\xC3\x80 Zz"[random.Below(16)];
    }
    bytes += static_cast<int>(csv.size());
    const AllocationScope scope;
    const auto result = ConvertAccessLog(csv, scratch, json);
    ASSERT_LE(scope.Counts().allocations, 2) << "the scratch, and its growth";
    const auto expected = before::ConvertAccessLog(csv, plain_scratch, want);
    ASSERT_TRUE(SameResult(result, expected)) << csv;
    ASSERT_EQ(Written(json, result), Written(want, expected)) << csv;
  }
}

}  // namespace
}  // namespace workbook
