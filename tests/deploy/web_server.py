"""nginx with the files of deploy/proxy/, on ports and in a folder of a test."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PROXY = Path(__file__).parents[2] / "deploy" / "proxy"
NGINX = shutil.which("nginx", path="/usr/sbin:" + os.environ["PATH"])

_AROUND = """
{user}daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
worker_processes 1;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/moved-*.conf;
}}
"""


def make_certificate(folder, *names):
    """Put a certificate where certbot puts it; the context of a client that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, names[0])])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2090, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for one in names:
        live = folder / "etc/letsencrypt/live" / one
        live.mkdir(parents=True)
        (live / "fullchain.pem").write_bytes(made)
        (live / "privkey.pem").write_bytes(plain)
    return ssl.create_default_context(cadata=made.decode())


def check_installed(folder, fronts=(18443, 18080)):
    """`nginx -t` of what lies in etc/nginx/conf.d of the folder; the command that runs it.

    Ports are moved to `fronts` (https, http) of 127.0.0.1, and the places of certificates and logs into the folder.
    """
    if NGINX is None:
        return []
    (folder / "var/log/nginx").mkdir(parents=True, exist_ok=True)
    for file in (folder / "etc/nginx/conf.d").iterdir():
        text = re.sub(r" *listen \[::\].*\n", "", file.read_text())
        for port, front in (("443 ssl", fronts[0]), ("80", fronts[1])):
            text = text.replace(f"listen {port};", f"listen 127.0.0.1:{front}{port.lstrip('0123456789')};")
        for place in ("/etc/letsencrypt/", "/var/log/nginx/"):
            text = text.replace(place, f"{folder}{place}")
        (folder / f"moved-{file.name}").write_text(text)
    user = "user root;\n" if os.geteuid() == 0 else ""  # it may write to the test's folder
    (folder / "nginx.conf").write_text(_AROUND.format(user=user, folder=folder))
    command = [NGINX, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
    tried = subprocess.run([*command, "-t", "-q"], capture_output=True, text=True, check=False, timeout=60)
    assert (tried.returncode, tried.stderr) == (0, "")
    return command


def _wait_for(port, process):
    """Wait until somebody listens at the port."""
    while process.poll() is None:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError("nginx ended")


@contextmanager
def nginx(folder, fronts, offices):
    """nginx in front of these offices: names with the ports of their processes."""
    installed = folder / "etc/nginx/conf.d"
    installed.mkdir(parents=True)
    shutil.copy(PROXY / "00-loket.conf", installed)
    for name, (first, *second) in offices.items():
        text = (
            (PROXY / "office.conf")
            .read_text()
            .replace("konawe", name)
            .replace("127.0.0.1:8101", f"127.0.0.1:{first}")
        )
        for port in second:
            text = text.replace("# server 127.0.0.1:8102", f"server 127.0.0.1:{port}")
        (installed / f"loket-{name}.conf").write_text(text)
    process = subprocess.Popen(check_installed(folder, fronts))
    try:
        for port in fronts:
            _wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait(30)
