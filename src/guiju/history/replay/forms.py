"""The form that asks for a replay."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LINE = re.compile(r"^\s*([\w.\-]+(?:/[\w\-]+)?)\s*[=:=:]\s*(\d{1,4})\s*$")


class ReplayForm(forms.Form):
    """Which wording, beside which, and how long a duty takes."""

    edition = forms.ChoiceField(label=gettext_lazy("Edition or draft"))
    beside = forms.BooleanField(label=gettext_lazy("Beside the edition in force"), required=False)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes of work a duty takes"), initial=5)
    goal = forms.IntegerField(label=gettext_lazy("In time, percent"), initial=95)
    by_clause = forms.CharField(
        label=gettext_lazy("Other minutes for some clauses"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("A line each, for example booking.reply-30 = 12"),
    )
    confirm_after = forms.IntegerField(label=gettext_lazy("Minutes from request to confirmation"), initial=20, min_value=0, max_value=10_000)
    form_after = forms.IntegerField(label=gettext_lazy("Minutes from confirmation to the form"), initial=30, min_value=0, max_value=10_000)
    holidays = forms.BooleanField(label=gettext_lazy("With China's public holidays and make-up days"), required=False, initial=True)

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].choices = choices  # type: ignore[attr-defined]

    def clean_by_clause(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for line in self.cleaned_data["by_clause"].splitlines():
            if not line.strip():
                continue
            match = LINE.match(line)
            if match is None:
                raise forms.ValidationError(_("Write a line as clause = minutes: %(line)s") % {"line": line.strip()[:60]})
            found[match[1]] = int(match[2])
        return found

    def asked(self) -> dict[str, Any]:
        """What the verb takes."""
        told = self.cleaned_data
        profile = {"confirm_after": told["confirm_after"], "form_after": told["form_after"], "holidays": told["holidays"]}
        usual = {"confirm_after": 20, "form_after": 30, "holidays": True}
        return {
            "edition": told["edition"], "beside": told["beside"], "minutes": told["minutes"], "by_clause": told["by_clause"],
            "goal": told["goal"] / 100, "profile": {key: value for key, value in profile.items() if value != usual[key]},
        }
