"""
Chooses k sites so that the weighted sum of every point's least cost is smallest, with a proof of how good that is.

The p-median problem, and with costs of 0 (reached) and 1 (not reached) the maximal covering problem. A master problem
chooses sites x and the cost of groups of points; what a point pays under x is bounded from below by cuts
``cost_i >= D - sum_j max(D - t_ij, 0) x_j``, which hold for every D up to what the point pays today (Benders
decomposition: Duran-Mateluna C, Ales Z, Elloumi S (2023), European Journal of Operational Research 304:84-97).
The master is solved by HiGHS through scipy: first as a linear program, whose reduced costs rule most sites in or out,
then with whole sites. Greedy choice with exchanges gives the solution that those bounds are held against.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from hubmap.domain.guards import Numbers

TOLERANCE: Final = 1e-6
"""A relative gap below this is none: the solver's own tolerances are not finer."""

WEIGHT: Final = 10_000.0
"""What weights are made to add up to, since the solver's tolerances are absolute."""

GROUPS: Final = 25
"""Points are bounded in so many groups: fewer make a smaller master, more make stronger cuts."""

CAUTION: Final = 0.5
"""Cuts are made half way between the master's answer and earlier ones, which takes about half as many rounds."""

SOLVING: Final = 0.8
"""The part of the time that is the solver's; the rest is for the choices around its answer."""

WHOLE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Located:
    """Sites (columns, ascending), the cost with them, and a bound that no choice can be below."""

    sites: tuple[int, ...]
    cost: float
    bound: float


@dataclass(slots=True, eq=False)
class Location:
    """
    One problem: n points with `weights` (> 0), `costs` of shape (n, m), and what each pays `today` (finite).

    `add` columns are to be chosen, 1 to m, in about so many `seconds`. No cost is missing or infinite. `weights` are
    then divided by `scale`; `greedy` are the sites chosen one by one.
    """

    weights: Numbers
    costs: Numbers
    today: Numbers
    add: int
    seconds: float
    scale: float = field(init=False)
    greedy: list[int] = field(init=False)
    deadline: float = field(init=False)

    def __post_init__(self) -> None:
        self.deadline = time.monotonic() + SOLVING * self.seconds
        self.scale = float(self.weights.sum()) / WEIGHT or 1.0
        self.weights = self.weights / self.scale
        self.greedy = self.chosen_one_by_one()

    def cost(self, sites: list[int]) -> float:
        """Return the cost with some sites."""
        return float(self.weights @ self.paid(sites))

    def paid(self, sites: list[int]) -> Numbers:
        """Return what each point pays with some sites."""
        paid: Numbers = np.minimum(self.today, self.costs[:, sites].min(axis=1, initial=np.inf))
        return paid

    def with_one_more(self, sites: list[int]) -> Numbers:
        """Return the cost with some sites and each column in turn."""
        totals: Numbers = self.weights @ np.minimum(self.paid(sites)[:, None], self.costs)
        return totals

    def chosen_one_by_one(self) -> list[int]:
        """Return the sites chosen one by one, each the best at its turn; ties by column."""
        sites: list[int] = []
        for _ in range(self.add):
            totals = self.with_one_more(sites)
            totals[sites] = np.inf
            sites.append(int(totals.argmin()))
        return sites

    def exchanged(self, sites: list[int]) -> list[int]:
        """Return sites that no exchange of one for another makes better, begun from `sites`."""
        best, chosen, place, unchanged = self.cost(sites), list(sites), 0, 0
        while unchanged < len(chosen):
            others = chosen[:place] + chosen[place + 1 :]
            totals = self.with_one_more(others)
            totals[others] = np.inf
            found = int(totals.argmin())
            unchanged += 1
            if totals[found] < best * (1 - TOLERANCE):
                best, chosen[place], unchanged = float(totals[found]), found, 0
            place = (place + 1) % len(chosen)
        return chosen

    def solve(self) -> Located:
        """Return the best sites found within the time, and the bound reached."""
        if not len(self.weights):
            return Located(tuple(sorted(self.greedy)), 0.0, 0.0)
        master = _Master(self, self.exchanged(self.greedy))
        master.relax()
        if not master.is_proven():
            master.rule_out()
            master.branch()
        sites = self.exchanged(master.sites)
        cost = self.cost(sites)
        return Located(tuple(sorted(sites)), self.scale * cost, self.scale * min(master.bound, cost))


class _Master:
    """The master problem: m columns of sites, then a column of cost for each group of points."""

    def __init__(self, problem: Location, sites: list[int]) -> None:
        self.problem = problem
        self.sites, self.cost = sites, problem.cost(sites)
        self.bound = float(problem.weights @ problem.costs.min(axis=1))
        self.relaxed = 0.0
        order = np.argsort(problem.costs.argmin(axis=1), kind="stable")
        self.weights, self.costs, self.today = problem.weights[order], problem.costs[order], problem.today[order]
        points, self.columns = self.costs.shape
        self.starts = np.unique(np.arange(GROUPS) * points // GROUPS)
        groups = len(self.starts)
        self.objective = np.concatenate([np.zeros(self.columns), np.ones(groups)])
        self.count = np.concatenate([np.ones(self.columns), np.zeros(groups)])[None, :]
        self.low = np.zeros(self.columns + groups)
        self.high = np.concatenate([np.ones(self.columns), np.full(groups, np.inf)])
        self.rows, self.least = np.empty((0, len(self.low))), np.empty(0)
        self.reduced = np.zeros((2, self.columns))
        self.add_cuts(np.zeros(self.columns))
        self.add_cuts(self.indicator(sites))

    @property
    def seconds_left(self) -> float:
        return max(self.problem.deadline - time.monotonic(), 0.0)

    @property
    def tolerance(self) -> float:
        """The difference that is none: a small part of what is paid, and of what is saved."""
        saved = float(self.weights @ self.today) - self.cost
        return TOLERANCE * (min(self.cost, saved) or max(self.cost, saved))

    def is_proven(self) -> bool:
        return self.cost - self.bound <= self.tolerance

    def indicator(self, sites: list[int]) -> Numbers:
        chosen = np.zeros(self.columns)
        chosen[sites] = 1.0
        return chosen

    def add_cuts(self, x: Numbers, answer: Numbers | None = None) -> bool:
        """Add the strongest cut of each group at x, or only those that `answer` breaks; tell if there were any."""
        level = self.critical(x)
        gains = np.add.reduceat(self.weights[:, None] * np.maximum(level[:, None] - self.costs, 0), self.starts)
        rows = np.hstack([gains, np.eye(len(self.starts))])
        least = np.add.reduceat(self.weights * level, self.starts)
        if answer is not None:
            broken = least - rows @ answer > self.tolerance / len(self.starts)
            rows, least = rows[broken], least[broken]
        self.rows, self.least = np.vstack([self.rows, rows]), np.concatenate([self.least, least])
        return len(least) > 0

    def critical(self, x: Numbers) -> Numbers:
        """Return for each point the cost by which the sites of x, nearest first, add up to a whole one."""
        used = np.flatnonzero(x > TOLERANCE)
        costs = self.costs[:, used]
        order = costs.argsort(axis=1)
        enough = np.cumsum(x[used][order], axis=1) >= 1 - TOLERANCE
        ordered = np.where(enough, np.take_along_axis(costs, order, axis=1), np.inf)
        level: Numbers = np.minimum(self.today, ordered.min(axis=1, initial=np.inf))
        return level

    def consider(self, sites: list[int]) -> None:
        """Keep sites that cost less than the best so far."""
        cost = self.problem.cost(sites)
        if cost < self.cost:
            self.sites, self.cost = sites, cost

    def relax(self) -> None:
        """Raise the bound by linear programs until every cut holds, or the time is up."""
        centre, rounded = self.indicator(self.sites), self.sites
        while self.seconds_left > 0:
            answer = linprog(
                self.objective,
                A_ub=-self.rows,
                b_ub=-self.least,
                A_eq=self.count,
                b_eq=[self.problem.add],
                bounds=list(zip(self.low.tolist(), self.high.tolist(), strict=True)),
                method="highs-ds",
                options={"time_limit": self.seconds_left},
            )
            if not answer.success:
                break
            full = np.asarray(answer.x, dtype=np.float64)
            x = full[: self.columns]
            self.relaxed = float(self.objective @ full)
            self.bound = max(self.bound, self.relaxed)
            self.reduced = np.stack([answer.lower.marginals[: self.columns], -answer.upper.marginals[: self.columns]])
            rounded = [int(one) for one in np.argsort(-x, kind="stable")[: self.problem.add]]
            self.consider(rounded)
            centre = CAUTION * x + (1 - CAUTION) * centre
            if self.is_proven() or not (self.add_cuts(centre, full) or self.add_cuts(x, full)):
                break
        if rounded is not self.sites:
            self.consider(self.problem.exchanged(rounded))

    def rule_out(self) -> None:
        """Fix the sites that, chosen otherwise than in the relaxed answer, would cost more than the best so far."""
        room = self.cost - self.relaxed + TOLERANCE * self.cost
        self.high[: self.columns][self.reduced[0] > room] = 0.0
        self.low[: self.columns][self.reduced[1] > room] = 1.0

    def branch(self) -> None:
        """Choose whole sites, adding the cuts that each choice breaks, until it is proven or the time is up."""
        whole = (self.objective == 0).astype(int)
        while self.seconds_left > 0 and not self.is_proven():
            answer = milp(
                self.objective,
                integrality=whole,
                bounds=Bounds(self.low, self.high),
                constraints=[
                    LinearConstraint(self.rows, self.least, np.inf),
                    LinearConstraint(self.count, self.problem.add, self.problem.add),
                ],
                options={"time_limit": self.seconds_left, "mip_rel_gap": 0.0},
            )
            if answer.mip_dual_bound is not None:
                self.bound = max(self.bound, min(float(answer.mip_dual_bound), self.cost))
            if answer.x is None:
                return
            sites = [int(one) for one in np.flatnonzero(answer.x[: self.columns] > WHOLE)]
            self.consider(sites)
            if not self.add_cuts(self.indicator(sites), answer.x):
                return
