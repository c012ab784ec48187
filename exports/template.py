"""The file from which every slide begins, `template.pptx` beside this module: `python -m exports.template`.

From PowerPoint's own empty presentation it makes one of 16:9 with our colours and fonts, a title style, a
size of type, a ruled table and three layouts with their rules. What it makes is the same on every machine;
it is made anew when a colour or a measure changes, and read by `exports.powerpoint`.
"""

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path

from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from charts.theme import INK
from exports.archive import timeless

FILE = Path(__file__).with_name("template.pptx")
MADE = datetime(2024, 1, 1)  # what the file says of itself, whenever it is made
WIDTH, HEIGHT, EDGE = 13.333, 7.5, 0.6  # inches
ROOM = WIDTH - 2 * EDGE
FOOT = 6.52  # from the top: the rule above coverage and sources
SERIF, SANS = "Georgia", "Calibri"  # two that PowerPoint brings along
SMALLEST = 12  # points of what stands in text boxes and tables without a size of its own
TABLE_STYLE = "{6B0F6C3E-58A5-4B0D-9B52-0D1F5C53A1E7}"
# place in PowerPoint's theme -> our ink; these are the colours that it offers to who adds a shape by hand
PLACES = {"dk1": "ink", "lt1": "paper", "dk2": "soft", "lt2": "wash", "accent1": "ink", "accent2": "mute",
          "accent3": "soft", "accent4": "rule", "accent5": "accent", "accent6": "wash", "hlink": "ink",
          "folHlink": "soft"}  # fmt: skip
# name -> which of PowerPoint's layouts it is made from, top of the title, and rules: inches, points
LAYOUTS = {
    "Cover": (5, 1.15, ((1.0, 2),)),
    "View": (1, 0.54, ((0.45, 1), (FOOT, 1))),
    "Closing": (3, 0.54, ((0.45, 1),)),
}
# name -> what the cover asks for where nothing has been typed yet; a slide show does not show it
PROMPTS = {"Presenter": "Click to add the name of the presenter", "Date": "Click to add place and date"}


def template() -> bytes:
    """The empty presentation as a file."""
    file = Presentation()
    file.core_properties.title, file.core_properties.author = "Briefing", ""
    file.core_properties.created = file.core_properties.modified = MADE
    file.slide_width, file.slide_height = Inches(WIDTH), Inches(HEIGHT)
    file.part._element.sldSz.attrib.pop("type", None)  # it names 4:3
    package = file.part.package
    for name in [name for name, one in package._rels.items() if one.reltype.endswith("/thumbnail")]:
        package.drop_rel(name)
    for relation in list(file.part.rels.values()):
        if relation.reltype.endswith("/tableStyles"):
            relation.target_part._blob = _table_style().encode()
        elif relation.reltype.endswith("/theme"):
            relation.target_part._blob = _theme(relation.target_part.blob.decode()).encode()
        elif relation.reltype.endswith("/printerSettings"):
            file.part.drop_rel(relation.rId)
    master = file.slide_master
    for style in (file.part._element, master._element.find(qn("p:txStyles")).find(qn("p:otherStyle"))):
        for letters in style.iter(qn("a:defRPr")):
            letters.set("sz", str(SMALLEST * 100))
    _style_title(master)
    sketch = file.slides.add_slide(file.slide_layouts[6])  # only slides can be given lines
    for name, (number, top, rules) in LAYOUTS.items():
        _lay_out(file.slide_layouts[number], sketch, name, top, rules)
    for number, (name, words) in enumerate(PROMPTS.items()):
        _ask(file.slide_layouts.get_by_name("Cover"), 10 + number, name, words)
    file.part.drop_rel(file.slides._sldIdLst[0].rId)
    file.slides._sldIdLst.remove(file.slides._sldIdLst[0])
    for layout in list(file.slide_layouts):
        if layout.name not in LAYOUTS:
            file.slide_layouts.remove(layout)
    buffer = BytesIO()
    file.save(buffer)
    return timeless(buffer.getvalue(), f"{MADE:%Y-%m-%dT%H:%M:%SZ}")


def _theme(xml: str) -> str:
    """Office's theme with our inks and fonts, without shadows."""
    for kind, font in (("major", SERIF), ("minor", SANS)):
        xml = re.sub(rf'(<a:{kind}Font><a:latin typeface=")[^"]*', rf"\g<1>{font}", xml)
    for place, ink in PLACES.items():
        colour = f'<a:{place}><a:srgbClr val="{INK[ink].lstrip("#")}"/></a:{place}>'
        xml = re.sub(rf"<a:{place}>.*?</a:{place}>", colour, xml, flags=re.S)
    flat = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return re.sub(r"(<a:effectStyleLst>).*(</a:effectStyleLst>)", rf"\1{flat}\2", xml, flags=re.S)


def _table_style() -> str:
    """A ruled table: a soft head over a line of ink, thin rules between rows, a line of ink at the end."""

    def line(edge: str, ink: str, points: float) -> str:
        colour = f'<a:solidFill><a:schemeClr val="{ink}"/></a:solidFill>'
        return f'<a:{edge}><a:ln w="{points * 12700:.0f}">{colour}</a:ln></a:{edge}>'

    def part(name: str, weight: str, ink: str, *lines: str) -> str:
        letters = (
            f'<a:tcTxStyle b="{weight}"><a:fontRef idx="minor"/><a:schemeClr val="{ink}"/></a:tcTxStyle>'
        )
        return f"<a:{name}>{letters}<a:tcStyle><a:tcBdr>{''.join(lines)}</a:tcBdr></a:tcStyle></a:{name}>"

    whole = part("wholeTbl", "def", "tx1", line("bottom", "tx1", 1), line("insideH", "accent4", 0.5))
    head = part("firstRow", "on", "tx2", line("bottom", "tx1", 1))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<a:tblStyleLst '
        f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" def="{TABLE_STYLE}">'
        f'<a:tblStyle styleId="{TABLE_STYLE}" styleName="Ruled">{whole}{head}</a:tblStyle></a:tblStyleLst>'
    )


def _style_title(master):
    """Titles in the serif, at the left and the bottom of boxes without inner margins."""
    level = master._element.find(qn("p:txStyles")).find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    level.set("algn", "l")
    letters = level.find(qn("a:defRPr"))
    letters.set("sz", "2800")
    letters.set("b", "1")
    for shape in list(master.placeholders):
        if shape.placeholder_format.type == 1:
            shape.left, shape.top, shape.width, shape.height = map(Inches, (EDGE, 0.54, ROOM, 1))
            body = shape.text_frame._txBody.bodyPr
            for side in ("lIns", "tIns", "rIns", "bIns"):
                body.set(side, "0")
            body.set("anchor", "b")
            for fit in list(body):  # titles are measured, and not shrunk
                body.remove(fit)
        elif shape.placeholder_format.type == 2:
            shape.left, shape.top, shape.width, shape.height = map(Inches, (EDGE, 1.6, ROOM, 4.8))
        else:
            shape._element.getparent().remove(shape._element)


def _lay_out(layout, sketch, name: str, top: float, rules):
    """A layout of a title and rules."""
    layout._element.cSld.set("name", name)
    layout._element.set("type", "titleOnly")
    for shape in list(layout.placeholders):
        if shape.placeholder_format.type == 1:
            shape.left, shape.top, shape.width, shape.height = map(Inches, (EDGE, top, ROOM, 1))
        else:
            shape._element.getparent().remove(shape._element)
    for number, (y, weight) in enumerate(rules, 100):
        line = sketch.shapes.add_connector(1, Inches(EDGE), Inches(y), Inches(EDGE + ROOM), Inches(y))
        line.name, line.line.width = "Rule", Pt(weight)
        line.line.color.theme_color = MSO_THEME_COLOR.TEXT_1
        line._element.nvCxnSpPr.cNvPr.set("id", str(number))  # its own in the layout
        layout.shapes._spTree.append(line._element)


def _ask(layout, number: int, name: str, words: str):
    """A box to be typed into, which says what for: one of two, side by side. python-pptx makes none."""
    left, top, width, height = map(Inches, (EDGE + (number - 10) * ROOM / 2, 2.6, ROOM / 2 - 0.2, 0.4))
    level = (
        '<a:lvl1pPr marL="0" indent="0"><a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        '<a:defRPr sz="1800"/></a:lvl1pPr>'
    )
    layout.shapes._spTree.append(
        parse_xml(
            f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number + 200}" name="{name}"/>'
            '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
            f'<p:ph type="body" sz="quarter" idx="{number}" hasCustomPrompt="1"/></p:nvPr></p:nvSpPr>'
            f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            '</p:spPr><p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:normAutofit/>'
            f"</a:bodyPr><a:lstStyle>{level}</a:lstStyle>"
            f'<a:p><a:r><a:rPr lang="en-GB"/><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>'
        )
    )
    layout._element.attrib.pop("type", None)  # it is no longer one of a title alone


if __name__ == "__main__":
    FILE.write_bytes(template())
