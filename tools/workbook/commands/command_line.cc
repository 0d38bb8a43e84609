// SPDX-License-Identifier: Apache-2.0

#include "tools/workbook/commands/command_line.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "CLI/CLI.hpp"
#include "fmt/format.h"
#include "tools/course/nearest.h"

namespace workbook::cli {

struct CommandLine::Parser {
  CLI::App app{"Memory Workbook: exercises on memory performance in C++20",
               "./workbook"};
  std::map<std::string, Command> commands;
  std::string chosen;
};

namespace {

const std::string kExamples = "Examples:";
const std::string kExample = "\n  ./workbook ";

// Shows an argument of several words, each with a place of its own, by its
// description: "[NN_MM] [task]" and not "[which(0x)]".
class UsageFormatter : public CLI::Formatter {
 public:
  std::string make_option_usage(const CLI::Option* option) const override {
    const int most = option->get_expected_max();
    const bool any = most >= CLI::detail::expected_max_vector_size;
    return most > 1 && !any ? option->get_description()
                            : CLI::Formatter::make_option_usage(option);
  }
};

// The footer back into its lines.
std::vector<std::string> ExamplesOf(const CLI::App& app) {
  std::vector<std::string> examples;
  const std::string footer = app.get_footer();
  for (std::size_t at = footer.find(kExample); at != std::string::npos;) {
    at += kExample.size();
    examples.push_back(footer.substr(at, footer.find('\n', at) - at));
    at = footer.find(kExample, at);
  }
  return examples;
}

int RefuseCommand(const CLI::App& app, const std::string& name) {
  std::vector<std::string> names;
  for (const CLI::App* sub : app.get_subcommands({})) {
    names.push_back(sub->get_name());
  }
  const std::string meant = Nearest(name, names);
  return Report({.what = fmt::format("there is no command {}", name),
                 .where = "the command line",
                 .next = meant.empty() ? "./workbook --help lists them."
                                       : "Did you mean ./workbook " + meant +
                                             "? --help lists all.",
                 .exit_code = kExitUsage});
}

}  // namespace

Syntax::Syntax(CLI::App* app)
    : app_(app),
      exit_codes_{
          {kExitOk, "done"},
          {kExitUsage, "an option, exercise or task that does not exist"},
          {kExitEnvironment,
           "Bazel, a package or a file is missing or broken"}} {
  SetFooter();
}

Syntax& Syntax::Flag(const std::string& name, bool& value,
                     const std::string& help) {
  app_->add_flag(name, value, help);
  return *this;
}

Syntax& Syntax::Option(const std::string& name, std::string& value,
                       const std::string& help) {
  app_->add_option(name, value, help);
  return *this;
}

Syntax& Syntax::Required(const std::string& name, std::string& value,
                         const std::string& help) {
  app_->add_option(name, value, help)->required();
  return *this;
}

Syntax& Syntax::Option(const std::string& name, int& value,
                       const std::string& help) {
  app_->add_option(name, value, help);
  return *this;
}

Syntax& Syntax::Option(const std::string& name, std::vector<std::string>& value,
                       const std::string& help, int most) {
  CLI::Option* option = app_->add_option(name, value, help);
  if (most > 0) option->expected(0, most);
  return *this;
}

Syntax& Syntax::OptionalValue(const std::string& name,
                              std::optional<std::string>& value,
                              const std::string& help) {
  // What CLI11 hands over where no value was given.
  static constexpr std::string_view kNone = "{}";
  app_->add_option(
          name,
          [&value](const CLI::results_t& results) {
            const bool given = !results.empty() && results.front() != kNone;
            value = given ? results.front() : "";
            return true;
          },
          help)
      ->expected(0, 1);
  return *this;
}

Syntax& Syntax::AllowExtras() {
  app_->allow_extras();
  return *this;
}

Syntax& Syntax::Examples(const std::vector<std::string>& lines) {
  examples_ = "\n" + kExamples;
  for (const std::string& line : lines) examples_ += kExample + line;
  SetFooter();
  return *this;
}

Syntax& Syntax::ExitCodes(const std::map<int, std::string>& meanings) {
  for (const auto& [code, meaning] : meanings) exit_codes_[code] = meaning;
  SetFooter();
  return *this;
}

void Syntax::SetFooter() {
  std::string text = "Exit codes:\n";
  for (const auto& [code, meaning] : exit_codes_) {
    text += fmt::format("  {}  {}\n", code, meaning);
  }
  app_->footer(text + examples_);
}

CommandLine::CommandLine(const std::string& footer)
    : parser_(std::make_unique<Parser>()) {
  parser_->app.formatter(std::make_shared<UsageFormatter>());
  parser_->app.footer(footer);
  parser_->app.require_subcommand(0, 1);
  parser_->app.allow_extras();
}

CommandLine::~CommandLine() = default;

Syntax CommandLine::Add(const std::string& name, const std::string& description,
                        Command command) {
  CLI::App* added = parser_->app.add_subcommand(name, description);
  // Inherited from the whole line, where it lets RefuseCommand say what was
  // meant.
  added->allow_extras(false);
  added->callback([parser = parser_.get(), name] { parser->chosen = name; });
  parser_->commands[name] = std::move(command);
  return Syntax(added);
}

namespace {

// "03_06" where a word is expected: its tests are what is wanted.
bool IsExerciseNumber(std::string_view word) {
  constexpr std::string_view kForm = "dd_dd";
  return word.size() == kForm.size() &&
         std::equal(word.begin(), word.end(), kForm.begin(),
                    [](char c, char form) {
                      return form == 'd' ? c >= '0' && c <= '9' : c == form;
                    });
}

}  // namespace

int CommandLine::Run(int argc, char** argv, const std::string& fallback,
                     const std::function<int(const Command&)>& run) {
  std::vector<char*> words(argv, argv + argc);
  std::string check = "check";
  if (argc > 1 && IsExerciseNumber(argv[1])) {
    words.insert(words.begin() + 1, check.data());
  }
  try {
    parser_->app.parse(static_cast<int>(words.size()), words.data());
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return parser_->app.exit(error);
    return Report({.what = error.what(),
                   .where = "the command line",
                   .next = "./workbook --help, or ./workbook COMMAND --help",
                   .exit_code = kExitUsage});
  }
  if (const auto extras = parser_->app.remaining(); !extras.empty()) {
    return RefuseCommand(parser_->app, extras.front());
  }
  const std::string& name =
      parser_->chosen.empty() ? fallback : parser_->chosen;
  return run(parser_->commands.at(name));
}

std::vector<CommandLine::Word> CommandLine::Words() const {
  std::vector<Word> words;
  for (const CLI::App* sub : parser_->app.get_subcommands({})) {
    Word word{sub->get_name(), sub->get_description(), {}, ExamplesOf(*sub)};
    for (const CLI::Option* option : sub->get_options()) {
      for (const std::string& name : option->get_lnames()) {
        word.options.push_back("--" + name);
      }
    }
    words.push_back(std::move(word));
  }
  return words;
}

}  // namespace workbook::cli
