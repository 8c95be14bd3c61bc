"""What all tests share: no screen is needed, and no machine is too slow."""

import os

from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# How long an example takes says how busy the machine is. The same examples are tried each time, so that whoever changes
# nothing sees nothing fail; FAULT_ROUNDS tries others.
settings.register_profile(
    "steady",
    deadline=None,
    derandomize=not os.environ.get("FAULT_ROUNDS"),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")
