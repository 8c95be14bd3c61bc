"""What a program reads of a roadmap says all that splitting needs to know."""

from __future__ import annotations

import json

from roadmapper.exchange.json import shown
from tests.domain.samples import full_plan


def test_the_whole_of_a_plan_is_shown_as_json() -> None:
    plan = full_plan()
    told = json.loads(json.dumps(shown(plan, 1, "head")))
    assert (told["roadmap"]["overhead_weeks"], told["roadmap"]["tail_months"]) == (1, 6)
    nobody, web = told["teams"]
    assert (nobody["title"], nobody["people"], nobody["days_off"]) == ("Not staffed yet", None, [])
    assert (web["id"], web["people"]) == ("team", 6)
    assert web["days_off"] == [
        {"title": "", "start": "2027-01-25", "finish": "2027-01-31", "people": None, "repeats": ""},
        {
            "title": "Fair",
            "start": "2027-05-24",
            "finish": "2027-05-30",
            "people": 2,
            "repeats": "FREQ=MONTHLY;BYDAY=1FR",
        },
    ]
    shop = next(p for p in told["projects"] if p["id"] == "p")
    items = {i["id"]: i for i in shop["scope_items"]}
    assert (items["s1"]["after"], items["s1"]["lag_days"]) == (["s2", "s3"], [0, 14])
    more = {key: items["s1"][key] for key in ("team", "ramp_months", "due", "gate", "optional")}
    assert more == {"team": "nobody", "ramp_months": 4.5, "due": "2027-08-02", "gate": True, "optional": True}
    assert (items["s2"]["lag_days"], items["s2"]["due"], items["s2"]["team"]) == ([], None, None)
    assert [i["ramp_months"] for i in shop["increments"]] == [0.0, 2.5]


def test_baselines_are_shown_with_their_row_of_the_journal() -> None:
    baselines = shown(full_plan(), 9, "0")["baselines"]
    assert baselines and [b["row"] for b in baselines] == sorted(b.seq for b in full_plan().baselines.values())
    assert all(b.keys() == {"id", "title", "row", "who", "when"} and b["when"].endswith("+00:00") for b in baselines)
