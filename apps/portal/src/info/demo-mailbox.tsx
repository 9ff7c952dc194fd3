import { useQuery } from '@tanstack/react-query';
import { demoMailQuery } from '../api/site.ts';
import { minute } from '../format/dates.ts';
import { info } from '../i18n/info.ts';
import { useTexts } from '../i18n/language.tsx';
import { Button } from '../ui/button.tsx';
import { Loaded } from '../ui/loaded.tsx';

/** What the demonstration would have sent by mail. */
export function DemoMailbox() {
  const t = useTexts(info).demo;
  const mail = useQuery({ ...demoMailQuery, refetchInterval: 15_000 });
  return (
    <section className="stack-tight" id="mail">
      <div className="row-spread">
        <h2>{t.mail}</h2>
        <Button kind="quiet" icon="refresh" busy={mail.isFetching} onClick={() => void mail.refetch()}>
          {t.refresh}
        </Button>
      </div>
      <p className="faint">{t.mailText}</p>
      <Loaded query={mail}>
        {(list) =>
          list.length === 0 ? (
            <p className="faint">{t.noMail}</p>
          ) : (
            list.map((letter) => (
              <details key={letter.id} className="faq">
                <summary>
                  {letter.subject} <time className="faint">{minute(letter.at)}</time>
                </summary>
                <div className="faq-answer">
                  <p className="faint">
                    {t.to}: {letter.to}
                  </p>
                  <LetterText text={letter.text} />
                </div>
              </details>
            ))
          )
        }
      </Loaded>
    </section>
  );
}

/** Plain text; addresses in it can be followed, as in a mail program. */
function LetterText({ text }: { text: string }) {
  return (
    <p className="letter">
      {text.split(/(https?:\/\/[^\s<>"，。；）]+)/).map((part, at) =>
        at % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one fixed text
          <a key={at} href={part}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </p>
  );
}
