// SPDX-License-Identifier: Apache-2.0

// Scenario: HTTP/1.1 requests (RFC 9112), each answered with what was
// understood.
#ifndef WORKBOOK_EXERCISES_02_02_BEFORE_HTTP_HANDLER_H_
#define WORKBOOK_EXERCISES_02_02_BEFORE_HTTP_HANDLER_H_

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace workbook::before {

// Answers requests, one after the other.
// Thread safety: one thread at a time for each object.
class HttpHandler {
 public:
  static constexpr std::size_t kMaxHeadBytes = std::size_t{16} << 10;
  static constexpr std::size_t kMaxTargetBytes = 2048;
  static constexpr std::size_t kMaxFields = 64;
  static constexpr std::size_t kMaxBodyBytes = std::size_t{64} << 10;

  // Returns the whole response to one request, valid until the next call.
  // `request` is everything that came before the sender stopped; what follows
  // the first request is not looked at. Nothing in it is trusted.
  //
  // 200 has a JSON body (not sent to HEAD) with the method, the decoded path,
  // the decoded pairs of the query in order, how many fields the head has, the
  // host, the user agent, and length and FNV-1a hash of the decoded body.
  // Refused, in this order:
  //   431  the head, its empty line included, is longer than kMaxHeadBytes
  //   400  the head is not over; NUL, or CR or LF alone, in it; a first line
  //        that is not three words; a wrong character in the method
  //   501  a method other than GET HEAD POST PUT DELETE PATCH OPTIONS
  //   505  a version of HTTP other than 1.0 and 1.1 (400 if it is no version)
  //   414  a target longer than kMaxTargetBytes
  //   400  a target without '/' in front ("*" is for OPTIONS); a bad %-escape,
  //        or NUL, in it
  //   431  more than kMaxFields fields
  //   400  a folded field, one without a name or colon, space before the
  //        colon, a control character; no host or two, in HTTP/1.1;
  //        Content-Length twice or not a number; both framings, which is how
  //        requests are smuggled
  //   501  a transfer encoding other than chunked
  //   417  an expectation other than 100-continue
  //   413  a body longer than kMaxBodyBytes
  //   400  a body that ends early, a wrong chunk
  // Cost: O(request), and for a head that is too long O(kMaxHeadBytes); no
  // allocation unless the response, its content or the chunked body is the
  // longest yet.
  std::string_view Handle(std::string_view request);

 private:
  using Text = std::string;
  using Fields = std::map<Text, std::vector<Text>>;

  struct Refusal {
    int status = 0;  // 0: none
    const char* reason = "";
  };

  struct Request {
    Text method;
    Text target;
    Text version;
    Fields fields;
    std::size_t field_count = 0;
    Text body;
  };

  // http_handler.cc: reads.
  Refusal Parse(const Text& text, Request& request);
  Refusal ParseFirstLine(const Text& line, Request& request);
  Refusal ParseFields(Text lines, Request& request);
  Refusal ParseBody(const Text& text, Request& request);
  Refusal ParseChunks(Text text, Request& request);
  // http_response.cc: writes.
  void Accept(const Request& request);
  void Refuse(Refusal refusal);

  std::string response_;
};

}  // namespace workbook::before

#endif  // WORKBOOK_EXERCISES_02_02_BEFORE_HTTP_HANDLER_H_
