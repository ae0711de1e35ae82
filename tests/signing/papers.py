"""PDF files of the tests: a sheet as the press makes it, and what a forger does with one."""

import io
from functools import cache

import typst
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

_SHEET = b"""#set page(width: 297mm, height: 210mm)
#place(dx: 60mm, dy: 80mm, text(24pt)[%s])"""


@cache
def sheet(name="Tran Duc Manh"):
    """A page of 842 × 595 points."""
    made = typst.compile(_SHEET % name.encode(), pdf_standards=["a-2b"])
    assert isinstance(made, bytes)
    return made


def name_(word):
    return generic.NameObject(f"/{word}")


def altered(data, change):
    """The file with an increment: `change(writer, page, root)` as a forger makes it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.find_page_for_modification(0)[0].get_object()
    change(writer, page, writer.root)
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def slip_text(writer, page, root):
    """Replace what the page draws: another text in the same font."""
    stream = generic.StreamObject(stream_data=b"BT /F1 30 Tf 100 300 Td (Ai Do Khac) Tj ET")
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), writer.add_object(stream)])
    writer.update_container(page)


def slip_into_stream(writer, page, root):
    """Replace the very stream object, under its own number."""
    reference = page.raw_get("/Contents").reference
    writer.objects[(reference.generation, reference.idnum)] = generic.StreamObject(stream_data=b"q Q")


def enlarge(writer, page, root):
    page["/UserUnit"] = generic.NumberObject(2)
    writer.update_container(page)


def crop(writer, page, root):
    page["/CropBox"] = generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 300, 300)])
    writer.update_container(page)


def add_note(writer, page, root):
    note = generic.DictionaryObject(
        {
            name_("Type"): name_("Annot"),
            name_("Subtype"): name_("FreeText"),
            name_("Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (90, 290, 400, 340)]),
            name_("Contents"): generic.TextStringObject("Ai Đó Khác"),
        }
    )
    page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def add_script(writer, page, root):
    root["/OpenAction"] = generic.DictionaryObject(
        {name_("S"): name_("JavaScript"), name_("JS"): generic.TextStringObject("app.alert(1)")}
    )


def add_page(writer, page, root):
    pages = root["/Pages"]
    pages["/Kids"].append(writer.add_object(generic.DictionaryObject(page)))
    pages["/Count"] = generic.NumberObject(2)
    writer.update_container(pages)


def add_field(writer, page, root):
    """A field that shows words, in the form and not on a page."""
    field = generic.DictionaryObject(
        {
            name_("FT"): name_("Tx"),
            name_("T"): generic.TextStringObject("x"),
            name_("V"): generic.TextStringObject("Ai Đó Khác"),
        }
    )
    before = root["/AcroForm"] if "/AcroForm" in root else {}
    fields = [*before["/Fields"]] if before else []
    form = {key: before.raw_get(key) for key in before}
    form[name_("Fields")] = generic.ArrayObject([*fields, writer.add_object(field)])
    root["/AcroForm"] = generic.DictionaryObject(form)


SLIPS = {
    "another text": slip_text,
    "the stream replaced": slip_into_stream,
    "a larger unit": enlarge,
    "a cut page": crop,
    "a note": add_note,
    "a script": add_script,
    "a page": add_page,
    "a field": add_field,
}
