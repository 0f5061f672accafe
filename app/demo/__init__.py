"""A database full of people who do not exist: deterministic, so that two demos of one seed on one day are alike."""

from app.demo.cast import sign_ins
from app.demo.filling import fill

__all__ = ["fill", "sign_ins"]
