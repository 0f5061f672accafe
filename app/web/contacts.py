"""The fields of a contact person, which several forms have."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import EmailField, Form, StringField, TelField
from wtforms.validators import Email, Length, Optional

from app.queries.contacts import ContactView
from app.services.places import ContactGiven

TOO_LONG = _("This is too long.")


class ContactFields(Form):  # type: ignore[misc]
    """To be inherited beside FlaskForm."""

    contact_name = StringField(_("Name of the contact person"), [Length(max=120, message=TOO_LONG)])
    contact_phone = TelField(_("Telephone of the contact person"), [Length(max=30, message=TOO_LONG)])
    contact_email = EmailField(
        _("E-mail of the contact person"),
        [Optional(), Email(message=_("This is not an e-mail address.")), Length(max=254, message=TOO_LONG)],
    )

    def contact(self) -> ContactGiven:
        return ContactGiven(self.contact_name.data or "", self.contact_phone.data or "", self.contact_email.data or "")


class HeadFields(Form):  # type: ignore[misc]
    """To be inherited beside FlaskForm: who gets the digests in an institution's name."""

    head_name = StringField(_("Name of the head"), [Length(max=120, message=TOO_LONG)])
    head_email = EmailField(
        _("E-mail of the head"),
        [Optional(), Email(message=_("This is not an e-mail address.")), Length(max=254, message=TOO_LONG)],
    )

    def head(self) -> ContactGiven:
        return ContactGiven(self.head_name.data or "", "", self.head_email.data or "")


def contact_values(contact: ContactView | None) -> dict[str, str | None]:
    """What the fields hold before anybody types."""
    if contact is None:
        return {}
    return {"contact_name": contact.name, "contact_phone": contact.phone, "contact_email": contact.email}


def head_values(head: ContactView | None) -> dict[str, str | None]:
    return {"head_name": head.name, "head_email": head.email} if head else {}
