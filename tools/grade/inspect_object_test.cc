// SPDX-License-Identifier: Apache-2.0

// What of an object is refused: names that a library exports, not words.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tools/grade/inspect.h"
#include "tools/grade/linked_names.h"
#include "tools/grade/mangled.h"

namespace workbook::grade {
namespace {

constexpr char kSections[] =
    "  [ 1] .text             PROGBITS        0000000000000000 000040 000170 "
    "00  AX  0   0  2\n"
    "  [ 2] .text.shared      PROGBITS        0000000000000000 0001b0 000010 "
    "00 AXG  0   0  2\n"
    "  [ 3] .bss              NOBITS          0000000000000000 0001c0 000000 "
    "00  WA  0   0  1\n";

constexpr char kOwn[] = "1";
constexpr char kShared[] = "2";

std::string Function(const std::string& binding, const std::string& section,
                     const std::string& name) {
  return "    12: 0000000000000000    18 FUNC    " + binding +
         "   DEFAULT    " + section + ' ' + name + '\n';
}

std::string From(const std::string& file, const std::string& name) {
  return "node: { title: \"x.cc:" + name + "\" label: \"int f()\\n" + file +
         ":12:5\" }\n";
}

const ForbiddenNames& Forbidden() {
  static const ForbiddenNames names{
      {"mmap", "_ZNSo5flushEv"}, "/student/", {"_ZN8workbook5JudgeEv"}};
  return names;
}

std::string Refused(const std::string& symbols,
                    const std::string& callgraph = "") {
  return InspectObject(ObjectFile(kSections + symbols, callgraph), Forbidden())
      .rejected;
}

std::string RefusedInTest(const std::string& symbols,
                          const std::string& callgraph) {
  return InspectTestObject(ObjectFile(kSections + symbols, callgraph),
                           Forbidden())
      .rejected;
}

constexpr char kHash[] = "_ZNKSt4hashIN8workbook3KeyEEclERKS1_";
constexpr char kStringHash[] = "_ZNKSt4hashIPKcEclES1_";

TEST(InspectObject, RefusesWhatALibraryExports) {
  EXPECT_EQ(Refused(Function("GLOBAL", kOwn, "mmap")),
            "it defines mmap, which is a library's");
  EXPECT_NE(Refused(Function("WEAK", kOwn, "mmap")), "");
  EXPECT_NE(Refused(Function("WEAK", kShared, "mmap")), "");
  EXPECT_NE(Refused(Function("GLOBAL", kOwn, "_ZNSo5flushEv")), "");
  EXPECT_NE(Refused(Function("WEAK", kOwn, "_ZNSo5flushEv")), "");
}

TEST(InspectObject, LetsOtherNamesOutsideCppThrough) {
  EXPECT_EQ(Refused(Function("GLOBAL", kOwn, "ring_compare")), "");
  EXPECT_EQ(Refused(Function("LOCAL", kOwn, "mmap")), "");
}

TEST(InspectObject, LetsStdForAnOwnTypeThrough) {
  EXPECT_EQ(Refused(Function("GLOBAL", kOwn, kHash)), "");
  EXPECT_NE(Refused(Function("GLOBAL", kOwn, kStringHash)), "");
}

TEST(InspectObject, TellsALibrarysInstanceFromADefinition) {
  const std::string symbol = Function("WEAK", kShared, "_ZNSo5flushEv");
  EXPECT_EQ(Refused(symbol, From("/usr/include/ostream", "_ZNSo5flushEv")), "");
  EXPECT_NE(Refused(symbol, From("/student/09_09/ring.cc", "_ZNSo5flushEv")),
            "");
}

TEST(InspectObject, TellsPlacementNewFromAReplacedOne) {
  const std::string symbol = Function("WEAK", kShared, "_ZnwmPv");
  EXPECT_EQ(Refused(symbol, From("/usr/include/c++/12/new", "_ZnwmPv")), "");
  EXPECT_NE(Refused(symbol, From("/student/09_09/ring.cc", "_ZnwmPv")), "");
  EXPECT_NE(Refused(Function("GLOBAL", kOwn, "_Znwm")), "");
  EXPECT_NE(Refused(Function("WEAK", kOwn, "_Znwm")), "");
}

TEST(InspectObject, FollowsAnAliasToItsText) {
  EXPECT_NE(Refused(Function("WEAK", kShared, "ring_flush") +
                        Function("WEAK", kShared, "_ZNSo5flushEv"),
                    From("/student/09_09/ring.cc", "ring_flush")),
            "");
}

TEST(InspectObject, RefusesSectionsThatRunBeforeMain) {
  const std::string object =
      "  [ 4] .preinit_array    PREINIT_ARRAY   0000000000000000 0001b0 000008 "
      "08  WA  0   0  8\n";
  EXPECT_NE(Refused(object), "");
}

std::string Undefined(const std::string& binding, const std::string& name) {
  return "    13: 0000000000000000     0 NOTYPE  " + binding +
         "   DEFAULT  UND " + name + '\n';
}

std::vector<std::string> Flags(const std::string& symbols) {
  return InspectObject(ObjectFile(kSections + symbols, ""), Forbidden()).flags;
}

TEST(InspectObject, KnowsWhatHonestCodeUses) {
  for (const char* name :
       {"memcpy", "qsort", "sqrtf", "malloc", "__cxa_throw", "_ZSt4cout",
        "_ZN8workbook4Ring3SumEv", "_ZTVN10__cxxabiv117__class_type_infoE"}) {
    EXPECT_TRUE(Flags(Undefined("GLOBAL", name)).empty()) << name;
    EXPECT_EQ(Refused(Undefined("GLOBAL", name)), "") << name;
  }
}

TEST(InspectObject, FlagsEveryOtherName) {
  for (const char* name :
       {"mmap", "thrd_create", "_exit", "syscall", "io_uring_setup", "no_such",
        "_ZNSt6thread15_M_start_threadESt10unique_ptr",
        "_ZNSt14basic_ifstreamIcE4openEPKc"}) {
    EXPECT_EQ(Flags(Undefined("GLOBAL", name)).size(), 1u) << name;
    EXPECT_EQ(Flags(Undefined("WEAK", name)).size(), 1u) << name;
  }
}

TEST(InspectObject, RefusesMemoryThatIsNotCounted) {
  EXPECT_NE(Refused(Undefined("GLOBAL", "__libc_calloc")), "");
  EXPECT_NE(Refused(Undefined("WEAK", "__libc_malloc")), "");
  EXPECT_EQ(Refused(Undefined("GLOBAL", "_ZN8workbook5JudgeEv")),
            "it uses the judge's _ZN8workbook5JudgeEv");
}

TEST(InspectObject, LetsAFileUseWhatItIsHandedOutWith) {
  const std::string scope =
      Undefined("GLOBAL", "_ZNK8workbook15AllocationScope6CountsEv");
  const std::string timed =
      Function("GLOBAL", kOwn, "_ZN8workbook4TimeERN9benchmark5StateE");
  const auto refused = [](const std::string& symbols, HandedOut with) {
    return InspectObject(ObjectFile(kSections + symbols, ""), Forbidden(), with)
        .rejected;
  };
  EXPECT_EQ(refused(scope, {true, false}), "");
  EXPECT_NE(refused(scope, {false, true}), "");
  EXPECT_EQ(refused(timed, {false, true}), "");
  EXPECT_NE(refused(timed, {true, false}), "");
}

TEST(InspectObject, RefusesCodeThatNoCompilerMade) {
  const std::string data =
      "    12: 0000000000000000    16 OBJECT  GLOBAL   DEFAULT    1 bytes\n";
  EXPECT_NE(Refused(data), "");
  EXPECT_NE(Refused("  [ 4] .x    PROGBITS   0000000000000000 0001b0 000008 "
                    "00 WAX  0   0  8\n"),
            "");
  EXPECT_NE(Refused("  [ 4] .x    PREINIT_ARRAY   0000000000000000 0001b0 "
                    "000008 08  WA  0   0  8\n"),
            "");
}

TEST(InspectObject, FlagsMuchStaticMemory) {
  EXPECT_EQ(Flags("  [ 4] .bss    NOBITS   0000000000000000 0001b0 200000 "
                  "00  WA  0   0  8\n"),
            std::vector<std::string>{"holds over 1 MiB of static memory"});
}

TEST(InspectBytes, SeesWhatIsSaidToValgrind) {
  const std::string request(
      "..\x48\xc1\xc7\x03\x48\xc1\xc7\x0d\x48\xc1\xc7\x3d\x48\xc1\xc7\x33..");
  EXPECT_NE(InspectBytes(request).rejected, "");
  EXPECT_EQ(InspectBytes(request.substr(0, 12)).rejected, "");
  EXPECT_EQ(InspectBytes("/proc/self/mem").flags.size(), 1u);
}

TEST(InspectTestObject, LetsATestDefineWhatItsSourceDefines) {
  const std::string symbol = Function("GLOBAL", kOwn, "mmap");
  EXPECT_EQ(RefusedInTest(symbol, From("/exercises/09_09/t.cc", "mmap")), "");
  EXPECT_NE(RefusedInTest(symbol, From("/student/09_09/ring.h", "mmap")), "");
  EXPECT_NE(RefusedInTest(symbol, ""), "");
}

TEST(Mangled, KnowsWhatIsTheLibrarys) {
  for (const char* name :
       {"_ZSt4cout", "_ZNSt6vectorIiSaIiEE4dataEv", "_ZNKSt4hashIiEclEi",
        "_ZNSo5flushEv", "_ZTVSt9exception", "_ZThn16_NSdD1Ev",
        "_ZTv0_n24_NSoD1Ev", "_ZN9__gnu_cxx7__mutexE", "_ZGVNSt7num_getIcE2idE",
        "_ZZNSt1fEvE1x"}) {
    EXPECT_TRUE(IsInLibrary(name)) << name;
  }
  for (const char* name : {"main", "_Z1fSt6vectorIiSaIiEE",
                           "_ZN8workbook4Ring3SumEv", "_ZTVN8workbook4RingE"}) {
    EXPECT_FALSE(IsInLibrary(name)) << name;
  }
}

TEST(Mangled, KnowsATypeOfTheProgramsOwn) {
  for (const char* name :
       {kHash, "_ZNKSt4hashI9GlobalKeyEclERKS0_",
        "_ZSt4swapIN8workbook3KeyEEvRT_S3_",
        "_ZNSt6vectorIN8workbook3KeyESaIS1_EE9push_backERKS1_"}) {
    EXPECT_TRUE(DependsOnOwnType(name)) << name;
  }
  for (const char* name :
       {kStringHash, "_ZNSo5flushEv", "_ZSt4fillIPiiEvT_S1_RKT0_",
        "_ZTVSt9exception", "_ZTISt19_Sp_make_shared_tag",
        "_ZNKSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE4sizeEv",
        "_ZSt10accumulateISt15_Deque_iteratorIiRiPiEiET0_T_S5_S4_", "_ZNope"}) {
    EXPECT_FALSE(DependsOnOwnType(name)) << name;
  }
}

TEST(LinkedNames, TakesWhatANewProgramGets) {
  std::set<std::string> names;
  AddLinkedNames(
      "0000000000022680 T abort@@GLIBC_2.2.5\n"
      "0000000000155cf0 T step@GLIBC_2.2.5\n"
      "0000000000000000 W DW.ref.__gxx_personality_v0\n"
      "                 U puts@GLIBC_2.2.5\n"
      "                 w _ITM_registerTMCloneTable\n"
      "0000000000000010 t hidden\n"
      "0000000000000010 B environ\n",
      names);
  EXPECT_EQ(names, (std::set<std::string>{"_ITM_registerTMCloneTable", "abort",
                                          "environ"}));
}

TEST(LinkedNames, ReadsTheFilesThatALinkerOpens) {
  const LinkedFiles files = ReadTrace(
      "/usr/lib/Scrt1.o\n/lib/libm.so.6\n/usr/lib/libx.a(a.o)\n"
      "/usr/lib/libx.a(b.o)\ncollect2: note\n");
  EXPECT_EQ(files.libraries, std::vector<std::string>{"/lib/libm.so.6"});
  EXPECT_EQ(files.objects,
            (std::vector<std::string>{"/usr/lib/Scrt1.o", "/usr/lib/libx.a"}));
}

}  // namespace
}  // namespace workbook::grade
