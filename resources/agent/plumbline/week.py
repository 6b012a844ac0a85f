# Time of the week for the rule engine: ms since Monday 00:00 local, as a frame's input "$week" says, or not known.
from plumbline.signals import Node

WEEK = 604800000
DAY = 86400000
MINUTE = 60000


class Clock:
    t = w = None  # engine time of the last "$week", and what it said

    def set(self, t, w):
        good = w is not None and 0 <= w < WEEK
        self.t = t if good else None
        self.w = w if good else None

    def at(self, t):
        w = self.w + t - self.t
        return w - w // WEEK * WEEK


def of(wall, offset):
    # From ms since 1970 UTC and minutes east of it; 1970 began on a Thursday.
    if wall is None:
        return None
    w = wall + offset * MINUTE + 3 * DAY
    return w - w // WEEK * WEEK


class Week(Node):
    # Holds while the minute lies in [first, end) of one of the days (bit 0 Monday); end <= first wraps over midnight
    # and belongs to the day on which it began.
    clock = None

    def run(self, t):
        if self.clock.t is None:
            self.v = self.due = None
            return
        days, first, end = self.a
        w = self.clock.at(t)
        day = w // DAY
        w -= day * DAY
        minute = w // MINUTE
        today = days // 2**day & 1
        if first < end:
            self.v = today if first <= minute < end else 0
        else:
            before = days // 2 ** (day - 1 if day else 6) & 1
            self.v = 1 if today and minute >= first or before and minute < end else 0
        due = DAY
        for edge in (first * MINUTE, end * MINUTE):
            if w < edge < due:
                due = edge
        self.due = t + due - w
