import { unbindRoutes } from '@hufu/contracts';
import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { useTexts } from '../../i18n/language.tsx';
import { unbind } from '../../i18n/unbind.ts';
import { Status } from '../../ui/status.tsx';

/** When an application that is sent now will be handled (HUB-106), asked again every half minute. */
export function Deadline() {
  const t = useTexts(unbind);
  const { data } = useQuery({
    queryKey: ['unbind', 'deadline'],
    queryFn: ({ signal }) => call(unbindRoutes.deadline, { signal }),
    refetchInterval: 30_000,
  });
  return (
    <div className="deadline" role="status">
      {data ? (
        <>
          <Status tone={data.withinHours ? 'good' : 'idle'}>
            {data.withinHours ? t.deadlineNow : t.deadlineLater}
          </Status>
          <p className="deadline-day">{t.deadline(data.dueAt.slice(0, 10))}</p>
          {data.calendarComplete ? null : <p className="faint">{t.calendarIncomplete}</p>}
        </>
      ) : null}
    </div>
  );
}
