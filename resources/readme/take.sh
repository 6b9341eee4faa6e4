#!/bin/sh
# Takes the pictures of README.md anew, from the program itself; needs no display.
set -eu
cd "$(dirname "$0")"
tutor="${1:-cnn-tutor}"
"$tutor" --open lesson_convolution --step 10 --lang en --theme light --size 1280x720 --screenshot lesson_en.png
"$tutor" --open convolution_same --step 9 --lang en --theme light --size 1280x720 --screenshot convolution_en.png
"$tutor" --open rgb --step 8 --lang ja --theme dark --size 1280x720 --screenshot rgb_ja_dark.png
"$tutor" --open deep --step 300 --lang en --theme light --size 1280x720 --screenshot network_en.png
"$tutor" --open 1H33N-W0000-04WX --answer 29 --lang en --theme light --size 1280x720 --screenshot practice_en.png
