// SPDX-License-Identifier: Apache-2.0

#include "tools/course/predictions.h"

#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>
#include <string_view>
#include <utility>

#include "tools/course/toml_fields.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

constexpr std::string_view kTest = "test:";
constexpr std::string_view kBench = "bench:";
constexpr std::string_view kOver = " / ";

bool IsId(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  });
}

// "section 12" or "do it".
bool IsMoment(std::string_view text) {
  constexpr std::string_view kSection = "section ";
  if (text == "do it") return true;
  if (!text.starts_with(kSection)) return false;
  const std::string_view number = text.substr(kSection.size());
  return !number.empty() &&
         std::all_of(number.begin(), number.end(), [](char c) {
           return std::isdigit(static_cast<unsigned char>(c)) != 0;
         });
}

// Empty where `text` is no source.
std::optional<PredictionSource> ReadSource(std::string_view text) {
  text = TrimSpace(text);
  if (text.starts_with(kTest)) {
    std::string_view name = text.substr(kTest.size());
    const std::size_t hash = std::min(name.find('#'), name.size());
    const std::string_view field = name.substr(hash);
    name = name.substr(0, hash);
    const std::size_t dot = name.find('.');
    const bool is_whole = dot != name.npos && dot != 0 && dot + 1 < name.size();
    if (!is_whole || field.size() == 1) return std::nullopt;
    return PredictionSource{
        PredictionSource::Kind::kTest, std::string(name),
        std::string(field.empty() ? field : field.substr(1))};
  }
  if (!text.starts_with(kBench)) return std::nullopt;
  const std::string_view row = text.substr(kBench.size());
  const std::size_t hash = row.find('#');
  if (hash == row.npos || hash == 0 || hash + 1 == row.size()) {
    return std::nullopt;
  }
  return PredictionSource{PredictionSource::Kind::kBench,
                          std::string(row.substr(0, hash)),
                          std::string(row.substr(hash + 1))};
}

class Reader {
 public:
  Reader(std::string file, int task_count, PredictionsResult& result)
      : file_(std::move(file)), task_count_(task_count), result_(result) {}

  void Read(const toml::table& table) {
    Prediction one;
    one.line = static_cast<int>(table.source().begin.line);
    const std::size_t before = result_.problems.size();
    TomlFields fields(table, file_,
                      "prediction[" + std::to_string(++number_) + "].",
                      one.line, result_.problems);
    ReadWhat(fields, one);
    const std::string kind = fields.String("kind");
    if (kind == "number") {
      ReadNumber(table, fields, one);
    } else if (kind == "choice") {
      one.kind = PredictionKind::kChoice;
      ReadChoice(fields, one);
    } else if (!kind.empty()) {
      fields.Refuse("kind", "is \"" + kind + "\"",
                    "write \"number\" or \"choice\"");
    }
    ReadFrom(fields, one);
    one.why = fields.String("why");
    // Without a kind, it is not known which fields belong to it.
    if (kind == "number" || kind == "choice") fields.RefuseUnknown();
    if (result_.problems.size() == before) {
      result_.predictions.push_back(std::move(one));
    }
  }

 private:
  void ReadWhat(TomlFields& fields, Prediction& one) {
    one.id = fields.String("id");
    if (!one.id.empty() && !IsId(one.id)) {
      fields.Refuse("id", "is \"" + one.id + "\"",
                    "write letters, digits and _ only");
    } else if (!one.id.empty() && !ids_.insert(one.id).second) {
      fields.Refuse("id", "is \"" + one.id + "\" a second time",
                    "give each prediction an id of its own");
    }
    const std::size_t before = result_.problems.size();
    one.task = fields.Integer("task");
    if ((one.task < 1 || one.task > task_count_) &&
        result_.problems.size() == before) {
      fields.Refuse(
          "task",
          "is " + std::to_string(one.task) + ", and there is no " + "such task",
          "write 1 to " + std::to_string(task_count_));
    }
    one.before = fields.String("before");
    if (!one.before.empty() && !IsMoment(one.before)) {
      fields.Refuse("before", "is \"" + one.before + "\"",
                    "write \"section N\", N being a section of the page, or "
                    "\"do it\"");
    }
    one.question = fields.String("question");
  }

  void ReadNumber(const toml::table& table, TomlFields& fields,
                  Prediction& one) {
    if (table.contains("unit")) one.unit = fields.String("unit");
    if (table.contains("factor")) {
      one.factor = fields.Number("factor");
      if (!std::isfinite(*one.factor) || *one.factor <= 1) {
        fields.Refuse("factor", "is not above 1",
                      "write 2 for half to twice the measured value");
      }
    }
    if (table.contains("tolerance")) {
      one.tolerance = fields.Number("tolerance");
      if (!std::isfinite(*one.tolerance) || *one.tolerance < 0) {
        fields.Refuse("tolerance", "is below 0",
                      "write the distance that is still right; 0 is exact");
      }
    }
    if (one.factor.has_value() == one.tolerance.has_value()) {
      fields.Refuse("kind",
                    "is \"number\" with " +
                        std::string(one.factor ? "both" : "neither") +
                        " a factor and a tolerance",
                    "write one of `factor = 2` and `tolerance = 10`");
    }
  }

  static void ReadChoice(TomlFields& fields, Prediction& one) {
    one.choices = fields.Strings("choices");
    if (one.choices.size() == 1) {
      fields.Refuse("choices", "holds one choice", "add another one");
    }
    one.answer = fields.String("answer");
    const bool is_choice = std::find(one.choices.begin(), one.choices.end(),
                                     one.answer) != one.choices.end();
    if (!one.choices.empty() && !one.answer.empty() && !is_choice) {
      fields.Refuse("answer", "is \"" + one.answer + "\", which is no choice",
                    "write one of the choices, letter by letter");
    }
  }

  static void ReadFrom(TomlFields& fields, Prediction& one) {
    one.from = fields.String("from");
    if (one.from.empty()) return;
    std::string_view rest = one.from;
    const std::size_t over = rest.find(kOver);
    std::vector<std::string_view> parts{rest.substr(0, over)};
    if (over != rest.npos) parts.push_back(rest.substr(over + kOver.size()));
    for (const std::string_view part : parts) {
      const auto source = ReadSource(part);
      if (source) one.sources.push_back(*source);
    }
    if (one.sources.size() != parts.size()) {
      fields.Refuse("from", "is \"" + one.from + "\"",
                    "write \"test:Suite.Test\", \"test:Suite.Test#PROPERTY\" "
                    "or \"bench:CASE/ROW#FIELD\", or "
                    "two of them with \" / \" between");
    }
  }

  std::string file_;
  int task_count_;
  PredictionsResult& result_;
  std::set<std::string> ids_;
  int number_ = 0;
};

}  // namespace

PredictionsResult ParsePredictions(const std::string& text,
                                   const std::string& file, int task_count) {
  PredictionsResult result;
  const auto table = ParseToml(
      text, file,
      "correct the line; strings are in double quotes, [[prediction]] heads a "
      "prediction",
      result.problems);
  if (!table) return result;
  TomlFields fields(*table, file, "", 1, result.problems);
  Reader reader(file, task_count, result);
  for (const toml::table* one : fields.Tables("prediction", true)) {
    reader.Read(*one);
  }
  fields.RefuseUnknown();
  return result;
}

std::filesystem::path PredictionsFile(const Exercise& exercise) {
  return exercise.folder / "predictions.toml";
}

PredictionsResult LoadPredictions(const std::filesystem::path& root,
                                  const Exercise& exercise) {
  const std::filesystem::path file = PredictionsFile(exercise);
  const auto text = ReadTextFile(root / file);
  if (!text) return {};
  return ParsePredictions(*text, file.string(),
                          static_cast<int>(exercise.tasks.size()));
}

}  // namespace workbook
