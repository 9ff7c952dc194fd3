import './approve.css';
import { element } from '../shared/element.ts';
import { applyLanguage, type Language } from '../shared/language.ts';
import { OwnProblem, own } from '../shared/own-api.ts';
import { APPROVE_TEXTS } from './approve-texts.ts';

type Pairing = { readonly origin: string; readonly title?: string; readonly language: Language };

/** A window that jumps under a moving finger must not be answered by it. */
const ARMED_AFTER_MS = 1_000;

const pairingId = location.pathname.split('/').pop() ?? '';
const root = document.getElementById('root') as HTMLElement;

void run();

async function run(): Promise<void> {
  try {
    show(await own<Pairing>(`/pairings/${pairingId}`));
  } catch (error) {
    say(problemText(error, 'zh'), 'bad');
  }
}

function show({ origin, title, language }: Pairing): void {
  const texts = APPROVE_TEXTS[language];
  applyLanguage(language);
  document.title = texts.title;
  const allow = element('button', { type: 'button', class: 'primary', disabled: true }, texts.allow);
  const refuse = element('button', { type: 'button' }, texts.refuse);
  root.replaceChildren(
    element(
      'main',
      { class: 'approve card stack' },
      element('h1', {}, texts.title),
      element('p', { class: 'code origin' }, origin),
      ...(title === undefined ? [] : [element('p', {}, texts.claims, title)]),
      element('p', { class: 'soft' }, texts.certain),
      ...(isEncrypted(origin) ? [] : [element('p', { class: 'notice attention' }, texts.insecure)]),
      list(texts.may, texts.mayList),
      list(texts.mayNot, texts.mayNotList),
      element('div', { class: 'row' }, allow, refuse),
      element('p', { class: 'soft' }, texts.revoke),
    ),
  );
  arm(allow);
  const decide = (allowed: boolean) => async (): Promise<void> => {
    allow.disabled = true;
    refuse.disabled = true;
    try {
      await own(`/pairings/${pairingId}/decision`, { allowed });
      say(allowed ? texts.allowed : texts.refused, allowed ? 'good' : 'info');
      window.close();
    } catch (error) {
      say(problemText(error, language), 'bad');
    }
  };
  allow.addEventListener('click', () => void decide(true)());
  refuse.addEventListener('click', () => void decide(false)());
}

/** Loopback is as safe as encryption: its bytes do not leave the computer. */
const isEncrypted = (origin: string): boolean =>
  origin.startsWith('https://') || ['127.0.0.1', 'localhost'].includes(new URL(origin).hostname);

function list(title: string, items: readonly string[]): HTMLElement {
  return element(
    'section',
    { class: 'stack-tight' },
    element('h2', {}, title),
    element('ul', {}, ...items.map((item) => element('li', {}, item))),
  );
}

/** Only after the window has been in front for a while can it be answered with yes. */
function arm(button: HTMLButtonElement): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const restart = (): void => {
    clearTimeout(timer);
    button.disabled = true;
    if (document.visibilityState === 'visible') {
      timer = setTimeout(() => {
        button.disabled = false;
      }, ARMED_AFTER_MS);
    }
  };
  document.addEventListener('visibilitychange', restart);
  restart();
}

function say(text: string, kind: 'good' | 'bad' | 'info'): void {
  root.replaceChildren(
    element(
      'main',
      { class: 'approve card' },
      element('p', { class: `notice ${kind}`, role: 'status' }, text),
    ),
  );
}

const problemText = (error: unknown, language: Language): string =>
  error instanceof OwnProblem ? error.texts[language] : String(error);
