import * as app from './app.ts';
import * as bench from './bench.ts';
import * as calibrate from './calibrate.ts';
import * as connect from './connect.ts';
import * as difference from './difference.ts';
import * as failures from './failures.ts';
import * as job from './job.ts';
import * as live from './live.ts';
import * as many from './many.ts';
import * as names from './names.ts';
import * as proof from './proof.ts';
import * as provision from './provision.ts';
import * as settings from './settings.ts';
import * as software from './software.ts';
import * as validate from './validate.ts';
import * as wizard from './wizard.ts';

/** The English catalogue; its keys are the type of every other. */
export const en = {
  ...app.en,
  ...bench.en,
  ...calibrate.en,
  ...connect.en,
  ...difference.en,
  ...failures.en,
  ...job.en,
  ...live.en,
  ...many.en,
  ...names.en,
  ...proof.en,
  ...provision.en,
  ...settings.en,
  ...software.en,
  ...validate.en,
  ...wizard.en,
};

export const de = {
  ...app.de,
  ...bench.de,
  ...calibrate.de,
  ...connect.de,
  ...difference.de,
  ...failures.de,
  ...job.de,
  ...live.de,
  ...many.de,
  ...names.de,
  ...proof.de,
  ...provision.de,
  ...settings.de,
  ...software.de,
  ...validate.de,
  ...wizard.de,
} satisfies typeof en;
