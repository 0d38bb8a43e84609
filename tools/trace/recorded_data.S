// The packed traces, byte by byte.
    .section .rodata
    .globl workbook_trace_git_begin
    .globl workbook_trace_git_end
workbook_trace_git_begin:
    .incbin "tools/trace/testdata/git.trace.gz"
workbook_trace_git_end:
    .globl workbook_trace_python3_begin
    .globl workbook_trace_python3_end
workbook_trace_python3_begin:
    .incbin "tools/trace/testdata/python3.trace.gz"
workbook_trace_python3_end:
    .globl workbook_trace_sqlite3_begin
    .globl workbook_trace_sqlite3_end
workbook_trace_sqlite3_begin:
    .incbin "tools/trace/testdata/sqlite3.trace.gz"
workbook_trace_sqlite3_end:
    .globl workbook_trace_gcc_begin
    .globl workbook_trace_gcc_end
workbook_trace_gcc_begin:
    .incbin "tools/trace/testdata/gcc.trace.gz"
workbook_trace_gcc_end:
    .globl workbook_trace_git_grep_begin
    .globl workbook_trace_git_grep_end
workbook_trace_git_grep_begin:
    .incbin "tools/trace/testdata/git_grep.trace.gz"
workbook_trace_git_grep_end:
    .globl workbook_trace_lld_begin
    .globl workbook_trace_lld_end
workbook_trace_lld_begin:
    .incbin "tools/trace/testdata/lld.trace.gz"
workbook_trace_lld_end:
    .section .note.GNU-stack,"",@progbits
