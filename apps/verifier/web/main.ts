import { portableLedgerCrypto } from '@hufu/ledger';
import { pureCryptoEngine } from '@hufu/pki';
import { explainError } from '../src/report/explain-error.ts';
import type { Report } from '../src/report/model.ts';
import type { Language, Words } from '../src/report/words.ts';
import { verifyFiles } from '../src/verify-files.ts';
import { problemElement, reportElements } from './show-report.ts';

type Role = 'bundle' | 'policy';

/** Far above what is read: a bundle has 2 MiB at most. */
const MAX_FILE = 8 * 1024 * 1024;

const tools = { crypto: portableLedgerCrypto(), engine: pureCryptoEngine() };
const files = new Map<Role, string>();
let language: Language = 'zh';
let answer: Report | Words | undefined;

const byId = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;

const UNREADABLE: Words = { zh: '无法读取文件', en: 'The file cannot be read' };
const UNKNOWN: Words = {
  zh: '文件格式不正确，或不是证据包与验证策略',
  en: 'The files are malformed, or are no bundle and policy',
};

function show(): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  for (const one of document.querySelectorAll<HTMLElement>('[data-zh]'))
    one.textContent = one.dataset[language] ?? '';
  byId('language').textContent = language === 'zh' ? 'English' : '中文';
  byId('report').replaceChildren(...answerElements());
}

function answerElements(): HTMLElement[] {
  if (answer === undefined) return [];
  return 'outcome' in answer
    ? reportElements(answer, language)
    : [problemElement(UNREADABLE, answer, language)];
}

async function judge(): Promise<void> {
  const bundle = files.get('bundle');
  const policy = files.get('policy');
  answer = undefined;
  if (bundle !== undefined && policy !== undefined) {
    try {
      ({ report: answer } = await verifyFiles({ bundle, policy }, tools));
    } catch (error) {
      answer = explainError(error) ?? UNKNOWN;
    }
  }
  show();
}

/** A dropped file says itself which of the two it is. */
const roleOf = (text: string): Role => (/"v"\s*:\s*"hufu-log-policy\//.test(text) ? 'policy' : 'bundle');

async function take(file: File, given?: Role): Promise<void> {
  const text = file.size > MAX_FILE ? '' : await file.text();
  const role = given ?? roleOf(text);
  files.set(role, text);
  byId(`${role}-name`).textContent = file.name;
  byId(`${role}-picker`).classList.add('given');
}

for (const role of ['bundle', 'policy'] as const) {
  byId(role).addEventListener('change', (event) => {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    if (file !== undefined) void take(file, role).then(judge);
  });
}

document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  const dropped = [...(event.dataTransfer?.files ?? [])];
  void Promise.all(dropped.map((file) => take(file))).then(judge);
});

byId('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh';
  show();
});
