"""What a calendar program makes of a feed, by python3-icalendar: a line for each time that an event
comes, and for each that was cancelled.

  read_calendar.py FILE
"""

import datetime
import sys

from dateutil.rrule import rrulestr
from icalendar import Calendar

with open(sys.argv[1], "rb") as file:
    raw = file.read()
for line in raw.split(b"\r\n"):
    assert len(line) <= 75, line
    line.decode()
calendar = Calendar.from_ical(raw)
assert not calendar.errors, calendar.errors
zones = {str(it["TZID"]) for it in calendar.walk("VTIMEZONE")}
changed, lines, seen = {}, [], set()
for event in calendar.walk("VEVENT"):
    assert not event.errors, event.errors
    for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"):
        assert name in event, name
    zone = event["DTSTART"].params.get("TZID")
    assert zone is None or zone in zones, zone
    instead = event.get("RECURRENCE-ID")
    key = (str(event["UID"]), instead.dt if instead else None)
    assert key not in seen, key
    seen.add(key)
    if instead:
        changed[key] = event


def text(event, start):
    end = start + (event["DTEND"].dt - event["DTSTART"].dt)
    if isinstance(start, datetime.datetime):
        when = f"{start:%Y-%m-%d %H:%M}-{end:%H:%M} {start:%z}"
    else:
        when = f"{start}..{end - datetime.timedelta(days=1)}"
    parts = [when, str(event["SUMMARY"]), str(event.get("LOCATION", "")),
             str(event.get("DESCRIPTION", "")), str(event.get("STATUS", ""))]
    return "|".join(parts)


used = set()
for event in calendar.walk("VEVENT"):
    if "RECURRENCE-ID" in event:
        continue
    start = event["DTSTART"].dt
    if "RRULE" not in event:
        lines.append(text(event, start))
        continue
    out = event.get("EXDATE", [])
    left_out = {it.dt for one in (out if isinstance(out, list) else [out]) for it in one.dts}
    is_day = not isinstance(start, datetime.datetime)
    begin = datetime.datetime.combine(start, datetime.time()) if is_day else start
    comes = {it.date() if is_day else it for it in
             rrulestr(event["RRULE"].to_ical().decode(), dtstart=begin)}
    assert left_out <= comes, (left_out, comes)
    for day in comes - left_out:
        key = (str(event["UID"]), day)
        used.add(key)
        instead = changed.get(key, event)
        lines.append(text(instead, instead["DTSTART"].dt if key in changed else day))
assert used >= set(changed), set(changed) - used
print("\n".join(sorted(lines)))
