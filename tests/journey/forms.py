"""A page's form as a browser would send it that nobody has touched."""

import html.parser


class _Reader(html.parser.HTMLParser):
    def __init__(self, action):
        super().__init__()
        self.fields, self._action = {}, action
        self._inside = self._options = self._option = None

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form":
            self._inside = told.get("action") == self._action
        elif not self._inside:
            return
        elif tag == "input" and "name" in told:
            if told.get("type") != "checkbox" or "checked" in told:
                self._add(told["name"], told.get("value") or "")
        elif tag == "select":
            self._options = told["name"], []
        elif tag == "option":
            self._option = ["selected" in told, told.get("value"), ""]

    def handle_data(self, data):
        if self._option:
            self._option[2] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self._inside = False
        elif tag == "option" and self._option and self._options:
            chosen, value, text = self._option
            self._options[1].append((chosen, text if value is None else value))
            self._option = None
        elif tag == "select" and self._options:
            name, options = self._options
            self._options = None
            if options:
                self._add(name, next((value for chosen, value in options if chosen), options[0][1]))

    def _add(self, name, value):
        self.fields.setdefault(name, []).append(value)


def form(page, action, **changed):
    """What the page's form with this action sends, with these fields changed."""
    reader = _Reader(action)
    reader.feed(page)
    assert reader.fields, f"the page has no form {action}"
    return {**reader.fields, **changed}
