"""A sound standard, and the ways to spoil it: what is changed, the line that must be named, a word of what is said."""

from __future__ import annotations

SOUND = {
    "a.toml": """# a.toml
[[clause]]
id = "desk.answer"
source = "I.1"
weight = 2
[clause.text]
zh = "三十分钟内答复"
en = "Answered within thirty minutes"
[[clause.rule]]
name = "reply"
kind = "timed"
owner = "handler"
opens = { on = "enquiry.received", where = { agreement = true } }
due = { within = "30m", calendar = "owner" }
starts = "-20m"
met = { on = "reply.sent", where = { complete = true }, undone_by = ["reply.bounced"] }
pauses = { from = "client.asked_to_wait", to = "client.answered" }
ends = { on = "enquiry.withdrawn" }
escalates = { at = ["50%", "100%"], to = ["handler", "sales_manager"] }
missed_after = "3d"
waive = { by = ["sales_manager"] }
[[clause.case]]
says = "按时"
facts = [ { at = 2026-11-24T10:00:00, kind = "enquiry.received", agreement = true }, { at = 2026-11-24T10:30:00, kind = "reply.sent", complete = true } ]
now = 2026-11-24T12:00:00
expect = [ { rule = "reply", due = 2026-11-24T10:30:00, status = "met" } ]
[[clause.case]]
says = "迟了"
facts = [ { at = 2026-11-24T10:00:00, kind = "enquiry.received", agreement = true } ]
now = 2026-11-24T12:00:00
expect = [ { rule = "reply", due = 2026-11-24T10:30:00, status = "late" } ]
[[clause.case]]
says = "没有协议，不在此条"
facts = [ { at = 2026-11-24T10:00:00, kind = "enquiry.received", agreement = false } ]
now = 2026-11-24T12:00:00
expect = []
""",
    "b.toml": """# b.toml
[[clause]]
id = "desk.written"
source = "I.2"
[clause.text]
zh = "有书面才确认"
en = "Nothing is confirmed without a written request"
[[clause.rule]]
name = "written"
kind = "gate"
verb = "booking.confirm"
where = { kind = "group" }
needs = ["written_basis"]
waive = { by = ["gm"] }
[[clause.rule]]
name = "copies"
kind = "distributes"
paper = "group_schedule"
to = ["front_desk", "fnb"]
archive = "sales"
[[clause.rule]]
name = "fields"
kind = "record"
record = "booking"
fields = ["meals", "payer"]
[[clause.rule]]
name = "happy"
kind = "view"
figure = "satisfaction"
at_least = 0.98
min_count = 20
[[clause.rule]]
name = "weekly"
kind = "cadence"
owner = "sales_clerk"
opens = { on = "hotel.created" }
due = { every = "FREQ=WEEKLY;BYDAY=MO", by = "10:00" }
met = { on = "setting.changed" }
[[clause.rule]]
name = "round"
kind = "checklist"
opens = { on = "booking.confirmed" }
due = { anchor = "arrival_at" }
items = [ { id = "key", owner = "front_desk", offset = "-1h" }, { id = "fruit", owner = "housekeeping", offset = "-1h" } ]
[[clause.rule]]
name = "ladder"
kind = "table"
given = ["grade"]
rows = [ { when = { grade = "A" }, gives = { fruit = true } }, { gives = {} } ]
[[clause.rule]]
name = "chain"
kind = "approval"
verb = "booking.confirm"
steps = [ { by = "sales_manager", within = "24h" }, { by = "gm", within = "24h" } ]
[[clause.case]]
says = "没有书面"
verb = "booking.confirm"
attrs = { kind = "group" }
needs = { written_basis = false }
verdict = "refused"
[[clause.case]]
says = "有书面"
verb = "booking.confirm"
attrs = { kind = "group" }
needs = { written_basis = true }
verdict = "allowed"
[[clause.case]]
says = "十份问卷不下结论"
rule = "happy"
figure = { value = 0.5, count = 10 }
stands = "too_few"
""",
    "posts.toml": """# posts.toml
[[post_duty]]
id = "post.seller.answers"
source = "I.3"
posts = ["business_sales_supervisor"]
carried = { clauses = ["desk.answer"], papers = ["reservation_form"] }
[post_duty.text]
zh = "答复客户"
en = "Clients are answered"
[[post_duty]]
id = "post.manager.answers"
source = "I.3"
posts = ["sales_manager"]
like = "post.seller.answers"
[post_duty.text]
zh = "督促答复"
en = "Answers are seen to"
[[post_duty]]
id = "post.manager.trains"
source = "I.4"
posts = ["sales_manager"]
training = true
[post_duty.text]
zh = "培训"
en = "The team is trained"
""",
}

# file, what stands there, what stands there instead, how the named line begins ("": the changed one), a word of the message
SPOILT: list[tuple[str, str, str, str, str]] = [
    # numbers and times
    ("a.toml", "weight = 2", "weight = -1", "", "weight"),
    ("a.toml", "weight = 2", "weight = 0", "", "weight"),
    ("a.toml", "weight = 2", 'weight = "heavy"', "", "weight"),
    ("a.toml", "weight = 2", "weight = true", "", "weight"),
    ("a.toml", 'within = "30m"', 'within = "-30m"', "", "-30m"),
    ("a.toml", 'within = "30m"', 'within = "0m"', "", "no time at all"),
    ("a.toml", 'within = "30m"', 'within = "30 parsecs"', "", "parsecs"),
    ("a.toml", 'within = "30m"', 'within = "99999999d"', "", "too long"),
    ("a.toml", 'within = "30m"', "within = 30", "", "within"),
    ("a.toml", 'missed_after = "3d"', 'missed_after = "0d"', "", "no time at all"),
    ("a.toml", 'starts = "-20m"', 'starts = "20m"', "", "before it is due"),
    ("a.toml", 'at = ["50%", "100%"]', 'at = ["50%", "150%"]', "", "150%"),
    ("a.toml", 'at = ["50%", "100%"]', 'at = ["-10%", "100%"]', "", "-10%"),
    ("a.toml", 'at = ["50%", "100%"]', 'at = ["50%"]', "", "equally long"),
    ("a.toml", 'at = ["50%", "100%"]', 'at = ["half", "100%"]', "", "half"),
    ("b.toml", 'where = { kind = "group" }', "where = { rooms = { min = 9, max = 2 } }", "", "nothing lies between"),
    ("b.toml", "min_count = 20", "min_count = -20", "", "min_count"),
    ("b.toml", "min_count = 20", 'min_count = "twenty"', "", "min_count"),
    ("b.toml", "at_least = 0.98", "at_least = -0.98", "", "at_least"),
    ("b.toml", "at_least = 0.98", 'at_least = "most"', "", "at_least"),
    ("b.toml", "at_least = 0.98", "", "[[clause.rule]]#4", "at_least"),
    # clocks and calendars
    ("b.toml", 'by = "10:00"', 'by = "25:61"', "", "25:61"),
    ("b.toml", 'by = "10:00"', 'by = "10 o\'clock"', "", "o'clock"),
    ("b.toml", "FREQ=WEEKLY;BYDAY=MO", "FREQ=SOMETIMES", "", "FREQ"),
    ("b.toml", "FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;BYMONTHDAY=32", "", "BYMONTHDAY"),
    ("b.toml", "FREQ=WEEKLY;BYDAY=MO", "FREQ=DAILY;INTERVAL=0", "", "INTERVAL"),
    ("a.toml", 'calendar = "owner"', 'calendar = "moon"', "", "moon"),
    # words that nobody declares
    ("a.toml", 'on = "enquiry.received"', 'on = "enquiry.recieved"', "", "enquiry.recieved"),
    ("a.toml", "where = { complete = true }", "where = { compleet = true }", "", "compleet"),
    ("a.toml", 'owner = "handler"', 'owner = "hander"', "", "hander"),
    ("a.toml", '["sales_manager"] }\n[[', '["salesmanager"] }\n[[', "", "salesmanager"),
    ("a.toml", '"handler", "sales_manager"]', '"handler", "boss"]', "", "boss"),
    ("b.toml", 'verb = "booking.confirm"\nwhere', 'verb = "booking.fly"\nwhere', "", "booking.fly"),
    ("b.toml", '["written_basis"]', '["written"]', "", "written"),
    ("b.toml", '"group_schedule"', '"group_shedule"', "", "group_shedule"),
    ("b.toml", '["front_desk", "fnb"]', '["front_desk", "moon"]', "", "moon"),
    ("b.toml", 'kind = "cadence"', 'kind = "rhythm"', "", "rhythm"),
    ("b.toml", 'figure = "satisfaction"', 'figure = "happiness"', "", "happiness"),
    ("a.toml", "waive =", "wave =", "", "wave"),
    # said twice, empty, or to nobody
    ("b.toml", 'id = "desk.written"', 'id = "desk.answer"', "", "twice"),
    ("b.toml", 'name = "copies"', 'name = "written"', "[[clause.rule]]#2", "two rules"),
    ("b.toml", '["meals", "payer"]', '["meals", "meals"]', "", "twice"),
    ("b.toml", '["meals", "payer"]', "[]", "", "empty"),
    ("b.toml", 'to = ["front_desk", "fnb"]\narchive = "sales"', "to = []", "", "nobody"),
    ("b.toml", 'id = "fruit"', 'id = "key"', "", "twice"),
    ("b.toml", '{ by = "gm", within', '{ by = "sales_manager", within', "", "twice"),
    ("b.toml", "rows = [ { when", "rows = [ { gives = {} }, { when", "", "never reached"),
    ("a.toml", 'says = "迟了"', 'says = "按时"', "[[clause.case]]#2", "say the same"),
    ("b.toml", 'waive = { by = ["gm"] }', "waive = { by = [] }", "", "nobody"),
    # languages, ids, sources
    ("a.toml", 'zh = "三十分钟内答复"', 'zh = ""', "[clause.text]", "missing in zh"),
    ("a.toml", 'en = "Answered within thirty minutes"', "", "[clause.text]", "missing in en"),
    ("a.toml", 'en = "Answered', 'fr = "x"\nen = "Answered', "", "fr"),
    ("a.toml", 'id = "desk.answer"', 'id = "Answer!"', "", "Answer!"),
    ("a.toml", 'source = "I.1"', "", "[[clause]]", "source"),
    # circles and references to nothing
    ("a.toml", 'to = "client.answered"', 'to = "client.asked_to_wait"', "", "circle"),
    ("a.toml", '{ on = "enquiry.withdrawn" }', '{ on = ["enquiry.withdrawn", "enquiry.received"] }', "", "circle"),
    ("a.toml", 'undone_by = ["reply.bounced"]', 'undone_by = ["reply.sent"]', "", "circle"),
    ("posts.toml", '["desk.answer"]', '["desk.anser"]', "[[post_duty]]#1", "desk.anser"),
    ("posts.toml", 'like = "post.seller.answers"', 'like = "post.nobody"', "[[post_duty]]#2", "post.nobody"),
    ("posts.toml", 'carried = { clauses = ["desk.answer"], papers = ["reservation_form"] }', 'like = "post.manager.answers"', "[[post_duty]]#1", "circle"),
    ("posts.toml", '["business_sales_supervisor"]', '["seller"]', "", "seller"),
    ("posts.toml", "training = true", "", "[[post_duty]]#3", "say one of"),
    ("posts.toml", "training = true", "training = true\nlike = \"post.seller.answers\"", "[[post_duty]]#3", "say one of"),
    ("posts.toml", '["reservation_form"]', '["napkin"]', "", "napkin"),
    ("posts.toml", 'zh = "培训"', "", "[post_duty.text]#3", "missing in zh"),
    # what is no TOML, or not the TOML that is wanted
    ("a.toml", 'id = "desk.answer"', "id = desk.answer", "", "not TOML"),
    ("a.toml", "[clause.text]", "[clause.txt]", "", "txt"),
    ("a.toml", "[[clause]]\nid", "[clause]\nid", "?", ""),  # what follows cannot be told apart any more: any line will do
    ("b.toml", "steps = [", "steps = 7 #[", "", "list"),
    ("b.toml", "items = [", "items = 7 #[", "", "list"),
    # cases
    ("a.toml", "due = 2026-11-24T10:30:00, status = \"met\"", "due = 2026-11-24T10:31:00, status = \"met\"", "[[clause.case]]#1", "10:31"),
    ("a.toml", 'status = "late"', 'status = "met"', "[[clause.case]]#2", "late"),
    ("a.toml", "expect = []", 'expect = [ { rule = "reply" } ]', "[[clause.case]]#3", "reply"),
    ("a.toml", "expect = []", "", "[[clause.case]]#3", "expect"),
    ("a.toml", 'says = "迟了"', "", "[[clause.case]]#2", "sentence"),
    ("a.toml", "agreement = false", "guests = 30", "[[clause.case]]#3", "guests"),
    ("b.toml", 'verdict = "refused"', 'verdict = "allowed"', "[[clause.case]]#1", "refused"),
    ("b.toml", 'verdict = "refused"', "", "[[clause.case]]#1", "verdict"),
    ("b.toml", 'says = "十份问卷不下结论"\nrule = "happy"', 'says = "十份问卷不下结论"\nclaus = "x"', "", "claus"),
]
