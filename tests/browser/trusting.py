"""A browser profile that trusts a certificate authority, as `certutil -A -t C,,` makes one: with NSS itself.

Run as a program, in a process of its own: NSS is initialised once and for one database.
"""

from __future__ import annotations

import ctypes
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

TRUSTED_FOR_SERVERS = b"C,,"
READ_AND_WRITE = 0
NO_KEY = 0


class Trust(ctypes.Structure):
    """CERTCertTrust of NSS's certt.h: what a certificate is trusted for, by purpose."""

    _fields_ = [("ssl", ctypes.c_uint), ("email", ctypes.c_uint), ("object_signing", ctypes.c_uint)]


def trust(home: Path, authority: Path) -> None:
    """Have Chromium with this HOME trust the authority of a PEM file. Raises CalledProcessError where it cannot."""
    folder = home / ".pki" / "nssdb"
    folder.mkdir(parents=True)
    subprocess.run([sys.executable, "-m", __name__, str(folder), str(authority)], check=True, timeout=60)


def add(folder: str, authority: Path) -> None:
    """Put the authority into the database of a folder. Raises OSError where NSS says no."""
    nss = library()
    check(nss.NSS_Initialize(f"sql:{folder}".encode(), b"", b"", b"secmod.db", READ_AND_WRITE), "initialise")
    slot = nss.PK11_GetInternalKeySlot()
    if nss.PK11_NeedUserInit(slot):
        check(nss.PK11_InitPin(slot, None, None), "set no password")
    der = x509.load_pem_x509_certificate(authority.read_bytes()).public_bytes(Encoding.DER)
    certificate = reader().CERT_DecodeCertFromPackage(der, len(der))
    if not certificate:
        raise OSError("NSS does not read the certificate")
    check(nss.PK11_ImportCert(slot, certificate, NO_KEY, b"Baige test", 0), "import the certificate")
    wanted = Trust()
    check(nss.CERT_DecodeTrustString(ctypes.byref(wanted), TRUSTED_FOR_SERVERS), "read the trust")
    changed = nss.CERT_ChangeCertTrust(nss.CERT_GetDefaultCertDB(), certificate, ctypes.byref(wanted))
    check(changed, "change the trust")
    nss.CERT_DestroyCertificate(ctypes.c_void_p(certificate))
    nss.PK11_FreeSlot(ctypes.c_void_p(slot))
    check(nss.NSS_Shutdown(), "shut down")


def library() -> ctypes.CDLL:
    nss = ctypes.CDLL(find_library("nss3") or "libnss3.so")
    pointer = ctypes.c_void_p
    nss.PK11_GetInternalKeySlot.restype = pointer
    nss.PK11_NeedUserInit.argtypes = [pointer]
    nss.PK11_InitPin.argtypes = [pointer, ctypes.c_char_p, ctypes.c_char_p]
    nss.PK11_ImportCert.argtypes = [pointer, pointer, ctypes.c_ulong, ctypes.c_char_p, ctypes.c_int]
    nss.CERT_GetDefaultCertDB.restype = pointer
    nss.CERT_ChangeCertTrust.argtypes = [pointer, pointer, pointer]
    return nss


def reader() -> ctypes.CDLL:
    """The part of NSS that reads certificates."""
    smime = ctypes.CDLL(find_library("smime3") or "libsmime3.so")
    smime.CERT_DecodeCertFromPackage.restype = ctypes.c_void_p
    smime.CERT_DecodeCertFromPackage.argtypes = [ctypes.c_char_p, ctypes.c_int]
    return smime


def check(status: int, what: str) -> None:
    if status != 0:
        raise OSError(f"NSS could not {what}")


if __name__ == "__main__":
    add(sys.argv[1], Path(sys.argv[2]))
