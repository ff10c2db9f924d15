#!/bin/sh
# Chromium by apt when it is missing and we are root; otherwise say so: the browser tests then skip themselves.
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null && exit 0
fi
echo "Chromium is not installed (apt-get install chromium): the browser tests will be skipped." >&2
