# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the seed corpora of the fuzz targets lie. Used by make_corpus.py and make_nts_corpus.py."""

import pathlib

CORPUS = pathlib.Path(__file__).resolve().parent / "corpus"


def write(target, inputs):
    """One file for each name in inputs, in the target's folder."""
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    for name, octets in inputs.items():
        (folder / name).write_bytes(octets)
    print(f"{target}: {len(inputs)} files")
