import type { HardwareRange, UnitHardware } from '../../../shared/contract/bundle.ts';

/** Whether `text` is the pattern with anything in place of each `*`. Takes no more steps than the text is long. */
export function fitsPattern(pattern: string, text: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return text === pattern;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;
  let from = first.length;
  const until = text.length - last.length;
  // The earliest place of each part leaves most room for the next.
  return others.every((part) => {
    const found = text.indexOf(part, from);
    from = found + part.length;
    return found >= 0 && from <= until;
  });
}

export function fitsHardware(range: HardwareRange, { machine, platform, revision }: UnitHardware): boolean {
  return (
    fitsPattern(range.machine, machine) &&
    (range.platform === '*' || (platform !== null && fitsPattern(range.platform, platform))) &&
    (range.minRevision === null || (revision !== null && revision >= range.minRevision)) &&
    (range.maxRevision === null || (revision !== null && revision <= range.maxRevision))
  );
}

/** `Raspberry Pi Pico* on rp2, revision 1 to 3` */
export function rangeText({ machine, platform, minRevision, maxRevision }: HardwareRange): string {
  const where = platform === '*' ? machine : `${machine} on ${platform}`;
  if (minRevision === null && maxRevision === null) return where;
  if (maxRevision === null) return `${where}, revision ${minRevision} or later`;
  return `${where}, revision ${minRevision ?? 0} to ${maxRevision}`;
}

export function hardwareText({ machine, platform, revision }: UnitHardware): string {
  const where = platform === null ? machine : `${machine} on ${platform}`;
  return revision === null ? where : `${where}, revision ${revision}`;
}
