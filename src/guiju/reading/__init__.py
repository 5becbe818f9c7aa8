"""Reading what comes in: pure functions from bytes and text to proposals; nothing is believed, nothing is written.

airlock.admit(data, name) -> Admitted(kind, mime): what the bytes really are, within limits; raises airlock.Refused.
text.read(text, words, today, subject="") -> Reading(fields, lang, kind, form): fields by name, each Field(value, sure, places, why):
    client contact phone reply_to arrival departure persons escorts rooms escort_rooms guests meals transport payment
    tour_code requests kind; dates ISO, rooms {code: number}, places [(start, end)] in the text, why [{"code", "quote"}] with
    the codes of doubt.MESSAGES. form is request, modification or cancellation. How sure is decided: docs/reading.md.
mail.read(data) -> Mail(subject, sender, message_id, text, attachments).
ota.read(data) -> list[OtaStay]; raises ota.Fault(code, text); ota.answer(...) the reply in the protocol's own form.
"""
