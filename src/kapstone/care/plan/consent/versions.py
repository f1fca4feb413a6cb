"""The version of the words, and the digests of all versions so far: words cannot change without a new version.

The text that somebody signed is kept whole with their signature, so what is listed here is only what we wrote when.
"""

VERSION = "2"

HISTORY: dict[str, dict[str, str]] = {
    "2": {
        "racemic": "ebacbcb703ca086ce5097b82e6b923ceb3e8d53986e3de1b49bd274e8862d004",
        "esketamine": "5c0ebc5790ed45ee26f7cf0084efc597d4c0083a45478db22ba7c1f53375103b",
    },
}
"""For each version, the digest of each medicine's words without notes and without a clinic's words on cost."""
