"""Signs a small model with the reference tool, once for each curve, once with a certificate, and in its other ways: in
shards, with files left out, with another digest.

    python model_signing_bundles.py OUTPUT

needs PyPI's model-signing, pyopenssl, blake3 and an openssl command. Keys are made anew and only their public halves are kept.
"""
import pathlib
import subprocess
import sys
import tempfile

MODEL = {"model.safetensors": b"\x08\0\0\0\0\0\0\0{}      ", "tokenizer/vocab.txt": b"a\nb\n"}
LEAF = "keyUsage=critical,digitalSignature\nextendedKeyUsage=codeSigning\nbasicConstraints=CA:FALSE\n"


def run(*command):
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def sign(*arguments):
    run(sys.executable, "-m", "model_signing", "sign", *arguments)


def key(folder, name, curve):
    private = folder / (name + ".key")
    run("openssl", "ecparam", "-name", curve, "-genkey", "-noout", "-out", private)
    return private


def main(output):
    output.mkdir(parents=True, exist_ok=True)
    model = output / "model"
    for name, content in MODEL.items():
        path = model / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        for name, curve in (("p256", "prime256v1"), ("p384", "secp384r1"), ("p521", "secp521r1")):
            private = key(folder, name, curve)
            run("openssl", "ec", "-in", private, "-pubout", "-out", output / (name + ".pub"))
            sign("key", model, "--private_key", private, "--signature", output / (name + ".sig"))
        root = key(folder, "root", "prime256v1")
        leaf = key(folder, "leaf", "prime256v1")
        run("openssl", "req", "-x509", "-key", root, "-days", "36500", "-subj", "/CN=Test root", "-out", output / "root.pem")
        run("openssl", "req", "-new", "-key", leaf, "-subj", "/CN=Test signer", "-out", folder / "leaf.csr")
        (folder / "leaf.ext").write_text(LEAF)
        run("openssl", "x509", "-req", "-in", folder / "leaf.csr", "-CA", output / "root.pem", "-CAkey", root,
            "-CAserial", folder / "serial", "-CAcreateserial", "-days", "36500", "-extfile", folder / "leaf.ext", "-out", folder / "leaf.pem")
        sign("certificate", model, "--private_key", leaf, "--signing_certificate", folder / "leaf.pem",
             "--certificate_chain", output / "root.pem", "--signature", output / "certificate.sig")
        other_ways(folder, output)


def other_ways(folder, output):
    from model_signing import hashing, signing

    private = key(folder, "more", "prime256v1")
    run("openssl", "ec", "-in", private, "-pubout", "-out", output / "more.pub")
    run("openssl", "genrsa", "-out", folder / "rsa.key")
    run("openssl", "rsa", "-in", folder / "rsa.key", "-pubout", "-out", output / "rsa.pub")
    ways = {
        "shards": hashing.Config().use_shard_serialization(hashing_algorithm="sha256", shard_size=7),
        "blake3": hashing.Config().use_file_serialization(hashing_algorithm="blake3"),
        "left-out": hashing.Config().set_ignored_paths(paths=[output / "model/tokenizer"]),
    }
    for name, way in ways.items():
        signer = signing.Config().use_elliptic_key_signer(private_key=private).set_hashing_config(way)
        signer.sign(output / "model", output / (name + ".sig"))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
