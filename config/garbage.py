"""What a process keeps for its whole life, and the search for garbage."""

import gc
from typing import Any


def leave_out_what_is_loaded(**_: Any) -> None:
    """Collect once, and never look through what is there again: modules, models, views.

    They are some hundred thousand objects, which Python would go through again and again while pages make and let go
    of their own: a tenth and more of a page's time.
    """
    gc.collect()
    gc.freeze()
