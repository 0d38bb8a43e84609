// Compiles and links one submission in the jail.
#ifndef WORKBOOK_TOOLS_GRADE_COMPILE_H_
#define WORKBOOK_TOOLS_GRADE_COMPILE_H_

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tools/grade/inspect.h"
#include "tools/grade/judge.h"
#include "tools/grade/plan.h"
#include "tools/grade/result.h"

namespace workbook::grade {

struct Build {
  std::filesystem::path binary;
  std::string error;  // empty if it was built
  TaskState state = TaskState::kGraded;
  bool infrastructure = false;
  std::vector<std::string> flags;
};

// Thread safety: one thread, with a scratch folder and a slot of its own.
class Compiler {
 public:
  Compiler(const Plan& plan, const std::map<std::string, std::string>& files,
           const JudgeOptions& options);

  // Every .cc file of the submission, each alone: a stem that fails costs only
  // the tests that need it.
  void CompileStems();

  // The binary of STEM_test.cc, or of all hidden tests for "hidden", with every
  // object of the submission that is fit. `files` are those that must be there.
  Build BuildTest(const std::string& stem,
                  const std::vector<std::string>& files);

 private:
  struct Step {
    std::string error;
    TaskState state = TaskState::kGraded;
    std::vector<std::string> flags;
  };

  JailResult RunTool(const std::vector<std::string>& arguments,
                     const std::set<std::string>& headers,
                     const std::vector<std::pair<std::string, std::string>>&
                         mounts = {}) const;
  std::vector<std::string> CompilerCommand() const;
  std::set<std::string> HeadersFor(const std::string& text) const;
  Step CompileStem(const std::string& file);
  Step CompileTest(const std::string& source, std::string& object);
  Step CheckHeaders(const std::string& source_name, const std::string& source,
                    const std::set<std::string>& headers) const;
  JailResult ListSymbols(const std::filesystem::path& object) const;
  static Step Failure(const JailResult& run, const std::string& what);
  static Step Judged(const Findings& findings);

  const Plan& plan_;
  const std::map<std::string, std::string>& files_;
  const JudgeOptions& options_;
  std::filesystem::path student_;      // headers and sources, as NN_MM/name
  std::filesystem::path out_;          // what the compiler may write to
  std::map<std::string, Step> stems_;  // by file name
};

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_COMPILE_H_
