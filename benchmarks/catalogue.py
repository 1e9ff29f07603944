"""What is measured: the expected workload, the baseline and the bound of each.

A figure is the median over all rounds of one run; every round is a process of its own.
Ratios compare two things that alternate in the same process. Contacts stand for all
that belongs to them: see `population`.
"""

from __future__ import annotations

from dataclasses import dataclass

SMALL, LARGE = 10_000, 1_000_000


@dataclass(frozen=True)
class AtMost:
    """The figure may nowhere be greater."""

    figure: str
    most: float

    def __str__(self) -> str:
        return f"{self.figure} ≤ {self.most:g}"

    def value(self, figures: dict[int, dict[str, float]]) -> float:
        return max(at[self.figure] for at in figures.values())


@dataclass(frozen=True)
class Flat(AtMost):
    """The figure of the most contacts, divided by that of the fewest."""

    def __str__(self) -> str:
        return f"{self.figure}, most / fewest contacts ≤ {self.most:g}"

    def value(self, figures: dict[int, dict[str, float]]) -> float:
        fewest, most = min(figures), max(figures)
        return figures[most][self.figure] / figures[fewest][self.figure]


@dataclass(frozen=True)
class Measure:
    """One question, and the module in `measures` that answers it.

    Attributes:
        workload: what is done, how often in each round.
        baseline: what it is compared with.
        contacts: how many there are; it is measured at each of them.
        rounds: processes, at each number of contacts.
    """

    name: str
    question: str
    workload: str
    baseline: str
    contacts: tuple[int, ...]
    bounds: tuple[AtMost, ...]
    rounds: int = 5


MEASURES = [
    Measure(
        name="sign_up",
        question="What does a sign-up cost, and does it grow with what is stored?",
        workload=(
            "500 POSTs of a form with a name, a company and a ticked box, through "
            "the WSGI handler and all middleware; every second address is known. The "
            "mail is queued, committed and handed to a dummy task backend: sending "
            "isn't measured."
        ),
        baseline=(
            "A view that validates the same form class, inserts one row with the "
            "answers as JSON and redirects, through the same handler and middleware, "
            "alternating. Its table stays small."
        ),
        contacts=(SMALL, LARGE),
        bounds=(AtMost("ratio", 3.0), Flat("ratio", 1.1)),
        rounds=7,
    ),
    Measure(
        name="may_contact",
        question="What does asking for one permission cost?",
        workload="4,000 addresses at random, one in five unknown.",
        baseline=(
            "The same look-up, digest included, as one ORM query: status, basis, "
            "time and event of a consent, and whether a suppression covers it."
        ),
        contacts=(SMALL, LARGE),
        bounds=(
            AtMost("queries", 1),
            AtMost("ratio", 1.3),
            Flat("ours_us", 1.1),
        ),
    ),
    Measure(
        name="filter_permitted",
        question="What does filtering a million addresses cost?",
        workload=(
            "A million addresses from a generator, one in eleven unknown, in no order "
            "that the tables know; before that, a quarter of them, to compare the "
            "process's peak memory."
        ),
        baseline=(
            "Raw SQL that digests the same addresses, with the key in hand, fills a "
            "temporary table with them and joins it once: consents of the purpose "
            "that are granted and young enough, without a suppression (NOT EXISTS). "
            "It judges the last address when the first is sent. Beside it, without a "
            "bound: the same SQL in batches of 2,000."
        ),
        contacts=(LARGE,),
        bounds=(AtMost("ratio", 2.0), AtMost("peak_growth", 1.05)),
        rounds=3,
    ),
    Measure(
        name="page",
        question="What does a lead form add to a page?",
        workload=(
            "Pages through the handler, for queries and headers. For the time, 300 "
            "times each: the published page's block as it is shown (remembered: the "
            "process keeps the HTML, which is the same for everybody); the form as "
            "it is rendered when it isn't kept (rendered); and the block when this "
            "process never saw it, with the query and the making of the form's class "
            "(first: once a process, without a bound)."
        ),
        baseline=(
            "The same page without the form, for queries; crispy's own "
            "render_crispy_form() of the same form class and layout, for the time."
        ),
        contacts=(SMALL,),
        bounds=(
            AtMost("queries_more_warm", 0),
            AtMost("queries_more_cold", 1),
            AtMost("cookies", 0),
            AtMost("vary_cookie", 0),
            AtMost("remembered_ratio", 1.3),
            AtMost("rendered_ratio", 1.3),
        ),
    ),
    Measure(
        name="verify",
        question="Does verification grow with the ledger alone, and memory not at all?",
        workload=(
            "All that consent_verify does, two events a contact: seals, events, "
            "payloads and states; nothing may be found."
        ),
        baseline="Itself, with a quarter of the events.",
        contacts=(125_000, 250_000, 500_000),
        bounds=(Flat("us_per_event", 1.15), Flat("peak_mb", 1.05)),
        rounds=3,
    ),
]


def named(name: str) -> Measure:
    """Raises KeyError."""
    return {measure.name: measure for measure in MEASURES}[name]
