"""A Word text comes in whole: what mammoth would drop is carried as words, or told."""

import io
import random
import zipfile

import pytest

from articles.text import pasting
from articles.text.body import figures_in
from articles.text.word.captions import place_pictures
from articles.text.word.reading import BODY, read_text
from articles.text.word.witness import missing_words
from foundation.packages.opening import PackageRefused, open_package
from tests.factories.media import image_bytes
from tests.factories.word import NAMES, OFFICE, W, item, make_docx, para, paragraph, run
from tests.shared import CASES, CORPORA


def read(content):
    """Returns (body, notes); picture number n becomes photo n + 1."""
    package = open_package(io.BytesIO(content), BODY)
    text = read_text(package)
    for image in text.root.iter("img"):
        image.set("src", f"photo:{int(image.get('src')) + 1}")
    place_pictures(text.root)
    settled = pasting.settle_tree(text.root, text.account.formulas, text.account.removed)
    notes = [*settled.notes, *text.account.notes]
    return settled.body, [*notes, *missing_words(package, "\n".join([settled.said, *notes]))]


def style(name, look="", based_on="", kind="character"):
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{base}'
        f"<w:rPr>{look}</w:rPr></w:style>"
    )


def styled(name):
    return f'<w:rStyle w:val="{name}"/>'


@pytest.mark.parametrize(
    ("look", "more_styles"),
    [
        ("<w:vanish/>", ""),
        (styled("Kin"), style("Kin", "<w:vanish/>")),
        (styled("Con"), style("Goc", "<w:vanish/>") + style("Con", based_on="Goc")),
    ],
)
def test_hidden_words_stay_out_and_are_told(look, more_styles):
    content = make_docx(para(run("Đã công bố. "), run("GHI CHÚ", look), run("Hết.")), more_styles=more_styles)
    body, notes = read(content)
    assert body == "<p>Đã công bố. Hết.</p>"
    assert notes == ["Đã bỏ chữ bị ẩn (người đọc bản gốc không thấy): “GHI CHÚ” (sau chữ “…Đã công bố.”)."]


def test_a_style_of_a_paragraph_hides_and_a_run_may_show_again():
    more = style("An", "<w:vanish/>", kind="paragraph")
    look = '<w:pStyle w:val="An"/>'
    shown = '<w:vanish w:val="0"/>'
    body, notes = read(make_docx(para(run("kín"), run(" hiện", shown), look=look), more_styles=more))
    assert body == "<p>hiện</p>"
    assert "“kín”" in notes[0]


@pytest.mark.parametrize(
    "struck",
    [
        run("150", "<w:strike/>"),
        run("150", "<w:dstrike/>"),
        run("150", styled("Xoa")),
        "<w:del><w:r><w:delText>150</w:delText></w:r></w:del>",
    ],
)
def test_struck_words_leave_and_are_told(struck):
    more = style("Xoa", "<w:strike/>")
    body, notes = read(make_docx(para(run("Có "), struck, run(" 200 đại biểu")), more_styles=more))
    assert body == "<p>Có 200 đại biểu</p>"
    assert notes == ["Đã bỏ chữ bị gạch ngang trong bản gốc: “150” (sau chữ “…Có”)."]


def test_words_moved_stand_once_and_nothing_is_told():
    moved = (
        "<w:moveFrom><w:r><w:t>Lời dời</w:t></w:r></w:moveFrom>"
        "<w:r><w:t>Giữa. </w:t></w:r><w:moveTo><w:r><w:t>Lời dời</w:t></w:r></w:moveTo>"
    )
    assert read(make_docx(f"<w:p>{moved}</w:p>")) == ("<p>Giữa. Lời dời</p>", [])


def test_letters_shown_in_capitals_are_capitals():
    assert read(make_docx(para(run("tập huấn", "<w:caps/>"))))[0] == "<p>TẬP HUẤN</p>"


BOX = (
    "<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent>"
    "</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
)
DROPDOWN = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
    '<w:listEntry w:val="Buôn Hồ"/><w:listEntry w:val="Tuy Hòa"/></w:ddList></w:ffData></w:fldChar></w:r>'
    "<w:r><w:instrText> FORMDROPDOWN </w:instrText></w:r>"
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def tick(value):
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{value}"/></w14:checkbox></w:sdtPr>'
        f"<w:sdtContent>{run('☒')}</w:sdtContent></w:sdt>"
    )


@pytest.mark.parametrize(
    ("inside", "body"),
    [
        (f"<w:r>{BOX.format(para(run('Trong khung')))}</w:r>", "<p>Lời</p>\n<p>Trong khung</p>"),
        (
            f"<w:r><mc:AlternateContent><mc:Choice>{BOX.format(para(run('Khung')))}</mc:Choice>"
            f"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{para(run('Khung'))}"
            "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            "<p>Lời</p>\n<p>Khung</p>",
        ),
        (f'<w:fldSimple w:instr=" DATE ">{run(" 10/11")}</w:fldSimple>', "<p>Lời 10/11</p>"),
        (f"{run(' ')}{DROPDOWN}", "<p>Lời Tuy Hòa</p>"),
        (f"{run(' ')}{tick(1)}{tick(0)}", "<p>Lời ☑☐</p>"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>trên</w:t></w:r></w:rt><w:rubyBase><w:r><w:t> dưới</w:t></w:r>"
            "</w:rubyBase></w:ruby></w:r>",
            "<p>Lời dưới (trên)</p>",
        ),
        (
            f"{run(' m')}{run('2', '<w:vertAlign w:val="superscript"/>')}"
            f"{run(', H')}{run('2', '<w:vertAlign w:val="subscript"/>')}{run('O')}",
            "<p>Lời m², H₂O</p>",
        ),
    ],
)
def test_what_stands_in_other_forms_is_carried_as_words(inside, body):
    assert read(make_docx(f"<w:p>{run('Lời')}{inside}</w:p>")) == (body, [])


FRACTION = (
    "<m:oMath><m:r><m:t>x=</m:t></m:r><m:f><m:num><m:r><m:t>-b</m:t></m:r></m:num>"
    "<m:den><m:r><m:t>2a</m:t></m:r></m:den></m:f></m:oMath>"
)


def test_a_formula_is_written_on_the_line_and_told():
    body, notes = read(make_docx(f"<w:p>{run('Nghiệm ')}{FRACTION}{run(' đó.')}</w:p>"))
    assert body == "<p>Nghiệm x=(-b)/(2a) đó.</p>"
    assert notes == ["Công thức viết lại thành chữ trên một dòng, xin đọc lại: “x=(-b)/(2a)”."]


def test_a_page_put_in_from_another_file_is_read():
    content = make_docx(
        para(run("Lời")) + '<w:altChunk r:id="c1"/>',
        extra=[("word/part.html", "<style>p{}</style><p>Phần chèn</p><p>Dòng hai</p>")],
        relations=f'<Relationship Id="c1" Type="{OFFICE}/aFChunk" Target="part.html"/>',
    )
    assert read(content) == ("<p>Lời</p>\n<p>Phần chèn</p>\n<p>Dòng hai</p>", [])


def test_words_in_a_form_that_nobody_thought_of_are_named():
    strange = f"<w:p>{run('Trước đó ')}<w:strange>{run('chữ lạc')}</w:strange>{run(' sau.')}</w:p>"
    whole = f"<w:strangest>{para(run('Một đoạn nằm chỗ lạ'))}</w:strangest>"
    body, notes = read(make_docx(strange, whole))
    assert body == "<p>Trước đó sau.</p>"
    assert notes == [
        "Có chữ trong tệp Word không thấy trong bài, xin xem lại và tự thêm: "
        "“chữ lạc” (sau chữ “…Trước đó”); “Một đoạn nằm chỗ lạ”."
    ]


@pytest.mark.parametrize(
    "paragraph_",
    [
        para(run("Trường THPT Buôn M"), run("a Thuột", "<w:b/>"), run(" tổ chức"), run("lễ", "<w:strike/>")),
        para(run("Së Gi¸o dôc vµ §µo t¹o", '<w:rFonts w:ascii=".VnTime"/>')),
        para(run("Một"), "<w:r><w:tab/><w:t>hai</w:t><w:br/><w:t>ba</w:t></w:r>"),
        para(run("• gạch đầu dòng")) + para(run("• dòng nữa")),
    ],
)
def test_nothing_is_called_lost_that_came(paragraph_):
    _, notes = read(make_docx(paragraph_, para(run("Kết thúc."))))
    assert "không thấy trong bài" not in " ".join(notes)


def test_no_note_for_nothing():
    files = sorted((CORPORA / "docx").glob("*.docx")) if (CORPORA / "docx").exists() else []
    if not files:
        pytest.skip("the corpus of Word files is not beside the project")
    told = {}
    for file in files:
        try:
            told[file.name] = read(file.read_bytes())[1]
        except PackageRefused:
            continue
    margins = "Không đưa vào bài chữ ở đầu trang, chân trang"  # one of the files is about them
    assert [notes for notes in told.values() if notes and not notes[0].startswith(margins)] == []


def test_comments_of_colleagues_stay_out_and_are_told():
    comments = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="0">{para(run("Hỏi lại"))}</w:comment></w:comments>'
    )
    body, notes = read(make_docx(para(run("Lời")), extra=[("word/comments.xml", comments)]))
    assert body == "<p>Lời</p>"
    assert notes == ["Không đưa vào bài lời bình của đồng nghiệp trong bản gốc: “Hỏi lại”."]


def margin(kind, *paragraphs):
    return f"word/{kind}1.xml", f"<w:{kind[:1]}dr {NAMES}>{''.join(paragraphs)}</w:{kind[:1]}dr>".replace(
        "w:fdr", "w:ftr"
    )


def test_words_above_and_below_every_page_are_told_once_without_page_numbers():
    painted = '<w:r><w:pict><v:shape><v:textpath string="BẢN NHÁP"/></v:shape></w:pict></w:r>'
    school = para(run("TRƯỜNG THPT "), run("CHU VĂN AN"))
    parts = [
        margin("header", school, school, para(painted)),
        margin("footer", para(run("Trang 3/12")), para(run("- 2 -")), para(run("Lưu hành nội bộ"))),
    ]
    body, notes = read(make_docx(para(run("Lời")), extra=parts))
    assert body == "<p>Lời</p>"
    assert notes == [
        "Không đưa vào bài chữ ở đầu trang, chân trang của tệp: "
        "“Lưu hành nội bộ”; “TRƯỜNG THPT CHU VĂN AN”; “BẢN NHÁP”."
    ]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_of_a_page_come_along_with_their_numbers(kind):
    said = f"<w:r><w:{kind}Ref/></w:r>{run(' Theo Thông tư 22/2021.')}"
    part = f'<w:{kind}s {NAMES}><w:{kind} w:id="2">{para(said)}</w:{kind}></w:{kind}s>'
    related = f'<Relationship Id="f1" Type="{OFFICE}/{kind}s" Target="{kind}s.xml"/>'
    first = para(run("Đạt giải"), f'<w:r><w:{kind}Reference w:id="2"/></w:r>', run(" rồi."))
    content = make_docx(first, para(run("Hết.")), extra=[(f"word/{kind}s.xml", part)], relations=related)
    body, notes = read(content)
    assert (
        body.replace("\n", "") == "<p>Đạt giải[1] rồi.</p><p>Hết.</p><ol><li>Theo Thông tư 22/2021.</li></ol>"
    )
    assert notes == []


def fonts(name):
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


@pytest.mark.parametrize(
    ("look", "typed", "read_as"),
    [
        (fonts(".VnTimeH"), "së gi¸o dôc", "SỞ GIÁO DỤC"),
        (fonts(".VnTime") + "<w:caps/>", "së gi¸o dôc", "SỞ GIÁO DỤC"),
        (fonts("VNI-Times") + "<w:caps/>", "sôû giaùo duïc", "SỞ GIÁO DỤC"),
        (fonts(".VnTime"), "Hßa", "Hòa"),
        (fonts("VNI-Times"), "Phaïm", "Phạm"),
        (fonts(".VnTime"), "Hòa Unicode Đắk Lắk", "Hòa Unicode Đắk Lắk"),
    ],
)
@pytest.mark.parametrize("by_style", [False, True])
def test_the_font_of_a_run_says_how_its_old_letters_are_read(look, typed, read_as, by_style):
    if by_style:
        content = make_docx(
            para(run(typed), look='<w:pStyle w:val="Cu"/>'), more_styles=style("Cu", look, kind="paragraph")
        )
    else:
        content = make_docx(para(run(typed, look)))
    body, notes = read(content)
    assert body == f"<p>{read_as}</p>"
    assert [note for note in notes if "không thấy" in note] == []


def test_letters_moved_off_their_line_by_hand_are_exponents():
    up, down = '<w:position w:val="8"/><w:sz w:val="16"/>', '<w:position w:val="-6"/>'
    body, _ = read(make_docx(para(run("50 m"), run("2", up), run(", H"), run("2", down), run("O"))))
    assert body == "<p>50 m², H₂O</p>"


def test_letters_too_small_to_be_read_are_unseen():
    body, notes = read(make_docx(para(run("ẩn ", '<w:sz w:val="2"/>'), run("Hiện", '<w:sz w:val="16"/>'))))
    assert body == "<p>Hiện</p>"
    assert notes == ["Đã bỏ chữ bị ẩn (người đọc bản gốc không thấy): “ẩn”."]


def abstract(levels, key=0):
    said = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text, start) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="{key}">{said}</w:abstractNum>'
        f'<w:num w:numId="{key + 1}"><w:abstractNumId w:val="{key}"/></w:num>'
    )


def test_a_list_goes_on_counting_after_a_paragraph_and_may_begin_at_five():
    numbering = abstract([("decimal", "%1.", 5)])
    body, notes = read(make_docx(item("A", 1), para(run("Giữa")), item("B", 1), numbering=numbering))
    assert body == '<ol start="5"><li>A</li></ol>\n<p>Giữa</p>\n<ol start="6"><li>B</li></ol>'
    assert notes == []


def test_numbers_that_are_words_stay_words_and_letters_are_told():
    numbering = abstract([("decimal", "Điều %1.", 1)])
    assert read(make_docx(item("Phạm vi", 1), item("Đối tượng", 1), numbering=numbering))[0] == (
        "<p>Điều 1. Phạm vi</p>\n<p>Điều 2. Đối tượng</p>"
    )
    body, notes = read(make_docx(item("A", 1), item("B", 1), numbering=abstract([("lowerLetter", "%1)", 1)])))
    assert body == "<ol><li>A</li><li>B</li></ol>"
    assert "chữ cái hoặc số La Mã" in notes[0]


def test_levels_nest_and_bullets_are_a_list():
    numbering = abstract([("decimal", "%1.", 1), ("bullet", "·", 1)])
    body, _ = read(make_docx(item("A", 1), item("a", 1, 1), item("B", 1), numbering=numbering))
    assert body == "<ol><li>A<ul><li>a</li></ul></li><li>B</li></ol>"


PICTURES = [image_bytes(), image_bytes()]


def captions(body):
    return [(figure.photo_id, figure.caption, figure.credit) for figure in figures_in(body)]


def pictured(*names, under=""):
    inner = "".join(paragraph(picture=name)[5:-6] for name in names)
    line = f"<w:r><w:br/><w:t>{under}</w:t></w:r>" if under else ""
    return f"<w:p>{inner}{line}</w:p>"


def table(*rows):
    return (
        "<w:tbl>"
        + "".join("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
        + "</w:tbl>"
    )


CENTRED = '<w:jc w:val="center"/>'


@pytest.mark.parametrize(
    ("blocks", "said"),
    [
        ([pictured("p0", "p1")], [(1, "", ""), (2, "", "")]),
        ([pictured("p0"), paragraph("Lễ", style="Caption")], [(1, "Lễ", "")]),
        ([pictured("p0"), para(run("Lễ khai mạc"), look=CENTRED)], [(1, "Lễ khai mạc", "")]),
        ([pictured("p0"), para(run("Lễ khai mạc", "<w:i/>"))], [(1, "Lễ khai mạc", "")]),
        ([pictured("p0"), para(run("Ảnh 1: Lễ khai mạc"))], [(1, "Ảnh 1: Lễ khai mạc", "")]),
        ([pictured("p0"), para(run("Đoạn văn thường."))], [(1, "", "")]),
        ([pictured("p0", under="Lễ khai mạc")], [(1, "Lễ khai mạc", "")]),
        ([pictured("p0"), para(run("Lễ. Ảnh: H.N."), look=CENTRED)], [(1, "Lễ.", "H.N.")]),
        (
            [table([pictured("p0"), pictured("p1")], [para(run("Một")), para(run("Hai"))])],
            [(1, "Một", ""), (2, "Hai", "")],
        ),
        ([f"<w:p><w:r>{BOX.format(para(run('Trong khung'), look=CENTRED))}</w:r></w:p>"], []),
        (
            [pictured("p0")[:-6] + f"<w:r>{BOX.format(paragraph('Khung', style='Caption'))}</w:r></w:p>"],
            [(1, "Khung", "")],
        ),
    ],
)
def test_pictures_keep_their_order_and_their_words(blocks, said):
    body, _ = read(make_docx(*blocks, para(run("Cuối.")), pictures=PICTURES))
    assert captions(body) == said
    assert body.endswith("<p>Cuối.</p>")


def test_a_picture_of_a_hidden_run_is_not_even_kept():
    hidden = pictured("p0").replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>").replace("<w:rPr></w:rPr>", "")
    body, notes = read(make_docx(para(run("Lời")), hidden, pictures=PICTURES))
    assert body == "<p>Lời</p>"
    assert "ảnh bị ẩn" in notes[0]


def test_a_cropped_picture_tells_its_crop():
    cut = pictured("p0").replace("</pic:blipFill>", '<a:srcRect l="50000" b="2500"/></pic:blipFill>')
    text = read_text(open_package(io.BytesIO(make_docx(cut, pictures=PICTURES)), BODY))
    assert [picture.crop for picture in text.account.pictures] == [(0.5, 0.0, 0.0, 0.025)]


def test_a_table_in_a_table_is_said_once():
    inner = table([para(run("Trong 1")), para(run("Trong 2"))])
    body, _ = read(make_docx(table([para(run("Ngoài")) + inner + para(), para(run("Bên"))])))
    assert [body.count(word) for word in ("Ngoài", "Trong 1", "Trong 2", "Bên")] == [1, 1, 1, 1]


def drawing(inside):
    return (
        f"<w:p><w:r><w:drawing><wp:anchor><a:graphic><a:graphicData>{inside}</a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></w:r></w:p>"
    )


def grouped(name):
    return f'<pic:pic><pic:blipFill><a:blip r:embed="{name}"/></pic:blipFill></pic:pic>'


def test_pictures_and_words_of_a_group_come_along():
    words = f"<w:txbxContent>{para(run('Chữ trong nhóm'))}</w:txbxContent>"
    box = f"<wps:wsp><wps:txbx>{words}</wps:txbx></wps:wsp>"
    group = drawing(f"<wpg:wgp>{grouped('p0')}{grouped('p1')}{box}</wpg:wgp>")
    body, notes = read(make_docx(group, pictures=PICTURES))
    assert [figure.photo_id for figure in figures_in(body)] == [1, 2]
    assert body.endswith("<p>Chữ trong nhóm</p>")
    assert notes == []


DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"


@pytest.mark.parametrize(
    ("inside", "part", "xml", "body", "told"),
    [
        (
            f'<dgm:relIds xmlns:dgm="{DIAGRAM}" r:dm="x1"/>',
            "data.xml",
            f'<d:m xmlns:d="{DIAGRAM}" xmlns:a="{MAIN}"><d:pt><a:t>Bước 1</a:t></d:pt></d:m>',
            "<p>Trước</p>\n<p>Bước 1</p>",
            "SmartArt",
        ),
        (
            f'<c:chart xmlns:c="{CHART}" r:id="x1"/>',
            "chart.xml",
            f'<c:s xmlns:c="{CHART}" xmlns:a="{MAIN}"><a:t>Số em giỏi</a:t></c:s>',
            "<p>Trước</p>",
            "“Số em giỏi”",
        ),
        (grouped("x1"), "x.wmf", "x", "<p>Trước</p>", "WMF"),
        (grouped("missing"), "x.wmf", "x", "<p>Trước</p>", "thiếu dữ liệu"),
    ],
)
def test_drawings_that_cannot_come_are_named_with_their_place(inside, part, xml, body, told):
    content = make_docx(
        para(run("Trước")),
        drawing(inside),
        extra=[(f"word/{part}", xml)],
        relations=f'<Relationship Id="x1" Type="{OFFICE}/x" Target="{part}"/>',
    )
    found, notes = read(content)
    assert found == body
    assert told in notes[0]
    assert "(sau chữ “…Trước”)" in notes[0]


# --- broken files -----------------------------------------------------------------------------------------


def rich_file():
    return make_docx(
        para(run("Có "), run("150", "<w:strike/>"), run(" 200")),
        f"<w:p>{run('Lời')}<w:r>{BOX.format(para(run('Khung')))}</w:r>{tick(1)}{DROPDOWN}{FRACTION}</w:p>",
        pictured("p0"),
        table([para(run("Ô")), para(run("Hai"))]),
        item("A", 1),
        item("B", 1),
        pictures=PICTURES,
        numbering=abstract([("decimal", "%1.", 1)]),
        more_styles=style("Con", "<w:vanish/>", based_on="Con"),
    )


def broken_bytes(content, chance):
    """The file with some bytes changed, or cut off."""
    if chance.random() < 0.15:
        return content[: chance.randrange(len(content))]
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 12)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def broken_xml(content, chance):
    """The file packed well again, with one of its XML parts missing, empty or changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = chance.choice([name for name in parts if name.endswith((".xml", ".rels"))])
    text = parts[name].decode()
    place = chance.randrange(len(text))
    ways = [
        lambda: text[:place] + chance.choice("<>&\"'/=1\0") + text[place + 1 :],
        lambda: text.replace('="', '="zz'),
        lambda: text.replace("w:r>", "w:tc>"),
        lambda: text.replace("w:tbl>", "w:p>").replace("w:p>", "w:tr>"),
        lambda: text.replace("w:val=", "w:lav="),
        lambda: text.replace("pic:pic", "a:blip"),
        lambda: "",
    ]
    parts[name] = chance.choice(ways)().encode()
    if chance.random() < 0.1:
        del parts[name]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for each, part in parts.items():
            package.writestr(each, part)
    return file.getvalue()


@pytest.mark.parametrize("way", [broken_bytes, broken_xml])
def test_five_hundred_changed_files_are_read_or_refused(way):
    content, chance = rich_file(), random.Random(2026)  # noqa: S311 (repeatable damage)
    outcomes = {"read": 0, "refused": 0}
    for _ in range(250):
        try:
            read(way(content, chance))
            outcomes["read"] += 1
        except PackageRefused:
            outcomes["refused"] += 1
    assert outcomes["refused"] > 50, outcomes


# --- the cases beside the project ------------------------------------------------------------------------

EXPECTED = {
    "docx-hidden-text": ("Kết quả được công bố. Hết.", "GHI CHÚ NỘI BỘ"),
    "docx-struck": ("Có 200 đại biểu dự.", "“150”"),
    "docx-textbox": ("Trích lời: “Học sinh là trung tâm”.", ""),
    "docx-equation": ("x=(-b)/(2a)", "Công thức"),
    "docx-field-date": ("ngày 10/11/2017 tại", ""),
    "docx-checkbox-cell": ("<td>Đạt</td><td>☑</td>", ""),
    "docx-linked-picture": ("", "nằm ngoài tệp Word"),
    "docx-list-continues": ('<ol start="2"><li>Việc hai</li>', ""),
    "docx-list-dieu": ("<p>Điều 2. Đối tượng áp dụng</p>", ""),
    "docx-caps": ("HỘI NGHỊ TẬP HUẤN VIẾT TIN BÀI", ""),
    "docx-raised-letters": ("x^(a+b) khác 10^(-k)", "x^(a+b)"),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_case_comes_in_true(name):
    file = CASES / f"{name}.docx"
    if not file.exists():
        pytest.skip("the cases are not beside the project")
    words, told = EXPECTED[name]
    body, notes = read(file.read_bytes())
    assert words in body
    assert told in " ".join(notes)
    assert bool(notes) == bool(told)
