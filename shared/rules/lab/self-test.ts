import { checkDeviceForm, type DeviceForm } from '../device-form.ts';
import { createEngine, type Engine } from '../engine.ts';
import { type Variant, variantsOf } from './form-variants.ts';
import { randomFrom } from './random.ts';
import { act } from './self-test-acts.ts';
import { bring } from './self-test-drive.ts';
import { type SelfTestFrame, Walk } from './self-test-walk.ts';

export type { SelfTestFrame } from './self-test-walk.ts';

export interface SelfTestChoice {
  /** How many vectors. */
  count?: number;
  seed?: number;
}

/** Acts of one vector. */
const most = 7;
/** Frames of all vectors: what a slow line carries in a few seconds. */
const mostFrames = 5000;
/** Vectors at the beginning that stay as they are: an engine may be wrong in what no rule set says, such as late frames. */
const whole = 12;
/** Frames of one, as long as there is no need for more. */
const usualFrames = 40;
/** Vectors that are tried for each that is wanted, and frames that may be decided to choose among them. */
const tries = 5;
const mostTried = 3_000_000;
/** To make an engine costs as much as so many frames. */
const engineWeighs = 40;

/** Where whole numbers of a small board, of 32 bits, and of a browser begin to be something else. */
const starts = [0, 1, 1000, 2 ** 29 - 20, 2 ** 30 - 20, 2 ** 31 - 20, 2 ** 32 - 20];

/**
 * Vectors chosen from a rule set, each to be decided from cold. They bring every rule to its thresholds and to the
 * frame and the millisecond beside them, and try its options; those stay that tell this rule set from one which differs
 * in a single number, operator or option. Fails with RULES_INVALID.
 */
export function selfTestVectors(deviceForm: unknown, choice: SelfTestChoice = {}): SelfTestFrame[][] {
  const search = searchVectors(deviceForm, choice);
  for (;;) {
    const { done, value } = search.next();
    if (done) return value;
  }
}

/** The same in small steps, for whoever has other things to do in between. */
export function* searchVectors(
  deviceForm: unknown,
  { count = 200, seed = 1 }: SelfTestChoice = {},
): Generator<undefined, SelfTestFrame[][]> {
  const form = checkDeviceForm(deviceForm);
  const random = randomFrom(seed);
  let open = variantsOf(form);
  let tried = 0;
  let frames = 0;
  const telling: SelfTestFrame[][] = [];
  const spare: SelfTestFrame[][] = [];
  const candidates = form.rule.length === 0 ? 0 : count * tries;
  for (let place = 0; place < candidates && telling.length < count && tried < mostTried; place += 1) {
    const rule = ruleFor(form, open, place, random);
    const vector = lead(form, rule, random);
    const near = open.filter(({ rules }) => rules.includes(rule));
    const told = firstFrames(form, near, vector);
    tried += (near.length + 2) * (vector.length + engineWeighs);
    const length = Math.max(0, ...told.values());
    // Long ones have to wait: most of what they tell, a short one tells as well.
    const fits = frames + length <= mostFrames && (length <= usualFrames || place > candidates / 2);
    if (place < whole) {
      telling.push(vector);
      frames += vector.length;
      open = open.filter((variant) => !told.has(variant));
    } else if (length > 0 && fits) {
      telling.push(vector.slice(0, length));
      frames += length;
      open = open.filter((variant) => !told.has(variant));
    } else spare.push(vector);
    yield;
  }
  // Nothing more is to be told apart by what has been found: the others try the same in other ways, as long as there
  // is room for each of them.
  const room = (mostFrames - frames) / Math.max(1, count - telling.length);
  const others = [
    ...spare.filter(({ length }) => length <= 1.5 * room),
    ...spare.filter(({ length }) => length > 1.5 * room).toSorted((a, b) => a.length - b.length),
  ];
  for (const vector of others) {
    if (telling.length >= count || frames + vector.length > mostFrames) break;
    telling.push(vector);
    frames += vector.length;
  }
  return telling;
}

/** Each in turn at first; then those in which something is still to be told apart. */
function ruleFor(form: DeviceForm, open: readonly Variant[], place: number, random: () => number): number {
  const rules = form.rule.length;
  const wanted = open.flatMap((variant) => variant.rules);
  if (place < 4 * rules || wanted.length === 0 || place % 4 === 0) return place % rules;
  return wanted[random() % wanted.length] ?? 0;
}

function lead(form: DeviceForm, rule: number, random: () => number): SelfTestFrame[] {
  const walk = new Walk(form, starts[random() % starts.length] ?? 0, random);
  if (walk.chance(3)) bring(walk, form.rule[rule]?.c ?? 0, 0);
  const acts = 1 + (random() % most);
  for (let i = 0; i < acts && !walk.full; i += 1) act(walk, rule);
  walk.frame(walk.pick(1, 100_000), {});
  return walk.frames;
}

/** Variants that decide otherwise on a vector, and after how many frames each of them is told by it. */
function firstFrames(
  form: DeviceForm,
  variants: readonly Variant[],
  vector: readonly SelfTestFrame[],
): Map<Variant, number> {
  const right = decide(form, vector);
  const found = new Map<Variant, number>();
  for (const variant of variants) {
    const engine = createEngine(variant.form);
    const wrong = vector.findIndex((frame, place) => decideOne(engine, frame) !== right[place]);
    if (wrong >= 0) found.set(variant, wrong + 1);
  }
  return found;
}

const decide = (form: DeviceForm, vector: readonly SelfTestFrame[]): string[] => {
  const engine = createEngine(form);
  return vector.map((frame) => decideOne(engine, frame));
};

function decideOne(engine: Engine, [t, inputs, acknowledged, shelved]: SelfTestFrame): string {
  const events = engine.feed(t, inputs, acknowledged, shelved);
  return events.length === 0 ? '' : JSON.stringify(events);
}
