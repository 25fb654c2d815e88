"""The one place where crispy-forms is set up."""

from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Layout


class Helper(FormHelper):
    """A form in GOV.UK style whose errors are the server's, not the browser's."""

    def __init__(self, layout: Layout):
        super().__init__()
        self.layout = layout
        self.attrs = {"novalidate": ""}
        self.form_show_errors = True
