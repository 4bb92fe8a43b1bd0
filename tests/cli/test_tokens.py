"""`loket token`: made, listed, revoked."""

import re

TOKEN = re.compile(r"loket_[\w-]{43}")


def test_a_token_is_the_last_line_and_never_shown_again(loket):
    made = loket(
        "token", "create", "Mesin antrean", "--scope", "appointments:read", "--scope", "appointments:write",
        "--point", "sooko", "--expires", "2099-12-31",
    )  # fmt: skip
    assert (made.code, made.told) == (0, "")
    assert TOKEN.fullmatch(made.last_line)
    listed = loket("token", "list").out
    assert "Mesin antrean" in listed
    assert "sooko" in listed
    assert "until 2099-12-31" in listed
    assert "appointments:read appointments:write" in listed
    assert made.last_line not in listed
    again = loket("token", "create", "Mesin antrean", "--scope", "index:read")
    assert again.code == 1
    assert again.is_one_sentence()


def test_a_revoked_token_leaves_its_name_free(loket):
    loket("token", "create", "Ekspor", "--scope", "applications:write")
    assert loket("token", "revoke", "Ekspor").code == 0
    assert "There is no token" in loket("token", "list").out
    assert loket("token", "revoke", "Ekspor").code == 1
    several = "applications:write,index:read"
    assert loket("token", "create", "Ekspor", "--scope", several).code == 0
    assert "applications:write index:read" in loket("token", "list").out
    assert "Ekspor" not in loket("staff", "list").out


def test_a_wrong_use_of_the_command_is_one_sentence(loket):
    for words in (
        ["create", "A"],
        ["create", "A", "--scope", "everything"],
        ["create", " ", "--scope", "index:read"],
        ["create", "A", "--scope", "index:read", "--point", "surabaya"],
        ["create", "A", "--scope", "index:read", "--expires", "2020-01-01"],
        ["create", "A", "--scope", "index:read", "--expires", "soon"],
    ):
        ended = loket("token", *words)
        assert ended.code == 2, words
        assert ended.is_one_sentence(), ended.told
