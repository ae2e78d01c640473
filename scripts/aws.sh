# shellcheck shell=bash disable=SC2034 # The scripts that source this file use the variables.
# Shared by scripts/deploy, destroy, key and logs, which source it. It enters the root folder of the
# repository, installs the packages of infra/ if they are missing, and defines the functions below.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The AWS SDK warns in every process about Node 20, the oldest version that we support.
export AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true

say() { printf '%s\n' "$(basename "$0"): $*" >&2; }
fail() { say "$@"; exit 1; }

# Runs a program of infra/node_modules in infra/.
infra() { (cd infra && PATH="$PWD/node_modules/.bin:$PATH" && "$@"); }

# read_options USAGE ARGUMENT...: collects the `-c name=value` pairs in `context` and sets `yes` and
# `built`. USAGE names the options that the script takes.
yes=false
built=false
context=()
read_options() {
  local usage=$1
  shift
  while [ $# -gt 0 ]; do
    case $usage in *"[$1]"* | *"[$1 "*) ;; *) fail "usage: $usage" ;; esac
    case $1 in
      --yes) yes=true ;;
      --built) built=true ;;
      -c)
        case ${2:-} in
          [a-z]*=*) context+=(-c "$2") ;;
          *) fail "-c needs name=value, not \"${2:-}\"" ;;
        esac
        shift
        ;;
    esac
    shift
  done
}

# confirm QUESTION: asks on the terminal unless --yes was given; anything but yes ends the script.
confirm() {
  local answer
  [ $yes = false ] || return 0
  read -r -p "$1 [y/N] " answer || answer=
  case $answer in y | Y | yes) ;; *) fail "nothing was changed" ;; esac
}

scripts/setup infra
