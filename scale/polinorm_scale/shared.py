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
    "boilerplate": ("forms",),
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

    def __init__(self, tables, program=asking.Program()):
        self._tables = tables
        self._program = program
        self._made = {}
        # How many rounds of votes it took to find the families.
        self.rounds = 0

    def cookies(self):
        """The cookie rows, with the path, host and date of their documents."""
        return self._table("cookies")

    def boilerplate(self):
        """Texts that documents of two platforms or more share, with slots and counts; rows of tables where the table is not shared."""
        return self._table("boilerplate")

    def forms(self):
        """How these texts are printed, with slots and counts; place 1 is the most frequent form."""
        return self._table("forms")

    def families(self):
        """The family of each document that has one: `family`, `path`."""
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
            make = {"members": self._elect, "agreed": self._agree, "flags": self._flag}.get(name, lambda: self._keep(name, name))
            self._made[name] = make()
        return self._made[name]

    def _keep(self, name, query, **numbers):
        return self._tables.keep(name, select(query, **numbers))

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


def select(query, **numbers):
    """The SELECT of a table, numbers put where it names them."""
    text = importlib.resources.files(__package__).joinpath(f"sql/{query}.sql").read_text()
    for name, number in numbers.items():
        text = text.replace(f":{name}", str(int(number)))
    return text
