"""The command line for operators: `flask --app wsgi …`. What it prints with --json is stable."""

from __future__ import annotations

from flask import Flask

from app.cli.evidence import evidence
from app.cli.nudges import nudges
from app.cli.places import agency, campaign, create_admin, fill_demo, institution, rebuild_keys
from app.cli.roster_files import make_template, return_roster
from app.cli.work import export, record, roster, show_progress, show_standing
from app.jobs import commands as running


def register(app: Flask) -> None:
    for command in (make_template, return_roster):
        roster.add_command(command)
    for command in (
        agency,
        institution,
        campaign,
        roster,
        show_progress,
        record,
        show_standing,
        export,
        fill_demo,
        create_admin,
        rebuild_keys,
        evidence,
        nudges,
    ):
        app.cli.add_command(command)
    running.register(app)
