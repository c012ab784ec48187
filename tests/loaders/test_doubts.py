"""Doubts: what `check` asks about a file in order, seen for faults put in on purpose, gone once answered."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.__main__ import main
from loaders.checks import check, check_bytes
from loaders.doubts import RULES, doubts
from tests.frozen import FROZEN

TEXT = (Path(__file__).parent / "valid.yaml").read_text(encoding="utf-8")
END = "complete: true"
EAST = "The Eastland side stayed at home this time"
DECOY = "{source: beta, paragraph: 2, quote: Rising floods are welcome, why: No danger.}"
SG_SPOKE = """this time, proves: [status]}
      - {source: alpha, paragraph: 3, quote: the Secretary General spoke, proves: [party]}"""
PLANNED = "    status: planned"

# a fault -> what is written in place of what, and which rules ask of which record and field
FAULTS = {
    "a month that no quote has": (
        [('date: "2031-03-02"', 'date: "2031-02-02"')],
        {("stated_dates_stand_in_quotes", "events[alba-2031]", "date")},
    ),
    "a day that no quote has": (
        [('date: "2031-03-02"', 'date: "2031-03-01"')],
        {("stated_dates_stand_in_quotes", "events[alba-2031]", "date")},
    ),
    "a year of a term that no quote has": (
        [('start: "2032"', 'start: "2033"')],
        {("stated_dates_stand_in_quotes", "chairmanships[chair-sou]", "start")},
    ),
    "a document dated by words that name no date": (
        [
            ("    title: Charter of Dams", '    date: "2031"\n    title: Charter of Dams'),
            ("[title, kind, status]", "[title, kind, status, date]"),
        ],
        {("stated_dates_stand_in_quotes", "documents[charter-of-dams]", "date")},
    ),
    "a chair, a participant and a speaker whom no quote names": (
        [("name: Ada Brook", "name: Ada Rill")],
        {
            ("people_are_named_in_quotes", "events[alba-2031]", "chair"),
            ("people_are_named_in_quotes", "attendance[alba-2031-nor]", "person"),
            ("people_are_named_in_quotes", "threats[brook-floods]", "speaker"),
        },
    ),
    "a person in the chair for whom another is quoted": (
        [("    person: dale\n", "    person: brook\n")],
        {("people_are_named_in_quotes", "chairmanships[chair-sou]", "person")},
    ),
    "a party that stayed away by the words on another": (
        [("party: EAS", "party: SOU")],
        {("parties_are_named_in_quotes", "attendance[alba-2031-eas]", "party")},
    ),
    "a Secretary General who stayed away by the words on a state": (
        [("party: EAS", "party: SG")],
        {("parties_are_named_in_quotes", "attendance[alba-2031-eas]", "party")},
    ),
    "a Secretary General whom a quote names, absent by another one on a state": (
        [("party: EAS", "party: SG"), ("this time, proves: [party, status]}", SG_SPOKE)],
        {("parties_are_named_in_quotes", "attendance[alba-2031-eas]", "party")},
    ),
    "a term of another state": (
        [("state: SOU", "state: EAS")],
        {("parties_are_named_in_quotes", "chairmanships[chair-sou]", "state")},
    ),
    "a session dated a month after its own report": (
        [('date: "2031-03-02"', 'date: "2031-04-02"')],
        {
            ("stated_dates_stand_in_quotes", "events[alba-2031]", "date"),
            ("held_events_are_not_later_than_their_source", "events[alba-2031]", "date"),
        },
    ),
    "a page older than what it reports": (
        [('printed_date: "2031-03-03"', 'printed_date: "2031-03-01"')],
        {("held_events_are_not_later_than_their_source", "sources[alpha]", "printed_date")},
    ),
    "an event that is held by the words that announce it": (
        [(PLANNED, "    status: held")],
        {("what_is_done_is_not_still_to_come", "events[autumn-2032]", "evidence[1].quote")},
    ),
    "a document adopted by words on what is to be considered": (
        [("The Council signed a Charter of Dams", "The Council will consider a Charter of Dams")],
        {("what_is_done_is_not_still_to_come", "documents[charter-of-dams]", "evidence[1].quote")},
    ),
    "a party that stays away in the future": (
        [(EAST, "The Eastland side plans to stay at home")],
        {("what_is_done_is_not_still_to_come", "attendance[alba-2031-eas]", "evidence[1].quote")},
    ),
    "a held event with the title and the note of its announcement": (
        [
            ("    body: csc\n", "    body: csc\n    title: The next session\n    note: It is upcoming.\n"),
            ("[body, date, place, status]", "[body, title, date, place, status]"),
        ],
        {
            ("held_events_are_not_called_announced", "events[alba-2031]", "title"),
            ("held_events_are_not_called_announced", "events[alba-2031]", "note"),
        },
    ),
    "a threat in the words of its decoy in another source": (
        [("excludes: Crime.}", f"excludes: Crime., decoy: {DECOY}}}")],
        {("threats_do_not_have_the_words_of_a_decoy", "threats[brook-floods]", "evidence[1].quote")},
    ),
    "a summary with a number, a name and a year of its own": (
        [("summary: Floods endanger harbours", "summary: Floods endanger 30 harbours of Eastland in 2029")],
        {("summaries_say_no_more_than_quotes", "threats[brook-floods]", "summary")},
    ),
    "a summary of a priority with a number in words": (
        [("summary: Clean water", "summary: Clean water for three states")],
        {("summaries_say_no_more_than_quotes", "priorities[priority-sou-1]", "summary")},
    ),
    "priorities that begin with the second": (
        [("order: 1", "order: 2")],
        {("priorities_have_no_gap", "priorities[priority-sou-1]", "order")},
    ),
    "a title that counts wrongly": (
        [("title: Invented rivers", "title: Three documents on invented rivers")],
        {("titles_count_what_is_there", "dataset", "title")},
    ),
    "a remark above the file that counts wrongly": (
        [("# A small dataset with", "# Five texts with")],
        {("titles_count_what_is_there", "dataset", "")},
    ),
    "digits of a year that changed places": (
        [('date: "2031-03-02"', 'date: "1931-03-02"')],
        {
            ("stated_dates_stand_in_quotes", "events[alba-2031]", "date"),
            ("years_are_near_one_another", "events[alba-2031]", "date"),
        },
    ),
    "the same slip in two records": (
        [('date: "2031-03-02"', 'date: "3031-03-02"'), ('date: "2031-03-03"', 'date: "3031"')],
        {
            ("stated_dates_stand_in_quotes", "events[alba-2031]", "date"),
            ("years_are_near_one_another", "events[alba-2031]", "date"),
            ("years_are_near_one_another", "sources[alpha]", "printed_date"),
            ("sources_are_not_printed_after_the_dataset", "sources[alpha]", "printed_date"),
        },
    ),
    "an inferred year that no text has": (
        [
            ('date: "2031-03-02"', 'date: "2013-03-02"'),
            ("    inferred:\n      kind", "    inferred:\n      date: Read from the rest.\n      kind"),
        ],
        {("inferred_years_are_near_those_of_the_texts", "events[alba-2031]", "date")},
    ),
    "a quote, a title, a motto and names within quotation marks of several kinds": (
        [
            ("quote: Rising floods are a danger", "quote: “Rising floods are a danger”"),
            ("title: Charter of Dams", "title: „Charter of the Dams’ Council“"),
            ("name: Ada Brook", "name: Ada Brook, also_spelled: [»Ada Brook«]"),
            ("summary: Floods endanger harbours", "summary: ‘Floods endanger one’s harbours’"),
            ("name: Council of Rivers", "name: '\"Council of Rivers'"),
        ],
        {
            ("texts_have_no_quotation_marks_around_them", "threats[brook-floods]", "evidence[1].quote"),
            ("texts_have_no_quotation_marks_around_them", "documents[charter-of-dams]", "title"),
            ("texts_have_no_quotation_marks_around_them", "people[brook]", "also_spelled"),
            ("texts_have_no_quotation_marks_around_them", "threats[brook-floods]", "summary"),
            ("texts_have_no_quotation_marks_around_them", "bodies[csc]", "name"),
        },
    ),
}  # fmt: skip


def faulty(replacements, text: str = TEXT) -> str:
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def asked(text: str) -> set[tuple[str, str, str]]:
    """Rule, record and field of each question; of a needless answer the rule is empty."""
    found = doubts(check_bytes(text.encode(), "faulty.yaml"))
    return {(rule_of(problem.message), problem.record, problem.field) for problem in found}


def rule_of(message: str) -> str:
    return next((rule.__name__ for rule in RULES if f"rule: {rule.__name__}," in message), "")


def answered(text: str, questions) -> str:
    """The text with an answer to each question."""
    names = {(record.partition("[")[2].rstrip("]") or record, rule) for rule, record, _ in questions}
    lines = [f"  - {{record: {name}, rule: {rule}, reason: Looked up.}}\n" for name, rule in sorted(names)]
    return text.replace(END, f"answers:\n{''.join(lines)}\n{END}") if lines else text


def test_nothing_is_asked_of_a_file_without_a_fault():
    assert asked(TEXT) == set()


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_asked_about_where_it_stands_and_not_again_once_it_is_answered(fault):
    replacements, questions = FAULTS[fault]
    text = faulty(replacements)
    assert asked(text) == questions
    assert asked(answered(text, questions)) == set()


def test_every_rule_has_a_fault_that_it_asks_about():
    assert {rule for _, questions in FAULTS.values() for rule, _, _ in questions} == {
        rule.__name__ for rule in RULES
    }


@given(st.sets(st.sampled_from([*RULES]), min_size=1))
def test_only_what_is_answered_is_not_asked_again(rules):
    replacements = [pair for name in ALONE for pair in FAULTS[name][0]]
    text, questions = faulty(replacements), {one for name in ALONE for one in FAULTS[name][1]}
    given_answers = {one for one in questions if one[0] in {rule.__name__ for rule in rules}}
    assert asked(answered(text, given_answers)) == questions - given_answers


# faults that can stand in one file without one of them changing what is asked about another
ALONE = (
    "a year of a term that no quote has",
    "a Secretary General who stayed away by the words on a state",
    "a page older than what it reports",
    "an event that is held by the words that announce it",
    "a threat in the words of its decoy in another source",
    "a summary of a priority with a number in words",
    "priorities that begin with the second",
    "a title that counts wrongly",
)


@pytest.mark.parametrize(
    "mended",
    [
        [("title: Charter of Dams", "title: “Dams” of the “North”")],
        [("title: Charter of Dams", "title: The Dams’ Council and its neighbours’")],
        [("title: Charter of Dams", "title: Charter of the “Dams”")],
        [("name: Ada Brook", "name: Ada Rill, also_spelled: [Ada Brook]")],
        [('date: "2031-03-02"', 'date: "2031-03"')],
        [("title: Invented rivers", "title: Two texts on three invented states")],
        [("title: Invented rivers", "title: Dozens of rivers, a million texts")],
        [
            ('date: "2031-03-02"', 'date: "2031-02-28"'),
            ("    inferred:\n      kind", "    inferred:\n      date: Read from the rest.\n      kind"),
        ],
    ],
)
def test_what_is_mended_is_not_asked_about(mended):
    assert asked(faulty(mended)) == set()


def test_of_a_quote_in_another_language_words_are_not_judged_but_digits_are():
    russian = (
        "paragraph: 2, quote: Council of Rivers met in Port Alba on 2 March 2031",
        "paragraph: 2, language: ru, quote: Совет рек собрался 2 марта 2031 года",
    )
    assert asked(faulty([russian])) == set()
    year = ("stated_dates_stand_in_quotes", "events[alba-2031]", "date")
    assert asked(faulty([russian, ('date: "2031-03-02"', 'date: "2030-03-02"')])) == {year}


def test_an_announcement_that_is_kept_as_a_contradiction_may_be_spoken_of():
    note = "    status: held\n    note: One sentence has it as upcoming."
    text = faulty([("    status: held", note)])
    assert [question[0] for question in asked(text)] == ["held_events_are_not_called_announced"]
    against = "{source: beta, paragraph: 5, quote: The next session, proves: [status], relation: contradicts}"
    kept = (
        "quote: The next session, proves: [kind]}",
        f"quote: The next session, proves: [kind]}}\n      - {against}",
    )
    assert asked(faulty([kept], text)) == set()


def test_an_answer_that_nothing_asks_for_is_asked_about_and_a_slip_in_its_rule_is_named(changed):
    answer = (
        f"answers:\n  - {{record: alba-2031, rule: stated_dates_stand_in_quots, reason: Looked up.}}\n{END}"
    )
    (problem,) = doubts(changed((END, answer)))
    assert (problem.record, problem.field) == ("answers[#1]", "")
    assert problem.message.endswith("did you mean 'stated_dates_stand_in_quotes'?")


def test_questions_are_printed_as_warnings_and_change_neither_the_last_line_nor_the_exit_code(
    tmp_path, capsys
):
    file = tmp_path / "valid.yaml"
    file.write_text(faulty([("order: 1", "order: 2")]), encoding="utf-8")
    assert main(["check", str(file)]) == 0
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first == (
        f"{file}:90: warning: priorities[priority-sou-1].order: must follow the start without a gap among "
        "the priorities of chair-sou; stands '2'; add what is missing, or count anew; "
        "if it is right, answer: {record: priority-sou-1, rule: priorities_have_no_gap, reason: …}"
    )
    assert last == f"{file}: 22 records, no problems"


def test_a_file_with_problems_is_not_asked_about(tmp_path, capsys):
    file = tmp_path / "valid.yaml"
    file.write_text(faulty([("order: 1", "order: 2"), ("status: absent", "status: absnt")]), encoding="utf-8")
    assert main(["check", str(file)]) == 1
    assert "warning" not in capsys.readouterr().out


def test_answers_are_in_no_table(tmp_path, capsys):
    text = faulty([("order: 1", "order: 2")])
    for name, content in (("plain", text), ("answered", answered(text, asked(text)))):
        file = tmp_path / f"{name}.yaml"
        file.write_text(content, encoding="utf-8")
        assert main(["export", str(tmp_path / name), str(file)]) == 0
    plain, other = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("plain", "answered")
    )
    assert plain == other
    assert next(csv.reader((tmp_path / "answered" / "evidence.csv").open(encoding="utf-8")))[-1] == "relation"


def test_what_is_asked_of_the_five_documents_is_known():
    """Three are answered by their texts; that of the Collective Forces is right: the quote ends before."""
    found = [(rule_of(problem.message), problem.record) for problem in doubts(check(FROZEN, "frozen"))]
    assert sorted(found) == [
        ("held_events_are_not_later_than_their_source", "sources[s004]"),
        ("summaries_say_no_more_than_quotes", "priorities[priority-kaz-2]"),
        ("summaries_say_no_more_than_quotes", "threats[tasmagambetov-2024-afghanistan-priority]"),
        ("threats_do_not_have_the_words_of_a_decoy", "threats[tokayev-2023-drug-trafficking-priority]"),
    ]
