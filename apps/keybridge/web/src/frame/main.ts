import './frame.css';
import { ACTS } from '../shared/acts.ts';
import { element } from '../shared/element.ts';
import { applyLanguage, fill, formatDate } from '../shared/language.ts';
import { OwnProblem, own } from '../shared/own-api.ts';
import { FRAME_TEXTS, type FrameTexts } from './frame-texts.ts';
import type { OperationView } from './view.ts';

/** HUB-056: after this the frame explains the wait. */
const SLOW_MS = 5_000;
const WATCH_SECONDS = 25;

const operationId = location.pathname.split('/').pop() ?? '';
const root = document.getElementById('root') as HTMLElement;

void run();

async function run(): Promise<void> {
  try {
    const view = await own<OperationView>(`/operations/${operationId}`);
    applyLanguage(view.language);
    if (view.theme !== undefined) document.documentElement.dataset['theme'] = view.theme;
    show(view);
  } catch (error) {
    root.replaceChildren(element('main', { class: 'frame' }, problemBox(error, 'zh')));
  }
}

function show(view: OperationView): void {
  const texts: FrameTexts = FRAME_TEXTS[view.language];
  const announce = announcer(view.origin);
  const body = element('div', { class: 'stack-tight' });
  root.replaceChildren(element('main', { class: 'frame stack-tight' }, ...heading(view, texts), body));
  document.title = texts.pin;
  new ResizeObserver(() => announce('height', Math.ceil(root.getBoundingClientRect().height))).observe(root);
  announce('shown');

  const settle = (content: HTMLElement): void => {
    body.replaceChildren(content);
    announce('settled');
  };
  if (view.state === 'waiting') body.replaceChildren(pinForm({ view, texts, settle }));
  else settle(outcome(view, texts));
  void watch(view, texts, settle);
}

/** The page may cancel, or the time may run out, while the field is shown. */
async function watch(
  view: OperationView,
  texts: FrameTexts,
  settle: (content: HTMLElement) => void,
): Promise<void> {
  let { state } = view;
  while (state === 'waiting' || state === 'signing') {
    try {
      const now = await own<OperationView>(`/operations/${operationId}?wait=${WATCH_SECONDS}&after=${state}`);
      state = now.state;
      if (state === 'done' || state === 'failed') settle(outcome(now, texts));
    } catch (error) {
      settle(problemBox(error, view.language));
      return;
    }
  }
}

function heading(view: OperationView, texts: FrameTexts): readonly HTMLElement[] {
  const act = ACTS[view.act]?.asks[view.language] ?? view.act;
  const { holder } = view;
  const facts: readonly (readonly [string, string])[] = [
    [texts.holder, holder.unitName],
    [texts.issuer, holder.issuer],
    [texts.media, view.mediaNumber],
    [texts.validTo, formatDate(holder.notAfter)],
  ];
  return [
    element('p', { class: 'where' }, texts.where),
    element('h1', { class: 'act' }, act),
    element('p', {}, element('span', { class: 'code site' }, view.origin), ` ${texts.asks}`),
    ...(view.title === undefined ? [] : [element('p', { class: 'soft' }, texts.claims, view.title)]),
    ...(view.summary === undefined
      ? []
      : [element('p', { class: 'notice info' }, `${texts.summary}：${view.summary}`)]),
    ...(view.documents === undefined ? [] : [documentList(view.documents, texts)]),
    element(
      'dl',
      { class: 'facts holder' },
      ...facts.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
    ),
  ];
}

function documentList(documents: NonNullable<OperationView['documents']>, texts: FrameTexts): HTMLElement {
  return element(
    'section',
    { class: 'documents', 'aria-label': texts.documents },
    element('p', {}, fill(texts.documentCount, { count: documents.length })),
    element(
      'ol',
      { tabindex: '0' },
      ...documents.map(({ title, digest }) =>
        element(
          'li',
          {},
          title,
          element('span', { class: 'code soft', title: digest }, `${texts.digest} ${shortDigest(digest)}`),
        ),
      ),
    ),
  );
}

/** The beginning and the end, in groups: enough to compare by eye; the whole is in the title. */
const shortDigest = (digest: string): string =>
  `${digest.slice(0, 4)} ${digest.slice(4, 8)} … ${digest.slice(-8, -4)} ${digest.slice(-4)}`;

type FormParts = {
  readonly view: OperationView;
  readonly texts: FrameTexts;
  readonly settle: (content: HTMLElement) => void;
};

function pinForm({ view, texts, settle }: FormParts): HTMLElement {
  const input = element('input', {
    id: 'pin',
    type: 'password',
    autocomplete: 'off',
    maxlength: '64',
    spellcheck: 'false',
    'aria-describedby': 'pin-message pin-note',
  });
  const message = element('p', { id: 'pin-message', role: 'alert' });
  const submit = element(
    'button',
    { type: 'submit', class: 'primary' },
    ACTS[view.act]?.button[view.language] ?? view.act,
  );
  const cancel = element('button', { type: 'button' }, texts.cancel);
  const reveal = element('button', { type: 'button', class: 'reveal', 'aria-pressed': 'false' }, texts.show);
  const progress = element('p', { role: 'status', class: 'progress' });
  const form = element(
    'form',
    { class: 'stack-tight', novalidate: true },
    element('label', { for: 'pin' }, texts.pin),
    element('div', { class: 'pin-row' }, input, reveal),
    message,
    element('p', { id: 'pin-note', class: 'soft' }, texts.pinNote),
    progress,
    element('div', { class: 'row' }, submit, cancel),
  );
  const say = (text: string): void => {
    message.textContent = text;
    message.className = text === '' ? '' : 'notice bad';
    input.setAttribute('aria-invalid', String(text !== ''));
  };
  const busy = (isBusy: boolean): void => {
    for (const part of [input, submit, cancel, reveal]) part.disabled = isBusy;
    progress.textContent = isBusy ? texts.signing : '';
  };
  warnBefore(view, texts, message);

  reveal.addEventListener('click', () => {
    const isShown = input.type === 'text';
    input.type = isShown ? 'password' : 'text';
    reveal.textContent = isShown ? texts.show : texts.hide;
    reveal.setAttribute('aria-pressed', String(!isShown));
    input.focus();
  });
  cancel.addEventListener('click', () => {
    busy(true);
    own(`/operations/${operationId}/cancel`, {}).catch((error: unknown) =>
      settle(problemBox(error, view.language)),
    );
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const pin = input.value;
    if (pin === '') {
      say(texts.empty);
      input.focus();
      return;
    }
    input.value = '';
    say('');
    busy(true);
    const slow = setTimeout(() => {
      progress.textContent = texts.slow;
    }, SLOW_MS);
    own(`/operations/${operationId}/pin`, { pin })
      .catch((error: unknown) => {
        // Every other outcome ends the operation, and the watch shows it.
        if (!isRetry(error)) return;
        busy(false);
        say(`${error.texts[view.language]}${attemptsText(error, texts)}`);
        input.focus();
      })
      .finally(() => clearTimeout(slow));
  });
  queueMicrotask(() => input.focus({ preventScroll: true }));
  return form;
}

const isRetry = (error: unknown): error is OwnProblem =>
  error instanceof OwnProblem && (error.code === 'PIN_INCORRECT' || error.code === 'PIN_POLICY');

function attemptsText({ code, fields }: OwnProblem, texts: FrameTexts): string {
  if (code !== 'PIN_INCORRECT') return '';
  const left = fields['attemptsLeft'];
  if (typeof left !== 'number') return ` ${texts.lowUnknown}`;
  return ` ${left === 1 ? texts.last : fill(texts.left, { attemptsLeft: left })}`;
}

/** Before the first try: what earlier tries have left. */
function warnBefore({ pin }: OperationView, texts: FrameTexts, message: HTMLElement): void {
  if (pin === undefined || pin.state === 'ok' || pin.state === 'unknown') return;
  const left = fill(texts.left, { attemptsLeft: pin.attemptsLeft ?? 0 });
  const low = pin.attemptsLeft === undefined ? texts.lowUnknown : left;
  const text = { locked: texts.locked, final: texts.last }[pin.state] ?? low;
  message.textContent = text;
  message.className = 'notice attention';
}

function outcome(view: OperationView, texts: FrameTexts): HTMLElement {
  if (view.state === 'done') return element('p', { class: 'notice good', role: 'status' }, `✓ ${texts.done}`);
  const { failure } = view;
  const text = (view.language === 'zh' ? failure?.title : failure?.titleEn) ?? failure?.code ?? '';
  return element('p', { class: 'notice bad', role: 'alert' }, `✕ ${text}`);
}

function problemBox(error: unknown, language: 'zh' | 'en'): HTMLElement {
  const text = error instanceof OwnProblem ? error.texts[language] : String(error);
  return element('p', { class: 'notice bad', role: 'alert' }, `✕ ${text}`);
}

/** Tells the page that embeds this frame, and no other. */
function announcer(origin: string): (event: 'shown' | 'settled' | 'height', height?: number) => void {
  return (event, height) => {
    if (window.parent === window) return;
    const message = {
      type: 'hufu-keybridge',
      operationId,
      event,
      ...(height === undefined ? {} : { height }),
    };
    window.parent.postMessage(message, origin);
  };
}
