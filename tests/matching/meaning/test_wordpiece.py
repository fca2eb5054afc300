"""Text is cut into pieces as the tokenizers library cuts it (its answers, noted once)."""

import pytest

from matching.meaning.table import FOLDER, lines
from matching.meaning.wordpiece import LONGEST_WORD, WordPieces

VOCABULARY = lines(FOLDER, "pieces")
PIECES = WordPieces(VOCABULARY)

AS_THE_LIBRARY_CUTS = {
    "Pupils forget everything by Monday.": "pupils forget everything by monday .",
    "photosynthesys & EAL-learners' GCSE Y10!": (
        "photos ##yn ##thes ##ys & ea ##l - learners ' g ##cs ##e y ##10 !"
    ),
    "Élan, naïve café — œuvre Ωmega ÀÉÎ": ("el ##an , naive cafe — œ ##u ##vre ω ##me ##ga ae ##i"),
    "数学 helps 日本": "[UNK] 学 helps 日 本",
    "don\u2019t\tstop\u200bnow\u00ad\x00 ok\ufffd": "don \u2019 t stop ##now ok",
    "🙂 smile": "[UNK] smile",
    "": "",
    " \u00a0\u2003 ": "",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch": (
        "ll ##an ##fa ##ir ##pw ##ll ##g ##wyn ##gy ##ll ##go ##ger ##ych ##wy ##rn ##dro ##b ##wl "
        "##ll ##lan ##ty ##sil ##io ##go ##go ##go ##ch"
    ),
    "£5.00 (50%) #maths @school": "£5 . 00 ( 50 % ) # math ##s @ school",
    "\ufb01ne ½ ² \uff21\uff22\uff23": "\ufb01 ##ne ½ ² [UNK]",
    "İstanbul ẞ straße": "istanbul ß st ##raße",
    "संस्कृत": "स ##स ##क ##त",
    "x" * LONGEST_WORD: " ".join(["xx", *["##xx"] * 49]),
    "x" * (LONGEST_WORD + 1): "[UNK]",
}


@pytest.mark.parametrize(("text", "pieces"), AS_THE_LIBRARY_CUTS.items())
def test_a_text_is_cut_as_the_library_cuts_it(text: str, pieces: str) -> None:
    assert " ".join(VOCABULARY[number] for number in PIECES.numbers(text)) == pieces


def test_a_word_is_unknown_as_a_whole_when_its_end_is() -> None:
    pieces = WordPieces(["[UNK]", "play", "##ing"])
    assert pieces.numbers("playing") == [1, 2]
    assert pieces.numbers("Play, playful") == [1, 0, 0]
