#!/bin/sh
# Stands in front of git: around the command KILL_AROUND it kills its parent,
# KILL_MOMENT before or after, once the update has its journal.
real=/usr/bin/git
case " $* " in
  *" $KILL_AROUND "*) [ -e .workbook/update/journal ] || exec "$real" "$@" ;;
  *) exec "$real" "$@" ;;
esac
[ "$KILL_MOMENT" = after ] && "$real" "$@"
kill -9 "$PPID"
