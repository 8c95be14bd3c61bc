"""Names the packages for `pip install .`: resources/ lies beside the code here and inside it once installed."""

from setuptools import find_namespace_packages, setup

setup(packages=[*find_namespace_packages(include=["roadmapper", "roadmapper.*"]), "roadmapper.resources"])
