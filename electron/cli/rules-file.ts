import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { type AuthorRule, AuthorRules } from '../../shared/contract/author.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { Profile, type ProfileChannel } from '../../shared/contract/profile.ts';
import type { Mistake } from '../../shared/contract/validate.ts';
import {
  type CompileOptions,
  compileRules,
  createEngine,
  decompileRules,
  parseRules,
  printRules,
  readDeviceForm,
} from '../../shared/rules/rules.ts';
import { readVector } from '../../shared/rules/vector.ts';
import { loadProfiles, readable } from '../host/tools.ts';
import { pathOf, resources } from './places.ts';
import { recipeValue } from './recipe-text.ts';

/** Bytes; more than any rule file is. */
const longest = 2_000_000;

export interface RuleFile {
  form: 'device' | 'author' | 'text';
  /** The exact bytes that a unit gets, as text, and the first 8 hex digits of their SHA-256. */
  text: string;
  rev: string;
  ids: string[];
  /** Author form; what was read from a unit counts in quanta where its channels are not known. */
  rules: AuthorRule[];
  sentences: string[];
  /** The same rules as text. */
  view: string;
}

type Read = RuleFile | { mistakes: Mistake[] };

/** The rules of a file in the device form, the author form (a list, or `{"rules": [...]}`) or the text view. */
export async function readRules(
  given: string,
  channels: readonly ProfileChannel[],
  options: CompileOptions = {},
): Promise<Read> {
  const path = pathOf(given);
  if ((await readable(path)) > longest) return one(given, 'is too large for a rule file');
  const bytes = await readFile(path);
  const start = bytes
    .subarray(0, 200)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (!/^[[{]/.test(start)) return textRules(given, bytes, channels, options);
  const read = recipeValue(bytes);
  if ('mistake' in read) return one(given, read.mistake);
  if (read.twice.length > 0) return { mistakes: read.twice };
  const { value } = read;
  if (isRecord(value) && 'v' in value) return deviceRules(given, bytes.toString('utf8'), channels);
  if (isRecord(value) && 'sig' in value) return vectorRules(given, value, channels);
  const rules = isRecord(value) && 'rules' in value ? value.rules : value;
  const parsed = AuthorRules.safeParse(rules);
  if (!Array.isArray(rules)) {
    return one(
      given,
      'holds no rules: they are a list, {"rules": [...]}, or what a unit gets, {"v": 1, ...}',
    );
  }
  if (!parsed.success) return { mistakes: parsed.error.issues.map(mistakeOf) };
  return authorRules('author', parsed.data, channels, options);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const one = (path: string, message: string) => ({ mistakes: [{ path, message }] });

const mistakeOf = (issue: z.core.$ZodIssue): Mistake => ({
  path: [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys : [])].map(String).join('.'),
  message: issue.code === 'unrecognized_keys' ? 'is not a field of a rule' : issue.message,
});

function textRules(
  given: string,
  bytes: Uint8Array,
  channels: readonly ProfileChannel[],
  options: CompileOptions,
): Read {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return one(given, 'is not text in UTF-8');
  }
  const parsed = parseRules(text);
  return 'mistakes' in parsed ? parsed : authorRules('text', parsed.rules, channels, options);
}

function authorRules(
  form: 'author' | 'text',
  rules: readonly AuthorRule[],
  channels: readonly ProfileChannel[],
  options: CompileOptions,
): Read {
  if (channels.length === 0) {
    return one(
      '--channels',
      'is needed: rules with names and units are compiled for the channels of a profile',
    );
  }
  const compiled = compileRules(rules, channels, options);
  if ('mistakes' in compiled) return compiled;
  const { text, ids, sentences } = compiled;
  return { form, text, rev: revOf(text), ids, rules: [...rules], sentences, view: printRules(rules) };
}

const revOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** The rule set of a vector, where an input is named inside its signal. */
function vectorRules(given: string, rs: unknown, channels: readonly ProfileChannel[]): Read {
  try {
    const { form } = readVector(JSON.stringify({ rs, fr: [], out: [] }));
    return deviceRules(given, JSON.stringify(form), channels);
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return one(given, String(thrown.params.detail ?? thrown.message));
  }
}

function deviceRules(given: string, text: string, channels: readonly ProfileChannel[]): Read {
  try {
    const form = readDeviceForm(text);
    // It also looks at every operator.
    createEngine(form);
    const rules = decompileRules(form, channels);
    const view = printRules(rules);
    const sentences = view.trim().split('\n\n');
    const ids = form.rule.map(({ id }) => id);
    return { form: 'device', text, rev: revOf(text), ids, rules, sentences, view };
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return one(given, String(thrown.params.detail ?? thrown.message));
  }
}

/** Channels of a profile: its id among those that come along, or a file. None where nothing is given. */
export async function channelsOf(given: string | undefined): Promise<readonly ProfileChannel[]> {
  if (given === undefined) return [];
  const known = (await loadProfiles(resources)).get(given);
  if (known) return known.channels;
  const path = pathOf(given);
  await readable(path);
  try {
    return Profile.parse(JSON.parse(await readFile(path, 'utf8'))).channels;
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message.slice(0, 300) : String(thrown);
    throw new Failure('FILE_UNREADABLE', { path, detail }, { cause: thrown });
  }
}
