"""Whom the HTTP client trusts, and what it refuses to send or to tell."""

import ssl
import traceback
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.channel import Outage, Undelivered
from bot.sending.http import Client
from tests.channels.test_http import BODY, _outcome, says, serving

TOKEN = "7000000001:AAtheTOKENthatNOBODYmaySEE"


async def test_redirects_are_not_followed_and_proxies_not_read_from_the_environment(monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    moved = b"HTTP/1.1 307 X\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"
    async with serving(says(moved)) as (server, client):
        assert (await client.post("/a", BODY)).status == 307
    assert sum(map(len, server.connections)) == 1


async def test_tls_takes_only_a_certificate_for_this_host_of_a_known_authority(tmp_path, monkeypatch):
    authority, of_host, of_another = certificates(tmp_path)
    async with serving(tls=of_host) as (server, client):
        assert await _outcome(client) is Outage
    assert not any(server.connections)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    async with serving(tls=of_host) as (server, client):
        for _ in range(2):
            assert (await client.post("/a", BODY)).status == 200
    assert [len(requests) for requests in server.connections] == [2]
    async with serving(tls=of_another) as (server, client):
        with pytest.raises(Outage) as trouble:
            await client.post("/a", BODY)
        assert trouble.value.why == "certificate_refused"
    assert not any(server.connections)


@pytest.mark.parametrize("path", ["/a b", "/a\r\nHost: x", "/\u2028"])
async def test_a_path_that_would_change_the_request_is_not_sent(path: str):
    async with serving() as (server, client):
        with pytest.raises(Outage):
            await client.post(path, BODY)
    assert server.connections == []


@pytest.mark.parametrize("value", [f"{TOKEN}\r\nX: y", f"{TOKEN}é"])
def test_a_header_that_would_change_the_request_is_refused_without_its_value(value: str):
    with pytest.raises(ValueError, match="header") as refused:
        Client("http://127.0.0.1:1", headers={"Authorization": value})
    assert TOKEN not in str(refused.value)


@pytest.mark.parametrize(
    "base", ["ftp://127.0.0.1", "127.0.0.1:80", f"http://{TOKEN}@127.0.0.1", "http://h/?a=b"]
)
def test_a_base_that_is_no_address_is_refused_without_its_value(base: str):
    with pytest.raises(ValueError, match="address") as refused:
        Client(base)
    assert TOKEN not in str(refused.value)


@pytest.mark.parametrize("script", [says(then_closes=True), None])
async def test_no_exception_and_no_representation_holds_the_token_or_the_text(script):
    async with serving(script, headers={"Authorization": TOKEN}) as (_, client):
        if script is None:
            client._port = 9
        with pytest.raises(Undelivered) as trouble:
            await client.post(f"/bot{TOKEN}/sendMessage", BODY)
        written = "".join(traceback.format_exception(trouble.value)) + repr(client)
    assert TOKEN not in written
    assert "RAHASIA" not in written


def certificates(folder: Path) -> tuple[Path, ssl.SSLContext, ssl.SSLContext]:
    """A self-made authority, and servers that it says are 127.0.0.1 and another host."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "CA")]),
    )
    authority = _signed(key, name, key, x509.BasicConstraints(ca=True, path_length=0))
    path = folder / "authority.pem"
    path.write_bytes(authority)
    servers = []
    for place, host in enumerate((x509.IPAddress(ip_address("127.0.0.1")), x509.DNSName("another.example"))):
        own = ec.generate_private_key(ec.SECP256R1())
        pem = folder / f"server-{place}.pem"
        private = own.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        pem.write_bytes(private + _signed(own, name, key, x509.SubjectAlternativeName([host])))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        servers.append(context)
    return path, *servers


def _signed(key, issuer: x509.Name, by, extension: x509.ExtensionType) -> bytes:
    own_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)  # noqa: TID251 (certificates are checked by the wall clock)
    built = (
        x509.CertificateBuilder()
        .subject_name(issuer if key is by else own_name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(extension, critical=True)
        # Python 3.13 takes none without these.
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
        .add_extension(_usage(signs=key is by), critical=True)
    )
    return built.sign(by, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _usage(*, signs: bool) -> x509.KeyUsage:
    """What a key is for: an authority's signs certificates, a server's signs its own greeting."""
    return x509.KeyUsage(
        digital_signature=not signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )
