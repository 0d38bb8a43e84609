// SPDX-License-Identifier: Apache-2.0

// The command line as a flat list: each file of commands/ adds its own word.
// CLI11 itself is included in command_line.cc only: it costs ten seconds a
// file.
#ifndef WORKBOOK_TOOLS_WORKBOOK_COMMANDS_COMMAND_LINE_H_
#define WORKBOOK_TOOLS_WORKBOOK_COMMANDS_COMMAND_LINE_H_

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/workbook/session.h"

namespace CLI {
class App;
}

namespace workbook::cli {

// What was chosen runs after the line is parsed. It keeps its own options
// alive, by a shared_ptr that it captures.
using Command = std::function<int(Session&)>;

// What may follow one word. Each function adds to it and gives it back; `value`
// is written when the line is parsed and must live until the command has run.
class Syntax {
 public:
  explicit Syntax(CLI::App* app);

  Syntax& Flag(const std::string& name, bool& value, const std::string& help);
  // A name without dashes is an argument by its place.
  Syntax& Option(const std::string& name, std::string& value,
                 const std::string& help);
  Syntax& Required(const std::string& name, std::string& value,
                   const std::string& help);
  Syntax& Option(const std::string& name, int& value, const std::string& help);
  // `most` of 0 is any number of them; else `help` names each by its place, as
  // in "[NN_MM] [task]".
  Syntax& Option(const std::string& name, std::vector<std::string>& value,
                 const std::string& help, int most = 0);
  // An option that may stand alone, and then writes "": "--changed [REV]".
  Syntax& OptionalValue(const std::string& name,
                        std::optional<std::string>& value,
                        const std::string& help);
  Syntax& AllowExtras();
  // Shown at the end of the word's --help, a line each.
  Syntax& Examples(const std::vector<std::string>& lines);
  // What the word's --help says of its exit codes, besides or in the place of
  // what it says of all words': 0, 2 and 4.
  Syntax& ExitCodes(const std::map<int, std::string>& meanings);

 private:
  void SetFooter();

  CLI::App* app_;
  std::map<int, std::string> exit_codes_;
  std::string examples_;
};

class CommandLine {
 public:
  explicit CommandLine(const std::string& footer);
  ~CommandLine();

  Syntax Add(const std::string& name, const std::string& description,
             Command command);

  // Parses and runs `run` on what was chosen, or on `fallback` where the line
  // is empty; an exercise's number alone is checked; help, and words that are
  // not known, are answered here.
  int Run(int argc, char** argv, const std::string& fallback,
          const std::function<int(const Command&)>& run);

  // Each word and its options, for shell completion: "check --json".
  struct Word {
    std::string name;
    std::string description;
    std::vector<std::string> options;
    std::vector<std::string> examples;  // without the ./workbook
  };
  std::vector<Word> Words() const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace workbook::cli

#endif  // WORKBOOK_TOOLS_WORKBOOK_COMMANDS_COMMAND_LINE_H_
