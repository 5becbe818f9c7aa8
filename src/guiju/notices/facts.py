"""What the notices put in the logbook: the robots of group chats, never their addresses."""

from guiju.rulebook.vocabulary import AttrType, FactKind

ROBOT: dict[str, AttrType] = {"vendor": "text", "department": "text", "name": "text"}

KINDS = [
    FactKind("robot.added", ("robot",), ROBOT, {}, "群机器人已加", "Chat robot added"),
    FactKind("robot.changed", ("robot",), {**ROBOT, "fields": "list"}, {}, "群机器人更改", "Chat robot changed"),
    FactKind("robot.ended", ("robot",), ROBOT, {}, "群机器人停用", "Chat robot ended"),
]
