#include "exercises/02_02/testdata/inputs.h"

#include <algorithm>
#include <stdexcept>

namespace workbook {
namespace {

// Raw string literals, which BUILD.bazel makes of the files.
constexpr char kZonesCsv[] =
#include "exercises/02_02/testdata/zones.csv.inc"
    ;
constexpr char kTimeZoneData[] =
#include "exercises/02_02/testdata/tzdata.zi.inc"
    ;
constexpr char kRequests[] =
#include "exercises/02_02/testdata/requests.txt.inc"
    ;

// Without the NUL that ends a literal.
template <std::size_t kBytes>
std::string_view Text(const char (&literal)[kBytes]) {
  return {literal, kBytes - 1};
}

// \r \n \t \\ and \xNN, as README.md describes.
std::string Unescape(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      bytes += text[i];
      continue;
    }
    const char kind = i + 1 < text.size() ? text[++i] : '?';
    if (kind == 'x' && i + 2 < text.size()) {
      bytes += static_cast<char>(
          std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    } else if (kind == 'r' || kind == 'n' || kind == 't' || kind == '\\') {
      bytes += kind == 'r'   ? '\r'
               : kind == 'n' ? '\n'
               : kind == 't' ? '\t'
                             : '\\';
    } else {
      throw std::runtime_error("requests.txt: unknown escape");
    }
  }
  return bytes;
}

HttpExample ParseExample(std::string_view line) {
  const std::size_t first = line.find('\t');
  const std::size_t second = line.find('\t', first + 1);
  if (second == std::string_view::npos) {
    throw std::runtime_error("requests.txt: not name, status, request: " +
                             std::string(line));
  }
  HttpExample example;
  example.name = line.substr(0, first);
  example.status = std::stoi(std::string(line.substr(first + 1)));
  example.bytes = Unescape(line.substr(second + 1));
  return example;
}

// What would only blow the file up.
void AddGenerated(std::vector<HttpExample>& examples) {
  const std::string start = "GET / HTTP/1.1\r\nHost: example.org\r\n";
  const std::string mebibyte(1 << 20, 'a');
  examples.push_back(
      {"header_of_1_mib", 431, start + "X-Large: " + mebibyte + "\r\n\r\n"});
  examples.push_back(
      {"header_of_1_mib_without_end", 431, start + "X-Large: " + mebibyte});
  examples.push_back({"target_of_1_mib", 431,
                      "GET /" + mebibyte + " HTTP/1.1\r\nHost: a\r\n\r\n"});
  examples.push_back(
      {"target_of_3000_bytes", 414,
       "GET /" + mebibyte.substr(0, 3000) + " HTTP/1.1\r\nHost: a\r\n\r\n"});
  examples.push_back({"body_of_1_mib", 413,
                      "POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: "
                      "1048576\r\n\r\n" +
                          mebibyte});
  examples.push_back({"body_of_60_kib", 200,
                      "POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: "
                      "61440\r\n\r\n" +
                          mebibyte.substr(0, 61440)});
  examples.push_back({"chunk_of_1_mib", 413,
                      "POST /up HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
                      "chunked\r\n\r\n100000\r\n" +
                          mebibyte + "\r\n0\r\n\r\n"});
  std::string many = start;
  for (int i = 0; i < 200; ++i) {
    many += "X-Field-" + std::to_string(i) + ": value\r\n";
  }
  examples.push_back({"two_hundred_fields", 431, many + "\r\n"});
  std::string chunks =
      "POST /up HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 1000; ++i) chunks += "10;n=1\r\n0123456789abcdef\r\n";
  examples.push_back({"a_thousand_chunks", 200, chunks + "0\r\n\r\n"});
}

}  // namespace

std::string_view ZonesCsv() { return Text(kZonesCsv); }

std::string_view TimeZoneData() { return Text(kTimeZoneData); }

const std::vector<HttpExample>& HttpExamples() {
  static const std::vector<HttpExample> examples = [] {
    std::vector<HttpExample> all;
    std::string_view rest = Text(kRequests);
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      if (!line.empty() && line[0] != '#') all.push_back(ParseExample(line));
    }
    AddGenerated(all);
    return all;
  }();
  return examples;
}

}  // namespace workbook
