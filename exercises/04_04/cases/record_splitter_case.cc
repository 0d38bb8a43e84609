// SPDX-License-Identifier: Apache-2.0

// What RecordSplitter promises, call by call: see tools/support/history. The
// chunks end before, in and behind records, and the sink can refuse.
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "04_04/record_splitter.h"
#include "tools/support/history/description.h"

namespace workbook::history {
namespace {

constexpr std::string_view kChunks[] = {"a", "bc", ",", "d,", "e,f,g", "hijk,"};

constexpr char kPreamble[] = R"(
// Once each, where it is told so.
struct Sink : RecordSink {
  bool OnRecord(std::string_view, std::uint64_t) override { return Answer(); }
  bool OnTooLong(const RecordError&) override { return Answer(); }
  bool Answer() {
    if (std::exchange(throws, false)) throw std::length_error("");
    return !std::exchange(says_stop, false);
  }
  bool throws = false;
  bool says_stop = false;
};

)";

class RecordSplitterCase : public Subject {
 public:
  static constexpr int kConfigs = 2;

  void Start(int config) {
    most_ = config == 0 ? 3 : 1;
    Say("Sink sink;");
    Say("RecordSplitter splitter(sink, ", most_, ", ',');");
    In([](auto& splitter, auto& sink,
          std::size_t most) { splitter.Make(*sink, most, ','); },
       splitter_, sink_, most_);
    Expect(Allocations() <= 1, "", "it makes ", Allocations(),
           " allocations, not one");
    Draw("splitter", splitter_);
  }

  bool Process(int which) {
    Say("splitter.Process(\"", kChunks[which], "\");");
    Take(kChunks[which], Way::kTake);
    return true;
  }
  // The sink takes one record and no more for now; the rest comes at once.
  bool ProcessInPieces(int) {
    Say("sink.says_stop = true; splitter.Process(\"e,f,g\");");
    Take("e,f,g", Way::kStop);
    return true;
  }
  bool ProcessThrows(int) {
    Say("sink.throws = true;");
    Say("try { splitter.Process(\"d,\"); } catch (const std::length_error&) "
        "{}");
    Take("d,", Way::kThrow);
    return true;
  }
  bool Flush(int throws) {
    const bool has_rest = stream_.size() != begin_;
    if (throws != 0 && !has_rest) return false;
    Say(throws != 0 ? "sink.throws = true; try { splitter.Flush(); } catch "
                      "(const std::length_error&) {}"
                    : "splitter.Flush();");
    const std::size_t delivered = Delivered();
    const Thrown thrown = In(
        [](auto& splitter, auto& sink, Way way) {
          sink->way = way;
          sink->chunk = {};
          splitter->Flush();
        },
        splitter_, sink_, throws != 0 ? Way::kThrow : Way::kTake);
    Expect((thrown == Thrown::kLengthError) == (throws != 0), "",
           throws != 0 ? "what the sink throws is lost" : "Flush throws");
    CheckRecords(delivered,
                 has_rest ? Cut(stream_.size(), SIZE_MAX) : Records());
    stream_.clear();
    begin_ = 0;
    return true;
  }

  void Check() {
    Expect(Allocations() <= (stream_.empty() ? 1u : 0u), "", "it allocates");
    const std::uint64_t offset =
        Ask([](auto& splitter) { return splitter->Offset(); }, splitter_);
    ExpectEqual("splitter.Offset()", offset, stream_.size());
  }

  bool CanEnd() const { return true; }
  void End() {
    In([](auto& splitter) { splitter.End(); }, splitter_);
  }

  static constexpr CallKind<RecordSplitterCase> kCalls[] = {
      {6, &RecordSplitterCase::Process},
      {2, &RecordSplitterCase::Flush},
      {1, &RecordSplitterCase::ProcessInPieces, 2},
      {1, &RecordSplitterCase::ProcessThrows, 2},
  };

 private:
  enum class Way { kTake, kStop, kThrow };
  struct Record {
    std::string text;  // "" of one that is too long
    std::uint64_t offset;
    std::uint64_t bytes;
    bool is_too_long;
    bool is_in_chunk;  // its bytes are those of the chunk
    bool operator==(const Record&) const = default;
  };
  using Records = std::vector<Record>;

  // Its own memory is none of the splitter's.
  struct Sink : RecordSink {
    bool OnRecord(std::string_view record, std::uint64_t offset) override {
      const bool is_in_chunk =
          std::less_equal()(chunk.data(), record.data()) &&
          std::less()(record.data(), chunk.data() + chunk.size());
      return Add({std::string(record), offset, record.size(), false,
                  is_in_chunk || record.empty()});
    }
    bool OnTooLong(const RecordError& error) override {
      return Add({"", error.offset, error.bytes, true, true});
    }
    bool Add(Record record) {
      const std::size_t allocations = arena.allocations;
      arena.on = false;
      records.push_back(std::move(record));
      arena.on = true;
      arena.allocations = allocations;
      if (way == Way::kThrow) throw std::length_error("");
      return way != Way::kStop;
    }
    Records records;
    Way way = Way::kTake;
    std::string_view chunk;
  };

  // Gives the chunk until all of it is taken.
  void Take(std::string_view chunk, Way way) {
    while (!chunk.empty()) {
      const std::string before = stream_;
      const std::size_t delivered = Delivered();
      const std::size_t chunk_begin = stream_.size();
      std::size_t taken = 0;
      const Thrown thrown = In(
          &taken,
          [](auto& splitter, auto& sink, Way how, std::string_view given) {
            sink->way = how;
            sink->chunk = given;
            return splitter->Process(given);
          },
          splitter_, sink_, way, chunk);
      const std::size_t separator = chunk.find(',');
      const bool is_cut_short =
          way != Way::kTake && separator != std::string_view::npos;
      Expect((thrown == Thrown::kLengthError) ==
                 (way == Way::kThrow && is_cut_short),
             "", "the sink's exception does not go through as it was thrown");
      const std::size_t should = is_cut_short ? separator + 1 : chunk.size();
      if (thrown == Thrown::kNothing) {
        Expect(taken == should, "", "it takes ", taken, " bytes; expected ",
               should);
      }
      stream_ += chunk.substr(0, should);
      Records expected;
      for (std::size_t at = stream_.find(',', begin_); at != std::string::npos;
           at = stream_.find(',', begin_)) {
        const Records one = Cut(at, chunk_begin);
        expected.insert(expected.end(), one.begin(), one.end());
      }
      CheckRecords(delivered, expected);
      chunk.remove_prefix(should);
      way = way == Way::kThrow ? Way::kTake : way;
    }
  }

  // The record that ends at `end`; the next one begins behind its separator.
  Records Cut(std::size_t end, std::size_t chunk_begin) {
    const std::size_t bytes = end - begin_;
    const bool is_too_long = bytes > most_;
    Record record{is_too_long ? "" : stream_.substr(begin_, bytes), begin_,
                  bytes, is_too_long,
                  is_too_long || bytes == 0 || begin_ >= chunk_begin};
    begin_ = end + 1;
    return {record};
  }

  std::size_t Delivered() {
    return Aside([](auto& sink) { return sink->records.size(); }, sink_);
  }

  void CheckRecords(std::size_t from, const Records& expected) {
    Records got;
    for (std::size_t i = from, end = Delivered(); i != end; ++i) {
      const auto [text, offset, bytes, is_too_long, is_in_chunk] = Aside(
          [](auto& sink, std::size_t k) {
            const Record& one = sink->records[k];
            return std::tuple(std::string_view(one.text), one.offset, one.bytes,
                              one.is_too_long, one.is_in_chunk);
          },
          sink_, i);
      got.push_back(
          {std::string(text), offset, bytes, is_too_long, is_in_chunk});
    }
    for (std::size_t i = 0; i != expected.size() && i != got.size(); ++i) {
      Expect(got[i] == expected[i], "", "the sink got ", Show(got[i]),
             "; expected ", Show(expected[i]));
    }
    Expect(got.size() == expected.size(), "", "the sink got ", got.size(),
           " records; expected ", expected.size());
  }
  static std::string Show(const Record& record) {
    return Text(
        record.is_too_long ? "a too long one" : "\"" + record.text + "\"",
        " of ", record.bytes, " bytes at ", record.offset);
  }

  Fixture<Sink> sink_;
  Object<RecordSplitter> splitter_;
  std::size_t most_ = 0;
  // The model: the stream so far, and where its unfinished record begins.
  std::string stream_;
  std::size_t begin_ = 0;
};

}  // namespace
}  // namespace workbook::history

WORKBOOK_CASE(RecordSplitterCase, "04_04/record_splitter.h", kPreamble)
