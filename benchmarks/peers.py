"""One stage by other means: what anyone would use instead of zxsim, each from the same data to the objective.

All maximise the benefit under all rules; the rows of the target on coverage are there with what they miss.
"""

from collections import defaultdict
from typing import TYPE_CHECKING

import linopy
import numpy as np
import pandas as pd
import pulp
import xarray as xr
from clock import now, silently
from solves import Answer

if TYPE_CHECKING:
    from peerdata import Fund, PeerData


def pulp_and_cbc(data: "PeerData") -> Answer:
    """Loop over projects, funds and years, as a plain PuLP script does, and call CBC."""
    started = now()
    problem = _pulp_problem(data)
    building = now() - started
    status = problem.solve(pulp.PULP_CBC_CMD(msg=False))
    assert status == pulp.LpStatusOptimal
    return Answer(pulp.value(problem.objective), building)


def _pulp_problem(data: "PeerData") -> pulp.LpProblem:
    problem = pulp.LpProblem("plan", pulp.LpMaximize)
    benefit, by_budget, by_village, by_industry = [], defaultdict(list), defaultdict(list), defaultdict(list)
    served = defaultdict(list)
    for project, county, category, village, cost, share in data.projects.iter_rows():
        paid = []
        for fund in data.funds:
            if category in fund.refused:
                continue
            for year in data.years:
                x = pulp.LpVariable(f"x_{project}_{fund.name}_{year}", lowBound=0)
                paid.append(x)
                benefit.append(data.worth.get((category, year), 0) * x)
                by_budget[fund, "all" if fund.pooled else county, year].append(x)
                by_village[village, year].append(x)
                if category in data.rising["categories"] and fund.name in data.rising["funds"]:
                    by_industry["all" if data.rising_pooled else county, year].append(x)
        problem += pulp.lpSum(paid) <= cost
        served[village].append(share / cost * pulp.lpSum(paid))
    problem += pulp.lpSum(benefit)
    for (fund, _, _), paid in by_budget.items():
        problem += pulp.lpSum(paid) <= fund.amount
    for paid in by_village.values():
        problem += pulp.lpSum(paid) >= data.floor
    for village, shares in served.items():
        short = pulp.LpVariable(f"short_{village}", lowBound=0)
        problem += data.covered + pulp.lpSum(shares) + short >= data.wanted
    _pulp_rising(problem, data, by_industry)
    return problem


def _pulp_rising(
    problem: pulp.LpProblem, data: "PeerData", paid: dict[tuple[str, int], list[pulp.LpVariable]]
) -> None:
    held = sum(fund.amount for fund in data.funds if fund.name in data.rising["funds"])
    for (county, year), variables in paid.items():
        share = pulp.lpSum(variables) / held
        if year == data.years[0]:
            problem += share >= data.rising["start"]
        else:
            problem += share >= pulp.lpSum(paid[county, year - 1]) / held + data.rising["step"]


def linopy_and_highs(data: "PeerData") -> Answer:
    """Whole arrays of variables in linopy, handed to HiGHS in memory."""
    started = now()
    model = _linopy_model(data)
    building = now() - started
    with silently():
        status, _ = model.solve("highs", io_api="direct", progress=False, output_flag=False, threads=1)
    assert status == "ok"
    return Answer(model.objective.value, building)


def _linopy_model(data: "PeerData") -> linopy.Model:
    project = pd.Index(data.projects["id"].to_numpy(), name="project")
    year = pd.Index(list(data.years), name="year")
    county, village, category = (
        pd.Series(data.projects[name].to_numpy(), project, name=name)
        for name in ("county", "village", "category")
    )
    linopy.options["semantics"] = "v1"
    model = linopy.Model(sparse=True)
    mask = xr.concat([_may_pay(fund, category) for fund in data.funds], "fund")
    x = model.add_variables(lower=0, coords=[mask["fund"].to_index(), project, year], name="x", mask=mask)
    worth = [[data.worth.get((one, t), 0) for t in year] for one in category]
    model.add_objective((x * xr.DataArray(worth, coords=[project, year])).sum(), sense="max")
    cost = xr.DataArray(data.projects["cost"].to_numpy(), coords=[project])
    paid = x.sum(["fund", "year"])
    model.add_constraints(paid <= cost, name="cost")
    for fund in data.funds:
        money = x.sel(fund=fund.name)
        held = money.sum("project") if fund.pooled else money.groupby(county).sum()
        model.add_constraints(held <= fund.amount, name=fund.name)
    model.add_constraints(x.sum("fund").groupby(village).sum() >= data.floor, name="village")
    served = xr.DataArray((data.projects["served"] / data.projects["cost"]).to_numpy(), coords=[project])
    reached = (paid * served).groupby(village).sum()
    short = model.add_variables(lower=0, coords=[reached.indexes["village"]], name="short")
    model.add_constraints(reached + short >= data.wanted - data.covered, name="water")
    _linopy_rising(model, x, data, county)
    return model


def _may_pay(fund: "Fund", category: pd.Series) -> xr.DataArray:
    allowed = xr.DataArray(~category.isin(fund.refused), dims="project")
    return allowed.expand_dims(fund=[fund.name])


def _linopy_rising(model: linopy.Model, x: linopy.Variable, data: "PeerData", county: pd.Series) -> None:
    funds = data.rising["funds"]
    held = sum(fund.amount for fund in data.funds if fund.name in funds)
    industry = data.projects["category"].is_in(data.rising["categories"]).to_numpy()
    spent = x.sel(fund=funds).isel(project=np.flatnonzero(industry)).sum("fund") / held
    share = spent.sum("project") if data.rising_pooled else spent.groupby(county[industry]).sum()
    for before, year in zip([None, *data.years], data.years, strict=False):
        if before is None:
            model.add_constraints(share.sel(year=year) >= data.rising["start"], name="rising_start")
        else:
            step = share.sel(year=year, drop=True) - share.sel(year=before, drop=True)
            model.add_constraints(step >= data.rising["step"], name=f"rising_{year}")
