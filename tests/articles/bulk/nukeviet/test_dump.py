"""An SQL dump is read as MySQL would read it, in pieces, or refused with its line."""

import gzip

import pytest

from articles.bulk.nukeviet import dump as reading
from articles.bulk.nukeviet.dump import read_dump
from articles.bulk.old_site.posts import NotReadable

HARD = "a'b''c\\d\r\n;),( -- không phải chú thích /* cũng không */ C:\\\\ \"x\" 🎓 \t%"


def rows(folder, sql, **said):
    path = folder / "a.sql"
    path.write_bytes(sql if isinstance(sql, bytes) else sql.encode())
    return list(read_dump(path, **said))


def written(text):
    return text.replace("\\", "\\\\").replace("'", "\\'").replace("\r", "\\r").replace("\n", "\\n")


@pytest.mark.parametrize("step", [1, 7, 256 * 1024])
def test_every_spelling_of_a_row_is_read_however_the_file_is_cut(tmp_path, monkeypatch, step):
    monkeypatch.setattr(reading, "_STEP", step)
    hexed = "Đoàn".encode().hex()
    sql = f"""-- dump; 'it
/*!40000 ALTER TABLE `t` DISABLE KEYS */;
# x ' y
CREATE TABLE IF NOT EXISTS `nv`.`t` (`id` int(11) NOT NULL, `a,b` varchar(9) COMMENT 'x, (y', c enum('p','q'),
 PRIMARY KEY (`id`), KEY `k` (`a,b`(3)));
SET @a = 'INSERT INTO t VALUES (9)'; UPDATE t SET a = "it's; ok" WHERE b = 1;
DELIMITER ;;
CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW BEGIN INSERT INTO t VALUES (8); END;;
DELIMITER ;
INSERT INTO `t` VALUES (1,'{written(HARD)}',NULL),
(2, 'c''est', '') , (-3.5e2,0x{hexed},x'{hexed.upper()}');
insert ignore into t (c, `id`) values (_utf8mb4'q', TRUE), (_binary 'p', b'101');
REPLACE INTO nv.t VALUES (4,"a""b\\"c",'x') ON DUPLICATE KEY UPDATE c = ';';
INSERT INTO u VALUES (1)"""  # noqa: S608 (the text of a test)
    whole = ["id", "a,b", "c"]
    found = rows(tmp_path, sql + ";")
    assert found == [
        ("t", whole, ["1", HARD, None]),
        ("t", whole, ["2", "c'est", ""]),
        ("t", whole, ["-3.5e2", "Đoàn", "Đoàn"]),
        ("t", ["c", "id"], ["q", "1"]),
        ("t", ["c", "id"], ["p", "5"]),
        ("t", whole, ["4", 'a"b"c', "x"]),
        ("u", [""], ["1"]),
    ]
    with pytest.raises(NotReadable, match=r"dòng 14: lệnh INSERT chưa hết"):
        rows(tmp_path, sql)


def test_a_packed_dump_bytes_of_another_encoding_and_a_mark_at_the_beginning(tmp_path):
    foreign = [0]
    raw = b"\xef\xbb\xbfINSERT INTO t VALUES ('caf\xe9');\n"
    assert rows(tmp_path, gzip.compress(raw), foreign=foreign) == [("t", [""], ["café"])]
    assert foreign == [1]
    with pytest.raises(NotReadable, match="nén"):
        rows(tmp_path, gzip.compress(raw * 500)[:60])


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("INSERT INTO t VALUES (1,'a", "không đọc được"),
        ("INSERT INTO t VALUES (NOW());", "không đọc được"),
        ("CREATE TABLE t (`a` int);\nINSERT INTO t VALUES (1,2);", "dòng 2: bảng t có 1 cột"),
        ("INSERT INTO t SET a = 1;", "viết theo cách"),
        ("INSERT INTO t VALUES 1;", "dấu \\("),
        ("/* không hết", "chú thích"),
        (b"PK\x03\x04", "giải nén"),
        (b"SQLite format 3\0", "không phải tệp SQL"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path, sql, words):
    with pytest.raises(NotReadable, match=words):
        rows(tmp_path, sql)


def test_an_open_quote_does_not_take_the_whole_file_into_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LONGEST_VALUE", 100_000)
    with pytest.raises(NotReadable, match="dấu nháy không đóng, hay dài quá 32 MB"):
        rows(tmp_path, "INSERT INTO t VALUES ('" + "x" * 3_000_000)
