#include "tools/workbook/html_report.h"

#include <algorithm>

#include "fmt/format.h"
#include "nlohmann/json.hpp"

namespace workbook::cli {
namespace {

using Json = nlohmann::ordered_json;

// One object a quantity.
Json GainsData(const std::vector<ReportedTask>& tasks) {
  Json gains = Json::array();
  for (const ReportedTask& task : tasks) {
    for (const Gain& gain : task.gains) {
      gains.push_back({{"task", task.number},
                       {"title", task.title},
                       {"name", gain.name},
                       {"before", gain.before},
                       {"after", gain.after}});
    }
  }
  return gains;
}

Json CourseData(const ReportedCourse& course) {
  Json exercises = Json::array();
  for (const ReportedExercise& each : course.exercises) {
    Json measurements = Json::array();
    for (const std::string& text : each.measurements) {
      measurements.push_back(Json::parse(text));
    }
    exercises.push_back(
        {{"id", each.id},
         {"title", each.title},
         {"green_tasks", each.green_tasks},
         {"tasks", each.tasks},
         {"gains", GainsData(each.gains)},
         {"measurements", measurements},
         {"exact",
          each.exact.empty() ? Json(nullptr) : Json::parse(each.exact)}});
  }
  return {{"exercises", exercises}, {"damaged", course.damaged}};
}

// Within <script> only "<" could end the element.
std::string ForScript(const Json& json) {
  std::string text;
  for (const char c :
       json.dump(-1, ' ', true, Json::error_handler_t::replace)) {
    if (c == '<') {
      text += "\\u003c";
    } else {
      text += c;
    }
  }
  return text;
}

std::string Cell(const Json& row, const char* name) {
  const auto found = row.find(name);
  if (found == row.end() || !found->is_number()) return "-";
  const double value = found->get<double>();
  // Bytes and counts in full; "1.383e+05" is nobody's figure.
  return value >= 1000 ? fmt::format("{:.0f}", value)
                       : fmt::format("{:.4g}", value);
}

// A bar within a cell would end it.
std::string CellText(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '|') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

// The reference's time of a case; 0 where there is none.
double ReferenceNs(const Json& bench_case) {
  for (const Json& row : bench_case.value("rows", Json::array())) {
    if (row.value("role", "") == "reference")
      return row.value("ns_per_op", 0.0);
  }
  return 0;
}

// Less is within what one row varies by.
constexpr double kAhead = 0.95;

// What a row says beside times and allocations, in one cell.
std::string CounterCell(const Json& row) {
  const Json counters = row.value("counters", Json::object());
  std::string text;
  for (const auto& [name, value] : counters.items()) {
    text += fmt::format("{}{} {:.4g}", text.empty() ? "" : ", ", CellText(name),
                        value.get<double>());
  }
  return text;
}

bool HasCounters(const Json& bench_case) {
  const Json rows = bench_case.value("rows", Json::array());
  return std::any_of(rows.begin(), rows.end(),
                     [](const Json& row) { return !CounterCell(row).empty(); });
}

std::string MarkdownRow(const Json& row, double reference_ns,
                        bool with_counters) {
  const bool is_ahead =
      row.value("role", "") == "peer" && row.contains("ns_per_op") &&
      row["ns_per_op"].is_number() && row["ns_per_op"] < kAhead * reference_ns;
  const std::string head = fmt::format(
      "| {}{} | {} |", row.value("role", ""), is_ahead ? ", **ahead**" : "",
      CellText(row.value("implementation", "")));
  const std::string status = row.value("status", "");
  if (!status.empty()) {
    return head + fmt::format(" {} | | | | |{}\n",
                              status == "gap" ? "not installed" : status,
                              with_counters ? " |" : "");
  }
  return head + fmt::format(" {} | {} ({} to {}) | {} | {} | {} |{}\n",
                            Cell(row, "ns_per_op"),
                            Cell(row, "ratio_to_baseline"),
                            Cell(row, "ratio_low"), Cell(row, "ratio_high"),
                            Cell(row, "bytes_per_op"),
                            Cell(row, "allocs_per_op"), Cell(row, "peak_bytes"),
                            with_counters ? " " + CounterCell(row) + " |" : "");
}

// A stub that nobody has written says nothing about the reference.
bool IsUnwritten(const Json& row) {
  return row.value("role", "") == "yours" &&
         row.value("status", "") == "not_written";
}

std::string MarkdownExercise(const ReportedExercise& exercise) {
  const Json json = Json::parse(exercise.measurements.back());
  std::string text = fmt::format(
      "\n## {} {}\n\nMeasured {} at {}{}. Processor: {}. Kernel: {}. "
      "Compiler: {}, `{}`.\n",
      exercise.id, exercise.title, json.value("measured_at", "").substr(0, 10),
      json.value("commit", ""), json.value("edited", false) ? ", edited" : "",
      json.value("processor", ""), json.value("kernel", ""),
      json.value("compiler", ""), json.value("flags", ""));
  for (const Json& note : json.value("disturbances", Json::array())) {
    text += fmt::format("Note: {}.\n", note.get<std::string>());
  }
  for (const Json& each : json.value("cases", Json::array())) {
    const bool with_counters = HasCounters(each);
    text += fmt::format(
        "\n### {}\n\n| row | implementation | ns/op | x baseline (95 %) | B/op "
        "| allocs/op | peak B |{}\n|---|---|---:|---:|---:|---:|---:|{}\n",
        each.value("case", ""), with_counters ? " counters |" : "",
        with_counters ? "---|" : "");
    for (const Json& row : each.value("rows", Json::array())) {
      if (IsUnwritten(row)) continue;
      text += MarkdownRow(row, ReferenceNs(each), with_counters);
    }
  }
  return text;
}

std::string MarkdownExact(const std::string& measurement) {
  const Json json = Json::parse(measurement);
  std::string text = fmt::format(
      "\n### Instructions an operation\n\nCounted by callgrind on {} at {}{}; "
      "simulated caches: D1 32 KiB, LL 8 MiB.\n\n| row | instructions | D1 "
      "misses | LL misses |\n|---|---:|---:|---:|\n",
      json.value("measured_at", "").substr(0, 10), json.value("commit", ""),
      json.value("edited", false) ? ", edited" : "");
  for (const Json& row : json.value("exact", Json::array())) {
    const std::string why = row.value("not_deterministic", "");
    text += fmt::format("| {}{} | {} | {} | {} |\n", row.value("name", ""),
                        why.empty() ? "" : " (" + why + ")",
                        Cell(row, "instructions_per_op"),
                        Cell(row, "first_level_misses_per_op"),
                        Cell(row, "last_level_misses_per_op"));
  }
  return text;
}

}  // namespace

std::string HtmlReport(const ReportedCourse& course, const PageParts& parts) {
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta "
         "charset=\"utf-8\">\n"
         "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
         "'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'\">\n"
         "<meta name=\"viewport\" content=\"width=device-width\">\n"
         "<title>Memory Workbook: report</title>\n<style>\n" +
         parts.style +
         "</style>\n</head>\n<body>\n<main>\n<h1>Memory Workbook</h1>\n"
         "<div id=\"report\"></div>\n<noscript>The tables are drawn by a "
         "script in this page; please allow it.</noscript>\n</main>\n"
         "<script id=\"data\" type=\"application/json\">" +
         ForScript(CourseData(course)) + "</script>\n<script>" + parts.d3 +
         "</script>\n<script>" + parts.plot + "</script>\n<script>\n" +
         parts.script + "</script>\n</body>\n</html>\n";
}

std::string MarkdownReport(const ReportedCourse& course) {
  std::string text =
      "# Benchmarks\n\nWritten by `./workbook report --benchmarks` from the "
      "newest figures of each exercise.\nA ratio holds within one case; a "
      "figure in nanoseconds is this machine on this day. Where a peer is "
      "**ahead** of\nthe reference by more than 5 %, the exercise's NOTES.md "
      "says why.\n";
  for (const ReportedExercise& each : course.exercises) {
    if (!each.measurements.empty()) text += MarkdownExercise(each);
    if (!each.exact.empty()) text += MarkdownExact(each.exact);
  }
  return text;
}

}  // namespace workbook::cli
