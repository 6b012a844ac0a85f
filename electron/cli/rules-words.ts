import type { Mistake } from '../../shared/contract/validate.ts';
import type { ExitCode } from './command.ts';
import { mistakeLines, type Output } from './output.ts';

/** What rule files may be, for `--help`. */
export const ruleFileHelp = `RULES is one of
  device form   what a unit gets: {"v":1,"in":[...],"sig":[...],"cond":[...],"rule":[...]}, whole numbers only
  author form   names and units: [{"id": "too-hot", "when": {"sensor": "t1", "above": "70.0", "deadband": "0.5"},
                "for": "5s", "clearAfter": "10s", "severity": "high"}] or {"rules": [...]}; needs --channels
  text          the same as words; needs --channels:
                rule too-hot "Too hot"
                  when t1 smoothed light above 70.0 dead-band 0.5
                  for 5s
                  clear after 10s

A condition has one test:
  above, below, outside [low, high]     with deadband; at the limit it holds
  rising, falling, changing             with per (s, min, h), over (a time) and points
  stuck (a time)                        with tolerance
  silent true                           no good value, or none in time
  unusual (times the usual deviation)   with floor, memory, warmUp, learn (normal, always)
  all, any, atLeast + among             of conditions
  times + within + of                   began to hold so often
  first + followedBy|without + within   one after the other, or not
  during {days, from, to}               time of the week
  and not. What is tested: sensor, or sensor minus another; smooth (light, medium, heavy), average, lowest or
  highest over a time (samples: how many at most); stale.
A rule has for, clearAfter, ifNoData (clear, fire, keep), severity (low, medium, high), and may have needsAck,
remind {every, times}, onlyOnCrossing, firstOut, inhibitedBy [ids], shelveAtMost, actions [{output, level}].
Numbers are decimal text in the unit of the channel; times are like "500ms", "5s", "2min", "1h".`;

/** Names every mistake; rules that cannot be used are wrong usage. */
export function refuseRules(mistakes: readonly Mistake[], { wrong }: Pick<Output, 'wrong'>): ExitCode {
  const count = mistakes.length;
  wrong({ ok: false, mistakes }, [
    `${count === 1 ? 'A mistake' : `${count} mistakes`} in the rules:`,
    ...mistakeLines(mistakes),
  ]);
  return 2;
}
