// SPDX-License-Identifier: Apache-2.0

#include <memory>

#include "fmt/format.h"
#include "fmt/ranges.h"
#include "tools/workbook/commands/command_line.h"
#include "tools/workbook/commands/commands.h"

namespace workbook::cli {
namespace {

using Words = std::vector<CommandLine::Word>;

// Exercises come from the folder when Tab is pressed: a new one is known at
// once, and the shell starts no program of ours.
constexpr std::string_view kBash =
    R"sh(# bash: eval "$(./workbook completion bash)"
_workbook() {
  local current=${COMP_WORDS[COMP_CWORD]} words= root=${COMP_WORDS[0]%/*} folder
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="@COMMANDS@"
  else
    case ${COMP_WORDS[1]} in
@CASES@    esac
    for folder in "$root"/exercises/[0-9][0-9]_[0-9][0-9]; do
      words="$words ${folder##*/}"
    done
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _workbook workbook ./workbook
)sh";

constexpr std::string_view kZsh =
    R"sh(# zsh: eval "$(./workbook completion zsh)"
_workbook() {
  local root=${words[1]%/*}
  local -a found
  if (( CURRENT == 2 )); then
    compadd -- @COMMANDS@
    return
  fi
  case ${words[2]} in
@CASES@  esac
  compadd -- $found $root/exercises/[0-9][0-9]_[0-9][0-9](N:t)
}
compdef _workbook workbook ./workbook
)sh";

// `text` with @COMMANDS@ and @CASES@ filled in; a case is `open` options
// `close`.
std::string Fill(std::string_view text, const Words& words,
                 std::string_view open, std::string_view close) {
  std::string commands;
  std::string cases;
  for (const auto& word : words) {
    if (!commands.empty()) commands += ' ';
    commands += word.name;
    cases += fmt::format("    {}) {}{}{} ;;\n", word.name, open,
                         fmt::join(word.options, " "), close);
  }
  std::string filled(text);
  const auto put = [&filled](std::string_view mark, const std::string& value) {
    filled.replace(filled.find(mark), mark.size(), value);
  };
  put("@COMMANDS@", commands);
  put("@CASES@", cases);
  return filled;
}

std::string Fish(const Words& words) {
  std::string text = "# fish: ./workbook completion fish | source\n";
  for (const std::string program : {"workbook", "./workbook"}) {
    text += fmt::format("complete -c {} -f\n", program);
    for (const auto& word : words) {
      text += fmt::format(
          "complete -c {} -n __fish_use_subcommand -a {} -d \"{}\"\n", program,
          word.name, word.description);
      for (const std::string& option : word.options) {
        text += fmt::format(
            "complete -c {} -n \"__fish_seen_subcommand_from {}\" -l {}\n",
            program, word.name, option.substr(2));
      }
    }
    text += fmt::format(
        "complete -c {} -n \"not __fish_use_subcommand\" -a \"(ls exercises "
        "2>/dev/null | string match -r '^[0-9]{{2}}_[0-9]{{2}}\\$')\"\n",
        program);
  }
  return text;
}

int RunCompletion(const Words& words, const std::string& shell) {
  if (shell == "bash") {
    fmt::print("{}", Fill(kBash, words, "words=\"", "\""));
  } else if (shell == "zsh") {
    fmt::print("{}", Fill(kZsh, words, "found=(", ")"));
  } else if (shell == "fish") {
    fmt::print("{}", Fish(words));
  } else {
    return Report({.what = "there is no completion for " + shell,
                   .where = "the command line",
                   .next = "./workbook completion bash, zsh or fish",
                   .exit_code = kExitUsage});
  }
  return kExitOk;
}

}  // namespace

void RegisterCompletion(CommandLine& line) {
  const auto shell = std::make_shared<std::string>();
  line.Add("completion", "What Tab knows, for bash, zsh or fish",
           [shell, &line](Session&) {
             return RunCompletion(line.Words(), *shell);
           })
      .Required("shell", *shell, "bash, zsh or fish")
      .Examples({"completion bash >> ~/.bashrc", "completion zsh >> ~/.zshrc",
                 "completion fish > ~/.config/fish/completions/workbook.fish"});
}

}  // namespace workbook::cli
