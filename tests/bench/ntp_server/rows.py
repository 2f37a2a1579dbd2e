# SPDX-FileCopyrightText: 2026 The Foliot authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was measured, for people while it is and for programs at the end."""
import sys

rows = []


def progress(text):
    print(text, file=sys.stderr, flush=True)


def row(name, value, unit="", reference=None, goal=None):
    rows.append({"name": name, "value": value, "unit": unit, "reference": reference, "goal": goal})
    progress(f"{name}: {value:.4g} {unit}" + (f" (goal {goal:.4g})" if goal is not None else ""))
