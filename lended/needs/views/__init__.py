"""Pages about needs: stating one, finding what may help, keeping it."""

from lended.needs.views import finding, keeping
from lended.needs.views.blueprint import pages

__all__ = ["finding", "keeping", "pages"]
