"""The synthetic population: invented people, calibrated on the census, made in bulk. Nobody in it is real."""

from shohay.bulk.synth.areas import DEMO_UPAZILAS, demo_areas
from shohay.bulk.synth.generate import Generated, generate

__all__ = ["DEMO_UPAZILAS", "Generated", "demo_areas", "generate"]
