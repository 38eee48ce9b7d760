"""Postcodes as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubmap.domain.package import Package
from hubmap.domain.postcodes import Postcode, parse_postcode
from hubmap.errors import PostcodeError

LIBRARY = Postcode("IG11 7NB", "IG11", "IG11 7", is_partial=False)

NOISE = " \t\n\u00a0\u2009\u200b-\u2010\u2013\u2014()[]{}<>.,;:'\"/_\x00\U0001f600"
OUTWARD_PATTERNS = ("A9", "A99", "AA9", "AA99", "A9B", "AA9B")
CHARACTERS = {"A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "9": "0123456789", "B": "ABCDEFGHJKMNPQRSTUVWXYZ"}

outwards = st.sampled_from(OUTWARD_PATTERNS).flatmap(
    lambda pattern: st.tuples(*(st.sampled_from(CHARACTERS[one]) for one in pattern)).map("".join)
)
sectors = st.builds("{} {}".format, outwards, st.integers(0, 9))
wholes = st.builds("{}{}".format, sectors, st.text("ABDEFGHJLNPQRSTUWXYZ", min_size=2, max_size=2))
noises = st.text(NOISE, max_size=3)


@pytest.mark.parametrize(
    "typed",
    [
        "IG11 7NB",
        "ig11 7nb",
        "Ig117nB",
        "IG117NB",
        "  IG11   7NB  ",
        "IG11\u00a07NB",
        "IG11\u20097NB",
        "IG11\u200b7NB",
        "IG11\t7NB\r\n",
        "IG11-7NB",
        "IG11\u20137NB",
        "IG11_7NB",
        "(IG11 7NB)",
        "[IG11] {7NB}",
        "IG11.7NB.",
        "I.G.1.1.7.N.B.",
        "I G 1 1 7 N B",
        "IG1 17NB",
        "IG11\x007NB\x00",
        "IG11 7NB \U0001f600",
    ],
)
def test_form_does_not_matter(typed: str) -> None:
    assert parse_postcode(typed) == LIBRARY


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1G11 7NB", "IG11 7NB"),
        ("IGII 7NB", "IG11 7NB"),
        ("IG1I 7NB", "IG11 7NB"),
        ("igll7nb", "IG11 7NB"),
        ("IG11 OLG", "IG11 0LG"),
        ("IGIIOLG", "IG11 0LG"),
        ("RM1O 9QS", "RM10 9QS"),
        ("RMIO 9QS", "RM10 9QS"),
        ("rmlo-9qs", "RM10 9QS"),
        ("EI IAA", "E1 1AA"),
        ("RM8 3H0", "RM8 3HO"),
    ],
)
def test_letters_and_digits_that_look_alike_are_mended(typed: str, meant: str) -> None:
    assert parse_postcode(typed).text == meant


@pytest.mark.parametrize("typed", ["M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 0AX", "EC1A 1BB", "OL1 0AA"])
def test_postcode_of_every_pattern_is_left_as_it_is(typed: str) -> None:
    outward, inward = typed.split()
    assert parse_postcode(typed) == Postcode(typed, outward, f"{outward} {inward[0]}", is_partial=False)


@pytest.mark.parametrize(
    ("typed", "outward"),
    [("IG11", "IG11"), ("rm8", "RM8"), (" e1 ", "E1"), ("(RM10)", "RM10"), ("w1a", "W1A"), ("R M 8", "RM8")],
)
def test_outward_part_alone_has_no_sector(typed: str, outward: str) -> None:
    assert parse_postcode(typed) == Postcode(outward, outward, None, is_partial=True)


@pytest.mark.parametrize(
    ("typed", "sector"),
    [
        ("IG11 7", "IG11 7"),
        ("ig11-7", "IG11 7"),
        ("IG11 7N", "IG11 7"),
        ("IG11\u00a0\u00a07n", "IG11 7"),
        ("RM8 2N", "RM8 2"),
    ],
)
def test_sector_may_lack_one_letter_or_both(typed: str, sector: str) -> None:
    outward, _ = sector.split()
    assert parse_postcode(typed) == Postcode(sector, outward, sector, is_partial=True)


@pytest.mark.parametrize("typed", ["RM8 2", "E1 6", "IG1 1"])
def test_sector_is_not_run_together_into_another_district(typed: str) -> None:
    outward, _ = typed.split()
    assert parse_postcode(typed) == Postcode(typed, outward, typed, is_partial=True)


@pytest.mark.parametrize(("typed", "sector"), [("IG11 0A", "IG11 0"), ("IG11 1N", "IG11 1"), ("E10 0A", "E10 0")])
def test_unfinished_sector_is_not_mended_into_a_postcode_elsewhere(typed: str, sector: str) -> None:
    assert parse_postcode(typed).text == sector


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "\x00",
        "...",
        "Barking",
        "12345",
        "IG",
        "7NB",
        "IG117",
        "IG11 7NBB",
        "IG111 7NB",
        "IGG1 7NB",
        "IG11 7N8",
        "IG11 7NB RM8 3HT",
        "IG\u0661\u0661 7NB",
        "\uff29\uff27\uff11\uff11 \uff17\uff2e\uff22",
        "\u0399G11 7NB",
        "IG1\u00b9 7NB",
        "\U0001f600",
        "'; DROP TABLE postcode; --",
        "\ud800",
    ],
)
def test_text_that_is_no_postcode_is_refused(typed: str) -> None:
    with pytest.raises(PostcodeError):
        parse_postcode(typed)


def test_refusal_says_what_was_expected_and_found() -> None:
    with pytest.raises(PostcodeError) as refused:
        parse_postcode("Barking")
    assert str(refused.value) == "expected a postcode such as IG11 7NB, or its beginning such as RM8; found 'Barking'"


def test_text_of_forty_characters_is_read_and_a_longer_one_is_not() -> None:
    typed = "IG11 7NB".ljust(40)
    assert parse_postcode(typed) == LIBRARY
    with pytest.raises(PostcodeError):
        parse_postcode(typed + " ")


def test_refusal_of_a_long_text_shows_its_beginning() -> None:
    with pytest.raises(PostcodeError) as refused:
        parse_postcode("I" * 1_000_000)
    assert str(refused.value).endswith(f"; found '{'I' * 40}…'")


@settings(deadline=None)
@given(wholes, st.lists(st.tuples(noises, st.booleans()), min_size=8, max_size=8))
def test_noise_never_changes_a_postcode(plain: str, noise: list[tuple[str, bool]]) -> None:
    characters = plain.replace(" ", "")
    noisy = "".join(
        before + (one.lower() if is_lower else one) for one, (before, is_lower) in zip(characters, noise, strict=False)
    )
    assert parse_postcode(noisy + noise[-1][0]) == parse_postcode(plain)
    assert parse_postcode(plain).text == plain


@settings(deadline=None)
@given(outwards, noises, noises)
def test_noise_around_an_outward_part_never_changes_it(plain: str, before: str, after: str) -> None:
    assert parse_postcode(before + plain.lower() + after) == Postcode(plain, plain, None, is_partial=True)


@settings(deadline=None)
@given(sectors, noises, st.text(NOISE, min_size=1, max_size=3), noises, st.sampled_from(["", "A", "n"]))
def test_noise_never_changes_a_sector(plain: str, before: str, between: str, after: str, letter: str) -> None:
    outward, digit = plain.split()
    typed = before + outward.lower() + between + digit + letter + after
    assert parse_postcode(typed) == Postcode(plain, outward, plain, is_partial=True)


@settings(deadline=None)
@given(st.text(max_size=60) | st.text("EGILMOR01789 -N", max_size=9))
def test_any_text_is_read_or_refused_and_what_is_read_reads_the_same_again(typed: str) -> None:
    try:
        read = parse_postcode(typed)
    except PostcodeError:
        return
    assert parse_postcode(read.text) == read
    assert read.text.isascii()
    assert read.text.startswith(read.sector or read.outward)


def test_every_real_postcode_is_read_whole_and_at_every_stage_of_typing(package: Package) -> None:
    for plain in package.tables["postcodes"]["postcode"]:
        outward, inward = plain.split()
        sector = f"{outward} {inward[0]}"
        assert parse_postcode(plain.replace(" ", "").lower()) == Postcode(plain, outward, sector, is_partial=False)
        assert parse_postcode(plain[:-1]) == Postcode(sector, outward, sector, is_partial=True)
        assert parse_postcode(plain[:-2]) == Postcode(sector, outward, sector, is_partial=True)
        assert parse_postcode(outward) == Postcode(outward, outward, None, is_partial=True)
