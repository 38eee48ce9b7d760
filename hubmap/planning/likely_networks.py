"""Which primary care networks the residents of a ward are likely to use: modelled by the nearest practice."""

from __future__ import annotations

from hubmap.planning.network import Points


def likely_networks(points: Points, ward: str, generation: str) -> dict[str, float]:
    """
    Return the share of a ward's residents whose nearest open practice is of each network, the largest share first.

    Parameters
    ----------
    points
        Their `pcns` are empty where no practice is known; those residents count in the whole and in no share.

    Returns
    -------
    dict
        Network id → share, above 0 to 1; ties by id. Empty where nobody lives in the ward.

    Notes
    -----
    People may register with any practice that takes them, so this is a model and no count of patients.
    """
    sums: dict[str, float] = {}
    for code, network, residents in zip(points.wards[generation], points.pcns, points.residents, strict=True):
        if code == ward and residents:
            sums[network] = sums.get(network, 0.0) + float(residents)
    total = sum(sums.values())
    shares = {network: amount / total for network, amount in sums.items() if network}
    return dict(sorted(shares.items(), key=lambda found: (-found[1], found[0])))
