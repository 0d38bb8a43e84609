// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>
#include <string>

#include "01_02/http_responder.h"
#include "01_02/json_writer.h"
#include "tools/exercise/testing/called_from.h"

namespace workbook {
namespace {

// The JSON that `write` writes, or "error: ..." with the responder's reason.
template <typename Write>
std::string Json(Write write) {
  HttpResponder responder;
  const HttpResponse response = responder.RespondJson({}, write);
  if (!response.ok()) {
    return std::string("error: ") + Describe(response.error());
  }
  return std::string(response.body());
}

// What the writer says about its first mistake; "" if there is none.
template <typename Write>
std::string Problem(Write write, const char* file = __builtin_FILE(),
                    int line = __builtin_LINE()) {
  const CalledFrom here(file, line, "JsonWriter::Finished");
  HttpResponder responder;
  std::string problem;
  responder.RespondJson({}, [&](JsonWriter& json) {
    write(json);
    EXPECT_EQ(json.Finished(), json.problem() == nullptr)
        << "a text is finished if and only if it has no problem";
    if (json.problem() != nullptr) problem = json.problem();
  });
  return problem;
}

TEST(Task13JsonWriter, PutsCommasAndColonsByItself) {
  EXPECT_EQ(Json([](JsonWriter& json) {
              json.BeginObject();
              json.Key("id").Number(7);
              json.Key("tags").BeginArray().String("a").String("b").EndArray();
              json.Key("none").BeginArray().EndArray();
              json.Key("in").BeginObject().Key("x").Null().EndObject();
              json.Key("ok").Bool(true);
              json.EndObject();
            }),
            R"({"id":7,"tags":["a","b"],"none":[],"in":{"x":null},"ok":true})");
  EXPECT_EQ(Json([](JsonWriter& json) { json.String("alone"); }), R"("alone")");
}

TEST(Task13JsonWriter, EscapesWhatJsonRequires) {
  const std::string text("quote\" back\\ \b\f\n\r\t \x01\x1f\0 /\x7f", 25);
  const std::string json =
      Json([&](JsonWriter& writer) { writer.String(text); });
  EXPECT_EQ(
      json,
      "\"quote\\\" back\\\\ \\b\\f\\n\\r\\t \\u0001\\u001f\\u0000 /\x7f\"");
  EXPECT_EQ(nlohmann::json::parse(json).get<std::string>(), text);
}

TEST(Task13JsonWriter, EscapesKeysAsWell) {
  EXPECT_EQ(Json([](JsonWriter& json) {
              json.BeginObject().Key("a\"b").Number(1).EndObject();
            }),
            R"({"a\"b":1})");
}

TEST(Task13JsonWriter, PassesUtf8OnAndReplacesWhatIsNone) {
  const auto written = [](std::string_view text) {
    const std::string json =
        Json([&](JsonWriter& writer) { writer.String(text); });
    const auto parsed = nlohmann::json::parse(json, nullptr, false);
    return parsed.is_string() ? parsed.get<std::string>() : "no JSON string";
  };
  EXPECT_EQ(written("Gr\u00FC\u00DFe \u20AC \U0001F600"),
            "Gr\u00FC\u00DFe \u20AC \U0001F600");
  EXPECT_EQ(written("a\xFF"
                    "b"),
            "a\uFFFDb");
  EXPECT_EQ(written("\xC0\xAF"), "\uFFFD\uFFFD") << "an overlong slash";
  EXPECT_EQ(written("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD") << "a surrogate";
  EXPECT_EQ(written("\xE2\x82"), "\uFFFD\uFFFD") << "cut off";
  EXPECT_EQ(written("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");
}

TEST(Task13JsonWriter, WritesNumbersThatReadBackTheSame) {
  const std::string json = Json([](JsonWriter& writer) {
    writer.BeginArray();
    writer.Number(std::numeric_limits<std::int64_t>::min());
    writer.Number(std::numeric_limits<std::uint64_t>::max());
    writer.Number(0.1).Number(1e300).Number(-0.0).Number(5e-324);
    writer.Number(std::numeric_limits<double>::quiet_NaN());
    writer.Number(std::numeric_limits<double>::infinity());
    writer.EndArray();
  });
  EXPECT_EQ(json,
            "[-9223372036854775808,18446744073709551615,0.1,1e+300,-0,5e-324,"
            "null,null]");
  EXPECT_EQ(nlohmann::json::parse(json)[2].get<double>(), 0.1);
}

TEST(Task13JsonWriter, RefusesTokensThatDoNotNest) {
  EXPECT_NE(Problem([](JsonWriter&) {}), "") << "nothing was written";
  EXPECT_NE(Problem([](JsonWriter& json) { json.BeginArray(); }), "");
  EXPECT_NE(Problem([](JsonWriter& json) { json.EndObject(); }), "");
  EXPECT_NE(Problem([](JsonWriter& json) { json.BeginArray().EndObject(); }),
            "");
  EXPECT_NE(Problem([](JsonWriter& json) {
              json.BeginObject().Number(1).EndObject();
            }),
            "")
      << "a value without a key";
  EXPECT_NE(Problem([](JsonWriter& json) {
              json.BeginObject().Key("a").EndObject();
            }),
            "")
      << "a key without a value";
  EXPECT_NE(Problem([](JsonWriter& json) {
              json.BeginObject().Key("a").Key("b").Null().EndObject();
            }),
            "");
  EXPECT_NE(Problem([](JsonWriter& json) {
              json.BeginArray().Key("a").Null().EndArray();
            }),
            "")
      << "a key in an array";
  EXPECT_NE(Problem([](JsonWriter& json) { json.Null().Null(); }), "");
  EXPECT_EQ(Json([](JsonWriter& json) { json.BeginArray(); }),
            std::string("error: ") + Describe(HttpError::kBadJson));
}

TEST(Task13JsonWriter, TheFirstMistakeSticks) {
  std::string first;
  EXPECT_EQ(Problem([&first](JsonWriter& json) {
              json.BeginObject().Number(1);
              first = json.problem();
              json.EndArray().Key("later").Null().EndObject();
            }),
            first);
}

TEST(Task13JsonWriter, NestsSixtyFourLevelsAndNoMore) {
  const auto nest = [](int levels) {
    return [levels](JsonWriter& json) {
      for (int i = 0; i < levels; ++i) {
        if (i % 2 == 0) {
          json.BeginArray();
        } else {
          json.BeginObject().Key("k");
        }
      }
      json.Null();
      for (int i = levels; i-- > 0;) {
        if (i % 2 == 0) {
          json.EndArray();
        } else {
          json.EndObject();
        }
      }
    };
  };
  EXPECT_TRUE(nlohmann::json::accept(Json(nest(64))));
  EXPECT_NE(Problem(nest(65)), "");
}

}  // namespace
}  // namespace workbook
