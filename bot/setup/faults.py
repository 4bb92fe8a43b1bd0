"""What is logged of a fault: its kind and its place in the code, never its words, which may be a resident's."""

import traceback
from pathlib import Path
from typing import Any


def what(fault: BaseException) -> dict[str, Any]:
    """Give the fault's class and the steps that led to it, the innermost last."""
    at = [
        f"{Path(frame.f_code.co_filename).name}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(fault.__traceback__)
    ]
    return {"fault": type(fault).__name__, "at": at}
