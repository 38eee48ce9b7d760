"""Walking minutes estimated from straight lines; there is no route behind them."""

from __future__ import annotations

from dataclasses import dataclass

BANDS_MIN = (5, 10, 15, 20)
"""The bands that coverage is told in."""

SENSITIVITY = (1.0, 1.4)
"""Detours that a walking time is shown with beside its own: hardly any, and plenty."""


@dataclass(frozen=True, slots=True)
class WalkModel:
    """
    Minutes = metres in a straight line x detour / speed.

    The speed is 4.8 km/h, as Transport for London's accessibility levels (PTAL) use it. The detour of 1.2 is the one
    factor that fits routed isochrones of six libraries best; ``docs/walking.md`` holds how well it does.
    """

    detour: float = 1.2
    speed_m_per_min: float = 80.0

    @property
    def speed_km_per_h(self) -> float:
        """Return the speed as people say it."""
        return self.speed_m_per_min * 60 / 1000

    def minutes(self, distance_m: float, detour: float | None = None) -> float:
        """Return the minutes for `distance_m`; `detour` is a hub's own, where it has been measured."""
        return distance_m * (self.detour if detour is None else detour) / self.speed_m_per_min

    def radius_m(self, minutes: float, detour: float | None = None) -> float:
        """Return how far off in a straight line a walk of `minutes` can begin: the inverse of `minutes`."""
        return minutes * self.speed_m_per_min / (self.detour if detour is None else detour)

    def minutes_range(self, distance_m: float) -> tuple[float, float]:
        """Return the minutes with the least and the greatest detour that is plausible."""
        low, high = SENSITIVITY
        return (self.minutes(distance_m, low), self.minutes(distance_m, high))
