import { cpus } from 'node:os';
import { certificateOf20 } from './certificate.ts';
import { chart } from './chart.ts';
import { dossiers } from './dossier.ts';
import type { Figure, Result } from './figure.ts';
import { tableOf } from './figure.ts';
import { fits } from './fit.ts';
import { frames } from './frames.ts';
import { hostStart } from './host-start.ts';
import { installToReady } from './install.ts';
import { labFigures } from './lab.ts';
import { manyUnits } from './many.ts';
import { plumbRun } from './plumb-run.ts';
import { push } from './push.ts';
import { recordings } from './recordings.ts';
import { ruleFigures } from './rules.ts';
import { uplinkDelay } from './uplink.ts';

// `npm run bench`, or `npm run bench -- frames host` for some of the figures. Prints, and judges nothing.

const figures: Readonly<Record<string, Figure | readonly Figure[]>> = {
  frames,
  fit: fits,
  rules: ruleFigures,
  dossier: dossiers,
  host: hostStart,
  run: plumbRun,
  many: manyUnits,
  push,
  uplink: uplinkDelay,
  certificate: certificateOf20,
  recordings,
  lab: labFigures,
  chart,
  install: installToReady,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(figures, name));
if (unknown.length > 0) {
  console.error(`there is no figure ${unknown.join(', ')}; there are ${Object.keys(figures).join(', ')}`);
  process.exit(2);
}

const [processor] = cpus();
console.log(`Node ${process.version}, ${cpus().length} x ${processor?.model ?? 'unknown processor'}\n`);
const results: Result[] = [];
const wanted = Object.entries(figures).filter(([name]) => asked.length === 0 || asked.includes(name));
for (const figure of wanted.flatMap(([, all]) => all)) {
  const result: Result = { figure, samples: [] };
  try {
    for (let run = 1; run <= figure.runs; run += 1) {
      const sample = await figure.measure();
      result.samples.push(sample);
      const values = [sample.ours, sample.beside].map((value) => value.toFixed(2));
      console.log(`${figure.name}, run ${run}: ${values[0]} beside ${values[1]} ${figure.unit}`);
    }
    results.push(result);
  } catch (error) {
    // A figure that cannot be taken here (no network for the packages, say) leaves the others standing.
    console.log(`${figure.name}: not measured: ${error instanceof Error ? error.message : String(error)}`);
  }
}
console.log(`\n${tableOf(results)}`);
process.exit(0);
