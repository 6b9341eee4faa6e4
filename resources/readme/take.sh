#!/bin/sh
# Takes the pictures of README.md anew, from the program itself; needs no display.
set -eu
cd "$(dirname "$0")"
tutor="${1:-cnn-tutor}"
"$tutor" --open convolution_same --step 9 --lang en --theme light --size 1280x720 --screenshot convolution_en.png
"$tutor" --open vertical_edges --step 12 --lang ja --theme dark --size 1280x720 --screenshot edges_ja_dark.png
