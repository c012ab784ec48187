"""Citations: every quote is found exactly once in its paragraph, or it is refused."""

import re
import shutil

import pytest

from loaders import fingerprints
from loaders.citations import verify
from loaders.problems import InvalidData


@pytest.fixture
def prints(originals):
    """The fingerprints of the texts that valid.yaml cites."""
    return {path.name: fingerprints.of_file(path) for path in originals.iterdir()}


@pytest.fixture
def texts(tmp_path, originals):
    """The texts where they may be changed."""
    return shutil.copytree(originals, tmp_path / "texts")


@pytest.fixture(params=["texts", "fingerprints"])
def verified(request, originals, prints):
    """Verifies records against the texts, and against nothing but their fingerprints."""
    folder = originals if request.param == "texts" else None
    return lambda records: verify(records, folder, prints)


def shown(result):
    return [str(problem) for problem in result.problems]


def test_every_quote_of_a_valid_file_is_found(verified, changed):
    result = verified(changed())
    assert (shown(result), result.verified, result.total) == ([], 19, 19)


@pytest.mark.parametrize(
    "fabricated",
    [
        "Rising floods were a danger",
        "Rising floods a danger",
        "floods are rising a danger",
        "Rising flood are a danger",
    ],
)
def test_a_fabricated_quote_is_refused(verified, changed, fabricated):
    result = verified(changed(("Rising floods are a danger", fabricated)))
    assert shown(result) == [
        "changed.yaml:142: threats[brook-floods].evidence[1].quote: "
        f"must stand exactly once in paragraph 4 of alpha; '{fabricated}' does not stand there"
    ]
    assert (result.verified, result.total) == (18, 19)


def test_a_quote_from_another_paragraph_is_refused(verified, changed):
    result = verified(changed(('4, quote: "Rising', '5, quote: "Rising')))
    (problem,) = result.problems
    assert problem.message.endswith("does not stand there; did you mean paragraph 4?")


def test_a_decoy_that_does_not_stand_in_its_paragraph_is_refused_and_never_counted(verified, changed):
    decoy = "decoy: {source: alpha, paragraph: 4, quote: every bay of ours, why: No flood.}"
    result = verified(changed(("excludes: Crime.}", f"excludes: Crime., {decoy}}}")))
    (problem,) = result.problems
    assert (problem.record, problem.field) == ("categories[emergencies]", "decoy.quote")
    assert (result.verified, result.total) == (19, 19)


def test_a_paragraph_that_the_text_does_not_have_is_refused(verified, changed):
    result = verified(
        changed(("      - {paragraph: 1,", "      - {paragraph: 6, reason: No.}\n      - {paragraph: 1,"))
    )
    assert [problem.message for problem in result.problems] == [
        "must be a paragraph of the text, which has 5; stands '6'"
    ]


def test_a_quote_is_found_in_other_typography(verified, changed):
    assert not verified(changed(("Rising floods are a danger", "RISING floods — are a “danger”"))).problems


def test_a_quote_that_stands_twice_is_refused(texts, changed):
    text = (texts / "alpha.txt").read_text(encoding="utf-8")
    again = text.replace("said.", "said. Rising floods are a danger.")
    (texts / "alpha.txt").write_text(again, encoding="utf-8")
    known = {path.name: fingerprints.of_file(path) for path in texts.iterdir()}
    for folder in (texts, None):
        result = verify(changed(), folder, known)
        assert len(result.problems) == 1
        assert result.problems[0].message.endswith(
            "'Rising floods are a danger' stands there 2 times; take one more word"
        )


def test_a_paragraph_after_the_last_accounted_one_is_noticed(texts, changed):
    with (texts / "beta.txt").open("a", encoding="utf-8") as file:
        file.write("\nOne more.\nAnd another.\n")
    result = verify(changed(), texts, {})
    assert shown(result) == [
        "changed.yaml:21: sources[beta]: "
        "must account for every paragraph; paragraphs 6 to 7 are neither cited nor skipped"
    ]


def test_a_text_that_differs_from_the_fingerprinted_one_is_noticed(originals, prints, changed):
    for paragraphs, says in (
        (
            ["", *prints["beta.txt"]["paragraphs"][1:]],
            "its SHA-256 differs, and so do the words of paragraph 1",
        ),
        (prints["beta.txt"]["paragraphs"][1:], "its SHA-256 differs, and it has 5 paragraphs, not 4"),
    ):
        known = prints | {"beta.txt": {"sha256": "0" * 64, "paragraphs": paragraphs}}
        result = verify(changed(), originals, known)
        assert [problem.field for problem in result.problems] == ["file"]
        assert says in result.problems[0].message
        assert result.verified == result.total


def test_other_words_of_a_short_paragraph_are_noticed_where_it_was_fingerprinted(texts, changed):
    skipped = "reason: Credit of the photographs.}", "reason: A.}\n      - {paragraph: 6, reason: B.}"
    text = (texts / "beta.txt").read_text("utf-8")
    (texts / "beta.txt").write_text(f"{text}\nOne more.\n", "utf-8")
    known = {path.name: fingerprints.of_file(path) for path in texts.iterdir()}
    (texts / "beta.txt").write_text(f"{text}\nTwo more.\n", "utf-8")
    (problem,) = verify(changed(skipped), texts, known).problems
    assert "so do the words of paragraph 6" in problem.message
    del known["beta.txt"]["short"]  # as they were written before
    assert not verify(changed(skipped), texts, known).problems


def test_without_text_and_fingerprint_nothing_is_verified(changed, tmp_path):
    for folder in (tmp_path, None):
        result = verify(changed(), folder, {})
        assert [problem.record for problem in result.problems] == ["sources[alpha]", "sources[beta]"]
        assert result.verified == 0


def test_a_text_that_is_not_utf_8_is_a_problem(texts, changed):
    (texts / "alpha.txt").write_bytes(b"\xff")
    result = verify(changed(), texts, {})
    assert [problem.message for problem in result.problems] == ["must be a text in UTF-8; stands 'alpha.txt'"]


@pytest.mark.parametrize(
    "content", ["", "[]", "{}x", '{"a": 1}', '{"a": {"sha256": 1, "paragraphs": []}}', "[" * 9999]
)
def test_a_damaged_file_of_fingerprints_is_a_problem(tmp_path, content):
    (tmp_path / "fingerprints.json").write_text(content)
    with pytest.raises(InvalidData, match="x:1: must be the file that"):
        fingerprints.read(tmp_path / "fingerprints.json", "x")


def test_fingerprints_hold_no_word_of_the_text_and_have_stable_bytes(tmp_path, prints):
    for name in ("one", "two"):
        fingerprints.write(tmp_path / name, dict(sorted(prints.items(), reverse=name == "two")))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert fingerprints.read(tmp_path / "one", "x") == prints
    assert "Council" not in (tmp_path / "one").read_text()
    for entry in prints.values():
        assert all(re.fullmatch("([0-9a-f]{6} ?)*", paragraph) for paragraph in entry["paragraphs"])


# ---- a paragraph of one or two words ----


@pytest.fixture(params=["texts", "fingerprints"])
def heading(request, changed, texts):
    """Verifies an event's place by the whole of a first paragraph, which is the given one."""

    def verified(paragraph, quote):
        path = texts / "beta.txt"
        path.write_text(
            path.read_text("utf-8").replace("Pictures by our own photographer.", paragraph), "utf-8"
        )
        old = "      - {source: alpha, paragraph: 2, quote: under the chairmanship"
        whole = f'      - {{source: beta, paragraph: 3, quote: "{quote}", whole: true, proves: [place]}}'
        skipped = "    skipped:\n      - {paragraph: 3, reason: Credit of the photographs.}\n"
        records = changed((skipped, ""), (old, f"{whole}\n{old}"))
        known = {path.name: fingerprints.of_file(path) for path in texts.iterdir()}
        return verify(records, texts if request.param == "texts" else None, known)

    return verified


@pytest.mark.parametrize(("paragraph", "quote"), [("Port Alba", "port alba"), ("— Alba! —", "Alba")])
def test_a_paragraph_of_one_or_two_words_is_quoted_whole(heading, paragraph, quote):
    result = heading(paragraph, quote)
    assert (shown(result), result.verified, result.total) == ([], 20, 20)


@pytest.mark.parametrize("paragraph", ["Port Alba today", "Port Alma", "Alba Port", "Port"])
def test_less_than_a_whole_paragraph_or_other_words_are_refused(heading, paragraph):
    result = heading(paragraph, "Port Alba")
    (problem,) = result.problems
    assert (
        problem.message
        == "must stand exactly once in paragraph 3 of beta; 'Port Alba' is not the whole of it"
    )
    assert (result.verified, result.total) == (19, 20)


def test_a_short_quote_that_is_not_said_to_be_whole_is_refused_with_what_to_add(changed):
    with pytest.raises(
        InvalidData, match="has 2; stands 'welcomed Ben'; if that is the whole paragraph, add"
    ):
        changed(("quote: welcomed Ben Dale", "quote: welcomed Ben"))


def test_the_fingerprint_of_a_text_without_short_paragraphs_is_as_it_was(prints, texts):
    assert [entry for entry in prints.values() if set(entry) != {"sha256", "paragraphs"}] == []
    (texts / "beta.txt").write_text("Port Alba\nThe Council of Rivers met.\n", "utf-8")
    entry = fingerprints.of_file(texts / "beta.txt")
    assert (entry["paragraphs"][0], list(entry["short"])) == ("", ["1"])
