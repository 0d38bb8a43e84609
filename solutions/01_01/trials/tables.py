# SPDX-License-Identifier: Apache-2.0

"""What the measured figures say: tables, geometric means, and the goals."""

import math

OURS = "ours"
# A fault costs the kernel as much as some thousand instructions. So a fault each
# thousand calls is below what an instruction count can tell, and 4 faults against
# 1 in 18,000 calls are no ratio of 4.
CALLS_PER_FREE_FAULT = 1000
MEBIBYTE_KIB = 1024
PAGE_KIB = 4

MEAN_LIMIT = 1.0
WORST_LIMIT = 1.5
LARGE_HEAP_LIMIT = 1.1
SMALL_HEAP_LIMIT = 1.3

# Heading, field, and what is shown of it.
METRICS = (
    ("Instructions a call, warm", "warm_instructions", "call"),
    ("Instructions a call, cold", "cold_instructions", "call"),
    ("Faults of a round, warm", "warm_faults", "count"),
    ("Faults of a round, cold", "cold_faults", "count"),
    ("Peak RSS in KiB, first round", "cold_kib", "count"),
    ("Peak RSS in KiB, four rounds", "warm_kib", "count"),
)


def geometric_mean(values):
    values = list(values)
    return math.exp(sum(map(math.log, values)) / len(values)) if values else math.nan


def ratio(field, mine, other):
    """How many times the other's figure mine is."""
    a, b = mine[field], other[field]
    if field.endswith("faults"):
        free = mine["calls"] / CALLS_PER_FREE_FAULT
        return (a + free) / (b + free)
    if field.endswith("kib"):
        return max(a, PAGE_KIB) / max(b, PAGE_KIB)
    return a / b


class Results:
    """Figures by sequence and malloc; every sequence has every malloc."""

    def __init__(self, sequences, mallocs, figures):
        self.sequences = sequences  # (name, kind)
        self.mallocs = mallocs
        self.figures = figures  # {(sequence, malloc): {field: number}}

    def ratios(self, field, mine, other, kind=None):
        """[(ratio, sequence)]"""
        return [
            (ratio(field, self.figures[name, mine], self.figures[name, other]), name)
            for name, its_kind in self.sequences
            if kind in (None, its_kind)
        ]

    def _mean(self, field, other, kind=None):
        return geometric_mean(value for value, _ in self.ratios(field, OURS, other, kind))

    def table(self, field, shown):
        rows = [["sequence", "calls", *self.mallocs]]
        for name, _ in self.sequences:
            row = [name, f"{self.figures[name, self.mallocs[0]]['calls']:,}"]
            for malloc in self.mallocs:
                figures = self.figures[name, malloc]
                value = figures[field]
                row.append(f"{value / figures['calls']:.1f}" if shown == "call" else f"{value:,}")
            rows.append(row)
        return rows + (self._ratio_rows(field) if OURS in self.mallocs else [])

    def _ratio_rows(self, field):
        def row(label, text_of):
            return [label, "", *("" if one == OURS else text_of(one) for one in self.mallocs)]

        rows = []
        kinds = {kind for _, kind in self.sequences}
        for kind, label in (("reproducer", "reproducers"), ("program", "programs"), (None, "all")):
            if kind is None or kind in kinds:
                rows.append(
                    row(
                        f"ours over it, geometric mean of {label}",
                        lambda other, kind=kind: f"{self._mean(field, other, kind):.2f}",
                    )
                )
        worst = row(
            "ours over it, the worst",
            lambda other: "{:.2f} {}".format(*max(self.ratios(field, OURS, other))),
        )
        return [*rows, worst]

    def goals(self):
        """[(what, figure, limit, met)]"""
        found = []

        def add(what, value, limit, of=""):
            if not math.isnan(value):
                figure = f"{value:.2f}{' ' + of if of else ''}"
                found.append((what, figure, f"{limit:.1f}", value <= limit))

        for peer in ("tcmalloc", "mimalloc"):
            if peer not in self.mallocs:
                continue
            for heading, field, _ in METRICS[:4]:
                ratios = self.ratios(field, OURS, peer)
                add(f"{heading}, over {peer}, mean", self._mean(field, peer), MEAN_LIMIT)
                add(f"{heading}, over {peer}, worst", max(ratios)[0], WORST_LIMIT, max(ratios)[1])
        if "glibc" in self.mallocs:
            ratios = self.ratios("cold_kib", OURS, "glibc")
            large = [one for one in ratios if self._is_large(one[1])]
            small = [one for one in ratios if not self._is_large(one[1])]
            for which, ones, limit in (
                ("above 1 MiB", large, LARGE_HEAP_LIMIT),
                ("below 1 MiB", small, SMALL_HEAP_LIMIT),
            ):
                if ones:
                    mean, worst = geometric_mean(value for value, _ in ones), max(ones)
                    add(f"Peak RSS {which}, over glibc, mean", mean, limit)
                    add(f"Peak RSS {which}, over glibc, worst", worst[0], limit, worst[1])
        return found

    def _is_large(self, name):
        return self.figures[name, "glibc"]["cold_kib"] > MEBIBYTE_KIB

    def goal_table(self):
        rows = [["goal", "figure", "at most", "state"]]
        rows += [[what, figure, limit, "met" if met else "**not met**"]
                 for what, figure, limit, met in self.goals()]  # fmt: skip
        return rows

    def markdown(self, preface):
        text = f"# Allocators compared\n\n{preface}\n"
        for heading, field, shown in METRICS:
            text += f"\n## {heading}\n\n{markdown_table(self.table(field, shown))}"
        if OURS in self.mallocs:
            text += f"\n## Goals\n\n{markdown_table(self.goal_table())}"
        return text

    def reproducers(self):
        """The table of NOTES: instructions and faults of each reproducer."""
        rows = [["sequence", "figure", *self.mallocs]]
        for heading, field, shown in METRICS[:4]:
            for name, _, *figures in self.table(field, shown)[1:]:
                if (name, "reproducer") in self.sequences:
                    rows.append([name, heading.lower(), *figures])
        return markdown_table(rows)

    def tsv(self):
        fields = ["calls", "threads", *(field for _, field, _ in METRICS)]
        lines = ["\t".join(["sequence", "kind", "malloc", *fields])]
        for name, kind in self.sequences:
            for malloc in self.mallocs:
                figures = self.figures[name, malloc]
                lines.append("\t".join([name, kind, malloc, *(str(figures[f]) for f in fields)]))
        return "\n".join(lines) + "\n"


def markdown_table(rows):
    # The first column and the worst's names are text, all others numbers.
    lines = [rows[0], ["---", *["---:"] * (len(rows[0]) - 1)], *rows[1:]]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)
