"""The only version switch."""

from __future__ import annotations

import django
import wagtail

# `register_permission_policy`, `ViewSetGroup.submenu_hook`, a swappable page model and
# the block's `id` in its template context.
WAGTAIL_8 = wagtail.VERSION >= (8, 0)

# Mail settings in MAILERS; `get_connection` is deprecated.
DJANGO_6_1 = django.VERSION >= (6, 1)
