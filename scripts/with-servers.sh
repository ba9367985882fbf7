#!/bin/sh
# with-servers.sh COMMAND...: run the tests with a real Dovecot and a real PostgreSQL at hand; what is missing and cannot be installed
# is said.
set -eu
here=$(dirname "$0")
# shellcheck source=scripts/debian.sh
. "$here/debian.sh"

PATH=$PATH:/usr/sbin:/sbin
export PATH
POSTGRESQL=${POSTGRESQL:-/usr/lib/postgresql} # where Debian keeps its programs, a folder a version

have_dovecot() { command -v dovecot >/dev/null 2>&1 && command -v doveadm >/dev/null 2>&1 && command -v openssl >/dev/null 2>&1; }
have_postgresql() { command -v initdb >/dev/null 2>&1 || command -v "$POSTGRESQL"/*/bin/initdb >/dev/null 2>&1; }

# Debian starts the service of a package that it installs; the tests start servers of their own, so that it is not wanted.
stop_services() {
    if [ -d /run/systemd/system ]; then
        # shellcheck disable=SC2086  # nothing, or sudo with its option
        $as_root systemctl disable --now "$@" >/dev/null 2>&1 || true
    fi
}

not_run() { # WHAT PACKAGES
    echo "==============================================================================" >&2
    echo "NOT RUN: the tests against a real $1:" >&2
    echo "    apt-get install $2" >&2
    echo "==============================================================================" >&2
}

if ! have_dovecot && install_debian dovecot-imapd openssl; then
    stop_services dovecot.socket dovecot.service
fi
if ! have_dovecot; then
    NURTURE_WITHOUT_DOVECOT=1
    export NURTURE_WITHOUT_DOVECOT
    not_run "mail server. They need Dovecot and openssl" "dovecot-imapd openssl"
fi
if ! have_postgresql && install_debian postgresql; then
    stop_services postgresql.service
fi
if ! have_postgresql; then
    NURTURE_WITHOUT_POSTGRESQL=1
    export NURTURE_WITHOUT_POSTGRESQL
    not_run "database server. They need PostgreSQL" "postgresql"
fi
exec "$@"
