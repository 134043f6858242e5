"""A made-up company to look at and try things on: Calder, whose software keeps the appointment book of clinics.

Everything in it is done through the services, by the people of the story, at the time it happened.
"""

from okrtui.demo.making import PERSON, build

__all__ = ["PERSON", "build"]
