interface Contribution {
  name: string;
  value: string;
  standardUncertainty: string;
  sensitivity: string;
  contribution: string;
  share: string | null;
}

/** The budget as a table, then the statement; several results one after the other. */
export function budgetLines(answer: Readonly<Record<string, unknown>>): string[] {
  const { outputs } = answer;
  if (typeof outputs !== 'object' || outputs === null) return oneBudget(answer);
  return Object.entries(outputs).flatMap(([name, each]: [string, Readonly<Record<string, unknown>>]) => [
    `${name}:`,
    ...oneBudget(each),
  ]);
}

function oneBudget(answer: Readonly<Record<string, unknown>>): string[] {
  const rows = (answer.contributions as readonly Contribution[]).map((each) => [
    each.name,
    each.value,
    each.standardUncertainty,
    each.sensitivity,
    each.contribution,
    each.share ?? '-',
  ]);
  const heads = ['source', 'value', 'u', 'sensitivity', 'contribution', 'share'];
  return [...table([heads, ...rows]), String(answer.statement)];
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
