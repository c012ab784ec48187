"""ZIP files that depend on their content alone: the same files give the same bytes."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")  # characters that no XML file can hold


def add(archive: ZipFile, name: str, content: bytes):
    """Add a file that carries no time and no owner."""
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
    entry.create_system = 3
    archive.writestr(entry, content)


def timeless(data: bytes, moment: str) -> bytes:
    """An Office file with `moment` in place of every time in it, and in the workbooks inside it."""
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.endswith(".xlsx"):
                content = timeless(content, moment)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", moment.encode(), content)
            add(new, entry.filename, content)
    return buffer.getvalue()
