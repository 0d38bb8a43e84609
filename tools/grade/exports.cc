#include "tools/grade/exports.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace workbook::grade {
namespace {

// For XML and HTML. Whatever is no printable ASCII becomes a question mark:
// bidirectional marks and broken UTF-8 would reach a browser otherwise.
std::string Escape(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      case '\n':
        escaped += '\n';
        break;
      default:
        escaped += c >= ' ' && c <= '~' ? c : '?';
    }
  }
  return escaped;
}

std::string Plain(const std::string& text) {
  std::string plain;
  for (const char c : text) {
    plain += (c >= ' ' && c <= '~') || c == '\n' ? c : '?';
  }
  return plain;
}

// Rows of cells; quotes as in RFC 4180.
bool ParseCsv(const std::string& text,
              std::vector<std::vector<std::string>>& rows) {
  std::vector<std::string> row{""};
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
        row.back() += '"';
        ++i;
      } else if (c == '"') {
        quoted = false;
      } else {
        row.back() += c;
      }
    } else if (c == '"') {
      quoted = true;
    } else if (c == ',') {
      row.emplace_back();
    } else if (c == '\n') {
      rows.push_back(row);
      row = {""};
    } else if (c != '\r') {
      row.back() += c;
    }
  }
  if (row.size() > 1 || !row[0].empty()) rows.push_back(row);
  return !quoted;
}

std::string Cell(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string cell = "\"";
  for (const char c : text)
    cell += c == '"' ? std::string("\"\"") : std::string(1, c);
  return cell + '"';
}

std::size_t Column(const std::vector<std::string>& header,
                   const std::string& name) {
  return static_cast<std::size_t>(
      std::find(header.begin(), header.end(), name) - header.begin());
}

}  // namespace

std::string GradescopeResults(const Result& result, const MarkRules& rules) {
  nlohmann::json tests = nlohmann::json::array();
  std::string notes;
  for (const std::string& note : result.notes) notes += Plain(note) + "\n";
  for (const TaskResult& task : result.tasks) {
    std::string output = task.message.empty() ? ""
                                              : std::string(Name(task.state)) +
                                                    "\n" + task.message + "\n";
    for (const TestVerdict& test : task.tests) {
      if (test.hidden && rules.hidden_tests != "names") continue;
      output += test.name + ": " + Name(test.state);
      if (!test.hidden && !test.message.empty()) output += ": " + test.message;
      output += '\n';
    }
    tests.push_back({{"number", std::to_string(task.number)},
                     {"name", Plain(task.title)},
                     {"score", task.points},
                     {"max_score", task.max_points},
                     {"output", Plain(output)},
                     {"output_format", "text"}});
  }
  nlohmann::json all{
      {"score", result.points},        {"output", notes},
      {"output_format", "text"},       {"visibility", "after_published"},
      {"stdout_visibility", "hidden"}, {"tests", tests}};
  // Without marks, no score: Gradescope then says that it failed.
  if (result.state == "infrastructure") all.erase("score");
  return all.dump(2) + "\n";
}

std::string JUnitXml(const std::vector<Result>& results) {
  std::string xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  for (const Result& result : results) {
    std::string cases;
    int tests = 0;
    int failures = 0;
    int errors = 0;
    const auto add = [&](const std::string& suite, const std::string& name,
                         const std::string& child) {
      ++tests;
      cases += fmt::format(
          "    <testcase classname=\"{}\" name=\"{}\">{}</testcase>\n",
          Escape(suite), Escape(name), child);
    };
    for (const TaskResult& task : result.tasks) {
      if (task.state != TaskState::kGraded) {
        ++errors;
        add(fmt::format("Task{}", task.number), task.title,
            fmt::format("<error message=\"{}\">{}</error>", Name(task.state),
                        Escape(task.message)));
      }
      for (const TestVerdict& test : task.tests) {
        std::string child;
        if (test.state == TestState::kSkipped) {
          child = "<skipped/>";
        } else if (test.state != TestState::kPassed) {
          ++failures;
          child = fmt::format("<failure message=\"{}\">{}</failure>",
                              Name(test.state), Escape(test.message));
        }
        const std::size_t dot = test.name.find('.');
        add(test.name.substr(0, dot), test.name.substr(dot + 1), child);
      }
    }
    if (result.tasks.empty()) {
      ++errors;
      add("Submission", "is readable",
          fmt::format("<error message=\"{}\"/>", Escape(result.state)));
    }
    xml += fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" "
        "errors=\"{}\">\n{}  </testsuite>\n",
        Escape(result.student), tests, failures, errors, cases);
  }
  return xml + "</testsuites>\n";
}

std::string FeedbackHtml(const Result& result, const MarkRules& rules) {
  std::string html = fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
      "'none'; style-src 'unsafe-inline'\"><title>{0} {1}</title>"
      "<style>body{{font:16px sans-serif;max-width:60em;margin:2em "
      "auto;padding:0 1em}}td,th{{text-align:left;padding:.2em "
      "1em}}pre{{white-space:pre-wrap}}</style></head><body>\n"
      "<h1>{1}: {0}</h1>\n<p>{2:.2f} of {3:.2f} points</p>\n",
      Escape(result.student), Escape(result.exercise), result.points,
      result.max_points);
  if (result.state == "infrastructure") {
    html += "<p>Not graded yet: the grader failed, not the submission.</p>\n";
  }
  for (const std::string& note : result.notes) {
    html += "<p>" + Escape(note) + "</p>\n";
  }
  for (const TaskResult& task : result.tasks) {
    html += fmt::format("<h2>Task {}: {}</h2>\n<p>{:.2f} of {:.2f}</p>\n",
                        task.number, Escape(task.title), task.points,
                        task.max_points);
    if (!task.message.empty()) {
      html += fmt::format("<p>{}</p><pre>{}</pre>\n", Name(task.state),
                          Escape(task.message));
    }
    html += "<table><tr><th>test</th><th>result</th><th></th></tr>\n";
    for (const TestVerdict& test : task.tests) {
      if (test.hidden && rules.hidden_tests != "names") continue;
      html += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                          Escape(test.name), Name(test.state),
                          test.hidden ? "" : Escape(test.message));
    }
    html += "</table>\n";
  }
  return html + "</body></html>\n";
}

CanvasResult CanvasCsv(const std::string& canvas_export,
                       const std::string& assignment,
                       const std::vector<Result>& results) {
  CanvasResult canvas;
  std::vector<std::vector<std::string>> rows;
  std::string text = canvas_export;
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  if (!ParseCsv(text, rows) || rows.empty()) {
    canvas.error = "the export is empty, or a quote in it never ends";
    return canvas;
  }
  std::vector<std::string> header = rows[0];
  const std::size_t section = Column(header, "Section");
  if (header[0] != "Student" || section == header.size()) {
    canvas.error =
        "line 1 of the export must begin with Student and hold Section";
    return canvas;
  }
  std::map<std::string, const Result*> by_name;
  for (const Result& result : results) {
    by_name[result.student.substr(0, result.student.find('.'))] = &result;
  }
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::vector<std::string>& row = rows[r];
    if (row.size() != header.size()) {
      canvas.error = fmt::format("line {} of the export has {} cells, not {}",
                                 r + 1, row.size(), header.size());
      return canvas;
    }
    const std::size_t target = Column(header, assignment);
    std::string value = target < row.size() ? row[target] : "";
    row.resize(section + 1);
    const bool points_row = row[0].find("Points Possible") != std::string::npos;
    if (r == 0) {
      value = assignment;
    } else if (points_row) {
      if (!results.empty()) {
        value = fmt::format("{:.2f}", results[0].max_points);
      }
    } else {
      const Result* found = nullptr;
      for (const char* id : {"ID", "SIS User ID", "SIS Login ID"}) {
        const std::size_t column = Column(header, id);
        if (column > section || row[column].empty()) continue;
        const auto named = by_name.find(row[column]);
        if (found == nullptr && named != by_name.end()) found = named->second;
      }
      if (found == nullptr) {
        canvas.unmatched.push_back(row[0]);
      } else if (found->state != "infrastructure") {
        value = fmt::format("{:.2f}", found->points);
      }
    }
    row.push_back(value);
    for (std::size_t c = 0; c < row.size(); ++c) {
      canvas.csv += (c == 0 ? "" : ",") + Cell(row[c]);
    }
    canvas.csv += '\n';
  }
  return canvas;
}

}  // namespace workbook::grade
