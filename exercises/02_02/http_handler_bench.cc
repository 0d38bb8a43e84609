// SPDX-License-Identifier: Apache-2.0

#include <benchmark/benchmark.h>

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "02_02/http_handler.h"
#include "exercises/02_02/before/http_handler.h"
#include "exercises/02_02/testdata/inputs.h"
#include "tools/bench/keep.h"
#include "tools/bench/orders.h"
#include "tools/bench/rows.h"
#include "tools/bench/verify.h"

#ifdef WORKBOOK_HAS_BOOST_BEAST
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#endif

namespace workbook {
namespace {

constexpr char kCase[] = "http_handler/corpus";

InputOrders<const HttpExample*> Orders() {
  std::vector<const HttpExample*> all;
  for (const HttpExample& example : HttpExamples()) all.push_back(&example);
  return {std::move(all), 9};
}

// Every request of the corpus once, in a fresh order each time; an item is one
// request. The digest is of all responses, so a wrong one is an error and not a
// record.
template <typename Handler>
void Corpus(benchmark::State& state) {
  Handler handler;
  Digest digest;
  for (const HttpExample& example : HttpExamples()) {
    digest.Add(handler.Handle(example.bytes));
  }
  RequireSameDigest(state, kCase, digest);
  auto orders = Orders();
  for (auto _ : state) {
    for (const HttpExample* const example : orders.Next()) {
      Keep(handler.Handle(example->bytes).data());
    }
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(HttpExamples().size()));
}

#ifdef WORKBOOK_HAS_BOOST_BEAST
// Only parsing: it decodes no target and writes no response. Its rules for what
// to refuse differ in details.
bool ParseWithBeast(std::string_view bytes) {
  namespace http = boost::beast::http;
  http::request_parser<http::string_body> parser;
  parser.eager(true);
  parser.header_limit(HttpHandler::kMaxHeadBytes);
  parser.body_limit(HttpHandler::kMaxBodyBytes);
  boost::system::error_code error;
  parser.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
  return !error && parser.is_done();
}

void Beast(benchmark::State& state) {
  auto orders = Orders();
  for (auto _ : state) {
    int accepted = 0;
    for (const HttpExample* const example : orders.Next()) {
      accepted += ParseWithBeast(example->bytes) ? 1 : 0;
    }
    if (accepted < 150) state.SkipWithError("beast refuses good requests");
    Keep(accepted);
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<std::int64_t>(HttpExamples().size()));
}
#endif

const RegisterRows registration([] {
  AddRow(kCase, Role::kBaseline, "before", Corpus<before::HttpHandler>);
  AddRow(kCase, Role::kSubject, "HttpHandler", Corpus<HttpHandler>);
#ifdef WORKBOOK_HAS_BOOST_BEAST
  AddRow(kCase, Role::kPeer, "boost::beast, parsing only", Beast);
#else
  AddGap(kCase, "boost::beast, parsing only", "libboost1.81-dev");
#endif
});

}  // namespace
}  // namespace workbook
