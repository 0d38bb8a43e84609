// SPDX-License-Identifier: Apache-2.0

#include "exercises/04_03/given/request_trace.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <stdexcept>
#include <system_error>

extern "C" {
extern const char workbook_requests_gcc_begin[];
extern const char workbook_requests_gcc_end[];
extern const char workbook_requests_git_begin[];
extern const char workbook_requests_git_end[];
extern const char workbook_requests_python3_begin[];
extern const char workbook_requests_python3_end[];
extern const char workbook_requests_sqlite3_begin[];
extern const char workbook_requests_sqlite3_end[];
}

namespace workbook {
namespace {

struct Recorded {
  const char* name;
  const char* begin;
  const char* end;
};

const std::array<Recorded, 4> kRecorded = {{
    {"gcc", workbook_requests_gcc_begin, workbook_requests_gcc_end},
    {"git", workbook_requests_git_begin, workbook_requests_git_end},
    {"python3", workbook_requests_python3_begin, workbook_requests_python3_end},
    {"sqlite3", workbook_requests_sqlite3_begin, workbook_requests_sqlite3_end},
}};

[[noreturn]] void Refuse(const std::string& name, std::size_t line,
                         const std::string& what) {
  throw std::runtime_error(name + ":" + std::to_string(line) + ": " + what +
                           ". Fix: write the file again by `trace requests`");
}

BufferEvent ParseLine(std::string_view text, const std::string& name,
                      std::size_t line) {
  BufferEvent event;
  const char* const end = text.data() + text.size();
  const auto number = std::from_chars(text.data(), end, event.buffer);
  if (number.ec == std::errc() && number.ptr != end && *number.ptr == ',') {
    const auto size = std::from_chars(number.ptr + 1, end, event.size_bytes);
    if (size.ec == std::errc() && size.ptr == end) return event;
  }
  Refuse(name, line, "two numbers with a comma between are expected");
}

}  // namespace

std::vector<std::string> TracedPrograms() {
  std::vector<std::string> names;
  for (const Recorded& recorded : kRecorded) names.emplace_back(recorded.name);
  return names;
}

RequestTrace RecordedRequests(const std::string& program) {
  for (const auto& [name, begin, end] : kRecorded) {
    if (program != name) continue;
    return ParseRequests({begin, static_cast<std::size_t>(end - begin)},
                         program);
  }
  throw std::invalid_argument(program +
                              ": was not recorded. Fix: name one of "
                              "TracedPrograms()");
}

RequestTrace ParseRequests(std::string_view csv, const std::string& name) {
  RequestTrace trace;
  std::vector<bool> is_lent;
  for (std::size_t line = 1; !csv.empty(); ++line) {
    const std::size_t end = std::min(csv.find('\n'), csv.size());
    const std::string_view text = csv.substr(0, end);
    csv.remove_prefix(std::min(end + 1, csv.size()));
    if (line == 1) {
      if (text != "buffer,size_bytes") Refuse(name, 1, "the header is missing");
      continue;
    }
    const BufferEvent event = ParseLine(text, name, line);
    // Numbers are the lowest that are free, so a new one is the next.
    if (event.buffer > trace.buffers)
      Refuse(name, line, "a number is left out");
    if (event.buffer == trace.buffers) {
      ++trace.buffers;
      is_lent.push_back(false);
    }
    if (is_lent[event.buffer] == event.IsRequest()) {
      Refuse(name, line, "the buffer is requested, or comes back, twice");
    }
    is_lent[event.buffer] = event.IsRequest();
    trace.events.push_back(event);
  }
  return trace;
}

}  // namespace workbook
