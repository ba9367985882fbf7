"""An own certificate authority and certificates for loopback, made with openssl in a second; nothing outlives the test run."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

# All that Python 3.13's strict check wants of an authority.
AUTHORITY = """
[req]
distinguished_name = name
x509_extensions = extensions
prompt = no
[name]
CN = {name}
[extensions]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
"""
SERVER = """
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = {hosts}
"""


@dataclass(frozen=True)
class Certificate:
    """A key and its certificate, as PEM files."""

    key: Path
    cert: Path


class Authority:
    """An authority that nobody trusts who was not given `ca_file`."""

    def __init__(self, folder: Path, name: str = "ca") -> None:
        self.folder = folder
        self.key, self.ca_file = folder / f"{name}.key", folder / f"{name}.pem"
        _openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self.key)
        conf = folder / f"{name}.conf"
        conf.write_text(AUTHORITY.format(name=f"Test {name}"))
        _openssl("req", "-x509", "-new", "-config", conf, "-key", self.key, "-days", 2, "-out", self.ca_file)

    def issue(self, name: str, *hosts: str, days: int = 2) -> Certificate:
        """A server certificate for host names; `days` below zero: one that is over already."""
        key, request, cert, extra = (self.folder / f"{name}.{kind}" for kind in ("key", "csr", "pem", "ext"))
        extra.write_text(SERVER.format(hosts=",".join(f"DNS:{host}" for host in hosts)))
        _openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key)
        _openssl("req", "-new", "-key", key, "-subj", f"/CN={name}", "-out", request)
        _openssl(
            "x509", "-req", "-in", request, "-CA", self.ca_file, "-CAkey", self.key, "-CAcreateserial", "-days", days,
            "-extfile", extra, "-out", cert,
        )  # fmt: skip
        return Certificate(key=key, cert=cert)


def _openssl(*words: object) -> None:
    done = subprocess.run(["openssl", *map(str, words)], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, f"openssl {words[0]}: {done.stderr}"
