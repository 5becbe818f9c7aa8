"""The art order as a form on A4: what is wanted, its text line by line, and who has put his name to it (F19)."""

from guiju.papers.forms.fields import Field, Form, Table

JOB = Form(
    "美工工作单", "Art order",
    (
        (
            Field("item", "项目", "What"), Field("occasion", "用于", "For"), Field("department", "申请部门", "Ordered by"),
            Field("orderer", "申请人", "Name"), Field("ordered_at", "下单时间", "Ordered at"), Field("due_at", "要求完成", "Ready by"),
            Field("size", "规格尺寸", "Size"), Field("material", "材质", "Material"), Field("quantity", "数量", "Quantity"),
            Field("place", "摆放地点", "Place"), Field("from_at", "摆放自", "Stands from"), Field("until_at", "撤下", "Taken down"),
        ),
        Table(
            "lines", "文字（逐字照录）", "Text, character by character",
            (
                Field("row", "行", "Line"), Field("language", "文种", "Language"), Field("words", "文字", "Text"),
                Field("signs", "字数", "Characters"), Field("read", "校对", "Read"),
            ),
            ("row", "language"), "", (2, 3, 16, 3, 3),
        ),
        (
            Field("worker", "接单制作", "Made by"), Field("taken_at", "接单时间", "Taken at"), Field("proof", "小样", "Proof"),
            Field("approver", "文字认可", "Text approved by"), Field("approved_at", "认可时间", "Approved at"),
            Field("checker", "质量检查", "Quality checked by"),
            Field("used", "用料", "Material used"), Field("spent", "费用", "Cost"), Field("made_at", "完成时间", "Done at"),
            Field("delivered_at", "送到挂好", "Handed over at"), Field("down_at", "撤下时间", "Taken down at"),
            Field("fault", "问题", "Fault", wide=True),
        ),
    ),
)
