#include "tools/authoring/bazel_events.h"

#include <cstddef>
#include <nlohmann/json.hpp>

namespace workbook {
namespace {

using Json = nlohmann::json;

// The member, or null where there is none: events differ by Bazel's version.
const Json& At(const Json& object, const char* name) {
  static const Json kNothing;
  if (!object.is_object()) return kNothing;
  const auto found = object.find(name);
  return found != object.end() ? *found : kNothing;
}

std::string Text(const Json& object, const char* name) {
  const Json& value = At(object, name);
  return value.is_string() ? value.get<std::string>() : std::string{};
}

// Bazel 6 and later write "@//a:b" or "@@//a:b".
std::string Label(const Json& id) {
  std::string label = Text(id, "label");
  label.erase(0, label.find_first_not_of('@'));
  return label;
}

std::string LocalPath(const std::string& uri) {
  constexpr std::string_view kFile = "file://";
  return uri.starts_with(kFile) ? uri.substr(kFile.size()) : std::string{};
}

void ReadEvent(const Json& event, BazelEvents& events) {
  const Json& id = At(event, "id");
  if (const Json& target = At(id, "targetCompleted"); target.is_object()) {
    const Json& success = At(At(event, "completed"), "success");
    const bool built = success.is_boolean() && success.get<bool>();
    (built ? events.built : events.not_built).push_back(Label(target));
  } else if (const Json& test = At(id, "testResult"); test.is_object()) {
    const Json& outcome = At(event, "testResult");
    BazelTestResult result;
    result.status = Text(outcome, "status");
    for (const Json& file : At(outcome, "testActionOutput")) {
      if (Text(file, "name") == "test.log") {
        result.log = LocalPath(Text(file, "uri"));
      }
    }
    // A test in shards or attempts has several results: the worst counts.
    const auto [place, fresh] = events.tests.emplace(Label(test), result);
    if (!fresh && place->second.Passed()) place->second = result;
  } else if (const Json& summary = At(id, "testSummary"); summary.is_object()) {
    // It decides over attempts: one that passed in the end is "FLAKY".
    const std::string status = Text(At(event, "testSummary"), "overallStatus");
    events.tests[Label(summary)].status = status;
  }
}

}  // namespace

BazelEvents ParseBazelEvents(std::string_view lines) {
  BazelEvents events;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    const Json event = Json::parse(lines.substr(0, end), nullptr,
                                   /*allow_exceptions=*/false);
    ReadEvent(event, events);
    if (end == std::string_view::npos) break;
    lines.remove_prefix(end + 1);
  }
  return events;
}

}  // namespace workbook
