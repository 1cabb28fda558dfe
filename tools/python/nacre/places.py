"""Where the data and cases of this installation are."""
import os
import pathlib

HERE = pathlib.Path(__file__).resolve().parent


def share():
    """PREFIX/share/nacre of the prefix that this package is installed below; None in a build folder."""
    for parent in HERE.parents:
        if (parent / "share" / "nacre" / "data").is_dir():
            return parent / "share" / "nacre"
    return None


def data_folder(given):
    """What --data is to be. A user's folder comes first; without one, and without NACRE_DATA, the data of this installation."""
    if given:
        return os.fspath(given)
    home = share()
    return "" if home is None or os.environ.get("NACRE_DATA") else str(home / "data")


def case_path(case):
    """A case file by its path, or by the name of an installed one ("peng2022")."""
    name = os.fspath(case)
    home = share()
    if home and os.sep not in name and not os.path.exists(name) and (home / "cases" / f"{name}.toml").is_file():
        return str(home / "cases" / f"{name}.toml")
    return name
