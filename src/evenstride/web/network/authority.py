"""Certificates of our own, so that a phone can trust this computer and nothing else through it.

An authority of a home vouches for one server. It is bound to the names and addresses of this
computer by name constraints (RFC 5280, 4.2.1.10): even who stole its key could not pretend to be
any other site to a phone that trusts it. The certificate of the server lives for about a year and
is made anew in time; the phone does not notice, as it trusts the authority.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from evenstride.app.private import write_private

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

__all__ = ["Certificates", "certificates"]

_AUTHORITY, _SERVER = "authority.pem", "server.pem"  # each with its key
_AUTHORITY_LIVES = timedelta(days=3650)
_SERVER_LIVES = timedelta(days=397)  # what phones accept ends at 398
_IN_TIME = timedelta(days=30)
_CLOCKS_DIFFER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Certificates:
    """What a server proves itself with, and what a phone has to trust for it.

    Attributes:
        server: File with the certificate of the server and its key.
        authority: The certificate that a phone installs, in DER.
        fingerprint: SHA-256 of it, as phones show it, so that it can be compared.
        is_new: Whether it was made just now, so that no phone trusts it yet.
    """

    server: Path
    authority: bytes
    fingerprint: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Pair:
    certificate: x509.Certificate
    key: EllipticCurvePrivateKey


def certificates(
    folder: Path, names: tuple[str, ...], addresses: tuple[str, ...], now: datetime | None = None
) -> Certificates:
    """Return certificates for this computer; those that still fit are kept.

    Args:
        folder: Where they are kept, readable by their owner only.
        names: Of this computer, such as "desk.local".
        addresses: Of this computer.
        now: The moment.
    """
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding

    moment = now or datetime.now(UTC)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    wanted = frozenset((*names, *addresses))
    authority = _kept(folder / _AUTHORITY)
    is_new = authority is None or not _may_vouch(authority.certificate, wanted, moment)
    if authority is None or is_new:
        authority = _new_authority(wanted, moment)
        _keep(folder / _AUTHORITY, authority)
    server = _kept(folder / _SERVER)
    if server is None or not _fits(server.certificate, authority, wanted, moment):
        _keep(folder / _SERVER, _new_server(authority, wanted, moment))
    shown = authority.certificate.fingerprint(SHA256()).hex(" ").upper()
    der = authority.certificate.public_bytes(Encoding.DER)
    return Certificates(folder / _SERVER, der, shown, is_new)


def _new_authority(wanted: frozenset[str], now: datetime) -> _Pair:
    from cryptography import x509

    key = _new_key()
    name = _name(f"evenstride at home, {now:%Y-%m-%d}")
    constraints = x509.NameConstraints([_constraint(one) for one in sorted(wanted)], None)
    builder = (
        _begun(name, name, key, now, _AUTHORITY_LIVES)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(constraints, critical=True)
    )
    return _signed(builder, key, key)


def _new_server(authority: _Pair, wanted: frozenset[str], now: datetime) -> _Pair:
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    key = _new_key()
    above = authority.certificate
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    names = x509.SubjectAlternativeName([_general(one) for one in sorted(wanted)])
    builder = (
        _begun(_name("evenstride"), above.subject, key, now, _SERVER_LIVES)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(names, critical=False)
        .add_extension(issuer, critical=False)
    )
    return _signed(builder, key, authority.key)


def _begun(
    subject: x509.Name,
    issuer: x509.Name,
    key: EllipticCurvePrivateKey,
    now: datetime,
    lives: timedelta,
) -> x509.CertificateBuilder:
    from cryptography import x509

    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCKS_DIFFER)
        .not_valid_after(now - _CLOCKS_DIFFER + lives)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _signed(
    builder: x509.CertificateBuilder, key: EllipticCurvePrivateKey, by: EllipticCurvePrivateKey
) -> _Pair:
    from cryptography.hazmat.primitives.hashes import SHA256

    return _Pair(builder.sign(by, SHA256()), key)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _new_key() -> EllipticCurvePrivateKey:
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())


def _name(common: str) -> x509.Name:
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _general(one: str) -> x509.GeneralName:
    from cryptography import x509

    try:
        return x509.IPAddress(ip_address(one))
    except ValueError:
        return x509.DNSName(one)


def _constraint(one: str) -> x509.GeneralName:
    from cryptography import x509

    try:
        return x509.IPAddress(IPv4Network(IPv4Address(one)))
    except ValueError:
        return x509.DNSName(one)


def _may_vouch(authority: x509.Certificate, wanted: frozenset[str], now: datetime) -> bool:
    """Tell whether an authority lives long enough, and is bound to names that include these."""
    from cryptography import x509

    outlives = authority.not_valid_after_utc > now + _SERVER_LIVES
    try:
        bound = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    except x509.ExtensionNotFound:
        return False
    permitted = set(bound.permitted_subtrees or ())
    return outlives and {_constraint(one) for one in wanted} <= permitted


def _fits(
    server: x509.Certificate, authority: _Pair, wanted: frozenset[str], now: datetime
) -> bool:
    """Tell whether a server's certificate is from this authority, for these names, and fresh."""
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature

    try:
        server.verify_directly_issued_by(authority.certificate)
        names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    same = set(names) == {_general(one) for one in wanted}
    return same and server.not_valid_before_utc <= now < server.not_valid_after_utc - _IN_TIME


def _kept(path: Path) -> _Pair | None:
    """Return what is kept in a file; None if that cannot be used, and is to be made anew."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        content = path.read_bytes()
        certificate = x509.load_pem_x509_certificate(content)
        key = load_pem_private_key(content, None)
        certificate.extensions  # noqa: B018 - a damaged one shows itself here
    except (OSError, ValueError, TypeError):
        return None
    if not isinstance(key, EllipticCurvePrivateKey):
        return None
    return _Pair(certificate, key) if key.public_key() == certificate.public_key() else None


def _keep(path: Path, pair: _Pair) -> None:
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    key = pair.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_private(path, pair.certificate.public_bytes(Encoding.PEM) + key)
