"""What a set of documents shares: boilerplate, families, what they agree on, flags. The same SQL for every engine, and no engine here.

An engine keeps tables: `keep(name, query)` runs a SELECT over the tables that it has and keeps what it gives as another, `ask(name, query,
ask, schema)` hands the rows on to a function of `asking` and keeps its answers; both give what the engine has for a table. `is_empty(name)`
looks at one. The table `documents` is there from the start.
"""

import importlib.resources

from . import asking

# A document votes at most this often.
ROUNDS = 16

# The tables that each one is made of, beside `documents`.
MADE_OF = {
    "cookies": (),
    "mentions": (),
    "templates": ("mentions",),
    "forms": ("templates",),
    "parted": ("templates",),
    "shared_lines": ("parted", "forms"),
    "signatures": ("shared_lines",),
    "banded": ("signatures",),
    "originals": ("banded",),
    "likest": ("originals",),
    "boilerplate": ("likest",),
    "others": ("parted",),
    "other_signatures": ("others",),
    "near": ("other_signatures", "originals"),
    "variant_forms": ("near",),
    "near_likest": ("variant_forms",),
    "variants": ("near_likest",),
    "stretches": ("templates",),
    "outlines": ("templates",),
    "ballots": ("stretches",),
    "members": ("ballots", "outlines"),
    "families": ("members",),
    "family_counts": ("families", "forms"),
    "agreed": ("family_counts",),
    "consensus": ("agreed",),
    "examined": ("consensus",),
    "flags": ("examined",),
}


class Corpus:
    """The documents of the tables of an engine, as one set. What is asked for is made once, with all that it is made of."""

    def __init__(self, tables, program=asking.Program(), min_documents=2):
        if min_documents < 2:
            raise ValueError(f"min_documents is {min_documents}: two platforms at least share a text")
        self._tables = tables
        self._program = program
        self._numbers = {"min_documents": min_documents}
        self._made = {}
        self._makers = {
            "forms": lambda: self._keep("forms", "forms", templates="templates"),
            "signatures": lambda: self._sign("signatures", "SELECT id, template AS text FROM shared_lines"),
            "originals": self._part_originals,
            "likest": lambda: self._liken("likest", "met_before"),
            "other_signatures": lambda: self._sign("other_signatures", "SELECT id, text FROM others"),
            "variant_forms": lambda: self._keep("variant_forms", "forms", templates="near"),
            "near_likest": lambda: self._liken("near_likest", "near_met"),
            "members": self._elect,
            "agreed": self._agree,
            "flags": self._flag,
        }
        # How many rounds of votes it took to find the families.
        self.rounds = 0

    def cookies(self):
        """The cookie rows, with the id, path, host and date of their documents."""
        return self._table("cookies")

    def boilerplate(self):
        """Texts that documents of enough platforms share, with slots and counts, and what they are near-duplicates of; rows of tables where the
        table is not shared."""
        return self._table("boilerplate")

    def variants(self):
        """Texts that fewer platforms share and that are near-duplicates of one of these: the same columns. All texts are signed for it."""
        return self._table("variants")

    def forms(self):
        """How texts that two platforms or more share are printed, with slots and counts; place 1 is the most frequent form."""
        return self._table("forms")

    def variant_forms(self):
        """How `variants` are printed, and others that were held against boilerplate."""
        return self._table("variant_forms")

    def families(self):
        """The family of each document that has one: `family`, `id`, `path`."""
        return self._table("families")

    def consensus(self):
        """What each family agrees on, as JSON."""
        return self._table("consensus")

    def flags(self):
        """The flags of each document, as JSON."""
        return self._table("flags")

    def _table(self, name):
        if name not in self._made:
            for part in MADE_OF[name]:
                self._table(part)
            make = self._makers.get(name, lambda: self._keep(name, name))
            self._made[name] = make()
        return self._made[name]

    def _keep(self, name, query, **named):
        return self._tables.keep(name, select(query, **self._numbers, **named))

    def _sign(self, name, texts):
        return self._tables.ask(name, texts, asking.signatures(self._program), asking.SIGNED)

    def _part_originals(self):
        """Parts the texts that resemble nothing before them from the near-duplicates. What resembles an original is none; of the others those lead
        that have nothing undecided before them."""
        self._keep("undecided", "undecided")
        originals = self._keep("originals", "no_originals")
        while not self._tables.is_empty("undecided"):
            self._keep("leaders", "leaders")
            originals = self._keep("originals", "originals")
            self._keep("undecided", "followers")
            self._resemble("resembled", "met")
            self._keep("undecided", "unlike")
        return originals

    def _resemble(self, name, query):
        """How much pairs of texts resemble each other."""
        self._keep(query, query)
        return self._tables.ask(name, select("compared", met=query), asking.resemblances(self._program), asking.RESEMBLED)

    def _liken(self, name, query):
        """What each text is a near-duplicate of, if anything."""
        self._resemble(f"{name}_compared", query)
        return self._keep(name, "likest", likenesses=f"{name}_compared")

    def _elect(self):
        """Rounds of votes; after each that somebody has joined a family in, all documents settle."""
        members = self._keep("members", "no_members")
        for number in range(ROUNDS):
            self._keep("votes", "votes", round=number)
            if self._tables.is_empty("votes"):
                break
            self.rounds += 1
            self._keep("joined", "joined")
            if not self._tables.is_empty("joined"):
                members = self._keep("members", "settled")
        return members

    def _agree(self):
        return self._tables.ask("agreed", "SELECT * FROM family_counts", asking.consensus(self._program), asking.AGREED)

    def _flag(self):
        return self._tables.ask("flags", "SELECT * FROM examined", asking.flags(self._program), asking.FLAGS)


def select(query, **named):
    """The SELECT of a table, with numbers and names of tables put where it asks for them."""
    text = importlib.resources.files(__package__).joinpath(f"sql/{query}.sql").read_text()
    for name, meant in named.items():
        text = text.replace(f":{name}", str(meant))
    return text
