// SPDX-License-Identifier: Apache-2.0

#include "tools/bench/comparison/machine.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>

#include "fmt/format.h"
#include "tools/text/text_file.h"

namespace workbook {
namespace {

namespace fs = std::filesystem;

constexpr double kMaxForeignShare = 0.10;
constexpr double kMaxStealShare = 0.02;
constexpr double kMaxFrequencyChange = 0.05;

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) +
         static_cast<double>(time.tv_usec) * 1e-6;
}

double OwnSeconds() {
  double seconds = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    getrusage(who, &usage);
    seconds += Seconds(usage.ru_utime) + Seconds(usage.ru_stime);
  }
  return seconds;
}

std::vector<double> Frequencies(const fs::path& root) {
  std::vector<double> mhz;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(
           root / "sys/devices/system/cpu/cpufreq", ignored)) {
    const auto text = ReadTextFile(entry.path() / "scaling_cur_freq");
    double khz = 0;
    if (text && std::istringstream(*text) >> khz) mhz.push_back(khz / 1000);
  }
  std::sort(mhz.begin(), mhz.end());
  return mhz;
}

void AddTickNotes(const MachineSample& before, const MachineSample& after,
                  std::vector<std::string>& notes) {
  if (!before.ticks || !after.ticks) return;
  const double busy = after.ticks->busy - before.ticks->busy;
  const double steal = after.ticks->steal - before.ticks->steal;
  const double all = busy + steal + after.ticks->idle - before.ticks->idle;
  if (all <= 0) return;
  const double own = (after.own_seconds - before.own_seconds) *
                     static_cast<double>(sysconf(_SC_CLK_TCK));
  const double foreign = std::max(0.0, busy - own) / all;
  if (foreign > kMaxForeignShare) {
    notes.push_back(fmt::format(
        "other programs used {:.0f} % of the processors", foreign * 100));
  }
  if (steal / all > kMaxStealShare) {
    notes.push_back(
        fmt::format("the host gave {:.0f} % of the time to other virtual "
                    "machines (steal)",
                    steal / all * 100));
  }
}

void AddFrequencyNote(const MachineSample& before, const MachineSample& after,
                      std::vector<std::string>& notes) {
  if (before.frequencies_mhz.empty() || after.frequencies_mhz.empty()) return;
  const double low =
      std::min(before.frequencies_mhz.back(), after.frequencies_mhz.back());
  const double high =
      std::max(before.frequencies_mhz.back(), after.frequencies_mhz.back());
  if (low > 0 && high / low > 1 + kMaxFrequencyChange) {
    notes.push_back(fmt::format(
        "the fastest processor's clock changed between {:.0f} and {:.0f} MHz",
        low, high));
  }
}

// The first value of a field of /proc/cpuinfo, or "".
std::string CpuField(std::string_view text, std::string_view name) {
  for (const std::string_view line : SplitLines(text)) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    if (TrimSpace(line.substr(0, colon)) != name) continue;
    return std::string(TrimSpace(line.substr(colon + 1)));
  }
  return {};
}

}  // namespace

std::optional<CpuTicks> ParseCpuTicks(std::string_view proc_stat) {
  for (const std::string_view line : SplitLines(proc_stat)) {
    if (line.substr(0, 4) != "cpu ") continue;
    std::istringstream text{std::string(line.substr(4))};
    double user = 0, nice = 0, system = 0, idle = 0;
    if (!(text >> user >> nice >> system >> idle)) return std::nullopt;
    // Older kernels end here.
    double io_wait = 0, irq = 0, soft_irq = 0, steal = 0;
    text >> io_wait >> irq >> soft_irq >> steal;
    return CpuTicks{user + nice + system + irq + soft_irq, idle + io_wait,
                    steal};
  }
  return std::nullopt;
}

MachineSample SampleMachine(const fs::path& root) {
  MachineSample sample;
  sample.ticks = ParseCpuTicks(ReadTextFile(root / "proc/stat").value_or(""));
  double load = 0;
  std::istringstream text(ReadTextFile(root / "proc/loadavg").value_or(""));
  if (text >> load) sample.load_1_minute = load;
  sample.frequencies_mhz = Frequencies(root);
  sample.own_seconds = OwnSeconds();
  return sample;
}

std::vector<std::string> Disturbances(const MachineSample& before,
                                      const MachineSample& after) {
  std::vector<std::string> notes;
  AddTickNotes(before, after, notes);
  AddFrequencyNote(before, after, notes);
  if (!notes.empty() && after.load_1_minute) {
    notes.front() += fmt::format(" (load {:.1f})", *after.load_1_minute);
  }
  return notes;
}

std::string ProcessorName(const fs::path& root) {
  const std::string text =
      ReadTextFile(root / "proc/cpuinfo").value_or(std::string());
  const std::string name = CpuField(text, "model name");
  if (name.empty()) return "unknown";
  // A virtual machine may say no more than the family's name.
  const std::string family = CpuField(text, "cpu family");
  const std::string model = CpuField(text, "model");
  if (family.empty() || model.empty()) return name;
  return fmt::format("{} (family {}, model {})", name, family, model);
}

}  // namespace workbook
