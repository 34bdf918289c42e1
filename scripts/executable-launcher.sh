#!/bin/sh
# Starts the executable of the provider that fits this machine. Terraform has one package for each operating system and
# processor, but on Linux there are two C libraries. It also shows the first line of the standard output of a provider
# that does not start, and nothing of its standard error (plugin-protocol.md, section 1).

# Bun acts on these before the provider does: it would run other code in it, or wait for a debugger.
unset BUN_BE_BUN BUN_OPTIONS BUN_INSPECT BUN_INSPECT_CONNECT_TO BUN_INSPECT_PRELOAD

fail() {
  echo "The provider @ADDRESS@ did not start: $1"
  exit 1
}

here=${0%/*}
if [ -x "$here/provider-macos" ]; then exec "$here/provider-macos" "$@"; fi

first() {
  for file in "$@"; do
    if [ -e "$file" ]; then return 0; fi
  done
  return 1
}
# Only one of these is the library of the system: other distributions have a package of musl, Alpine Linux has one that
# imitates glibc.
library=
if first /lib64/ld-linux-x86-64.so.2 /lib/ld-linux-aarch64.so.1; then library=glibc; fi
if first /lib/ld-musl-*.so.1 && { [ -z "$library" ] || [ -e /etc/alpine-release ]; }; then library=musl; fi
[ -n "$library" ] ||
  fail "this system has neither glibc nor musl where programs expect them (/lib64/ld-linux-x86-64.so.2, /lib/ld-linux-aarch64.so.1 or /lib/ld-musl-*.so.1). Use the provider of the npm package phonestate, which runs on Node.js."
if [ "$library" = musl ] && ! first /usr/lib/libstdc++.so.6 /lib/libstdc++.so.6 /usr/local/lib/libstdc++.so.6; then
  fail "it needs libstdc++, which is not in /usr/lib. Install it: apk add libstdc++ on Alpine Linux, also in the images of Terraform and Atlantis."
fi
[ -x "$here/provider-$library" ] ||
  fail "$here has no executable for $library (provider-$library). Install the package of a release, which has it."
exec "$here/provider-$library" "$@"
