// SPDX-License-Identifier: Apache-2.0

#include "tools/bazel_client/build_events.h"

#include <charconv>
#include <utility>

#include "nlohmann/json.hpp"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

using Json = nlohmann::json;

const Json& Member(const Json& object, const char* name) {
  static const Json kNothing;
  if (!object.is_object()) return kNothing;
  const auto found = object.find(name);
  return found == object.end() ? kNothing : *found;
}

std::string Text(const Json& object, const char* name) {
  const Json& value = Member(object, name);
  return value.is_string() ? value.get<std::string>() : std::string();
}

bool Flag(const Json& object, const char* name) {
  const Json& value = Member(object, name);
  return value.is_boolean() && value.get<bool>();
}

// Protocol buffers write 64-bit numbers as strings.
int Number(const Json& object, const char* name) {
  const Json& value = Member(object, name);
  if (value.is_number_integer()) return value.get<int>();
  int number = 0;
  if (value.is_string()) {
    const std::string text = value.get<std::string>();
    std::from_chars(text.data(), text.data() + text.size(), number);
  }
  return number;
}

// Bazel 6 and later write "@//a:b" or "@@//a:b".
std::string Label(const Json& id) {
  std::string label = Text(id, "label");
  label.erase(0, label.find_first_not_of('@'));
  return label;
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::filesystem::path PathOfUri(std::string_view uri) {
  constexpr std::string_view kFile = "file://";
  if (!uri.starts_with(kFile)) return {};
  uri.remove_prefix(kFile.size());
  std::string path;
  for (size_t i = 0; i < uri.size(); ++i) {
    if (uri[i] == '%' && i + 2 < uri.size() && HexDigit(uri[i + 1]) >= 0 &&
        HexDigit(uri[i + 2]) >= 0) {
      path +=
          static_cast<char>(HexDigit(uri[i + 1]) * 16 + HexDigit(uri[i + 2]));
      i += 2;
    } else {
      path += uri[i];
    }
  }
  return path;
}

void AddCompleted(const Json& event, const Json& id, BuildEvents& events) {
  BazelTarget& target = events.targets[Label(id)];
  const Json& completed = Member(event, "completed");
  target.built = Flag(completed, "success");
  if (!target.built) events.not_built.push_back(Label(id));
  target.timeout_seconds = Number(completed, "testTimeoutSeconds");
  // Bazel's newer word for it: "60s".
  if (target.timeout_seconds == 0) {
    target.timeout_seconds = Number(completed, "testTimeout");
  }
  for (const Json& output : Member(completed, "importantOutput")) {
    target.outputs.push_back(PathOfUri(Text(output, "uri")));
  }
  for (const Json& child : Member(event, "children")) {
    const Json& action = Member(child, "actionCompleted");
    if (action.is_object()) {
      target.failed_actions.push_back(Text(action, "primaryOutput"));
    }
  }
  const Json& aborted = Member(event, "aborted");
  if (aborted.is_object()) {
    target.abort_reason = Text(aborted, "description");
    if (target.abort_reason.empty()) {
      target.abort_reason = Text(aborted, "reason");
    }
  }
}

void AddAction(const Json& event, const Json& id, BuildEvents& events) {
  const Json& action = Member(event, "action");
  if (Flag(action, "success")) return;
  events.actions[Text(id, "primaryOutput")] = {
      .label = Label(id),
      .kind = Text(action, "type"),
      .stderr_file = PathOfUri(Text(Member(action, "stderr"), "uri"))};
}

void AddTestResult(const Json& event, const Json& id, BuildEvents& events) {
  const Json& result = Member(event, "testResult");
  BazelTest outcome{
      .status = Text(result, "status"),
      .duration_ms = Number(result, "testAttemptDurationMillis"),
      .cached = Flag(result, "cachedLocally") ||
                Flag(Member(result, "executionInfo"), "cachedRemotely")};
  for (const Json& output : Member(result, "testActionOutput")) {
    const std::string name = Text(output, "name");
    const std::filesystem::path path = PathOfUri(Text(output, "uri"));
    if (name == "test.log") outcome.log = path;
    if (name == "test.xml") outcome.xml = path;
  }
  std::optional<BazelTest>& test = events.targets[Label(id)].test;
  // The worst shard counts, but a test that is tried again gets its new result.
  const bool again = Number(id, "attempt") > 1;
  if (!test || test->Passed() || again) test = std::move(outcome);
}

// It decides over attempts: one that passed in the end is "FLAKY". A test that
// never ran has a status and no files.
void AddTestSummary(const Json& event, const Json& id, BuildEvents& events) {
  const std::string status =
      Text(Member(event, "testSummary"), "overallStatus");
  std::optional<BazelTest>& test = events.targets[Label(id)].test;
  if (!test) test.emplace();
  test->status = status;
}

void AddEvent(const Json& event, BuildEvents& events) {
  const Json& id = Member(event, "id");
  if (const Json& target = Member(id, "targetCompleted"); target.is_object()) {
    AddCompleted(event, target, events);
  } else if (const Json& action = Member(id, "actionCompleted");
             action.is_object()) {
    AddAction(event, action, events);
  } else if (const Json& test = Member(id, "testResult"); test.is_object()) {
    AddTestResult(event, test, events);
  } else if (const Json& summary = Member(id, "testSummary");
             summary.is_object()) {
    AddTestSummary(event, summary, events);
  } else if (Member(event, "finished").is_object()) {
    events.exit_code =
        Number(Member(Member(event, "finished"), "exitCode"), "code");
  } else if (const Json& aborted = Member(event, "aborted");
             aborted.is_object()) {
    const std::string description = Text(aborted, "description");
    if (!description.empty()) events.problems.push_back(description);
  }
}

}  // namespace

BuildEvents ParseBuildEvents(std::string_view json_lines) {
  BuildEvents events;
  for (const std::string_view line : SplitLines(json_lines)) {
    const Json event = Json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (event.is_object()) AddEvent(event, events);
  }
  return events;
}

}  // namespace workbook
