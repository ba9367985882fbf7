#!/bin/sh
# with-mail-server.sh COMMAND...: run the tests with a real Dovecot at hand; where there is none and none can be installed, say so.
set -eu
here=$(dirname "$0")
# shellcheck source=scripts/debian.sh
. "$here/debian.sh"

PATH=$PATH:/usr/sbin:/sbin
export PATH

have_server() { command -v dovecot >/dev/null 2>&1 && command -v doveadm >/dev/null 2>&1 && command -v openssl >/dev/null 2>&1; }

# Debian starts the service of a package that it installs; the tests start a server of their own, so that one is not wanted.
stop_service() {
    if [ -d /run/systemd/system ]; then
        $as_root systemctl disable --now dovecot.socket dovecot.service >/dev/null 2>&1 || true
    fi
}

if ! have_server && install_debian dovecot-imapd openssl; then
    stop_service
fi
if ! have_server; then
    NURTURE_WITHOUT_DOVECOT=1
    export NURTURE_WITHOUT_DOVECOT
    echo "==============================================================================" >&2
    echo "NOT RUN: the tests against a real mail server. They need Dovecot and openssl:" >&2
    echo "    apt-get install dovecot-imapd openssl" >&2
    echo "==============================================================================" >&2
fi
exec "$@"
