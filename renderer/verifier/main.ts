import './jitless.ts';
import '../ui/tokens.css';
import './verifier.css';
import { element } from './dom.ts';
import { resultOf } from './result.ts';
import { verifyFile } from './verify-file.ts';
import { language, wordsIn } from './words.ts';

const spoken = language(navigator.language);
const words = wordsIn(spoken);
document.documentElement.lang = spoken;
document.documentElement.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches
  ? 'dark'
  : 'light';
document.title = words.title;

const chooser = element('input', { type: 'file', id: 'file', accept: '.plumbz,.zip' });
const signer = element('input', {
  type: 'text',
  id: 'signer',
  'aria-describedby': 'signer-hint',
  autocomplete: 'off',
  spellcheck: 'false',
});
const mistake = element('p', { class: 'mistake', role: 'alert' });
const status = element('p', { role: 'status' });
const result = element('div', { id: 'result' });

let shown: File | null = null;
/** Counts up with each file: what an earlier one comes to is not shown any more. */
let turn = 0;

/** Undefined: none is asked for; null: what was typed is none. */
function signerAsked(): string | undefined | null {
  const typed = signer.value.replace(/[\s:]/g, '').toLowerCase();
  if (typed === '') return undefined;
  return /^[0-9a-f]{64}$/.test(typed) ? typed : null;
}

async function verify(file: File): Promise<void> {
  const asked = signerAsked();
  mistake.textContent = asked === null ? words.signerWrong : '';
  if (asked === null) return;
  const own = ++turn;
  shown = file;
  result.replaceChildren();
  status.className = '';
  status.textContent = words.working;
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { verdict, parts } = await verifyFile(bytes, asked, (done) => {
      if (own === turn) status.textContent = `${words.working} ${done} ${words.verifiedSoFar}`;
    });
    if (own !== turn) return;
    // What is below says it to those who see; the line goes on saying it to those who hear.
    status.className = 'heard';
    status.textContent = verdict.ok ? words.sound : `${words.wrong}: ${verdict.part}`;
    result.replaceChildren(resultOf({ file: file.name, verdict, parts, signer: asked }, words));
  } catch (error) {
    if (own !== turn) return;
    status.textContent = `${words.unreadable} ${error instanceof Error ? error.message : String(error)}`;
  }
}

chooser.addEventListener('change', () => {
  const [file] = chooser.files ?? [];
  if (file) void verify(file);
});
signer.addEventListener('change', () => {
  if (shown) void verify(shown);
});
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (file) void verify(file);
});

document
  .querySelector('#root')
  ?.append(
    element('h1', {}, words.title),
    element('p', {}, words.intro),
    element('div', { class: 'drop' }, element('label', { for: 'file' }, words.choose), chooser),
    element(
      'div',
      { class: 'field' },
      element('label', { for: 'signer' }, words.signerLabel),
      signer,
      element('p', { id: 'signer-hint', class: 'hint' }, words.signerHint),
      mistake,
    ),
    status,
    result,
  );
