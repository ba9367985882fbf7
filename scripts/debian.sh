# shellcheck shell=sh
# Sourced by the other scripts: install Debian packages where that is possible without a question.

# install_debian PACKAGE...: 0 when they are installed now, 1 when this machine or this user cannot.
install_debian() {
    command -v apt-get >/dev/null 2>&1 || return 1
    if [ "$(id -u)" = 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo -n"
    else
        return 1
    fi
    echo "Installing Debian packages: $*" >&2
    $as_root apt-get update -qq </dev/null >&2 || return 1
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        -o DPkg::Lock::Timeout=120 "$@" </dev/null >&2
}
