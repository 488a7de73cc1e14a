#!/usr/bin/env python
"""Runs Django's commands for SOC Tracker."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "soc_tracker.settings")
    from django.core.management import execute_from_command_line

    from soc_tracker.core.hardening import keep_files_private

    keep_files_private()
    execute_from_command_line(sys.argv)
