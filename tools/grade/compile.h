// SPDX-License-Identifier: Apache-2.0

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
  std::set<std::string> called;  // by its tests (called.h)
  // Tasks, by number, whose files are the handed-out ones in this build,
  // because those of the submission are not fit.
  std::set<int> stood_in;
};

// Thread safety: one thread, with a scratch folder and a slot of its own.
class Compiler {
 public:
  Compiler(const Plan& plan, const std::map<std::string, std::string>& files,
           const JudgeOptions& options);

  // Looks at every file and compiles every .cc, each alone. Where a task's
  // files are missing, rejected or do not compile, trusted/stubs/ stands in for
  // them in every other task and in the hidden test: that costs this task only.
  void CompileStems();

  // Compiles one test into the cache of objects, where any compiler of these
  // files finds it. On failure: BuildTest says why.
  void WarmUp(const std::string& test_source);

  // The binary of STEM_test, or of all hidden tests for "hidden", with every
  // object that is fit. `files` are those that must be the submission's own.
  // A test that does not compile makes its task one that is stood in for, or
  // another one whose header is the cause; of the hidden tests, the task whose
  // tests do not.
  Build BuildTest(const std::string& stem,
                  const std::vector<std::string>& files);

  // The program that answers for a description of this task.
  Build BuildCase(const PlannedTask& task, const PlannedCase& planned);

 private:
  struct Step {
    std::string error;
    TaskState state = TaskState::kGraded;
    std::vector<std::string> flags;
    std::set<std::string> called;
  };

  JailResult RunTool(const std::vector<std::string>& arguments,
                     const std::set<std::string>& headers,
                     const std::vector<std::pair<std::string, std::string>>&
                         mounts = {}) const;
  std::vector<std::string> CompilerCommand() const;
  std::set<std::string> HeadersFor(const std::string& text) const;
  void ReadGiven();
  bool SourcesAreFit(const PlannedTask& task);
  // False: one of them does not compile, which is the submission's fault.
  bool CompileSources(const PlannedTask& task);
  // Stands in for the task whose header, one of those that `text` includes and
  // not one of `own`, does not compile on its own. False: there is none.
  bool StandInForHeader(const std::string& text, const PlannedTask* own);
  Step CompileAlone(const std::string& header) const;
  std::filesystem::path KeptStem(const std::string& file) const;
  Step CompileStem(const std::string& file);
  // `source` in the jail to out_/NAME.o, with what the compiler says of it:
  // NAME.ii is the text that was compiled, NAME.ci where functions come from.
  // In one run, so that no text can be another when it is looked at.
  JailResult Compile(const std::filesystem::path& source,
                     const std::string& inside, const std::string& name,
                     const std::set<std::string>& headers) const;
  // The same of a test's text, which was looked at; NAME.cgraph is what calls
  // what.
  JailResult CompileText(const std::string& source_name,
                         const std::filesystem::path& text,
                         const std::string& name) const;
  // Not the compiler's words where the text holds assembler: the assembler
  // quotes the files that it is told to read.
  Step FailedCompilation(const JailResult& run, const std::string& name,
                         const std::string& what) const;
  void RemoveByproducts(const std::string& name) const;
  Step InspectText(const std::string& name) const;
  // Looks at out_/NAME.o and at what lies beside it, which it removes.
  Step InspectCompilation(const std::string& name);
  Step InspectTestCompilation(const std::string& name);
  Step InspectObjectFile(const std::string& name, const std::string& callgraph,
                         bool is_test);
  // Finds out once for all submissions what the judge and the libraries
  // export.
  Step LearnLinkedNames();
  Step ListLinkedNames(ForbiddenNames& names) const;
  JailResult RunObjectTool(const std::vector<std::string>& command,
                           const std::vector<std::string>& files) const;
  // Whoever is first puts it into the cache; the others' are the same bytes.
  void Keep(const std::filesystem::path& kept,
            const std::filesystem::path& object) const;
  std::string PathInside(const std::string& source_name) const;
  Step CompileTest(const std::string& source, std::string& object);
  // The first fault of `files`; `flags` gets those of all of them.
  Step CheckFiles(const std::vector<std::string>& files,
                  std::vector<std::string>& flags) const;
  bool StandInForOther(const std::string& source_name, const PlannedTask* own,
                       const Step& failure);
  Step CompileTests(const std::vector<std::string>& sources,
                    const PlannedTask* own, std::vector<std::string>& objects);
  // With the objects of ours that lie in this folder of plan_.trusted.
  Step Link(const std::string& name, const std::vector<std::string>& tests,
            const std::string& folder,
            const std::vector<std::string>& ours) const;
  Step CheckHeaders(const std::string& source_name);
  // The whole text of the test, with the submission's headers, to TextPath().
  Step WriteText(const std::string& source_name, Findings& findings) const;
  std::set<std::string> HeaderNames() const;
  // The probe is for the files that include it as they are handed out,
  // benchmarks for all files of an exercise that has one.
  HandedOut HandedOutWith(const std::string& file) const;
  std::string TextBefore(const std::string& source) const;
  // A description: what answers a program of ours, and asserts nothing.
  bool IsCase(const std::string& source_name) const;
  // The preprocessor, behind what BeforeHeaders says of this source.
  std::vector<std::string> Preprocessor(const std::string& source_name) const;
  // Of the test alone, without a submission; kept for all submissions.
  Step TrustedText(const std::string& source_name, std::string& text) const;
  std::filesystem::path TextPath(const std::string& source_name) const;
  Step KeepTest(const std::string& source_name, Step step) const;
  Step ReadLooks(const std::string& source_name) const;
  std::string TestObjectName(const std::string& source_name) const;
  void CheckAllHeaders();
  void StandIn(const PlannedTask& task);
  void CompileStandIn(const PlannedTask& task);
  const PlannedTask* OwnerOf(const std::string& file) const;
  std::set<int> StoodInFor(const std::string& source_name,
                           const std::vector<std::string>& files) const;
  std::string TestSource(const std::string& source_name) const;
  static Step Failure(const JailResult& run, const std::string& what);
  static Step Judged(const Findings& findings);

  const Plan& plan_;
  std::map<std::string, std::string> files_;  // with what stands in
  const JudgeOptions& options_;
  // Headers of the exercise's tests, which may include the submission's.
  std::map<std::string, std::string> given_;
  std::filesystem::path student_;      // headers and sources, as NN_MM/name
  std::filesystem::path out_;          // what the compiler may write to
  std::map<std::string, Step> stems_;  // by file name, as handed in
  std::set<std::string> objects_;      // of .cc files, to be linked
  // Test objects whose headers are fit, with what is to be looked at.
  std::map<std::string, std::vector<std::string>> checked_;
  std::set<int> stood_in_;  // numbers of tasks
  ForbiddenNames forbidden_{{}, "/student/", {}};
  Step broken_jail_;  // why a stand-in could not be made
};

}  // namespace workbook::grade

#endif  // WORKBOOK_TOOLS_GRADE_COMPILE_H_
