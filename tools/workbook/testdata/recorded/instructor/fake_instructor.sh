#!/bin/sh
# Stands in for the instructor's binary: tells the words that it was given.
for word in "$@"; do
  echo "[$word]"
done
exit 3
