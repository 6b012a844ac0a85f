import { z } from 'zod';
import type { NetworkCandidate } from '../../../shared/contract/devices.ts';
import { networkText, unitOf } from './candidate.ts';
import { metricNames } from './sparkplug.ts';

/** How devices announce themselves at a broker: which topics, and what a message there tells. */
export interface Convention {
  service: string;
  filters: (topic: string) => string[];
  /** Null: not of this convention. Told apart by the topic alone, never by what the content looks like. */
  read: (levels: readonly string[], payload: Buffer) => Tells | null;
}

type Tells = Pick<NetworkCandidate, 'name' | 'unit' | 'looksLike' | 'score' | 'detail'>;

const text = z.unknown().transform((value) => networkText(value, 80));
const birth = z.object({ unit: text, tag: text, agent: text });
const device = z
  .object({ name: text, mf: text, manufacturer: text, mdl: text, model: text, sw: text, sw_version: text })
  .partial();
const entity = z
  .object({ name: text, dev: device, device, cmps: z.record(z.string(), z.unknown()) })
  .partial();

function json(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString('utf8'));
  } catch {
    // Undefined fits none of the forms.
    return undefined;
  }
}

const list = (...parts: (string | undefined)[]): string => networkText(parts.filter(Boolean).join(', '));

/** Our own: `<topic>/<hardware id>/birth`. */
const plumbline: Convention = {
  service: 'plumbline',
  filters: (topic) => [`${topic}/+/birth`],
  read: (levels, payload) => {
    if (levels.at(-1) !== 'birth') return null;
    const told = birth.safeParse(json(payload)).data;
    const unit = unitOf(told?.unit);
    // The topic is what the broker's access list guards, so a birth counts for that unit only.
    if (!told || unit === null || levels.at(-2) !== unit) return null;
    const detail = list('Plumbline unit', told.tag, told.agent && `agent ${told.agent}`);
    return { name: told.tag || unit, unit, looksLike: 'unit', score: 95, detail };
  },
};

/** `homeassistant/<component>/[<node>/]<object>/config`, or one document for a device since 2024.11. */
const homeAssistant: Convention = {
  service: 'homeassistant',
  filters: () => ['homeassistant/+/+/config', 'homeassistant/+/+/+/config'],
  read: (levels, payload) => {
    if (levels[0] !== 'homeassistant' || levels.at(-1) !== 'config') return null;
    const told = entity.safeParse(json(payload)).data;
    if (!told) return null;
    const its = told.dev ?? told.device ?? {};
    const kind = networkText(levels[1], 40);
    const parts = told.cmps ? `${Object.keys(told.cmps).length} components` : kind;
    const version = its.sw || its.sw_version;
    return {
      name: list(its.name || told.name) || networkText(levels.at(-2)),
      unit: null,
      looksLike: 'unknown',
      score: 30,
      detail: list(
        'Home Assistant discovery',
        parts,
        its.mf || its.manufacturer,
        its.mdl || its.model,
        version,
      ),
    };
  },
};

/** `spBv1.0/<group>/NBIRTH|DBIRTH/<node>[/<device>]`: never kept by the broker, so only those that start now show. */
const sparkplug: Convention = {
  service: 'sparkplug-b',
  filters: () => ['spBv1.0/+/NBIRTH/+', 'spBv1.0/+/DBIRTH/+/+'],
  read: ([prefix, group, kind, node, device], payload) => {
    if (prefix !== 'spBv1.0' || !node || (kind !== 'NBIRTH' && kind !== 'DBIRTH')) return null;
    const metrics = metricNames(payload);
    if (!metrics) return null;
    const more = metrics.count > metrics.names.length ? ', …' : '';
    const named = metrics.names.map((name) => networkText(name, 60)).join(', ');
    return {
      name: networkText(device ?? node),
      unit: null,
      looksLike: kind === 'NBIRTH' ? 'gateway' : 'unknown',
      score: kind === 'NBIRTH' ? 50 : 40,
      detail: networkText(`Sparkplug B, group ${group}, ${metrics.count} metrics: ${named}${more}`),
    };
  },
};

export const conventions: readonly Convention[] = [plumbline, homeAssistant, sparkplug];
