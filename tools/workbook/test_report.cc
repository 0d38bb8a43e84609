// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/test_report.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <utility>

#include "pugixml.hpp"
#include "tools/text/text_file.h"
#include "tools/workbook/code_text.h"

namespace workbook::cli {
namespace {

int ToInt(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string Attribute(const pugi::xml_node& element, const char* name) {
  return element.attribute(name).as_string();
}

// All of it: GoogleTest splits a text that holds "]]>" over several sections.
std::string TextOf(const pugi::xml_node& element) {
  std::string text;
  for (const pugi::xml_node& child : element.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
      text += child.value();
    }
  }
  return text;
}

// Bazel's own report names no class, and says "exited with error code 139".
int ExitCodeOf(const pugi::xml_node& test_case) {
  constexpr std::string_view kExited = "exited with error code ";
  for (const pugi::xml_node& child : test_case.children()) {
    const std::string message = Attribute(child, "message");
    if (message.starts_with(kExited)) {
      return ToInt(std::string_view(message).substr(kExited.size()));
    }
  }
  return 0;
}

void AddCase(const pugi::xml_node& element, TestXml& report) {
  if (!element.attribute("classname")) {
    report.exit_code_of_silent_program = ExitCodeOf(element);
    return;
  }
  if (Attribute(element, "status") == "notrun") return;
  TestCaseResult result{.suite = Attribute(element, "classname"),
                        .name = Attribute(element, "name"),
                        .file = Attribute(element, "file"),
                        .line = ToInt(Attribute(element, "line"))};
  for (const pugi::xml_node& property :
       element.child("properties").children("property")) {
    result.properties[Attribute(property, "name")] =
        Attribute(property, "value");
  }
  for (const pugi::xml_node& child : element.children()) {
    const std::string_view name = child.name();
    if (name != "failure" && name != "error") continue;
    result.failed = true;
    result.failure = TextOf(child);
    if (result.failure.empty()) result.failure = Attribute(child, "message");
    break;
  }
  report.cases.push_back(std::move(result));
}

void SkipSpace(std::string_view& text) {
  while (!text.empty() &&
         std::isspace(static_cast<unsigned char>(text.front())) != 0) {
    text.remove_prefix(1);
  }
}

std::string TakeIdentifier(std::string_view& text) {
  SkipSpace(text);
  size_t length = 0;
  while (length < text.size() && IsIdentifierByte(text[length])) ++length;
  std::string name(text.substr(0, length));
  text.remove_prefix(length);
  return name;
}

bool TakeCharacter(std::string_view& text, char character) {
  SkipSpace(text);
  if (!text.starts_with(character)) return false;
  text.remove_prefix(1);
  return true;
}

// Reads "TEST_F(Suite, Name" at the start of `text`, over line ends.
std::optional<ExpectedTest> TakeTest(std::string_view text) {
  constexpr std::array<std::string_view, 5> kMacros = {
      "TEST", "TEST_F", "TEST_P", "TYPED_TEST", "TYPED_TEST_P"};
  const std::string macro = TakeIdentifier(text);
  if (std::find(kMacros.begin(), kMacros.end(), macro) == kMacros.end()) {
    return std::nullopt;
  }
  ExpectedTest test;
  if (!TakeCharacter(text, '(')) return std::nullopt;
  test.suite = TakeIdentifier(text);
  if (!TakeCharacter(text, ',')) return std::nullopt;
  test.name = TakeIdentifier(text);
  if (test.suite.empty() || test.name.empty()) return std::nullopt;
  if (test.suite.starts_with("DISABLED_")) return std::nullopt;
  if (test.name.starts_with("DISABLED_")) return std::nullopt;
  return test;
}

// "Sizes/Suite/0" holds "Suite".
bool HasPart(std::string_view path, std::string_view part) {
  for (;;) {
    const size_t slash = path.find('/');
    if (path.substr(0, slash) == part) return true;
    if (slash == std::string_view::npos) return false;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace

std::optional<TestXml> ParseTestXml(std::string_view xml) {
  // Texts as they are, line ends and blanks too. UTF-8 is what GoogleTest
  // writes; a byte that is none, out of a test's own message, stays.
  constexpr unsigned kOptions =
      pugi::parse_cdata | pugi::parse_escapes | pugi::parse_ws_pcdata;
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size(), kOptions,
                            pugi::encoding_utf8)) {
    return std::nullopt;
  }
  const pugi::xml_node root = document.document_element();
  if (std::string_view(root.name()) != "testsuites") return std::nullopt;
  TestXml report;
  for (const pugi::xml_node& suite : root.children()) {
    for (const pugi::xml_node& test_case : suite.children("testcase")) {
      AddCase(test_case, report);
    }
  }
  return report;
}

std::vector<ExpectedTest> ScanTests(std::string_view source) {
  std::vector<ExpectedTest> tests;
  int conditions = 0;
  for (size_t begin = 0; begin < source.size();) {
    const std::string_view rest = source.substr(begin);
    std::string_view line = rest.substr(0, rest.find('\n'));
    begin += line.size() + 1;
    SkipSpace(line);
    if (TakeCharacter(line, '#')) {
      const std::string directive = TakeIdentifier(line);
      if (directive.starts_with("if")) ++conditions;
      if (directive == "endif") --conditions;
    } else if (conditions == 0 && !line.empty()) {
      if (auto test = TakeTest(rest)) tests.push_back(*std::move(test));
    }
  }
  return tests;
}

size_t PlaceAmong(const std::vector<ExpectedTest>& expected,
                  std::string_view suite, std::string_view name) {
  const auto found = std::find_if(
      expected.begin(), expected.end(), [&](const ExpectedTest& test) {
        return HasPart(suite, test.suite) && HasPart(name, test.name);
      });
  return static_cast<size_t>(found - expected.begin());
}

int CountMissing(const std::vector<ExpectedTest>& expected,
                 const std::vector<TestCaseResult>& reported) {
  const auto is_missing = [&reported](const ExpectedTest& test) {
    return std::none_of(
        reported.begin(), reported.end(), [&test](const TestCaseResult& got) {
          return HasPart(got.suite, test.suite) && HasPart(got.name, test.name);
        });
  };
  return static_cast<int>(
      std::count_if(expected.begin(), expected.end(), is_missing));
}

}  // namespace workbook::cli
