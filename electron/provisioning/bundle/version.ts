/** semver.org 2.0.0 §11: below 0 when `a` comes before `b`, 0 when they rank alike. Both are sound versions. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  return compareLists(left.numbers, right.numbers) || comparePreReleases(left.preRelease, right.preRelease);
}

function partsOf(version: string): { numbers: string[]; preRelease: string[] } {
  const [withoutBuild = ''] = version.split('+');
  const dash = withoutBuild.indexOf('-');
  const numbers = (dash < 0 ? withoutBuild : withoutBuild.slice(0, dash)).split('.');
  return { numbers, preRelease: dash < 0 ? [] : withoutBuild.slice(dash + 1).split('.') };
}

/** A release comes after its own pre-releases. */
function comparePreReleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return Math.sign(b.length - a.length);
  return compareLists(a, b);
}

/** The first difference decides; else the longer list comes after. */
function compareLists(a: readonly string[], b: readonly string[]): number {
  for (const [index, part] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    const order = compareParts(part, other);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

const isNumber = (part: string): boolean => /^\d+$/.test(part);

/** Numbers come before words. They have no leading zeros, so the longer is the greater: no limit of 2^53. */
function compareParts(a: string, b: string): number {
  if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
  if (isNumber(a) && a.length !== b.length) return Math.sign(a.length - b.length);
  return a === b ? 0 : a < b ? -1 : 1;
}
