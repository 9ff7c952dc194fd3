import type { DemoGuide } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { demoSmsQuery } from '../api/site.ts';
import { minute } from '../format/dates.ts';
import { info } from '../i18n/info.ts';
import { useLanguage, useTexts } from '../i18n/language.tsx';
import { Button } from '../ui/button.tsx';
import { CodeText } from '../ui/code-text.tsx';
import { Loaded } from '../ui/loaded.tsx';

type Person = z.infer<typeof DemoGuide>['people'][number];

/** The usual size of a phone, in CSS pixels. */
const PHONE = 'popup,width=390,height=844';
const MOBILE_GROUPS = [3, 4, 4];

/** The phone as a second window, its people, and the messages that it would have got. */
export function DemoPhone({ people }: { people: readonly Person[] }) {
  const t = useTexts(info).demo;
  const { language } = useLanguage();
  return (
    <section className="stack-tight" id="phone">
      <h2>{t.phone.title}</h2>
      <p className="faint">{t.phone.lead}</p>
      <ol className="numbered">
        {t.phone.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <div className="row">
        <Button icon="external" onClick={() => window.open('/phone/', 'hufu-phone', PHONE)}>
          {t.phone.open}
        </Button>
      </div>
      <div className="plain-table">
        <table>
          <thead>
            <tr>
              <th scope="col">{t.phone.person}</th>
              <th scope="col">{t.phone.mobile}</th>
              <th scope="col">{t.expectation}</th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr key={person.mobile}>
                <th scope="row">{person.name}</th>
                <td>
                  <CodeText value={person.mobile} pattern={MOBILE_GROUPS} copyable />
                </td>
                <td>{language === 'en' ? person.expectationEn : person.expectation}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <DemoSms />
    </section>
  );
}

/** What the demonstration would have sent by SMS. */
function DemoSms() {
  const t = useTexts(info).demo;
  const messages = useQuery({ ...demoSmsQuery, refetchInterval: 5_000 });
  return (
    <div className="stack-tight" id="sms">
      <div className="row-spread">
        <h3>{t.sms}</h3>
        <Button
          kind="quiet"
          icon="refresh"
          busy={messages.isFetching}
          onClick={() => void messages.refetch()}
        >
          {t.refresh}
        </Button>
      </div>
      <p className="faint">{t.smsText}</p>
      <Loaded query={messages}>
        {(list) =>
          list.length === 0 ? (
            <p className="faint">{t.noSms}</p>
          ) : (
            <ul className="contacts">
              {list.map((message) => (
                <li key={message.id} className="contact">
                  <span className="contact-name">{message.to}</span>
                  <span>{message.text}</span>
                  <time className="faint">{minute(message.at)}</time>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </div>
  );
}
