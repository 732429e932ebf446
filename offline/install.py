"""Install zxsim from the bundle that this file lies in, without a network: install.py [DIR].

Any Python 3 can read this file, so that a wrong version is told in words. Nothing but the standard library
is used. Ends with 0 when zxsim runs, with 3 and a sentence in Chinese and English when it cannot.
"""

import hashlib
import json
import os
import shutil
import struct
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ABOUT = json.loads((HERE / "bundle.json").read_text(encoding="utf-8"))
SYSTEMS = {"win_amd64": "win32", "linux_x86_64": "linux"}
BITS = 64
LONGEST_PATH = 259
"""Windows takes no longer path unless it is told to."""


class Refused(Exception):  # noqa: N818 (it reads as what happens)
    """Why the bundle cannot be installed: Chinese, English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")


def check_python() -> None:
    """Refuse a Python that the wheels are not made for."""
    ours = ".".join(str(part) for part in sys.version_info[:2])
    bits, platform, pythons = struct.calcsize("P") * 8, ABOUT["platform"], "、".join(ABOUT["pythons"])
    if ours not in ABOUT["pythons"] or bits != BITS or SYSTEMS[platform] != sys.platform:
        here = f"{sys.platform} {bits} bit, {ours}"
        raise Refused(
            f"这个安装包用于 {platform} 和 64 位 Python {pythons}；这里是 {here}。",
            f"This bundle is for {platform} and 64-bit Python {pythons}; here is {here}.",
        )


def check_files() -> None:
    """Compare every file with its checksum."""
    wrong = []
    for line in (HERE / "SHA256SUMS").read_text(encoding="ascii").splitlines():
        digest, name = line.split("  ", 1)
        path = HERE / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            wrong.append(name)
    if wrong:
        shown = "、".join(wrong)
        raise Refused(
            f"文件缺少或已损坏：{shown}。请重新拷贝安装包并全部解压。",
            f"Missing or damaged: {shown}. Copy the bundle again and unpack all of it.",
        )


def check_folder(folder: Path) -> None:
    """Refuse a folder that holds something else, or one so deep that Windows could not open its files."""
    if (
        folder.exists()
        and not (folder / "pyvenv.cfg").is_file()
        and (not folder.is_dir() or any(folder.iterdir()))
    ):
        raise Refused(
            f"{folder} 已经存在而且不是空文件夹，没有改动它；请换一个文件夹。",
            f"{folder} exists and is no empty folder; it was not touched: name another.",
        )
    if os.name == "nt" and len(str(folder / "Lib" / "site-packages" / longest_name())) > LONGEST_PATH:
        raise Refused(
            f"{folder} 的路径太长，Windows 打不开里面的文件；请换一个短的，例如 C:\\zxsim。",
            f"The path {folder} is too long for Windows; name a short one such as C:\\zxsim.",
        )


def longest_name() -> str:
    """Return the longest name of a file to be, compiled modules included."""
    names = []
    for wheel in (HERE / "wheels").iterdir():
        with zipfile.ZipFile(str(wheel)) as archive:
            names += archive.namelist()
    compiled = [f"__pycache__/{name[:-3]}.cpython-313.pyc" for name in names if name.endswith(".py")]
    return max(names + compiled, key=len)


def settings() -> "dict[str, str]":
    """Return an environment in which pip looks nowhere but into the bundle."""
    kept = {key: value for key, value in os.environ.items() if not key.upper().startswith(("PIP_", "PYTHON"))}
    alone = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return {**kept, **alone, "PYTHONUTF8": "1"}


def install(folder: Path) -> Path:
    """Make the environment and put the wheels in; return the command ``zxsim``. A failed one is removed."""
    was_there = (folder / "pyvenv.cfg").is_file()
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    try:
        venv.create(str(folder), with_pip=True)
        pip = [str(scripts / "python"), "-m", "pip", "install", "--quiet", "--no-index", "--no-cache-dir"]
        chosen = ["--find-links", str(HERE / "wheels"), "--only-binary=:all:", "--require-hashes"]
        subprocess.run([*pip, *chosen, "-r", str(HERE / "requirements.txt")], check=True, env=settings())  # noqa: S603
        command = scripts / ("zxsim.exe" if os.name == "nt" else "zxsim")
        subprocess.run([str(command), "--version"], check=True, env=settings(), stdout=subprocess.DEVNULL)  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        if not was_there:
            shutil.rmtree(str(folder), ignore_errors=True)
        raise Refused(f"安装没有完成：{error}", f"Not installed: {error}") from None
    return command


def main() -> int:
    """Install, and say how to start."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    folder = Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else HERE / "zxsim-env"
    try:
        check_python()
        check_files()
        check_folder(folder)
        print(f"正在安装 zxsim {ABOUT['version']} 到 {folder} ……", flush=True)
        command = install(folder)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 3
    print(f"已安装：{command}")
    print(f'接下来：\n  "{command}" new 我的方案\n  "{command}" optimize 我的方案')
    return 0


if __name__ == "__main__":
    sys.exit(main())
