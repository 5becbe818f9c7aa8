"""Words that change what stands beside them: not, cancel, instead of, or, about; and what a letter is for."""

from __future__ import annotations

import re

from guiju.reading.doubt import Doubt, quoted
from guiju.reading.page import WORD, Page, Span

# What sounds like a cancellation, change or condition and is none of this request.
HARMLESS = re.compile(
    r"取消(?:政策|条款|规定|条件|费|期限)|(?:免费|随时|不可|可以?|不能)(?:免费)?(?:取消|退改|更改)|(?:如|若|倘|任何)(?:需|果|有|要|任何|确需|您){0,3}(?:取消|变动|变化|变更|更改|改动|调整|问题|疑问)(?:或(?:取消|变动|变更|更改|调整))?|有(?:任何)?(?:问题|疑问)"
    r"|不(?:好意思|客气|胜感激|吝|尽感激|含税|含服务费|含[早双单]+餐?|要?含早|要早餐?|吃辣|吸烟|抽烟|便之处|用谢|得|到|同|错|要?临街|要?靠路|要?靠电梯|靠电梯|要?打扰|加床|用加床|需要?加床|要加床|需要?接[机站送]|用接[机站送]|要接[机站送]|需要?用餐|用餐|需要?发票|变|久|限|知道?|少|仅|过|论)"
    r"|提前§{1,8}[ \t]?(?:以上)?(?:书面)?(?:通知|告知|取消|联系|预订|确认|说明)|请?勿(?:打扰|回复|念|吸烟)|无(?:烟|窗|障碍|误|需(?:接[机站送]|加床|早餐?|用餐)|早餐?|忌口|(?:特殊|其他)(?:要求|需求))|没有?(?:问题|特殊要求|忌口)|别墅|别忘了?|特?别(?:感谢|是|注意|重要|安静|推荐)|级别|性别|类别|分别|告别|区别|国别|个别|别称"
    r"|(?:价格?|费用|房费)(?:不变|另[计议付])|另行(?:通知|支付|结算|付费)|改善|改天|改革|如有?无?房|以此单为准|错过|换乘|换洗|退房"
    r"|free cancellation|cancellation (?:polic(?:y|ies)|terms|conditions|fees?|deadline|rules)|non-?cancell?able|subject to change|no change|any changes?|not? (?:smoking|smokers?|breakfast)|non[- ]?smoking"
    r"|without breakfast|no (?:smoking|breakfast|meals?|problem|transfer|pick-?up|extra beds?|special requests?|later than)|do not (?:disturb|reply)|do not hesitate|not? too|why not|if (?:you|there|any|possible|so|not available)"
    r"|(?:not|n't) need (?:breakfast|transfer|pick-?up|meals?|an? (?:extra bed|invoice|transfer))|look(?:ing)? forward|more information|further (?:information|details|notice)|once more|any (?:further )?questions?|let us know (?:if|about)|change of linen|exchange",
    re.I,
)
CANCEL = re.compile(
    r"取消|退订|退掉|撤销|撤单|撤回|收回|以新.{0,3}为准|作废|不再需要|不需要了|不用了|不要了|不来了|不去了|不住了|来不了|\bcancel\w*|call(?:ed)? off|no longer (?:need|require|coming|travel\w*)|withdraw", re.I
)
CHANGE = re.compile(
    r"更改|变更|改为|改成|改至|改到|改期|改签|改订|改住|修改|更正|修正|调整|改(?=§|[\u4e00-\u9fff]{0,3}[房床标间套大双])|原[定订计预先来]|延[期后至到长]|推[迟后]|提前(?!通知|告知|确认|入住|预订|谢|感谢|安排|办理|到)|顺延|增[加至订]|加到|减[少至到掉]|减(?=§)|换[成为]?|替换|续住|延住|缩短|追加|加订"
    r"|\bamend\w*|\bmodif\w*|\bchang(?:e|ed|es|ing)\b|\brevis\w*|\breschedul\w*|\bpostpone\w*|bring forward|\binstead\b|\brather than\b|\breplac\w*|\bswap\b|\bextend\w*|\bextension\b|\bshorten\w*|\breduc\w*|\bincreas\w*|\bmove (?:our|the|my|it)\b|\bupdate[ds]? (?:our|the|my)\b|\boriginal(?:ly)?\b",
    re.I,
)
NEGATED = re.compile(
    r"不|勿|莫|毋|别(?!墅)|缓(?!解|冲)|撤|停(?!车|留)|减(?!免)|退(?=§)|(?:已|另)(?:另?行|有)?安排|别[处家]|拒|先[别不]|优先|宁可|让给|让出|退[还回]|归还|合[并住]|先放|有变|翻[倍番]|加倍|升级|转[给让]|[没未]有?|无[需须]|除[了去外]|误|[写打看弄搞]错|抱歉|应为|应该是|上次|上回|前次|去年|往年|之前订|以前|此前|曾|已经?[订预确]|剩"
    r"|\bnot\b|n't\b|\bno\b(?! ?\.? ?(?:§|of\b|:))|\bwithout\b|\bexcept\b|\bminus\b|\bless\b|\bpreviou\w+|\bearlier\b|\blast (?:time|year|month|stay)|\bwas\b|\bwere\b|\bmistake\b|\bwrong\b|\bcorrect(?:ion|ed)\b|\bsorry\b|\bdrop\b|\bremove\b|\bactually\b|\bdisregard\w*|\bignore\w*|\breleas\w*|\bfewer\b|\badd(?:ed|ing)?\b|\bdown to\b|\bscratch\b|\bskip\b|\bvoid\w*|\bdelet\w*|\bdeclin\w*|\breject\w*|\bsecond\b|\bthird\b|\bfourth\b|\bremaining\b|\bthe rest\b|\bprefer\w*|\bsave\b|\bneither\b|\bnone\b|\bnever\b|\bstop\b|\bhold off\b|\bdouble the\b|\btriple the\b|\bsame (?:the|again)\b|\bupgrad\w*|\bmerge\w*|\bgive (?:up|back)\b|\bhand back\b|\bfollow\b|\bno longer\b",
    re.I,
)
OPEN = re.compile(
    r"或者?|还是|也[可行]|亦可|均可|都[可行]|任选|要么|二选一|备选|可能|也许|估计|暂[定时]?|待[定确]|未定|不定|大概|大约|左右|前后|上下|[约近](?=§|\d)|尽量|最[多少好]|至[多少]|不超过|不少于|以[上下内](?=[\s,，。;；)、]|$)|如果|[如若](?!下|上|有|此|需)|假如|要是|视(?=情况|实际|具体)|看情况|各(?=§)|每间(?=§)|再[加要订来留](?=§|[\u4e00-\u9fff])|同上|其余|另外?(?=§)"
    r"|\bor\b|\beither\b|\balternativ\w*|\bmaybe\b|\bperhaps\b|\bpossibl[ey]\b|\bprobably\b|\bif\b|\bunless\b|\bdepend\w*|\bsubject to\b|\btentativ\w*|\btb[cad]\b|\bapprox\w*|\babout\b|\baround\b|\broughly\b|\bat (?:least|most)\b|\bup to\b|\bmax(?:imum)?\b|\bmin(?:imum)?\b"
    r"|\beach\b|\bper room\b|\banother\b|\badditional\b|\bextra (?!bed)|\bfurther\b|\bmore\b|\bother\b|\bof (?:which|them|these)\b|\bexcluding\b|\bincluding\b|\btwice\b|\bhalf\b(?! board)",
    re.I,
)
HANGS_BACK = re.compile(r"不[要用需是订]|不是|错|误|\bmistake|\bwrong|\bcorrect|\bactually|\bnot\b", re.I)  # may speak of the sentence before
BOX_KINDS = (("new", re.compile(r"新增|新订|新单|预订单?|new")), ("cancellation", re.compile(r"取消|cancel", re.I)), ("modification", re.compile(r"变更|更改|修改|amend|change", re.I)))
QUOTE_STARTS = re.compile(
    r"^[ \t]*(?:-{2,}[ \t]?(?:original message|原始邮件|forwarded message|转发的?邮件|回复的邮件)|_{10,}[ \t]*$|on .{4,80} wrote:|在.{2,60}写道:|发件人:.{0,80}\n+[ \t]*(?:发送时间|发送日期|已发送)|from:.{0,100}\n+[ \t]*(?:sent|date|to):)",
    re.I | re.M,
)


def split_mail(text: str) -> tuple[str, str]:
    """(the letter, what is quoted in it or below it): the letter keeps its places, with blanks for what was quoted."""
    hit = QUOTE_STARTS.search(text)
    letter, quoted_ = (text[: hit.start()], text[hit.start() :]) if hit else (text, "")
    lines = letter.split("\n")
    quoted_ = "\n".join([*(line.lstrip(" \t>") for line in lines if line.lstrip().startswith(">")), quoted_])
    letter = "\n".join(" " * len(line) if line.lstrip().startswith(">") else line for line in lines)
    return letter, quoted_


def plain_words(page: Page) -> str:
    """The page without tokens, unticked options and harmless phrases: what is left to be wary of."""
    masked = "".join(sign if sign == "§" or sign == "\n" else other for sign, other in zip(page.masked, page.open_text, strict=True))
    return HARMLESS.sub(lambda hit: "".join("§" if sign == "§" else "," if sign in ",，" else " " for sign in hit.group()), masked)


class Wording:
    """The words of a page that change others."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.words = plain_words(page)
        self.cancels = [hit.span() for hit in CANCEL.finditer(self.words)]
        self.changes = [hit.span() for hit in CHANGE.finditer(self.words)]
        self.negations = [hit.span() for hit in NEGATED.finditer(self.words)]
        self.opens = [hit.span() for hit in OPEN.finditer(self.words) if not self._about_time(hit)]

    def _about_time(self, hit: re.Match[str]) -> bool:
        """18:00 左右 leaves no point open."""
        if not re.fullmatch(r"左右|大?约|大概|about|around|approx", hit.group(), re.I):
            return False
        return any(-2 <= token.start - hit.end() <= 2 or -1 <= hit.start() - token.end <= 1 for token in self.page.tokens if token.kind == "time")

    def kind(self, subject: str) -> tuple[str, list[Doubt], list[Span]]:
        """request, modification or cancellation; with the reasons when a person must look."""
        ticked, seen = self._ticked()
        said = [("cancellation", span) for span in self.cancels] + [("modification", span) for span in self.changes if not _form_word(self.words, span)]
        spans = [span for _kind, span in said]
        kinds = {kind for kind, _span in said}
        doubts = [self._quote("kind", span) for _kind, span in said[:2]]
        for kind, pattern in (("cancellation", CANCEL), ("modification", CHANGE)):
            if pattern.search(HARMLESS.sub(" ", subject)):
                kinds.add(kind)
                doubts.append(Doubt("kind", quoted(subject)))
        if seen and not ticked:
            doubts.append(Doubt("unticked"))
        wanted = {kind for kind in ticked if kind != "new"}
        if len(ticked) > 1 or (ticked == {"new"} and kinds):
            doubts.append(Doubt("ticks"))
        kinds |= wanted
        doubts += [Doubt("kind")] if wanted and not doubts else []
        found = "cancellation" if "cancellation" in kinds else "modification" if kinds else "request"
        return found, doubts, spans

    def _ticked(self) -> tuple[set[str], bool]:
        """(what is ticked among new, change, cancel; whether such boxes stand there at all)."""
        ticked: set[str] = set()
        seen = False
        for token in self.page.tokens:
            if token.kind not in ("ticked", "unticked"):
                continue
            after, before = self.page.text[token.end : token.end + 14], self.page.text[max(0, token.start - 9) : token.start]
            behind = re.search(rf"{WORD}{{1,8}}$", before) if re.match(r"[\s,，;；。]|$", after) else None  # 取消单☑
            label = behind or re.match(rf"[ \t]?{WORD}{{0,12}}", after)
            word = label.group() if label else ""
            kinds = [kind for kind, pattern in BOX_KINDS if pattern.search(word)]
            seen = seen or bool(kinds)
            if token.kind == "ticked":
                ticked |= set(kinds)
        return ticked, seen

    def _quote(self, code: str, span: Span) -> Doubt:
        start, end = self.page.clause(span[0])
        return self.page.doubt(code, max(start, span[0] - 16), min(max(end, span[1]), span[1] + 20))

    def quote(self, code: str, span: Span) -> Doubt:
        """The doubt a word raises, with the words around it."""
        return self._quote(code, span)


def _form_word(words: str, span: Span) -> bool:
    """变更: as the heading of a part of a form is no change by itself."""
    return bool(re.match(r"[ \t]*:[ \t]*(?:\n|$)", words[span[1] :]))
