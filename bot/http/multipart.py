"""Forms with files."""

from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request


async def form_of(request: Request, *, files: int, fields: int) -> FormData:
    """Parse a `multipart/form-data` body with at most so many files and fields.

    Raises:
        HTTPException: 400, it is damaged, or names another encoding of its texts than UTF-8. Starlette would use any that
            Python knows, and for some the time grows with the square of the length.
    """
    _, options = parse_options_header(request.headers["content-type"])
    if options.get(b"charset", b"utf-8").lower() != b"utf-8":
        raise HTTPException(400)
    return await request.form(max_files=files, max_fields=fields)
