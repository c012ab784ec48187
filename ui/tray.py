"""The Briefing page: the tray of slides in order, the files made from them, and present mode."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module

import streamlit as st

import query
from charts.chart import subtitle
from charts.layout import PHONE, WIDE, Size
from charts.plan import BARE, PRESENTED
from exports import Item, Refused, Slide, dump_item, link, link_remark, read_items, slides, standard
from loaders import Dataset
from query import CHARTS, PAGES, dump
from query.words import quotation
from ui import state
from ui.chart import drawing, plot
from ui.text import write

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# name of a file, its label, the module and function of `exports` that makes it, its media type, its use
FILES = (
    ("pptx", "Slides (PPTX)", "deck", PPTX, "charts to edit, with the evidence in the notes of each slide"),
    ("docx", "Document (Word)", "word", DOCX, "a picture and quotes for each slide, each quote with a note"),
    ("html", "Offline page (HTML)", "brief", "text/html", "one file without scripts, to send or to print"),
    (
        "zip",
        "Data and pictures (ZIP)",
        "bundle",
        "application/zip",
        "rows and quotes, SVG, PNG for screen and paper",
    ),
)
FILES_KEPT = 4  # made files, for who asks again; a ZIP of 30 slides has 10 MB
LARGE = 1.45  # present mode: how much larger a chart is drawn, if it is then no higher than a slide
LARGE_WORDS = 1.05  # the same of one with words, which must fit the width of a small window
LEGIBLE = 480  # px of a chart whose words can still be read when it is fitted to a small window
TALL = 770  # px between headline and source line of a slide; look.css fits it to the window


def items_of(page) -> list[Item]:
    """The entries of the tray that this dataset knows."""
    return list(read_items(page.view.tray, page.dataset.tables)[0])


def notices(page) -> tuple[str, ...]:
    """What of the tray this dataset does not know, in words."""
    return read_items(page.view.tray, page.dataset.tables)[1]


def sentence(page) -> str:
    """How many slides there are, for the line under the title."""
    number = len(items_of(page))
    return f"{number} {'slide' if number == 1 else 'slides'} chosen." if number else "No slide chosen yet."


def briefing(page) -> None:
    """The slides in order, each with its headline to edit, and what can be made from them."""
    items = items_of(page)
    if not items:
        _offer(page)
        return
    try:
        made = slides(page.dataset, items)
    except Refused as refused:
        write("frame.alert", text=refused)
        _list(items, [None] * len(items))
        return
    if refused := st.session_state.pop("refused", "") or state.too_long(page.view, page.at):
        write("frame.alert", text=refused)
    _files(page, items)
    _link(page, items)
    _list(items, list(made))


def _link(page, items: list[Item]) -> None:
    """The link to send, which mail and PowerPoint take, and what it leaves out."""
    base = page.at.rpartition("/")[0]
    address = link(page.dataset, items, base)
    if address.startswith("?"):  # of this machine
        address = page.at + address
    length = len(state.addressed(page.at, dump(page.view)))
    write("briefing.link", link=address, remark=link_remark(page.dataset, items, base), length=f"{length:,}")


def _offer(page) -> None:
    """What the page is for while the tray is empty, and a first briefing in one click."""
    usual = standard(page.dataset.tables)
    with st.container(key="offer", gap="small"):
        topics = [(CHARTS[item.topic].label, subtitle(item.topic)) for item in usual]
        write("briefing.standard", topics=topics)
        st.button("Standard briefing", key="standard", on_click=_keep, args=(usual,))
        write("briefing.choose", files=[(label, use) for _, label, _, _, use in FILES])


def _keep(items) -> None:
    state.change(tray=tuple(dump_item(item) for item in items), present="")


def _files(page, items: list[Item]) -> None:
    base = page.at.rpartition("/")[0]  # with the path below which the dashboard stands
    with st.container(key="files", horizontal=True, gap="small"):
        st.button(
            "Present",
            key="present",
            icon=":material/slideshow:",
            on_click=state.change,
            kwargs={"present": "1"},
        )
        for ending, label, made_by, kind, _ in FILES:
            st.download_button(
                label,
                _bytes(made_by, page, items, base),
                file_name=f"csto-briefing-{page.dataset.hash}.{ending}",
                mime=kind,
                key=f"file_{ending}",
                icon=":material/download:",
                on_click="ignore",
            )


def _bytes(made_by: str, page, items: list[Item], base: str) -> Callable[[], bytes]:
    """What makes a file when it is asked for."""
    return lambda: briefing_file(made_by, page.dataset, tuple(items), base)


@query.kept(FILES_KEPT)
def briefing_file(made_by: str, dataset: Dataset, items: tuple[Item, ...], base: str) -> bytes:
    """A file of a briefing. Its libraries (30 MiB) are loaded when the first one is asked for."""
    return getattr(import_module(f"exports.{made_by}"), made_by)(dataset, list(items), base)


def _list(items: list[Item], made: list[Slide | None]) -> None:
    for place, (item, slide) in enumerate(zip(items, made, strict=True)):
        with st.container(key=f"card_slide_{place}", gap="xsmall"):
            st.session_state[f"headline_{place}"] = item.headline or (slide.headline if slide else "")
            st.text_input(
                f"Slide {place + 1} of {len(items)}: headline",
                key=f"headline_{place}",
                max_chars=200,
                on_change=_rename,
                args=(items, place),
            )
            _moves(items, place)
            if slide:
                write("briefing.sentence", slide=slide)
                _chart(slide, f"slide_{place}")


def _moves(items: list[Item], place: int) -> None:
    others = items[:place] + items[place + 1 :]
    with st.container(horizontal=True, gap="small", key=f"moves_{place}"):
        for label, icon, order, possible in (
            ("Up", "arrow_upward", [*others[: place - 1], items[place], *others[place - 1 :]], place > 0),
            (
                "Down",
                "arrow_downward",
                [*others[: place + 1], items[place], *others[place + 1 :]],
                place < len(items) - 1,
            ),
            ("Remove", "close", others, True),
        ):
            st.button(
                f"{label} :gray[slide {place + 1}]",
                key=f"{label}_{place}",
                type="tertiary",
                icon=f":material/{icon}:",
                disabled=not possible,
                on_click=_keep,
                args=(order,),
            )


def _rename(items: list[Item], place: int) -> None:
    """Put a headline into the address, unless it becomes longer than servers take: that is said."""
    changed = list(items)
    headline = " ".join(st.session_state[f"headline_{place}"].split())
    changed[place] = replace(items[place], headline=headline)
    view, _ = state.read_view(state.served().dataset)
    view = replace(view, tray=tuple(dump_item(item) for item in changed))
    if refused := state.too_long(view, state.page_address(PAGES["briefing"])):
        st.session_state["refused"] = f"The headline {quotation(headline)} was not kept. {refused}"
    else:
        _keep(changed)


def _chart(slide: Slide, name: str, size: Size = WIDE, scale: float = 1.0) -> None:
    wide, narrow = drawing(slide.chart.scene(size), scale), drawing(slide.chart.scene(PHONE))
    plot(wide, narrow, f"chart_{name}", slide.alt)


def present(page) -> None:
    """One slide on the screen: large, with its source line, walked with buttons or the arrow keys.

    Slides are the charts of the page; on the Briefing page there are none, and the tray is shown.
    """
    own = [Item(chart.name, page.view) for chart in page.charts]
    items = own or items_of(page) or list(standard(page.dataset.tables))
    place = min(int(page.view.present), len(items)) - 1
    try:
        slide = slides(page.dataset, items)[place]
    except Refused as refused:
        write("frame.alert", text=refused)
    else:
        _presented(slide)
    with st.container(key="walk", horizontal=True, gap="small", vertical_alignment="center"):
        _walk(place, len(items))


def _presented(slide: Slide) -> None:
    with st.container(key="presented", gap="small"):
        write("briefing.head", slide=slide)
        told, bare = (slide.chart.scene(size).height for size in (PRESENTED, BARE))
        in_words = bare < told <= LEGIBLE
        size, height, large = (PRESENTED, told, LARGE_WORDS) if in_words else (BARE, bare, LARGE)
        drawn = min(large * height, TALL)
        write("briefing.drawn", height=drawn)
        _chart(slide, "presented", size, drawn / height)
        publishers = ", ".join(source.publisher for source in slide.sources)
        read = slide.uncited or f"Source: our reading of {publishers}."
        write("briefing.source", slide=slide, read=read)


def _walk(place: int, number: int) -> None:
    for label, key, target in (("Previous", "Left", place), ("Next", "Right", place + 2)):
        st.button(
            label,
            key=f"walk_{label}",
            shortcut=key,
            disabled=not 1 <= target <= number,
            on_click=state.change,
            kwargs={"present": str(target)},
        )
    write("briefing.walk", place=place + 1, number=number)
    st.space("stretch")
    st.button(
        "Leave",
        key="walk_leave",
        shortcut="Esc",
        on_click=state.change,
        kwargs={"present": ""},
    )
