"""Near misses made of questions by rule: one thing in the question is changed, or what answers is taken from the paragraph."""
import re

YEAR = re.compile(r'\b(?:19|20)\d\d\b')
NUMBER = re.compile(r'\b(?!(?:19|20)\d\d\b)\d{1,3}(?:,\d{3})*\b')
NAME = re.compile(r'\b[A-Z][a-z]+(?:-[A-Z]?[a-z]+)*(?: (?:al-|de |bin |ben )?[A-Z][a-z]+(?:-[A-Z]?[a-z]+)*)*')
MONTHS = 'January February March April May June July August September October November December'.split()
WORDS = 'two three four five six seven eight nine ten twelve twenty thirty'.split()
# Words that turn a premise round, in the forms that questions have.
TURNED = '''increase/decrease increased/decreased increases/decreases rise/fall rose/fell rising/falling grow/shrink grew/shrank support/oppose
supported/opposed supports/opposes supporting/opposing accept/reject accepted/rejected accepts/rejects agree/refuse agreed/refused
approve/block approved/blocked allow/forbid allowed/forbade allowed/banned permit/ban praise/criticise praised/criticised praises/criticises
before/after first/last more/less most/least better/worse best/worst higher/lower high/low strong/weak stronger/weaker strengthen/weaken
strengthened/weakened win/lose won/lost buy/sell bought/sold buying/selling friend/enemy friends/enemies ally/rival allies/rivals
optimistic/pessimistic success/failure succeed/fail succeeded/failed early/late earlier/later easy/hard easier/harder cheap/expensive
open/close opened/closed opening/closing start/stop started/stopped begin/end began/ended join/leave joined/left joining/leaving
trust/distrust trusted/distrusted likely/unlikely willing/unwilling able/unable happy/unhappy satisfied/dissatisfied popular/unpopular
legal/illegal public/secret publicly/privately safe/dangerous rich/poor north/south northern/southern east/west eastern/western
confident/worried hopeful/gloomy welcome/resent welcomed/resented encourage/discourage encouraged/discouraged promote/demote
promoted/demoted hire/dismiss appointed/dismissed raise/cut raised/cut arrive/depart arrived/departed attack/defend attacked/defended
admit/deny admitted/denied admits/denies include/exclude included/excluded fewer/more expand/reduce expanded/reduced small/large
majority/minority maximum/minimum advantage/drawback advantages/drawbacks benefit/harm helped/hindered help/hinder protect/threaten
protected/threatened release/detain released/detained free/imprison freed/jailed keep/abandon kept/abandoned never/always'''.split()
OPPOSITE = {}
for pair in TURNED:
    one, other = pair.split('/')
    OPPOSITE.setdefault(one, []).append(other)
    OPPOSITE.setdefault(other, []).append(one)
TURN = re.compile(r'\b(?:' + '|'.join(sorted(OPPOSITE, key=len, reverse=True)) + r')\b', re.I)
# Capitals that are no names.
COMMON = set('What Who Whom Whose Which When Where Why How Did Does Do Is Are Was Were Has Have Had Can Could Would Will Should The A An In On At Of For To By And But Or According'.split())


class Changes:
    """Names are changed for others of the same kind: places (those that cables come from) and the rest."""

    def __init__(self, questions, origins, rng):
        self.rng = rng
        self.places = sorted({word for origin in origins for word in re.findall(r'[A-Z][a-z]+', origin)} - {'Embassy', 'Consulate', 'Mission', 'Secretary', 'State', 'General'})
        known = set(self.places)
        self.names = sorted({name for question in questions for name in self.names_in(question) if name not in known})

    def names_in(self, question):
        return [name for name in NAME.findall(question[1:]) if name not in COMMON and name not in MONTHS]

    def question(self, question, text):
        """The question with one thing changed that the text does not hold; None where nothing can be."""
        rng, low = self.rng, text.lower()
        changes = []

        def change(match, others, offset=0):
            others = [each for each in others if each.lower() not in low and each.lower() not in question.lower()]
            if others:
                at, end = match.start() + offset, match.end() + offset
                changes.append((at, end, rng.choice(others)))

        for match in YEAR.finditer(question):
            change(match, [str(int(match.group()) + by) for by in (-4, -3, -2, 2, 3, 4)])
        for match in NUMBER.finditer(question):
            change(match, [str(int(match.group().replace(',', '')) + by) for by in (3, 7, 12, 25)])
        for match in re.finditer(r'\b(?:' + '|'.join(WORDS) + r')\b', question):
            change(match, WORDS)
        for match in re.finditer(r'\b(?:' + '|'.join(MONTHS) + r')\b', question):
            change(match, MONTHS)
        for match in NAME.finditer(question[1:]):
            name = match.group()
            if name in COMMON or name in MONTHS:
                continue
            change(match, rng.sample(self.places, 12) if name in self.places else rng.sample(self.names, 12), 1)
        for match in TURN.finditer(question):
            others = OPPOSITE[match.group().lower()]
            other = rng.choice(others)
            other = other.capitalize() if match.group()[0].isupper() else other
            changes += [(match.start(), match.end(), other)] * 2  # what a name is changed for is told more easily
        if not changes:
            return None
        at, end, other = rng.choice(changes)
        return question[:at] + other + question[end:]


def without(text, plain):
    """The text without the sentences that hold the words that answer; None where little is left."""
    at = text.lower().find(plain)
    if at < 0:
        return None
    start = max((text.rfind(end, 0, at) + len(end) for end in ('. ', '? ', '! ') if text.rfind(end, 0, at) >= 0), default=0)
    stops = [stop for stop in (text.find(end, at + len(plain) - 1) for end in ('. ', '? ', '! ')) if stop >= 0]
    stop = min(stops) + 2 if stops else len(text)
    left = (text[:start] + text[stop:]).strip()
    return left if len(left.split()) >= 15 else None
