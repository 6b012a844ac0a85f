const refuse = (path: string, why: string): never => {
  throw new TypeError(`${path || 'the value'} ${why}`);
};

/** A lone surrogate has no UTF-8 form, so the text would hash differently from what is stored (RFC 8785 §3.2.2.2). */
const text = (value: string, path: string): string =>
  value.isWellFormed() ? JSON.stringify(value) : refuse(path, 'holds a broken UTF-16 pair');

function number(value: number, path: string): string {
  // Two programs may print a float differently; an integer beyond 2^53 may already have changed on the way.
  if (!Number.isSafeInteger(value)) {
    refuse(path, `is ${value}: only integers up to 2^53 - 1 are recorded, other numbers as decimal text`);
  }
  return String(value);
}

function object(value: object, path: string): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) refuse(path, 'is not a plain object');
  const members = Object.entries(value)
    // RFC 8785 §3.2.3: sorted by UTF-16 code units, which is what `<` compares.
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${text(key, path)}:${canonical(member, path ? `${path}.${key}` : key)}`);
  return `{${members.join(',')}}`;
}

/**
 * The one text of a JSON value: keys sorted, no spaces, as RFC 8785 for the values it takes. Numbers must be safe
 * integers; anything else that JSON would drop or change in silence (undefined, NaN, dates, functions) is refused
 * with a TypeError that names its path.
 */
export function canonical(value: unknown, path = ''): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return text(value, path);
  if (typeof value === 'number') return number(value, path);
  if (Array.isArray(value)) {
    // Not map(): it would skip the holes of a sparse array and leave ",," behind.
    const items = Array.from(value as unknown[], (item, index) => canonical(item, `${path}[${index}]`));
    return `[${items.join(',')}]`;
  }
  if (typeof value === 'object') return object(value, path);
  return refuse(path, `is ${typeof value}: it has no JSON form`);
}
