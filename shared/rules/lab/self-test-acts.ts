import type { DeviceRule } from '../device-form.ts';
import { bring, lapse } from './self-test-drive.ts';
import type { Walk } from './self-test-walk.ts';

interface Led {
  walk: Walk;
  index: number;
  rule: DeviceRule;
}
type Act = (led: Led) => void;

const about = (walk: Walk, ms: number): number => Math.max(1, ms + walk.pick(-1, 0, 0, 1));

const fire: Act = ({ walk, rule: { c, on } }) => {
  bring(walk, c, 1);
  if (on > 0) walk.wait(about(walk, on));
};

const almost: Act = ({ walk, rule: { c, on } }) => {
  bring(walk, c, 1);
  if (on > 1) walk.wait(on - 1);
  bring(walk, c, 0);
};

const clear: Act = ({ walk, rule: { c, off } }) => {
  bring(walk, c, 0);
  if (off > 0) walk.wait(about(walk, off));
};

/** Unknown for so long that each delay would have run out. */
const lose: Act = ({ walk, rule: { c, on, off } }) => {
  bring(walk, c, null);
  if (walk.chance(2)) walk.wait(about(walk, walk.pick(on, off, on + off)), { keep: false });
};

const remind: Act = ({ walk, rule: { rep, rn } }) => {
  if (rep > 0) walk.wait(about(walk, rep * walk.pick(1, 2, rn, rn + 1)), { keep: false });
};

const acknowledge: Act = ({ walk, index }) =>
  walk.frame(walk.pick(1, 10), {}, [walk.pick(index, index, index, 0, 99)]);

/** To the end of a shelving, with something to be told when it ends: that it is on, or that it went off meanwhile. */
const shelve: Act = ({ walk, index, rule }) => {
  const { c, on, smax } = rule;
  if (walk.chance(2)) fire({ walk, index, rule });
  const until = walk.t + 1 + walk.pick(0, 1, 40, smax - 1, smax, smax + 1, smax + 2, smax + 2, -5);
  walk.frame(1, {}, [], [[index, until]]);
  if (walk.chance(4)) return;
  const left = Math.min(until - walk.t, smax);
  if (walk.chance(2)) {
    bring(walk, c, 0);
    walk.wait(Math.max(1, left), { keep: false });
    return;
  }
  const ahead = on + walk.pick(100, 10_000, 600_000);
  if (left > 2 * ahead) walk.wait(left - ahead, { keep: false });
  bring(walk, c, 1);
  if (on > 0) walk.wait(on);
  walk.wait(Math.max(1, left), { keep: false });
};

/** What silences it comes and goes while it does. */
const silence: Act = ({ walk, rule: { c, inh } }) => {
  const other = inh.length > 0 ? walk.form.rule[walk.pick(...inh)] : undefined;
  if (!other) return;
  bring(walk, other.c, 1);
  if (other.on > 0) walk.wait(other.on);
  if (walk.chance(2)) bring(walk, c, walk.pick(0, 1));
  if (walk.chance(2)) {
    bring(walk, other.c, 0);
    bring(walk, c, walk.pick(0, 1, 1));
  }
  if (walk.chance(2)) walk.wait(about(walk, walk.pick(other.off, 1)));
};

/** Another rule, of the same group where it has one. */
const another: Act = ({ walk, rule: { grp } }) => {
  const alike = walk.form.rule.filter((one) => grp !== undefined && one.grp === grp);
  const other = walk.pick(...alike, ...walk.form.rule);
  bring(walk, other.c, walk.pick(1, 1, 0));
  if (other.on > 0 && walk.chance(2)) walk.wait(other.on);
};

/** Off for not long enough, once or for good. */
const waver: Act = (led) => {
  const { walk } = led;
  const { c, off } = led.rule;
  bring(walk, c, 1);
  bring(walk, c, 0);
  // An acknowledgement means nothing yet.
  if (walk.chance(3)) walk.frame(1, {}, [led.index]);
  if (off > 1) walk.wait(walk.pick(off - 1, Math.ceil(off / 2)));
  bring(walk, c, 1);
  if (walk.chance(2)) clear(led);
};

/** It would be bad news, if it came in time. */
const late: Act = ({ walk }) => {
  const samples = Object.fromEntries(walk.form.in.map(([name]) => [name, null]));
  walk.frame(walk.pick(0, -1, -50), samples);
  walk.frame(1, {});
};

const goStale: Act = ({ walk, rule: { c } }) => lapse(walk, c);

const acts: readonly Act[] = [
  fire,
  fire,
  fire,
  almost,
  waver,
  clear,
  clear,
  lose,
  remind,
  acknowledge,
  shelve,
  shelve,
  silence,
  another,
  late,
  goStale,
];

/** Something happens to a rule. */
export function act(walk: Walk, index: number): void {
  const rule = walk.form.rule[index];
  const before = walk.frames.length;
  if (rule) walk.pick(...acts)({ walk, index, rule });
  if (walk.frames.length === before) walk.frame(1, {});
}
