#!/bin/sh
":" /*
# The head of the provider file. For the kernel it is a shell script, which ends with exec; Node.js reads from the first
# line to the end of this head as a comment. It is here because Terraform shows nothing of what a program that does not
# start prints to standard error, only the first line of its standard output (plugin-protocol.md, section 1).

set -f
node=${PHONESTATE_NODE:-node}
try='try { new WebAssembly.Memory({ initial: 32 }) } catch (error) { console.error(String(error)); process.exit(1) }'
load='const { env, argv: [, file] } = process;
if (env.PHONESTATE_EXTRA_CA_CERTS) env.NODE_EXTRA_CA_CERTS = env.PHONESTATE_EXTRA_CA_CERTS;
const bundle = require("fs").readFileSync(file);
const text = bundle.toString("utf8", 0, bundle.indexOf("\n//./")).replace(/^#[^\n]+/, "");
require("vm").compileFunction(text, ["require", "module", "bundle"], { filename: file })(require, module, bundle);'

# Prints why the provider cannot start, as one line without "|", which separates the fields of the handshake.
fail() {
  PATH=$PATH:/usr/bin:/bin
  printf '%s' "The provider @ADDRESS@ did not start: $1" | tr '\n|' ' /'
  echo
  exit 1
}

# What a program printed, shortened.
excerpt() {
  PATH=$PATH:/usr/bin:/bin
  printf '%s' "$1" | tr -s '\n \t' ' ' | cut -c 1-300
}

command -v "$node" >/dev/null 2>&1 ||
  fail "it needs Node.js @MINIMUM@ or later, and there is no program \"$node\" on the PATH ($PATH). Install Node.js, or set PHONESTATE_NODE to the path of its program."

# It is meant for other programs: what it loads may be missing here, or print before the handshake.
unset NODE_OPTIONS
flags=${PHONESTATE_NODE_OPTIONS-}

found=$("$node" --version 2>&1) ||
  fail "\"$node\" ($(command -v "$node")) failed when it was asked for its version, and printed: $(excerpt "$found") Install Node.js @MINIMUM@ or later, or set PHONESTATE_NODE to the path of its program."
case $found in
v[0-9]*.[0-9]*.[0-9]*) ;;
*) fail "\"$node\" ($(command -v "$node")) is not Node.js: its version is \"$(excerpt "$found")\". Set PHONESTATE_NODE to the path of Node.js @MINIMUM@ or later." ;;
esac
major=${found#v} minor=${found#*.} patch=${found#*.*.}
major=${major%%.*} minor=${minor%%.*} patch=${patch%%[!0-9]*}
[ "$((major * 1000000 + minor * 1000 + patch))" -ge "@MINIMUM_NUMBER@" ] ||
  fail "it needs Node.js @MINIMUM@ or later, and \"$node\" ($(command -v "$node")) is $found. Upgrade it, put a newer one first on the PATH, or set PHONESTATE_NODE to its path."

# Node.js would read these authorities at start, which takes twice as long as all the rest of it. The provider reads them
# for a server that it does not trust without them.
if [ -n "${NODE_EXTRA_CA_CERTS-}" ]; then
  PHONESTATE_EXTRA_CA_CERTS=$NODE_EXTRA_CA_CERTS
  export PHONESTATE_EXTRA_CA_CERTS
  unset NODE_EXTRA_CA_CERTS
fi

# WebAssembly reserves gigabytes of addresses for a check that this flag makes it do otherwise.
memory=$(ulimit -v 2>/dev/null) || memory=unlimited
without_guards=
[ "$memory" = unlimited ] || without_guards=--disable-wasm-trap-handler

# What may keep Node.js from starting is tried first. The HTTP client needs WebAssembly.
set_here=
[ -z "${OPENSSL_CONF-}" ] || set_here="$set_here, OPENSSL_CONF ($OPENSSL_CONF)"
[ -z "${NODE_ICU_DATA-}" ] || set_here="$set_here, NODE_ICU_DATA ($NODE_ICU_DATA)"
[ -z "$flags" ] || set_here="$set_here, PHONESTATE_NODE_OPTIONS ($flags)"
[ "$memory" = unlimited ] || set_here="$set_here, the limit of virtual memory (ulimit -v: $memory KiB)"
if [ -n "$set_here" ]; then
  # shellcheck disable=SC2086
  printed=$("$node" $without_guards $flags -e "$try" 2>&1) ||
    fail "Node.js ($(command -v "$node")) cannot run it here, and printed: $(excerpt "$printed") Check what may be the cause: ${set_here#, }."
fi

# Not the file itself: a package.json in a folder above may declare that it is an ES module.
# shellcheck disable=SC2086
exec "$node" $without_guards $flags -e "$load" -- "$0" "$@"

# Git takes a file for binary that has a carriage return alone, and leaves its line ends as they are: with the line ends
# of Windows, no system finds /bin/sh. This is one: "@CR@".
*/;
"use strict";
