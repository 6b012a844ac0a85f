import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import forge from 'node-forge';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { isMissing } from '../../../test/needs.ts';
import { drawPdf } from '../render-pdf.ts';
import { signPdf } from './signature.ts';

