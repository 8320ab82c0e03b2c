"""Makes the projection of a model: the directions in which the vectors of passages differ most.

    python3 models/training/projection.py index/default/vectors-of-….sqlite \\
        models/bge-small-en-v1.5-cables/projection.f32 128

Reads the vectors that an index keeps (eight bits a component), and writes so many rows of 32-bit floats, each an
eigenvector of their second moments, the largest first. The HNSW graph is walked in these dimensions; what it leads to
is ranked by the whole vectors. Put the file's name, rows and sha256 into the model's pilcrow.json.
"""

import sqlite3
import sys

import numpy as np

store, target, rows = sys.argv[1], sys.argv[2], int(sys.argv[3])
dimension = 384
windows = b"".join(
    row[0] for row in sqlite3.connect(store).execute("SELECT windows FROM embedding ORDER BY key")
)
vectors = np.frombuffer(windows, dtype=np.int8).reshape(-1, dimension).astype(np.float64)
vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
values, directions = np.linalg.eigh(vectors.T @ vectors / len(vectors))
# The sign of an eigenvector is arbitrary: its largest component is made positive, so that a run gives the same again.
leading = directions[:, ::-1][:, :rows].T
leading *= np.sign(leading[np.arange(rows), np.abs(leading).argmax(axis=1)])[:, None]
leading.astype("<f4").tofile(target)
share = values[::-1][:rows].sum() / values.sum()
print(f"{len(vectors)} vectors; {rows} directions hold {share:.4f} of their length")
