import type { Mistake } from '../../shared/contract/validate.ts';
import { pathText } from '../host/recipe-order.ts';

/** The value that the bytes of a recipe stand for, and its fields that stand twice; or why they are no JSON. */
export function recipeValue(bytes: Uint8Array): { value: unknown; twice: Mistake[] } | { mistake: string } {
  let text: string;
  try {
    // It leaves out the byte order mark that editors of Windows put in front.
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { mistake: 'is not text in UTF-8' };
  }
  try {
    return { value: JSON.parse(text) as unknown, twice: namesTwice(text) };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    // The words quote the file, which may hold anything.
    return { mistake: `is not JSON: ${words.replace(/\p{C}/gu, ' ')}` };
  }
}

/** A recipe is not deeper; what is, is below a field that is unknown and named as that. */
const deepest = 10;

const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

/** An object or a list that is open: names so far, and where in it the text is. */
interface Open {
  names: Set<string> | null;
  at: string | number;
}

/**
 * Fields that stand twice in one object: `JSON.parse` takes the last one and says nothing (RFC 8259, section 4). The
 * text is JSON, so that a text before a colon is a name and every bracket is closed.
 */
function namesTwice(text: string): Mistake[] {
  const found: Mistake[] = [];
  const open: Open[] = [];
  let last = '';
  for (const [token] of text.matchAll(tokens)) {
    const here = open.at(-1);
    if (token === '{') open.push({ names: new Set(), at: '' });
    else if (token === '[') open.push({ names: null, at: 0 });
    else if (token === '}' || token === ']') open.pop();
    else if (token === ',' && here && typeof here.at === 'number') here.at += 1;
    else if (token === ':' && here?.names) {
      here.at = JSON.parse(last) as string;
      if (here.names.has(here.at) && open.length <= deepest) {
        found.push({
          path: pathText(open.map(({ at }) => at)),
          message: 'is there twice; leave one of them',
        });
      }
      here.names.add(here.at);
    }
    last = token;
  }
  return found;
}
