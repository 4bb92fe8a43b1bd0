"""Log fields of a fault: kind and place in the code; never its message, which may quote a resident."""

import traceback
from pathlib import Path
from typing import Any


def what(fault: BaseException) -> dict[str, Any]:
    """Class of the fault and its frames, innermost last."""
    at = [
        f"{Path(frame.f_code.co_filename).name}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(fault.__traceback__)
    ]
    return {"fault": type(fault).__name__, "at": at}
